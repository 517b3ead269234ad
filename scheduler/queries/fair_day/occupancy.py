"""How many people are inside (在场人数): by zone of the hall, against what the permit and the halls allow.

Whoever was let in counts, whether that was right or not: a crowd has no exceptions. Only an enterprise
that was checked in twice is counted once.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.orm import Session

from scheduler.models import EventVenue, Venue
from scheduler.models.fair_days import CheckIn, Gate, Objection, Passage, Verdict
from scheduler.queries.permits import permitted_people
from scheduler.queries.tickets import most_places
from scheduler.times import now

NEAR_PERCENT = 90
SILENT = timedelta(minutes=2)
"""A gate with network asks every ten seconds; one that is silent for longer holds counts back."""


class Crowd(StrEnum):
    """How full a place is: room left, nearly full, or as many as may be there."""

    ROOM = "room"
    NEAR = "near"
    FULL = "full"


@dataclass(frozen=True, slots=True)
class Flow:
    """How many people came into a place and left it; `most` may be there, None without a limit."""

    came: int = 0
    left: int = 0
    most: int | None = None

    @property
    def inside(self) -> int:
        """Return how many are inside; a count of leavers that is too high makes nobody vanish twice."""
        return max(0, self.came - self.left)

    @property
    def crowd(self) -> Crowd:
        """Return how full the place is."""
        if self.most is None or self.inside * 100 < self.most * NEAR_PERCENT:
            return Crowd.ROOM
        return Crowd.FULL if self.inside >= self.most else Crowd.NEAR


@dataclass(frozen=True, slots=True)
class GateNow:
    """A gate with what went through it; a silent one may hold counts back that it has not handed in."""

    gate: Gate
    flow: Flow
    is_silent: bool

    @property
    def is_open(self) -> bool:
        """Tell whether the gate's key still opens it."""
        return self.gate.is_open


@dataclass(frozen=True, slots=True)
class Occupancy:
    """How full a fair is at a moment. `permitted` is the permit's head count, `zones` are by name:
    "" for gates of the whole hall and for what paper sheets say.
    """

    at: datetime
    total: Flow
    permitted: int | None
    zones: Mapping[str, Flow]
    gates: tuple[GateNow, ...]


def occupancy(session: Session, *, event_id: int) -> Occupancy:
    """Return how full a fair is now. The limit is the permit's head count, or what its halls hold if less."""
    flows = _flows(session, event_id)
    gates = session.scalars(select(Gate).where(Gate.event_id == event_id).order_by(Gate.id)).all()
    halls = _halls(session, event_id)
    zones: dict[str, list[Flow]] = {}
    if None in flows:
        zones[""] = [flows[None]]
    for gate in gates:
        zones.setdefault(gate.zone_zh, []).append(flows.get(gate.id, Flow()))
    permitted = permitted_people(session, event_id=event_id)
    most = most_places(session, event_id=event_id)
    return Occupancy(
        at=now(),
        total=_together(list(flows.values()), most),
        permitted=permitted,
        zones={name: _together(zones[name], halls.get(name)) for name in sorted(zones)},
        gates=tuple(_gate_now(gate, flows.get(gate.id, Flow())) for gate in gates),
    )


def _gate_now(gate: Gate, flow: Flow) -> GateNow:
    heard = gate.seen_at is not None and gate.seen_at > now() - SILENT
    return GateNow(gate, flow, gate.is_open and gate.seen_at is not None and not heard)


def _together(flows: list[Flow], most: int | None) -> Flow:
    return Flow(sum(flow.came for flow in flows), sum(flow.left for flow in flows), most)


def _flows(session: Session, event_id: int) -> dict[int | None, Flow]:
    """Return what went through each gate; None stands for paper sheets and gates that are gone."""
    inward: ColumnElement[int] = func.sum(case((Passage.people > 0, Passage.people), else_=0))
    outward: ColumnElement[int] = func.sum(case((Passage.people < 0, -Passage.people), else_=0))
    passed = session.execute(
        select(Passage.gate_id, inward, outward).where(Passage.event_id == event_id).group_by(Passage.gate_id)
    )
    found = {gate_id: Flow(int(came), int(left)) for gate_id, came, left in passed}
    again = and_(CheckIn.objection == Objection.TWICE, CheckIn.booking_id.is_not(None))
    let_in = or_(CheckIn.verdict == Verdict.ACCEPTED, and_(CheckIn.verdict == Verdict.CONFLICT, ~again))
    checked = session.execute(
        select(CheckIn.gate_id, func.sum(CheckIn.people))
        .where(CheckIn.event_id == event_id, let_in)
        .group_by(CheckIn.gate_id)
    )
    for gate_id, people in checked:
        before = found.get(gate_id, Flow())
        found[gate_id] = Flow(before.came + int(people), before.left)
    return found


def _halls(session: Session, event_id: int) -> dict[str, int]:
    """Return how many people each hall of the event holds, by its name."""
    rows = session.execute(
        select(Venue.name_zh, Venue.name_en, Venue.people)
        .join(EventVenue, EventVenue.venue_id == Venue.id)
        .where(EventVenue.event_id == event_id)
    )
    return {name: people for zh, en, people in rows for name in (zh, en)}
