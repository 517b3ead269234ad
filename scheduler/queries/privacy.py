"""The privacy notice in force, what somebody has agreed to, and the receipts of erasures."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.models import Consent, Erasure, Organizer, PrivacyNotice, Purpose
from scheduler.privacy import REGISTER, Said, days
from scheduler.privacy.notice import Content, content, fingerprint

NOBODY = Said("公共就业和人才服务机构", "The public employment service")


@dataclass(frozen=True, slots=True)
class Notice:
    """A version of the notice; `number` is None and there is no day while nobody has been shown it."""

    content: Content
    number: int | None
    published_at: datetime | None


def notice_now(session: Session, *, contact: str) -> Notice:
    """Return the notice as it reads now: register, terms and contact of this moment."""
    terms = {rule.term.key: days(session, rule.term) for kept in REGISTER for rule in kept.rules}
    found = content(REGISTER, days=terms, processor=_processor(session), contact=contact)
    kept = session.execute(
        select(PrivacyNotice.number, PrivacyNotice.published_at).where(
            PrivacyNotice.fingerprint == fingerprint(found)
        )
    ).one_or_none()
    return Notice(found, *(kept or (None, None)))


def earlier_notice(session: Session, *, number: int) -> Notice | None:
    """Return a version that was in force once; None when there never was one of this number."""
    row = session.scalar(select(PrivacyNotice).where(PrivacyNotice.number == number))
    return Notice(row.content, row.number, row.published_at) if row else None


def versions(session: Session) -> tuple[int, ...]:
    """Return the numbers of all versions, the newest first."""
    return tuple(session.scalars(select(PrivacyNotice.number).order_by(PrivacyNotice.number.desc())))


def agreed(session: Session, *, account_id: int, purpose: Purpose) -> Consent | None:
    """Return the consent that stands for a purpose; None where there is none."""
    return session.scalar(
        select(Consent).where(
            Consent.account_id == account_id, Consent.purpose == purpose, Consent.withdrawn_at.is_(None)
        )
    )


def consents(session: Session, *, account_id: int) -> tuple[Consent, ...]:
    """Return everything that somebody has agreed to, withdrawn or not, the newest first."""
    return tuple(
        session.scalars(select(Consent).where(Consent.account_id == account_id).order_by(Consent.id.desc()))
    )


def erasure_of(session: Session, *, number: int) -> Erasure | None:
    """Return one erasure by its receipt's number."""
    return session.scalar(select(Erasure).where(Erasure.id == number))


def _processor(session: Session) -> Said:
    """Return who answers for the data: the bureau of the whole province."""
    row = session.execute(
        select(Organizer.name_zh, Organizer.name_en).order_by(Organizer.division_code).limit(1)
    ).one_or_none()
    return Said(*row) if row else NOBODY
