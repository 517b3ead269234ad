"""An enterprise's booths: hold, confirm, cancel, wait."""

from typing import Any

from flask import Response
from marshmallow import Schema, fields, validate
from sqlalchemy.orm import Session

from scheduler.models import Booking as BookingRow
from scheduler.models import TokenScope, WaitingFor
from scheduler.models import Waiting as WaitingRow
from scheduler.queries import waiting as lists
from scheduler.queries.booking import mine
from scheduler.queries.keyset import Key
from scheduler.queries.scope import get_scoped
from scheduler.services import booking, livestreams
from web.api.cursors import Paged, page, page_of, whole
from web.api.once import create
from web.api.shapes import moment, number, one, shown, text
from web.api.subject import Subject
from web.policy import enterprise, policy
from web.schemas.base import Form, Text, Whole
from web.security import HIGHEST_ID
from web.site import reader, writing
from web.views.enterprise.base import employer

MOST_TOGETHER = 20
WAITED_FOR = (WaitingFor.BOOTH.value, WaitingFor.STREAM_TURN.value)
subject = Subject(
    "Bookings", "An enterprise's booths: hold free ones, confirm them in time, cancel, or wait."
)
Ids = fields.List(
    Whole(least=1, most=HIGHEST_ID), required=True, validate=validate.Length(min=1, max=MOST_TOGETHER)
)


class HoldBody(Form):
    """Which booths of which event; several stand side by side."""

    event_id = Whole(least=1, most=HIGHEST_ID, required=True)
    booth_ids = Ids


class CancelBody(Form):
    """Why, for the organizer."""

    reason = Text(longest=200, required=True)


class WaitingBody(Form):
    """For what at which event: so many booths side by side, or a turn in a livestream."""

    event_id = Whole(least=1, most=HIGHEST_ID, required=True)
    wanted = Text(longest=20, load_default=WaitingFor.BOOTH.value, validate=validate.OneOf(list(WAITED_FOR)))
    quantity = Whole(least=1, most=MOST_TOGETHER, load_default=1)


class Hold(Schema):
    """Booths that were held just now; without a confirmation they are given back at `held_until`."""

    id = number(attribute="booking_id")
    held_until = moment()


class Booking(Schema):
    """A booking: held, confirmed, checked_in; or lapsed, cancelled, no_show with the reason."""

    id = number()
    event_id = number()
    booth_ids = fields.List(fields.Integer(), required=True)
    state = text()
    source = text()
    held_until = moment(allow_none=True)
    booked_at = moment()
    confirmed_at = moment(allow_none=True)
    ended_at = moment(allow_none=True)
    end_reason = text(allow_none=True)


class WaitingRecord(Schema):
    """What is waited for, and what became of it; an offer stands until `offer_until`.

    Booths that are offered are a held booking, a turn is accepted by taking it.
    """

    id = number()
    event_id = number()
    wanted = text()
    quantity = number()
    state = text()
    joined_at = moment()
    offer_until = moment(allow_none=True)


class Place(Schema):
    """A place on a waiting list; `rank` 1 is offered next, 0: it waits no more."""

    waiting = one(WaitingRecord)
    rank = number()


@subject.operation(
    "GET", "/bookings", policy(enterprise), scope=TokenScope.READ, query=Paged, answer=page_of(Booking)
)
def list_bookings(asked: dict[str, Any]) -> dict[str, Any]:
    """List your enterprise's bookings, oldest first."""
    return page(
        asked,
        lambda after, size: mine.bookings_behind(reader(), actor=employer(), after=after, size=size),
        lambda row: Key("", row.id),
    )


@subject.operation(
    "POST",
    "/bookings",
    policy(enterprise),
    scope=TokenScope.BOOK,
    body=HoldBody,
    answer=Hold,
    status=201,
    creates=True,
)
def hold_booths(body: dict[str, Any]) -> Response:
    """Hold free booths for some minutes; a refusal names free ones nearby in `fields`."""
    actor = employer()

    def hold(session: Session) -> booking.Held:
        return booking.hold_booths(
            session,
            event_id=body["event_id"],
            enterprise_id=actor.enterprise_id,
            booth_ids=body["booth_ids"],
            booked_by=actor.account_id,
        )

    return create(hold, Hold)


@subject.operation(
    "GET", "/bookings/<int:booking_id>", policy(enterprise), scope=TokenScope.READ, answer=Booking
)
def get_booking(booking_id: int) -> BookingRow:
    """Return one booking."""
    found: BookingRow = get_scoped(reader(), BookingRow, booking_id, employer())
    return found


@subject.operation(
    "PUT",
    "/bookings/<int:booking_id>/confirmation",
    policy(enterprise),
    scope=TokenScope.BOOK,
    answer=Booking,
)
def confirm_booking(booking_id: int) -> Response:
    """Confirm held booths, or accept those that the waiting list offers; again changes nothing."""
    with writing() as session:
        found: BookingRow = get_scoped(session, BookingRow, booking_id, employer())
        booking.confirm(session, booking_id=found.id)
        session.refresh(found)
        return shown(Booking, found)


@subject.operation(
    "PUT",
    "/bookings/<int:booking_id>/cancellation",
    policy(enterprise),
    scope=TokenScope.BOOK,
    body=CancelBody,
    answer=Booking,
)
def cancel_booking(body: dict[str, Any], booking_id: int) -> Response:
    """Give booths back before the event's deadline; they go to those who wait."""
    with writing() as session:
        found: BookingRow = get_scoped(session, BookingRow, booking_id, employer())
        booking.cancel(session, booking_id=found.id, reason=body["reason"])
        session.refresh(found)
        return shown(Booking, found)


@subject.operation("GET", "/waiting", policy(enterprise), scope=TokenScope.READ, answer=page_of(Place))
def list_waiting() -> dict[str, Any]:
    """List your places on waiting lists for booths and turns, with your rank."""
    return whole(lists.places_of(reader(), actor=employer()))


@subject.operation(
    "POST",
    "/waiting",
    policy(enterprise),
    scope=TokenScope.BOOK,
    body=WaitingBody,
    answer=WaitingRecord,
    status=201,
    creates=True,
)
def join_waiting(body: dict[str, Any]) -> Response:
    """Wait for booths of an event, or a turn of a livestream, that has none left; offered in order."""
    actor = employer()

    def join(session: Session) -> WaitingRow:
        if body["wanted"] == WaitingFor.STREAM_TURN:
            return livestreams.join_turn_list(
                session, event_id=body["event_id"], enterprise_id=actor.enterprise_id
            )
        return booking.join_waiting(
            session,
            event_id=body["event_id"],
            enterprise_id=actor.enterprise_id,
            quantity=body["quantity"],
        )

    return create(join, WaitingRecord)


@subject.operation(
    "DELETE", "/waiting/<int:waiting_id>", policy(enterprise), scope=TokenScope.BOOK, status=204
)
def leave_waiting(waiting_id: int) -> Response:
    """Leave a waiting list, or decline what it offers."""
    with writing() as session:
        found: WaitingRow = get_scoped(session, WaitingRow, waiting_id, employer())
        if found.wanted is WaitingFor.STREAM_TURN:
            livestreams.leave_turn_list(
                session, event_id=found.event_id, enterprise_id=employer().enterprise_id
            )
        else:
            booking.leave_waiting(session, waiting_id=found.id)
    return Response(status=204)
