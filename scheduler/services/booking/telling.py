"""Letters to an enterprise about its bookings, written in the transaction that causes them."""

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from scheduler.models import Booking, BookingTerms, Message, MessageState, Registration
from scheduler.queries.booking.audience import registered
from scheduler.services.letters import NOT_WANTED, Addressed, write_letters
from scheduler.services.telling import tell, tell_many

OPENED = "booking_opened"


def tell_offer(session: Session, *, event_id: int, booking_id: int, enterprise_id: int) -> None:
    """Tell of booths that the waiting list offers."""
    about = (event_id, enterprise_id)
    tell(session, "booth_offer", f"booking-{booking_id}", about, {"booking": booking_id})


def tell_lapsed(session: Session, *, event_id: int, booking_id: int, enterprise_id: int) -> None:
    """Tell that what the waiting list offered was not answered in time, and is no longer kept."""
    about = (event_id, enterprise_id)
    tell(session, "booth_lapsed", f"booking-{booking_id}-lapsed", about, {"booking": booking_id})


def tell_confirmed(session: Session, *, booking: Booking) -> None:
    """Tell which booths an enterprise has."""
    cause = f"booking-{booking.id}-{booking.updated_at:%Y%m%dT%H%M%S}"
    tell(session, "booth_confirmed", cause, _about(booking), {"booking": booking.id})


def tell_moved(session: Session, *, booking: Booking, before: list[int]) -> None:
    """Tell which booths an enterprise has now in place of others."""
    places = "-".join(map(str, booking.booth_ids))
    cause = f"booking-{booking.id}-{booking.updated_at:%Y%m%dT%H%M%S}-{places}"[:100]
    payload = {"booking": booking.id, "before": before, "after": booking.booth_ids}
    tell(session, "booth_moved", cause, _about(booking), payload)


def tell_left(session: Session, *, booking: Booking, floor_plan_id: int) -> None:
    """Tell that the event has left the hall of an enterprise's booths, where no others were found for it."""
    cause = f"booking-{booking.id}-left-{floor_plan_id}"
    tell(session, "booth_left", cause, _about(booking), {"booking": booking.id})


def tell_ended(session: Session, *, booking: Booking) -> None:
    """Tell that a booking was ended by somebody else than the enterprise."""
    cause = f"booking-{booking.id}-{booking.updated_at:%Y%m%dT%H%M%S}"
    tell(session, "booth_ended", cause, _about(booking), {"booking": booking.id})


def tell_answer(session: Session, *, event_id: int, enterprise_id: int, cause: str) -> None:
    """Tell what a bureau answered to a registration."""
    payload = {"event": event_id, "enterprise": enterprise_id}
    tell(
        session, "registration_answer", f"registration-{event_id}-{cause}", (event_id, enterprise_id), payload
    )


def tell_opened(session: Session, *, terms: BookingTerms) -> None:
    """Tell the enterprises that are registered already that booths of the event can be had, and how."""
    firms = session.scalars(registered(terms.event_id).order_by(Registration.enterprise_id)).all()
    about = {firm: {"event": terms.event_id, "enterprise": firm} for firm in firms}
    tell_many(session, OPENED, of_opening(terms), terms.event_id, about)


def tell_closed(session: Session, *, terms: BookingTerms) -> int:
    """Take back what was written of an opening and not sent yet; tell everybody else that it was closed.

    Returns how many letters say so.
    """
    ours = (Message.kind == OPENED, Message.cause == of_opening(terms))
    session.execute(
        update(Message)
        .where(*ours, Message.state == MessageState.WAITING)
        .values(state=MessageState.DROPPED, error=NOT_WANTED)
        .execution_options(synchronize_session=False)
    )
    sent = session.execute(
        select(Message.recipient, Message.language, Message.payload, Message.enterprise_id)
        .where(*ours, Message.state.in_((MessageState.SENT, MessageState.SENDING)))
        .order_by(Message.id)
    )
    letters = [Addressed(*row) for row in sent]
    write_letters(
        session, kind="booking_closed", cause=of_opening(terms), event_id=terms.event_id, letters=letters
    )
    return len(letters)


def of_opening(terms: BookingTerms) -> str:
    """Return the cause of letters about one opening of an event's booking; another one has another seed."""
    return f"event-{terms.event_id}-opening-{terms.seed_hash[:16]}"


def _about(booking: Booking) -> tuple[int, int]:
    return booking.event_id, booking.enterprise_id
