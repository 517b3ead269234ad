"""The fair allocation of an event's booths: ask for it, watch it, publish its draft or let it go."""

from typing import Any

from flask import Response
from marshmallow import Schema, fields
from sqlalchemy.orm import Session

from scheduler.errors import Forbidden, NotFound
from scheduler.models import BoothAllocation, Event, Role, TokenScope
from scheduler.queries.booking.allocations import Line, allocation_of, draft_of
from scheduler.queries.booking.receipts import lottery_by, receipt_of
from scheduler.queries.keyset import Key
from scheduler.queries.scope import get_scoped
from scheduler.services import allocation
from solver.booths.receipt import Receipt
from web.api.cursors import Paged, page, page_of
from web.api.once import create
from web.api.registrations import subject as registrations
from web.api.shapes import moment, number, shown, text
from web.api.subject import Subject
from web.policy import enterprise, organizer, policy
from web.schemas.base import Form, Whole
from web.schemas.booths import WordForm
from web.security import HIGHEST_ID
from web.site import reader, writing
from web.views.enterprise.base import employer
from web.views.organizer.desk import member

subject = Subject("Allocations", "Booths of an event that allocates them, given out in the published order.")


class AllocationBody(Form):
    """Whose booths are to be allocated, and for how many seconds the search may look for better places."""

    event_id = Whole(least=1, most=HIGHEST_ID, required=True)
    seconds = Whole(least=1, most=allocation.LONGEST_SECONDS, load_default=allocation.USUAL_SECONDS)


class Allocation(Schema):
    """An allocation: queued, running, draft, published; or discarded, cancelled, failed with the error."""

    id = number()
    event_id = number()
    state = text()
    seconds = number()
    requested_at = moment()
    started_at = moment(allow_none=True)
    finished_at = moment(allow_none=True)
    published_at = moment(allow_none=True)
    cancel_requested = fields.Boolean(required=True)
    asking = number()
    placed = number()
    cost = number(allow_none=True)
    bound = number(allow_none=True)
    error = text(allow_none=True)


class Outcome(Schema):
    """What an enterprise gets: its place in the published order, then booths, or a number among who waits."""

    credit_code = text(attribute="turn.enterprise")
    name_zh = text()
    place = number(attribute="turn.place")
    ticket = text(attribute="turn.ticket")
    round = text(attribute="turn.round")
    booths = fields.List(fields.String(), required=True)
    wish = number()
    waiting = number()
    rule = text()
    zh = text()
    en = text()


class WordBody(WordForm):
    """What the public fact turned out to be on which the lottery was announced to depend."""


class LotteryRecord(Schema):
    """What is announced of an event's lottery; `seed` is null until its allocation is published."""

    event_id = number()
    closes_at = moment()
    seed_hash = text()
    seed = text(allow_none=True)
    public_rule = text(allow_none=True)
    drawn_on = fields.Date(required=True, allow_none=True)
    public_word = text(allow_none=True)
    allocated_at = moment(allow_none=True)


class OwnReceipt(Schema):
    """Your receipt; save the file at your event's page to work it out again."""

    ticket = text()
    place = number()
    of = number()
    tier = text()
    no_shows = number()
    last_time = text()
    round = text()
    booths = fields.List(fields.String(), required=True)
    waiting = number()
    rule = text()
    zh = text()
    en = text()
    seed = text()
    commit = text()
    problem_hash = text()
    order_hash = text()


@subject.operation(
    "POST",
    "/allocations",
    policy(organizer, Role.PLANNER),
    scope=TokenScope.PLAN,
    body=AllocationBody,
    answer=Allocation,
    status=201,
    creates=True,
)
def start_allocation(body: dict[str, Any]) -> Response:
    """Ask for an allocation after the closing date; a draft that is there is let go for it."""

    def start(session: Session) -> BoothAllocation:
        event: Event = get_scoped(session, Event, body["event_id"], member())
        _require(Role.PLANNER, event)
        return allocation.request_allocation(
            session, event_id=event.id, seconds=body["seconds"], requested_by=member().account_id
        )

    return create(start, Allocation)


@subject.operation(
    "GET",
    "/allocations/<int:allocation_id>",
    policy(organizer),
    scope=TokenScope.READ,
    answer=Allocation,
)
def get_allocation(allocation_id: int) -> BoothAllocation:
    """Return one allocation."""
    return allocation_of(reader(), allocation_id=allocation_id, scope=member())[0]


@subject.operation(
    "GET",
    "/allocations/<int:allocation_id>/outcomes",
    policy(organizer),
    scope=TokenScope.READ,
    query=Paged,
    answer=page_of(Outcome),
)
def list_outcomes(asked: dict[str, Any], allocation_id: int) -> dict[str, Any]:
    """List who gets which booths, who waits and why, in the published order; 404 until there is a draft."""
    found, _ = allocation_of(reader(), allocation_id=allocation_id, scope=member())
    lines = draft_of(reader(), allocation_id=found.id).lines

    def behind(after: Key | None, size: int) -> list[Line]:
        return [line for line in lines if after is None or line.turn.place > after.id][:size]

    return page(asked, behind, lambda line: Key("", line.turn.place))


@subject.operation(
    "PUT",
    "/organizer/events/<int:event_id>/public-word",
    policy(organizer, Role.PLANNER),
    scope=TokenScope.PLAN,
    body=WordBody,
    answer=LotteryRecord,
)
def enter_public_word(body: dict[str, Any], event_id: int) -> Response:
    """Enter the public word of an event's lottery after requests closed; 409 once something was drawn."""
    with writing() as session:
        event: Event = get_scoped(session, Event, event_id, member())
        _require(Role.PLANNER, event)
        terms = allocation.enter_word(session, event_id=event.id, word=body["word"])
        return shown(LotteryRecord, lottery_by(terms))


@subject.operation(
    "PUT",
    "/allocations/<int:allocation_id>/cancellation",
    policy(organizer, Role.PLANNER),
    scope=TokenScope.PLAN,
    answer=Allocation,
)
def stop_allocation(allocation_id: int) -> Response:
    """Ask an allocation to stop, without a draft. Asking again changes nothing."""
    with writing() as session:
        found = _own(session, allocation_id, Role.PLANNER)
        allocation.request_stop(session, allocation_id=found.id)
        return shown(Allocation, found)


@subject.operation(
    "PUT",
    "/allocations/<int:allocation_id>/publication",
    policy(organizer, Role.PUBLISHER),
    scope=TokenScope.PUBLISH,
    answer=Allocation,
)
def publish_allocation(allocation_id: int) -> Response:
    """Let a draft hold: bookings, waiting list, receipts, the seed and letters; 409 when it is stale."""
    with writing() as session:
        found = _own(session, allocation_id, Role.PUBLISHER)
        allocation.publish_allocation(session, allocation_id=found.id, published_by=member().account_id)
        session.refresh(found)
        return shown(Allocation, found)


@subject.operation(
    "DELETE",
    "/allocations/<int:allocation_id>",
    policy(organizer, Role.PLANNER),
    scope=TokenScope.PLAN,
    status=204,
)
def discard_allocation(allocation_id: int) -> Response:
    """Let a draft go."""
    with writing() as session:
        found = _own(session, allocation_id, Role.PLANNER)
        allocation.discard_allocation(session, allocation_id=found.id)
    return Response(status=204)


@registrations.operation(
    "GET",
    "/registrations/<int:event_id>/receipt",
    policy(enterprise),
    scope=TokenScope.READ,
    answer=OwnReceipt,
)
def get_receipt(event_id: int) -> Receipt:
    """Return what the allocation of an event's booths came to for you; 404 until it is published."""
    found = receipt_of(reader(), event_id=event_id, actor=employer())
    if found is None:
        raise NotFound
    return found


def _own(session: Session, allocation_id: int, role: Role) -> BoothAllocation:
    """Return an allocation of the division; raises NotFound, and Forbidden where the role is lacking."""
    found, event = allocation_of(session, allocation_id=allocation_id, scope=member())
    _require(role, event)
    return found


def _require(role: Role, event: Event) -> None:
    if not member().may(role, event.division_code):
        raise Forbidden
