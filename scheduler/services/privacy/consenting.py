"""Consent: given to one purpose under one version of the notice, written down, and withdrawn as easily."""

from collections.abc import Collection

from sqlalchemy import func, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from scheduler.errors import Refusal
from scheduler.models import AccountKind, Consent, PrivacyNotice, Purpose
from scheduler.privacy.notice import fingerprint
from scheduler.queries.privacy import agreed, notice_now
from scheduler.times import now

ASKED = (AccountKind.ENTERPRISE, AccountKind.SEEKER)
"""Whose account rests on consent; members of bureaus have theirs by office."""


class ConsentMissing(Refusal):
    """An account that rests on consent, asked for without it."""

    status = 422
    code = "consent_missing"
    zh = "设立账号须先阅读并同意隐私说明。不同意也可以浏览活动、订阅日历。"
    en = "An account needs your consent to the privacy notice. Browsing and subscribing do not."


class NoticeChanged(Refusal):
    """Two versions of the notice at once, which only a change in this very moment can bring about."""

    status = 409
    code = "notice_changed"
    zh = "隐私说明刚刚更新，请重新阅读后再提交。"
    en = "The privacy notice has just changed. Read it again, then send the form once more."


def require_consent(kind: AccountKind, purposes: Collection[Purpose]) -> None:
    """Raise ConsentMissing where an account of this kind rests on consent and there is none."""
    if kind in ASKED and Purpose.ACCOUNT not in purposes:
        raise ConsentMissing


def keep_notice(session: Session, *, contact: str) -> int:
    """Return the number of the notice that is shown now; a new version is kept word for word first."""
    notice = notice_now(session, contact=contact)
    if notice.number is not None:
        return notice.number
    number = (session.scalar(select(func.max(PrivacyNotice.number))) or 0) + 1
    row = {
        "number": number,
        "fingerprint": fingerprint(notice.content),
        "content": notice.content,
        "published_at": now(),
    }
    try:
        with session.begin_nested():
            session.execute(insert(PrivacyNotice), row)
    except IntegrityError as error:  # somebody else was first, most likely with the same
        found = notice_now(session, contact=contact).number
        if found is None:
            raise NoticeChanged from error
        return found
    return number


def agree(session: Session, *, account_id: int, purpose: Purpose, contact: str) -> None:
    """Write down that somebody agrees to a purpose under the notice shown now; what stands stays as it is."""
    if agreed(session, account_id=account_id, purpose=purpose) is not None:
        return
    consent = Consent(
        account_id=account_id,
        purpose=purpose,
        notice_number=keep_notice(session, contact=contact),
        given_at=now(),
    )
    try:
        with session.begin_nested():
            session.add(consent)
    except IntegrityError:  # sent twice at once: one of the two stands
        return


def withdraw(session: Session, *, account_id: int, purpose: Purpose | None = None) -> None:
    """Withdraw the consent to a purpose (None: to everything); it acts from this moment on."""
    standing = update(Consent).where(Consent.account_id == account_id, Consent.withdrawn_at.is_(None))
    if purpose is not None:
        standing = standing.where(Consent.purpose == purpose)
    session.execute(standing.values(withdrawn_at=now()).execution_options(synchronize_session=False))
