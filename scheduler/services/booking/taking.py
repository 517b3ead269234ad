"""Takes booths for a booking: the primary key of BoothHold is the only judge of who has one.

Nothing is counted first. A hold that has run out is freed by whoever wants its booth, in the statement
after the one that met it.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, and_, any_, bindparam, delete, select, true, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from scheduler import auditing
from scheduler.errors import NotFound, Refusal
from scheduler.models import (
    Booking,
    BookingSource,
    BookingState,
    Booth,
    BoothHold,
    EventFloor,
    Waiting,
    WaitingFor,
    WaitingState,
)
from scheduler.queries.booking.booths import Contested, at_home, contested_booths, nearest_free
from scheduler.services import waiting_lists
from scheduler.services.booking.gate import Facts
from scheduler.services.booking.refusals import (
    BookedAlready,
    BoothLeft,
    BoothOutOfUse,
    BoothTaken,
    FullyBooked,
    NoBooths,
)
from scheduler.services.booking.telling import tell_lapsed
from scheduler.times import now

RAN_OUT = "保留到期"


def take(  # noqa: PLR0913 — a booking is all of this
    session: Session,
    *,
    facts: Facts,
    enterprise_id: int,
    booth_ids: Collection[int],
    state: BookingState,
    source: BookingSource,
    held_until: datetime | None = None,
    booked_by: int | None = None,
    reason: str | None = None,
) -> int:
    """Book booths for an enterprise; returns the booking's id.

    Raises BookedAlready, NoBooths, BoothTaken and FullyBooked; whoever catches one of them rolls back what
    was done.
    """
    moment = now()
    row = {
        "event_id": facts.event_id,
        "enterprise_id": enterprise_id,
        "state": state,
        "source": source,
        "held_until": held_until,
        "booked_at": moment,
        "confirmed_at": None if state is BookingState.HELD else moment,
        "booth_ids": sorted(booth_ids),
        "reason": reason,
        "pinned": False,
        "booked_by": booked_by,
        "updated_at": moment,
    }
    if not booth_ids:
        raise NoBooths
    booking_id, had = _book(session, row)
    if booking_id is None and lapse(session, mine(facts.event_id, enterprise_id)):
        booking_id, had = _book(session, row)
    if booking_id is None:
        raise BookedAlready(**facts.titles)
    _contend(session, facts=facts, booking_id=booking_id, missing=had.symmetric_difference(booth_ids))
    return booking_id


def occupy(session: Session, *, facts: Facts, booking_id: int, booth_ids: Collection[int]) -> None:
    """Take booths for a booking; raises NoBooths, BoothOutOfUse, BoothTaken and FullyBooked."""
    if not booth_ids:
        raise NoBooths
    missing = frozenset(booth_ids).difference(_occupy(session, facts.event_id, booking_id, booth_ids))
    _contend(session, facts=facts, booking_id=booking_id, missing=missing)


def _contend(session: Session, *, facts: Facts, booking_id: int, missing: frozenset[int]) -> None:
    """End the holds that have run out on booths that could not be had, and take these; else say why not."""
    while missing:
        found = contested_booths(session, event_id=facts.event_id, booth_ids=missing)
        over = [one.holder for one in found if one.ran_out]
        if not (over and lapse(session, Booking.id.in_(over))):
            raise _refusal(session, facts, missing, found)
        missing = missing.difference(_occupy(session, facts.event_id, booking_id, missing))


def lapse(session: Session, which: ColumnElement[bool]) -> Sequence[int]:
    """End the holds among some bookings that have run out, and give their booths back; returns which."""
    over = and_(Booking.state == BookingState.HELD, Booking.held_until <= now())
    found = session.execute(
        select(Booking.id, Booking.event_id, Booking.enterprise_id, Booking.source).where(which, over)
    ).all()
    if not found:
        return ()
    ids = [row.id for row in found]
    ended = session.scalars(
        update(Booking)
        .where(Booking.id.in_(ids), over)
        .values(
            state=BookingState.LAPSED,
            held_until=None,
            ended_at=now(),
            end_reason=RAN_OUT,
            updated_at=now(),
        )
        .returning(Booking.id)
        .execution_options(synchronize_session=False)
    ).all()
    vacate(session, booking_ids=ended)
    for row in found:
        if row.id in ended and row.source is BookingSource.WAITING_LIST:
            answer_offer(
                session, event_id=row.event_id, enterprise_id=row.enterprise_id, state=WaitingState.LAPSED
            )
            tell_lapsed(session, event_id=row.event_id, booking_id=row.id, enterprise_id=row.enterprise_id)
    return ended


def vacate(session: Session, *, booking_ids: Collection[int]) -> None:
    """Give back every booth of some bookings."""
    if booking_ids:
        session.execute(
            delete(BoothHold)
            .where(BoothHold.booking_id.in_(booking_ids))
            .execution_options(synchronize_session=False)
        )


def answer_offer(session: Session, *, event_id: int, enterprise_id: int, state: WaitingState) -> None:
    """Close the waiting list's offer to an enterprise, if there is one."""
    waiting_lists.close_offer(session, _for_booths(event_id, enterprise_id), becomes=state)


def end_waiting(session: Session, *, event_id: int, enterprise_id: int) -> None:
    """Take an enterprise off the waiting list because it has booths now."""
    waiting_lists.withdraw(session, _for_booths(event_id, enterprise_id), WaitingState.WAITING)


def _for_booths(event_id: int, enterprise_id: int) -> ColumnElement[bool]:
    return and_(
        Waiting.event_id == event_id,
        Waiting.wanted == WaitingFor.BOOTH,
        Waiting.enterprise_id == enterprise_id,
    )


def mine(event_id: int, enterprise_id: int) -> ColumnElement[bool]:
    """Return the condition for the bookings of an enterprise at an event."""
    return and_(Booking.event_id == event_id, Booking.enterprise_id == enterprise_id)


def _book(session: Session, row: dict[str, Any]) -> tuple[int | None, frozenset[int]]:
    """Insert and note a booking, take what is free of its booths; returns its id (None when the enterprise
    has one that stands) and the booths that it has got.
    """
    connection = session.connection()
    if _dialect(session) == "postgresql":
        values = {**row, "chosen": row["booth_ids"], **auditing.note_of(session, Booking, row)}
        made = connection.execute(BOOKED_WITH_BOOTHS, values).all()
        return made[0].id if made else None, frozenset(one.booth_id for one in made if one.booth_id)
    booking_id: int | None = connection.scalar(BOOKED, row)
    if booking_id is None:
        return None, frozenset()
    auditing.note_made(session, Booking, (booking_id,), row)
    return booking_id, _occupy(session, row["event_id"], booking_id, row["booth_ids"])


def _occupy(session: Session, event_id: int, booking_id: int, booth_ids: Collection[int]) -> frozenset[int]:
    """Take what is free of some booths; returns it."""
    values = {"event_id": event_id, "booking_id": booking_id, "chosen": sorted(booth_ids)}
    return frozenset(session.connection().scalars(OCCUPIED[_dialect(session)], values))


def _refusal(session: Session, facts: Facts, missing: Collection[int], found: Sequence[Contested]) -> Refusal:
    """Say why booths could not be had, and which free ones stand nearby."""
    if len(found) < len(missing):
        return NotFound()
    unusable = [booth.code for booth in found if not booth.usable]
    if unusable:
        return BoothOutOfUse(codes="、".join(unusable))
    if left := [booth.code for booth in found if not booth.at_home]:
        return BoothLeft(codes="、".join(left))
    near = nearest_free(session, event_id=facts.event_id, to=found[0])
    if not near:
        return FullyBooked(**facts.titles)
    codes = "、".join(booth.code for booth in found)
    return BoothTaken(codes=codes, near="、".join(near), fields={"near": near})


def _dialect(session: Session) -> str:
    return session.get_bind().dialect.name


def _booked(dialect: Any) -> Any:  # noqa: ANN401 — either dialect's INSERT
    """Return the statement that inserts a booking unless the enterprise has one that stands."""
    values: dict[str, Any] = {name: bindparam(name) for name in BOOKING}
    return dialect.insert(Booking.__table__).values(values).on_conflict_do_nothing().returning(Booking.id)


def _offered(dialect: Any, booking: ColumnElement[int]) -> Any:  # noqa: ANN401
    """Return the question for the chosen booths that an event offers, as rows of BoothHold."""
    return (
        select(bindparam("event_id", type_=Integer), Booth.id, booking)
        .join_from(Booth, EventFloor, EventFloor.floor_plan_id == Booth.floor_plan_id)
        .where(
            EventFloor.event_id == bindparam("event_id"),
            CHOSEN[dialect],
            Booth.usable,
            at_home(Booth.floor_plan_id, EventFloor.event_id),
        )
        .order_by(Booth.id)
    )


def _occupied(dialect: Any, offered: Any) -> Any:  # noqa: ANN401
    """Return the statement that takes of the offered booths what is free."""
    columns = ["event_id", "booth_id", "booking_id"]
    into = dialect.insert(BoothHold.__table__).from_select(columns, offered)
    return into.on_conflict_do_nothing().returning(BoothHold.booth_id)


def _booked_with_booths() -> Select[Any]:
    """Return all at once, which only PostgreSQL can: a row for each booth that was had, none unbooked."""
    booked = _booked(postgresql).cte("booked")
    noted = auditing.noting(booked.c.id).cte("noted")
    held = _occupied(postgresql, _offered(postgresql, booked.c.id).join(booked, true())).cte("held")
    return select(booked.c.id, held.c.booth_id).outerjoin(held, true()).add_cte(noted)


BOOKING = (
    "event_id",
    "enterprise_id",
    "state",
    "source",
    "held_until",
    "booked_at",
    "confirmed_at",
    "booth_ids",
    "reason",
    "pinned",
    "booked_by",
    "updated_at",
)
CHOSEN = {  # an array is one parameter; IN becomes another statement for each number of booths
    postgresql: Booth.id == any_(bindparam("chosen", type_=postgresql.ARRAY(Integer))),
    sqlite: Booth.id.in_(bindparam("chosen", expanding=True)),
}
BOOKED = _booked(sqlite)
BOOKED_WITH_BOOTHS = _booked_with_booths()
OCCUPIED = {
    name: _occupied(dialect, _offered(dialect, bindparam("booking_id", type_=Integer)))
    for name, dialect in {"postgresql": postgresql, "sqlite": sqlite}.items()
}
