"""The solver is asked for a run sheet: the order is a row under a lease, gone when the draft is there."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import ColumnElement, and_, delete, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from scheduler.database import changed
from scheduler.errors import NotFound, Refusal
from scheduler.models import Livestream, OrderEnd, SheetOrder
from scheduler.queries.livestreams.firms import firms_of
from scheduler.queries.livestreams.given import sheets_of
from scheduler.runsheets import Lines
from scheduler.services.livestreams.sheets import SheetChanged, draft_sheet
from scheduler.times import now

ORDER_LEASE = timedelta(minutes=1)
MOST_ATTEMPTS = 3


class NobodyToOrder(Refusal):
    """No firm has a turn and is admitted."""

    status = 409
    code = "nobody_to_order"
    zh = "还没有审核通过的单位，无法自动排定。"
    en = "No firm is admitted yet; there is nothing to put in order."


@dataclass(frozen=True, slots=True)
class Order:
    """The right to order one sheet, for one attempt."""

    event_id: int
    attempt: int


@dataclass(frozen=True, slots=True)
class Seen:
    """The draft that an order began from; by it a change made meanwhile is known."""

    sheet_id: int
    revision: int


def order_sheet(session: Session, *, event_id: int) -> None:
    """Ask for a livestream's run sheet; asking again while one is due changes nothing.

    Raises NotFound and NobodyToOrder.
    """
    if session.get(Livestream, event_id) is None:
        raise NotFound
    if not any(firm.admitted for firm in firms_of(session, event_id=event_id)):
        raise NobodyToOrder
    session.execute(delete(SheetOrder).where(SheetOrder.event_id == event_id, SheetOrder.ended.is_not(None)))
    try:
        with session.begin_nested():
            session.add(SheetOrder(event_id=event_id, ordered_at=now()))
    except IntegrityError:
        return


def seen_of(session: Session, *, event_id: int) -> Seen | None:
    """Return the draft that a livestream has now, None without any."""
    draft = sheets_of(session, event_id=event_id).draft
    return Seen(draft.id, draft.revision) if draft else None


def claim_order(session: Session) -> Order | None:
    """Take the oldest order that is due; None when there is none. What nobody could end is given up."""
    free = and_(
        SheetOrder.ended.is_(None), or_(SheetOrder.lease_until.is_(None), SheetOrder.lease_until < now())
    )
    _hit(session, free & (SheetOrder.attempt >= MOST_ATTEMPTS), ended=OrderEnd.GIVEN_UP, lease_until=None)
    found = session.execute(
        select(SheetOrder.event_id, SheetOrder.attempt).where(free).order_by(SheetOrder.ordered_at).limit(1)
    ).one_or_none()
    if found is None:
        return None
    order = Order(*found)
    return Order(order.event_id, order.attempt + 1) if take_order(session, order=order) else None


def take_order(session: Session, *, order: Order) -> bool:
    """Begin the attempt after the one that was seen; tells whether nobody else has begun it meanwhile."""
    return _hit(session, _mine(order), attempt=order.attempt + 1, lease_until=now() + ORDER_LEASE)


def finish_order(session: Session, *, order: Order, seen: Seen | None, lines: Lines) -> bool:
    """Make the lines the livestream's draft; tells whether the order was still this worker's.

    What the draft held can be had back by undoing. Raises SheetChanged when a hand has changed it since it
    was `seen`.
    """
    closing = delete(SheetOrder).where(_mine(order))
    if not changed(session, closing):
        return False
    if seen_of(session, event_id=order.event_id) != seen:
        raise SheetChanged
    draft_sheet(session, event_id=order.event_id, lines=lines)
    return True


def return_order(session: Session, *, order: Order) -> bool:
    """Make an order due at once, for the sheet as it has become; tells whether it was this worker's."""
    return _hit(session, _mine(order), lease_until=None)


def fail_order(session: Session, *, order: Order) -> bool:
    """End an order whose turns and pauses do not fit; tells whether it was this worker's."""
    return _hit(session, _mine(order), ended=OrderEnd.UNFIT, lease_until=None)


def _mine(order: Order) -> ColumnElement[bool]:
    return and_(
        SheetOrder.event_id == order.event_id,
        SheetOrder.attempt == order.attempt,
        SheetOrder.ended.is_(None),
    )


def _hit(session: Session, which: ColumnElement[bool], **values: object) -> bool:
    changing = update(SheetOrder).where(which).values(**values)
    return bool(changed(session, changing))
