"""The solver is asked for a run sheet: the order is a row under a lease, gone when the draft is there."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import and_, delete, or_
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from scheduler.database import changed
from scheduler.errors import NotFound, Refusal
from scheduler.models import Livestream, OrderEnd, SheetOrder
from scheduler.queries.livestreams.firms import firms_of
from scheduler.queries.livestreams.given import sheets_of
from scheduler.runsheets import Lines
from scheduler.services.leases import MOST_ATTEMPTS, Claim, Work
from scheduler.services.livestreams.sheets import SheetChanged, draft_sheet
from scheduler.times import now

ORDER_LEASE = timedelta(minutes=1)
ORDERS = Work(SheetOrder, SheetOrder.event_id, SheetOrder.ended.is_(None))


class NobodyToOrder(Refusal):
    """No firm has a turn and is admitted."""

    status = 409
    code = "nobody_to_order"
    zh = "还没有审核通过的单位，无法自动排定。"
    en = "No firm is admitted yet; there is nothing to put in order."


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


def claim_order(session: Session) -> Claim | None:
    """Take the oldest order that is due; None when there is none. What nobody could end is given up."""
    due = or_(and_(ORDERS.carried, SheetOrder.lease_until.is_(None)), ORDERS.silent())
    hopeless = and_(due, SheetOrder.attempt >= MOST_ATTEMPTS)
    ORDERS.give_up(session, which=hopeless, ended=OrderEnd.GIVEN_UP)
    return ORDERS.claim(session, due=due, by=SheetOrder.ordered_at, lease=ORDER_LEASE)


def finish_order(session: Session, *, claim: Claim, seen: Seen | None, lines: Lines) -> bool:
    """Make the lines the livestream's draft; tells whether the order was still this worker's.

    What the draft held can be had back by undoing. Raises SheetChanged when a hand has changed it since it
    was `seen`.
    """
    if not changed(session, delete(SheetOrder).where(ORDERS.mine(claim))):
        return False
    if seen_of(session, event_id=claim.key) != seen:
        raise SheetChanged
    draft_sheet(session, event_id=claim.key, lines=lines)
    return True


def return_order(session: Session, *, claim: Claim) -> bool:
    """Make an order due at once, for the sheet as it has become; tells whether it was this worker's."""
    return ORDERS.change(session, claim=claim, lease_until=None)


def fail_order(session: Session, *, claim: Claim) -> bool:
    """End an order whose turns and pauses do not fit; tells whether it was this worker's."""
    return ORDERS.change(session, claim=claim, ended=OrderEnd.UNFIT, lease_until=None)
