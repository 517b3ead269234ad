"""Letters to an enterprise about its bookings, written in the transaction that causes them."""

from sqlalchemy.orm import Session

from scheduler.models import Booking
from scheduler.services.telling import tell


def tell_offer(session: Session, *, booking_id: int, enterprise_id: int) -> None:
    """Tell of booths that the waiting list offers."""
    tell(session, "booth_offer", f"booking-{booking_id}", enterprise_id, {"booking": booking_id})


def tell_lapsed(session: Session, *, booking_id: int, enterprise_id: int) -> None:
    """Tell that what the waiting list offered was not answered in time, and is no longer kept."""
    tell(session, "booth_lapsed", f"booking-{booking_id}-lapsed", enterprise_id, {"booking": booking_id})


def tell_confirmed(session: Session, *, booking: Booking) -> None:
    """Tell which booths an enterprise has."""
    cause = f"booking-{booking.id}-{booking.updated_at:%Y%m%dT%H%M%S}"
    tell(session, "booth_confirmed", cause, booking.enterprise_id, {"booking": booking.id})


def tell_moved(session: Session, *, booking: Booking, before: list[int]) -> None:
    """Tell which booths an enterprise has now in place of others."""
    places = "-".join(map(str, booking.booth_ids))
    cause = f"booking-{booking.id}-{booking.updated_at:%Y%m%dT%H%M%S}-{places}"[:100]
    payload = {"booking": booking.id, "before": before, "after": booking.booth_ids}
    tell(session, "booth_moved", cause, booking.enterprise_id, payload)


def tell_left(session: Session, *, booking: Booking, floor_plan_id: int) -> None:
    """Tell that the event has left the hall of an enterprise's booths, where no others were found for it."""
    cause = f"booking-{booking.id}-left-{floor_plan_id}"
    tell(session, "booth_left", cause, booking.enterprise_id, {"booking": booking.id})


def tell_ended(session: Session, *, booking: Booking) -> None:
    """Tell that a booking was ended by somebody else than the enterprise."""
    cause = f"booking-{booking.id}-{booking.updated_at:%Y%m%dT%H%M%S}"
    tell(session, "booth_ended", cause, booking.enterprise_id, {"booking": booking.id})


def tell_answer(session: Session, *, event_id: int, enterprise_id: int, cause: str) -> None:
    """Tell what a bureau answered to a registration."""
    payload = {"event": event_id, "enterprise": enterprise_id}
    tell(session, "registration_answer", f"registration-{event_id}-{cause}", enterprise_id, payload)
