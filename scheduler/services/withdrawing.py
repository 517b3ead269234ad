"""Takes an enterprise out of events before they begin: whoever it kept apart may meet from then on."""

from collections.abc import Collection

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from scheduler.errors import Refusal
from scheduler.models import REGISTERED, Event, EventState, Registration, RegistrationState
from scheduler.services.booking.gate import enter_all
from scheduler.services.livestreams import release_turn
from scheduler.services.registering import give_up
from scheduler.times import now


class NotAttending(Refusal):
    """A registration that does not stand (any more), or an event that has begun."""

    status = 409
    code = "not_attending"
    zh = "该单位未报名其中的活动，或已退出，或活动已开始。未保存任何内容，请刷新后重选。"
    en = (
        "The enterprise does not attend one of these events, has left already, or the event has begun. "
        "Nothing was saved; load the page again and choose anew."
    )


class WithdrawalUnexplained(Refusal):
    """A withdrawal without a reason."""

    status = 422
    code = "withdrawal_unexplained"
    zh = "退出须写明原因，原因将留存。未保存任何内容。"
    en = "A withdrawal needs its reason, which is kept. Nothing was saved."


def withdraw_enterprise(
    session: Session,
    *,
    enterprise_id: int,
    event_ids: Collection[int],
    reason: str,
    withdrawn_by: int | None = None,
) -> None:
    """Withdraw what an enterprise has registered for, all of it or nothing.

    One statement checks and changes, so two who withdraw at once make one change. Booths and turns in
    livestreams are free again. Raises NotAttending and WithdrawalUnexplained.
    """
    if not reason.strip():
        raise WithdrawalUnexplained
    enter_all(session, event_ids=event_ids, enterprise_id=enterprise_id)
    to_come = select(Event.id).where(
        Event.id.in_(event_ids),
        Event.state.in_([EventState.PLANNED, EventState.PUBLISHED]),
        or_(Event.starts_at.is_(None), Event.starts_at > now()),
    )
    leaving = (
        update(Registration)
        .where(
            Registration.enterprise_id == enterprise_id,
            Registration.event_id.in_(to_come),
            Registration.state.in_(REGISTERED),
        )
        .values(
            state=RegistrationState.WITHDRAWN,
            answer=reason.strip(),
            answered_at=now(),
            answered_by=withdrawn_by,
        )
        .returning(Registration.event_id)
    )
    left = set(session.scalars(leaving.execution_options(synchronize_session=False)))
    if not left or left != set(event_ids):
        raise NotAttending
    session.expire_all()
    for event_id in sorted(left):
        release_turn(session, event_id=event_id, enterprise_id=enterprise_id)
        give_up(
            session,
            event_id=event_id,
            enterprise_id=enterprise_id,
            reason=reason.strip(),
            by_organizer=True,
        )
