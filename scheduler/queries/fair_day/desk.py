"""A fair's day as its organizers see it: gates, arrivals, conflicts, and who has not come yet."""

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from scheduler.models import Booking, BookingState, Enterprise, Ticket
from scheduler.models.fair_days import CheckIn, Gate, Objection, Verdict
from scheduler.queries.fair_day.gate_lists import BookingLine, booking_lines


@dataclass(frozen=True, slots=True)
class GateLine:
    """A gate with how many it has checked in."""

    gate: Gate
    check_ins: int

    @property
    def is_open(self) -> bool:
        """Tell whether the gate's key still opens it."""
        return self.gate.is_open


@dataclass(frozen=True, slots=True)
class Conflict:
    """Somebody who got in and should not have; `first` is the check-in that counts, where there is one.

    `who` is the enterprise, or the first digits of the ticket's number.
    """

    check_in: CheckIn
    gate_zh: str
    who: str
    first: CheckIn | None
    first_gate_zh: str


@dataclass(frozen=True, slots=True)
class Arrivals:
    """How far a fair's morning has come."""

    gates: tuple[GateLine, ...]
    bookings: tuple[BookingLine, ...]
    tickets: int
    enterprises: int
    refused: dict[Objection, int]
    open_conflicts: tuple[Conflict, ...]
    settled_conflicts: tuple[Conflict, ...]

    @property
    def states(self) -> Counter[BookingState]:
        """Return how many bookings are in each state."""
        return Counter(line.state for line in self.bookings)

    def wanted(self, words: str, state: BookingState | None) -> list[BookingLine]:
        """Return the bookings in a state whose enterprise's name has the words, or a booth begins with them.

        The same as a gate looks for, which does it without network (web/static/js/gate/known.js).
        """
        words = words.strip().lower()
        return [
            line
            for line in self.bookings
            if state in (None, line.state)
            and (
                words in line.name_zh.lower()
                or any(code.lower().startswith(words) for code in line.booths or line.had)
            )
        ]


def arrivals(session: Session, *, event_id: int) -> Arrivals:
    """Return how far a fair's morning has come."""
    conflicts = _conflicts(session, event_id)
    counted = _counted(session, event_id)
    return Arrivals(
        gates=gate_lines(session, event_id=event_id),
        bookings=booking_lines(session, event_id=event_id),
        tickets=counted["tickets"],
        enterprises=counted["enterprises"],
        refused=_refused(session, event_id),
        open_conflicts=tuple(one for one in conflicts if one.check_in.settled_at is None),
        settled_conflicts=tuple(one for one in conflicts if one.check_in.settled_at is not None),
    )


def gate_lines(session: Session, *, event_id: int) -> tuple[GateLine, ...]:
    """Return the gates of an event, those that are closed at the end."""
    counts = Counter(
        dict(
            session.execute(
                select(CheckIn.gate_id, func.count())
                .where(CheckIn.event_id == event_id, CheckIn.verdict == Verdict.ACCEPTED)
                .group_by(CheckIn.gate_id)
            ).all()
        )
    )
    gates = session.scalars(select(Gate).where(Gate.event_id == event_id).order_by(Gate.id))
    lines = [GateLine(gate, counts[gate.id]) for gate in gates]
    return tuple(sorted(lines, key=lambda line: not line.is_open))


def _counted(session: Session, event_id: int) -> dict[str, int]:
    row = session.execute(
        select(func.count(CheckIn.ticket_id), func.count(CheckIn.booking_id)).where(
            CheckIn.event_id == event_id, CheckIn.verdict == Verdict.ACCEPTED
        )
    ).one()
    return {"tickets": row[0], "enterprises": row[1]}


def _refused(session: Session, event_id: int) -> dict[Objection, int]:
    rows = session.execute(
        select(CheckIn.objection, func.count())
        .where(
            CheckIn.event_id == event_id,
            CheckIn.verdict == Verdict.REFUSED,
            CheckIn.objection != Objection.UNDONE,
        )
        .group_by(CheckIn.objection)
    )
    return {objection: count for objection, count in rows if objection is not None}


def _conflicts(session: Session, event_id: int) -> list[Conflict]:
    rows = session.execute(
        select(CheckIn, Ticket.serial, Enterprise.name_zh)
        .outerjoin(Ticket, Ticket.id == CheckIn.ticket_id)
        .outerjoin(Booking, Booking.id == CheckIn.booking_id)
        .outerjoin(Enterprise, Enterprise.id == Booking.enterprise_id)
        .where(CheckIn.event_id == event_id, CheckIn.verdict == Verdict.CONFLICT)
        .order_by(CheckIn.id)
    ).all()
    gates = dict(session.execute(select(Gate.id, Gate.name_zh).where(Gate.event_id == event_id)).all())
    first = _accepted(session, [row[0] for row in rows])
    found = []
    for check_in, serial, name in rows:
        before = first.get((check_in.ticket_id, check_in.booking_id))
        who = name or (serial[:8].upper() if serial else "")
        before_gate = gates.get(before.gate_id or 0, "") if before else ""
        found.append(Conflict(check_in, gates.get(check_in.gate_id or 0, ""), who, before, before_gate))
    return found


def _accepted(session: Session, conflicts: list[CheckIn]) -> dict[tuple[int | None, int | None], CheckIn]:
    """Return the check-ins that count, by ticket and booking, for those that have a conflict."""
    tickets = [one.ticket_id for one in conflicts if one.ticket_id]
    bookings = [one.booking_id for one in conflicts if one.booking_id]
    rows = session.scalars(
        select(CheckIn).where(
            CheckIn.verdict == Verdict.ACCEPTED,
            CheckIn.ticket_id.in_(tickets) | CheckIn.booking_id.in_(bookings),
        )
    )
    return {(row.ticket_id, row.booking_id): row for row in rows}
