"""Bureaus answer registrations, one or many at a time: each is answered once."""

from collections.abc import Collection, Sequence

from sqlalchemy import tuple_, update
from sqlalchemy.orm import Session

from scheduler.models import Registration, RegistrationState
from scheduler.services.booking.telling import tell_answer
from scheduler.services.registering.refusals import AnswerNeedsReason, NothingToAnswer
from scheduler.times import now

Key = tuple[int, int]
"""Event and enterprise."""


def answer_registrations(
    session: Session, *, keys: Collection[Key], approve: bool, reason: str, answered_by: int | None
) -> Sequence[Key]:
    """Approve or refuse registrations that wait for an answer; returns which those were.

    What was answered or withdrawn meanwhile is left alone. Raises AnswerNeedsReason for a refusal without
    one, and NothingToAnswer when none of them waits.
    """
    if not approve and not reason.strip():
        raise AnswerNeedsReason
    answering = (
        update(Registration)
        .where(
            tuple_(Registration.event_id, Registration.enterprise_id).in_(sorted(keys)),
            Registration.state == RegistrationState.REQUESTED,
        )
        .values(
            state=RegistrationState.APPROVED if approve else RegistrationState.REFUSED,
            answer=reason.strip() or None,
            answered_at=now(),
            answered_by=answered_by,
        )
        .returning(Registration.event_id, Registration.enterprise_id)
    )
    rows = session.execute(answering.execution_options(synchronize_session=False)).all()
    done = sorted((event_id, enterprise_id) for event_id, enterprise_id in rows)
    if not done:
        raise NothingToAnswer
    for event_id, enterprise_id in done:
        tell_answer(
            session,
            event_id=event_id,
            enterprise_id=enterprise_id,
            cause=f"{enterprise_id}-{now():%Y%m%dT%H%M%S}",
        )
    return done
