"""Writes down that an enterprise attends an event, whatever stood there before."""

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from scheduler.database import changed
from scheduler.models import Registration, RegistrationState
from scheduler.times import now


def admit(
    session: Session, *, event_id: int, enterprise_id: int, reason: str, answered_by: int | None
) -> None:
    """Approve an enterprise's registration for an event, and register it if it is not."""
    if _approve(session, event_id, enterprise_id, reason, answered_by):
        return
    row = Registration(
        event_id=event_id,
        enterprise_id=enterprise_id,
        state=RegistrationState.APPROVED,
        requested_at=now(),
        answered_at=now(),
        answered_by=answered_by,
        answer=reason,
    )
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError:  # it has just registered itself
        _approve(session, event_id, enterprise_id, reason, answered_by)


def _approve(
    session: Session, event_id: int, enterprise_id: int, reason: str, answered_by: int | None
) -> bool:
    approving = (
        update(Registration)
        .where(Registration.event_id == event_id, Registration.enterprise_id == enterprise_id)
        .values(state=RegistrationState.APPROVED, answered_at=now(), answered_by=answered_by, answer=reason)
    )
    return bool(changed(session, approving))
