"""How long things are kept: the product's terms in days, which a site may change within what is lawful.

Security records live for six months at least (网络安全法 art. 21), recruitment records for three years
(网络招聘服务管理规定); whatever has no such reason goes as soon as it has done its work (PIPL art. 19).
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.models import Parameter
from scheduler.privacy.kinds import Term

TRIES = Term("keep_failed_sign_ins", 1, 1, 30)
SIGN_INS = Term("keep_sign_ins", 180, 180, 730)
LOOKS = Term("keep_support_views", 365, 180, 1_095)
LETTERS = Term("keep_letters", 30, 1, 180)
RESETS = Term("keep_reset_requests", 1, 1, 30)
INVITATIONS = Term("keep_invitations", 30, 1, 180)
CODES = Term("keep_used_codes", 1, 1, 30)
KEYS = Term("keep_request_keys", 2, 2, 30)
SECRETS = Term("keep_ended_tokens", 180, 180, 730)
DELIVERIES = Term("keep_deliveries", 30, 1, 180)
TICKETS = Term("keep_ticket_holders", 30, 1, 180)
LEAVERS = Term("keep_disabled_accounts", 1_095, 180, 1_825)
CONTACTS = Term("keep_left_contacts", 365, 30, 1_095)
CONSENTS = Term("keep_consents", 1_095, 1_095, 1_825)


def days(session: Session, term: Term) -> int:
    """Return for how many days something is kept: the site's parameter, held within the lawful bounds."""
    found = session.scalar(select(Parameter.default).where(Parameter.key == term.key))
    wanted = int(found) if found is not None and found.isascii() and found.isdecimal() else term.days
    return min(max(wanted, term.least), term.most)
