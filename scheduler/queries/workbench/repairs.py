"""What repairing the schedule may be about, and what a repaired draft asks of whom."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVarTuple

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from scheduler.models import (
    REGISTERED,
    Crew,
    CrewAbsence,
    Division,
    Enterprise,
    Event,
    EventState,
    Organizer,
    Plan,
    Registration,
    Venue,
    VenueClosure,
)
from scheduler.queries.public_rows import Named
from scheduler.queries.scope import scoped
from scheduler.queries.workbench.events import placed_lines
from scheduler.queries.workbench.rows import EventLine, Sight, WorkFilter
from scheduler.times import today

MOST_WAITING, NEWEST = 200, 10
MOST_NAMED = 40
"""Employers that are named for one event; of a larger one the page says how many more there are."""
Columns = TypeVarTuple("Columns")


@dataclass(frozen=True, slots=True)
class Choice:
    """A venue, crew or event that a repair may be about, and where it belongs."""

    id: int
    name: Named
    home: Named


@dataclass(frozen=True, slots=True)
class Choices:
    """What a member may choose from: venues, crews, and planned events that have no place yet."""

    venues: Sequence[Choice]
    crews: Sequence[Choice]
    waiting: Sequence[Choice]


@dataclass(frozen=True, slots=True)
class Outage:
    """A closure of a venue, or an absence of a crew, that is not over yet."""

    row: VenueClosure | CrewAbsence
    name: Named


@dataclass(frozen=True, slots=True)
class RepairChange:
    """One change of a repair: before, after, why, and who must be told."""

    before: EventLine | None
    after: EventLine | None
    facts: Mapping[str, Any]
    employers: int
    organizer: Named | None
    named: Sequence[str] = ()

    @property
    def line(self) -> EventLine | None:
        """Return the event, as it will be or else as it was."""
        return self.after or self.before


def repair_choices(session: Session, *, scope_code: str, quarter: str) -> Choices:
    """Return what a member of a scope may repair in a quarter, by division."""
    venues = select(Venue, Division).join(Division, Division.code == Venue.division_code)
    crews = select(Crew, Division).join(Division, Division.code == Crew.city_code)
    waiting = (
        _waiting(select(Event, Division), scope_code, quarter)
        .join(Division, Division.code == Event.division_code)
        .limit(MOST_WAITING)
    )
    return Choices(
        [
            Choice(venue.id, Named(str(venue.id), venue.name_zh, venue.name_en), _home(division))
            for venue, division in session.execute(
                venues.where(scoped(Venue, scope_code)).order_by(Venue.division_code, Venue.id)
            )
        ],
        [
            Choice(crew.id, Named(str(crew.id), crew.name_zh, crew.name_en), _home(division))
            for crew, division in session.execute(
                crews.where(scoped(Crew, scope_code)).order_by(Crew.city_code, Crew.id)
            )
        ],
        [
            Choice(event.id, Named(str(event.id), event.title_zh, event.title_en), _home(division))
            for event, division in session.execute(waiting)
        ],
    )


def waiting_ids(session: Session, *, scope_code: str, quarter: str) -> tuple[int, ...]:
    """Return the planned events that wait for a place, as many as a repair may be asked to insert."""
    query = _waiting(select(Event.id), scope_code, quarter).limit(MOST_WAITING)
    return tuple(session.scalars(query))


def _waiting(query: Select[*Columns], scope_code: str, quarter: str) -> Select[*Columns]:
    wanted = (Event.quarter == quarter, Event.state == EventState.PLANNED, scoped(Event, scope_code))
    return query.where(*wanted).order_by(Event.division_code, Event.id)


def outages(session: Session, *, scope_code: str) -> list[Outage]:
    """Return the closures and absences within a scope that are not over, those noted last first, a few."""
    closures = (
        select(VenueClosure, Venue.name_zh, Venue.name_en)
        .join(Venue, Venue.id == VenueClosure.venue_id)
        .where(VenueClosure.last_on >= today(), scoped(Venue, scope_code))
        .order_by(VenueClosure.updated_at.desc(), VenueClosure.id.desc())
    )
    absences = (
        select(CrewAbsence, Crew.name_zh, Crew.name_en)
        .join(Crew, Crew.id == CrewAbsence.crew_id)
        .where(CrewAbsence.last_on >= today(), scoped(Crew, scope_code))
        .order_by(CrewAbsence.updated_at.desc(), CrewAbsence.id.desc())
    )
    found = [
        Outage(row, Named(str(row.id), zh, en))
        for query in (closures, absences)
        for row, zh, en in session.execute(query.limit(NEWEST))
    ]
    return sorted(found, key=lambda one: one.row.updated_at, reverse=True)[:NEWEST]


def repair_changes(session: Session, *, plan: Plan, scope_code: str) -> list[RepairChange]:
    """Return the changes of a repaired plan within a scope; none for a plan that repaired nothing."""
    found = {change["event_id"]: change for change in (plan.repair or {}).get("changes", ())}
    if not found:
        return []
    wanted = WorkFilter(ids=frozenset(found))
    before = placed_lines(session, Sight(scope_code, plan.quarter), wanted, size=len(found)).lines
    after = placed_lines(session, Sight(scope_code, plan.quarter, plan.id), wanted, size=len(found)).lines
    old, new = {line.id: line for line in before}, {line.id: line for line in after}
    employers, organizers = _employers(session, found), _organizers(session, found)
    return [
        RepairChange(
            old.get(key),
            new.get(key),
            facts,
            employers.get(key, 0),
            organizers.get(key),
            _named(session, key),
        )
        for key, facts in found.items()
        if key in old or key in new
    ]


def _employers(session: Session, ids: Mapping[int, Any]) -> dict[int, int]:
    query = (
        select(Registration.event_id, func.count())
        .where(Registration.event_id.in_(ids), Registration.state.in_(REGISTERED))
        .group_by(Registration.event_id)
    )
    return {row[0]: row[1] for row in session.execute(query)}


def _named(session: Session, event_id: int) -> list[str]:
    """Return the names of the first employers of an event."""
    query = (
        select(Enterprise.name_zh)
        .join(Registration, Registration.enterprise_id == Enterprise.id)
        .where(Registration.event_id == event_id, Registration.state.in_(REGISTERED))
        .order_by(Enterprise.name_zh)
        .limit(MOST_NAMED)
    )
    return list(session.scalars(query))


def _organizers(session: Session, ids: Mapping[int, Any]) -> dict[int, Named]:
    query = select(Event.id, Organizer).join(Organizer, Organizer.id == Event.organizer_id)
    return {
        event_id: Named(one.division_code, one.name_zh, one.name_en)
        for event_id, one in session.execute(query.where(Event.id.in_(ids)))
    }


def _home(division: Division) -> Named:
    return Named(division.code, division.name_zh, division.name_en)
