"""Rearranges bookings: move, swap, rotate, pin. Each is whole or not at all, and nobody falls between."""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from scheduler.database import changed
from scheduler.errors import NotFound
from scheduler.models import STANDING, Booking, BookingSource, BookingState, Enterprise
from scheduler.queries.booking.booths import codes_by_id
from scheduler.queries.booking.left_behind import is_left_behind
from scheduler.services.booking import asking, gate
from scheduler.services.booking.gate import Facts
from scheduler.services.booking.holding import ended
from scheduler.services.booking.offering import let_go_of_left
from scheduler.services.booking.promoting import promote
from scheduler.services.booking.refusals import (
    BookingPinned,
    MovedMeanwhile,
    NotLeftBehind,
    NotOneEvent,
    OfferedSize,
    TooManyBooths,
)
from scheduler.services.booking.taking import lapse, occupy, vacate
from scheduler.services.booking.telling import tell_moved
from scheduler.times import now


def require_where_seen(session: Session, *, seen: Mapping[int, Collection[int]]) -> None:
    """Raise MovedMeanwhile unless bookings have the booths somebody saw them in; so they stay for now."""
    _enter(session, seen)
    for booking in _bookings(session, seen):
        if sorted(seen[booking.id]) != sorted(booking.booth_ids):
            codes = codes_by_id(session, booth_ids=booking.booth_ids).values()
            name = session.get_one(Enterprise, booking.enterprise_id).name_zh
            raise MovedMeanwhile(name=name, codes="、".join(codes) or "—")


def move(session: Session, *, booking_id: int, booth_ids: Collection[int]) -> None:
    """Give a booking other booths of its event.

    An offer of the waiting list keeps its number of booths. Raises NotFound, BookingEnded, BookingPinned,
    OfferedSize, NoBooths, NotSideBySide, BoothOutOfUse, BoothTaken and FullyBooked.
    """
    rearrange(session, to={booking_id: tuple(booth_ids)})


def swap(session: Session, *, one_id: int, other_id: int) -> None:
    """Let two bookings of an event exchange their booths; raises what `rotate` raises."""
    rotate(session, booking_ids=(one_id, other_id))


def rotate(session: Session, *, booking_ids: Sequence[int]) -> None:
    """Give each booking the booths of the next one, and the last one those of the first.

    Raises NotFound, NotOneEvent, BookingEnded, BookingPinned and OfferedSize.
    """
    if len(set(booking_ids)) != len(booking_ids) or len(booking_ids) < 2:  # noqa: PLR2004 — one alone turns nowhere
        raise NotOneEvent
    _enter(session, booking_ids)
    had = {booking.id: tuple(booking.booth_ids) for booking in _bookings(session, booking_ids)}
    after = (*booking_ids[1:], booking_ids[0])
    rearrange(session, to={one: had[other] for one, other in zip(booking_ids, after, strict=True)})


def pin(session: Session, *, booking_id: int, pinned: bool) -> None:
    """Pin a standing booking to its booths, or let it go. Raises NotFound and BookingEnded."""
    gate.concern(session, booking_id=booking_id)
    pinning = (
        update(Booking)
        .where(Booking.id == booking_id, Booking.state.in_(STANDING))
        .values(pinned=pinned, updated_at=now())
    )
    if not changed(session, pinning):
        raise ended(_bookings(session, [booking_id])[0])


def rearrange(session: Session, *, to: Mapping[int, Collection[int]]) -> None:
    """Give bookings of one event other booths, all at once: first all give theirs back, then all take.

    Raises what `move` and `rotate` raise.
    """
    facts = _enter(session, to)
    lapse(session, Booking.id.in_(to))
    bookings = _bookings(session, to)
    for booking in bookings:
        if booking.state not in STANDING:
            raise ended(booking)
        if booking.pinned:
            raise BookingPinned(name=session.get_one(Enterprise, booking.enterprise_id).name_zh)
        if _is_offer(booking) and len(set(to[booking.id])) != len(booking.booth_ids):
            raise OfferedSize(name=session.get_one(Enterprise, booking.enterprise_id).name_zh)
        if len(to[booking.id]) > 1:
            asking.require_side_by_side(session, facts, to[booking.id])
    vacate(session, booking_ids=to)
    for booking in bookings:
        occupy(session, facts=facts, booking_id=booking.id, booth_ids=to[booking.id])
    for booking in bookings:
        before, booking.booth_ids = booking.booth_ids, sorted(to[booking.id])
        session.flush()
        if booking.state is BookingState.CONFIRMED and before != booking.booth_ids:
            tell_moved(session, booking=booking, before=before)
    let_go_of_left(session, event_id=facts.event_id)
    promote(session, event_id=facts.event_id)


def choose_again(session: Session, *, booking_id: int, booth_ids: Collection[int]) -> None:
    """Let an enterprise whose booths are in a hall that the event has left take free ones where it is now.

    No more than it had. Raises NotLeftBehind, TooManyBooths, Closed, and what `move` raises.
    """
    facts = _enter(session, [booking_id])
    asking.require_to_come(facts)
    [booking] = _bookings(session, [booking_id])
    if booking.state not in STANDING:
        raise ended(booking)
    if not is_left_behind(session, booking_id=booking_id):
        raise NotLeftBehind
    if len(set(booth_ids)) > len(booking.booth_ids):
        raise TooManyBooths(most=len(booking.booth_ids))
    rearrange(session, to={booking_id: booth_ids})


def _is_offer(booking: Booking) -> bool:
    """Tell whether a booking is what the waiting list offers: for as many booths as were waited for."""
    return booking.state is BookingState.HELD and booking.source is BookingSource.WAITING_LIST


def _enter(session: Session, booking_ids: Collection[int]) -> Facts:
    """Enter the gate of the bookings' event alone. Raises NotFound and NotOneEvent."""
    rows = session.execute(
        select(Booking.event_id, Booking.enterprise_id).where(Booking.id.in_(booking_ids))
    ).all()
    if len(rows) != len(booking_ids):
        raise NotFound
    if len({row.event_id for row in rows}) > 1:
        raise NotOneEvent
    event_id, enterprise_id = rows[0]
    gate.enter_alone(session, event_ids=[event_id])
    return gate.ask(session, event_id=event_id, enterprise_id=enterprise_id)


def _bookings(session: Session, booking_ids: Collection[int]) -> Sequence[Booking]:
    """Return bookings as they are now and stay, in the order of their ids: nobody ends one meanwhile."""
    question = select(Booking).where(Booking.id.in_(booking_ids)).order_by(Booking.id).with_for_update()
    found = session.scalars(question.execution_options(populate_existing=True)).all()
    if len(found) != len(booking_ids):
        raise NotFound
    return found
