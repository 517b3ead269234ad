"""Only an enterprise that a bureau has verified takes part: the question to ask before letting it."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.errors import NotFound, Refusal
from scheduler.models import Enterprise, Parameter, Verification

REVIEW_FIRST = "review_before_first_booking"


class NotVerified(Refusal):
    """An enterprise that no bureau has verified yet, or any more."""

    status = 409
    code = "not_verified"
    zh = "{state_zh}，暂不能报名或预订展位。请在“单位首页”查看审核状态和下一步。"
    en = "{state_en}, so it cannot register or book a booth yet. Its home page shows the next step."


TOLD = {
    Verification.UNVERIFIED: ("本单位尚未提交审核", "This enterprise has not asked to be verified"),
    Verification.IN_REVIEW: ("本单位正在审核中", "This enterprise is in review"),
    Verification.REFUSED: ("本单位审核未通过", "This enterprise was refused"),
    Verification.SUSPENDED: ("本单位已被暂停", "This enterprise is suspended"),
}


def require_verified(session: Session, enterprise_id: int) -> Enterprise:
    """Return the enterprise if it may take part; raises NotVerified, and NotFound when there is none.

    A site that does not review before the first booking lets in all but the refused and the suspended.
    """
    enterprise = session.get(Enterprise, enterprise_id)
    if enterprise is None:
        raise NotFound
    require_standing(session, enterprise.verification)
    return enterprise


def require_standing(session: Session, state: Verification) -> None:
    """Raise NotVerified unless an enterprise that stands like this may take part."""
    closed = state in {Verification.REFUSED, Verification.SUSPENDED}
    if state is Verification.VERIFIED or (not closed and not reviews_first(session)):
        return
    zh, en = TOLD[state]
    raise NotVerified(state_zh=zh, state_en=en)


def reviews_first(session: Session) -> bool:
    """Tell whether the site reviews an enterprise before its first booking; it does unless told not to."""
    value = session.scalar(select(Parameter.default).where(Parameter.key == REVIEW_FIRST))
    return value != "0"
