"""What each event asks for: venues it can reach, people to run it, and the slots it may take."""

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from scheduler.models import Event, EventKind, EventState, Level, Venue
from scheduler.queries.permits import FilingRule, PermitRule
from scheduler.queries.staffing import StaffRule
from scheduler.times import local
from scheduler.translate.costs import profiles_of
from scheduler.translate.inputs import FixedEvent, Inputs
from scheduler.translate.moving import move_cost
from scheduler.translate.names import id_of
from scheduler.translate.resources import largest_crews, pinned_feature
from scheduler.translate.timetable import SHAPES, Timetable
from solver.timetable import CrewNeed, LeadTime, Need, Placement, Reach
from solver.timetable import Event as SolverEvent
from solver.timetable.event import HIGHEST_PRIORITY

AWAY_COST = 6
"""A county's event in a hall of its city, or a city's in a hall of its counties."""
NOTICE_DAYS = 1
"""No event is placed on the day on which the plan is made."""


@dataclass(frozen=True, slots=True)
class Demand:
    """Turns events into what the solver places; `inputs` and `timetable` belong together."""

    inputs: Inputs
    timetable: Timetable
    cities_with_hosts: frozenset[str]
    largest_crew: Mapping[str, int]
    venues_in: Mapping[str, Sequence[Venue]]
    registered: Mapping[int, int]

    @classmethod
    def of(cls, inputs: Inputs, timetable: Timetable) -> "Demand":
        """Look up once what every event asks about."""
        venues_in: dict[str, list[Venue]] = {}
        for venue in inputs.venues:
            venues_in.setdefault(venue.division_code, []).append(venue)
        hosts = frozenset(host.city_code for host in inputs.hosts)
        registered = Counter(event for _, event in inputs.attending)
        return cls(inputs, timetable, hosts, largest_crews(inputs.crews), venues_in, registered)

    @property
    def lead_times(self) -> tuple[LeadTime, ...]:
        """Return the days that notice, permit and filing need."""
        permit, filing = PermitRule.of(self.inputs.parameters), FilingRule.of(self.inputs.parameters)
        return (
            LeadTime("notice", NOTICE_DAYS),
            LeadTime("permit", permit.days, permit.people),
            LeadTime("filing", filing.days),
        )

    def events(self) -> tuple[SolverEvent, ...]:
        """Return the events to place, in the order of their ids."""
        return tuple(self._event(event) for event in self.inputs.events)

    def guests(self) -> Iterator[SolverEvent]:
        """Yield the events of other plans, pinned where they are: only their enterprises matter."""
        for fixed in self.inputs.fixed:
            start, shape = self.timetable.slot_of(fixed.starts_at), SHAPES[fixed.pattern]
            day = self.timetable.day(local(fixed.starts_at).date())
            if start is not None and day + shape.days <= self.timetable.calendar.days:
                yield self._guest(fixed, start, day)

    def previous(self) -> Iterator[Placement]:
        """Yield where the published events stand, as far as that is a slot of this calendar."""
        for event in self.inputs.events:
            start = self.timetable.slot_of(event.starts_at) if event.starts_at else None
            if start is not None:
                yield Placement(id_of("event", event.id), start, self._venues_of(event))

    def _event(self, event: Event) -> SolverEvent:
        shape, needs = SHAPES[event.pattern], self._needs(event)
        setup, teardown = self._minutes(needs[0]) if needs else (0, 0)
        pin_start, pin_venues = self._pins(event, needs)
        return SolverEvent(
            id=id_of("event", event.id),
            first_day=self.timetable.day(event.window_first_on),
            last_day=self.timetable.day(event.window_last_on),
            area=event.city_code,
            region=_place(event.kind, event.division_code),
            kind=event.kind.value,
            priority=min(max(event.priority, 0), HIGHEST_PRIORITY),
            needs=needs,
            crew=self._crew(event, needs),
            people=event.people,
            theme=event.industry_code or "",
            takes=shape.takes,
            days=shape.days,
            periods=shape.periods,
            setup_minutes=setup,
            teardown_minutes=teardown,
            profiles=profiles_of(event, self.inputs),
            cleared=self._cleared(event),
            pin_start=pin_start,
            pin_venues=pin_venues,
            move_cost=move_cost(event, self.registered, self.inputs.as_of),
            published=event.state == EventState.PUBLISHED,
        )

    def _guest(self, fixed: FixedEvent, start: int, day: int) -> SolverEvent:
        shape = SHAPES[fixed.pattern]
        return SolverEvent(
            id=id_of("event", fixed.id),
            first_day=day,
            last_day=day + shape.days - 1,
            area=fixed.city_code,
            region=_place(fixed.kind, fixed.division_code),
            takes=shape.takes,
            days=shape.days,
            cleared=frozenset(lead.id for lead in self.lead_times),
            pin_start=start,
        )

    def _needs(self, event: Event) -> tuple[Need, ...]:
        """Split a fair over as many venues as it needs, each with its share of booths and people."""
        if event.venues_needed == 0 or (event.kind == EventKind.ONLINE and not event.venue_types):
            return ()
        share = Need(
            booths=math.ceil(event.booths / event.venues_needed),
            people=math.ceil(event.people / event.venues_needed),
            kinds=frozenset(event.venue_types),
            features=frozenset(event.equipment),
            reaches=self._reaches(event),
        )
        if event.pinned_venue_id is not None and event.venues_needed > 1:
            first = replace(share, features=share.features | {pinned_feature(event.pinned_venue_id)})
            return (first, *(share,) * (event.venues_needed - 1))
        return (share,) * event.venues_needed

    def _reaches(self, event: Event) -> tuple[Reach, ...]:
        """Return where an event may go: its own division first, then its city's or its counties' venues."""
        own = self.inputs.divisions[event.division_code]
        away = 0 if event.kind == EventKind.LIVESTREAM else AWAY_COST
        if own.level in {Level.COUNTY, Level.ZONE}:
            others = [event.city_code]
        else:
            city = event.city_code
            below = [code for code, one in self.inputs.divisions.items() if one.parent_code == city]
            others = [city, *below]  # the province's own fair is a guest in the city it visits
        reaches = [Reach(own.code), *(Reach(code, away) for code in sorted(others) if code != own.code)]
        return tuple(reach for reach in reaches if reach.region in self.venues_in) or (Reach(own.code),)

    def _minutes(self, need: Need) -> tuple[int, int]:
        """Return the longest set-up and tear-down of the venues that fit: what holds in each of them."""
        fitting = [
            venue
            for reach in need.reaches
            for venue in self.venues_in.get(reach.region, ())
            if need.booths <= venue.booths
            and need.people <= venue.people
            and (not need.kinds or venue.type_code in need.kinds)
        ]
        setup = max((venue.setup_minutes for venue in fitting), default=0)
        return setup, max((venue.teardown_minutes for venue in fitting), default=0)

    def _crew(self, event: Event, needs: tuple[Need, ...]) -> CrewNeed | None:
        """Return who runs an event: its bureau's own people where there are any, else crews of the city.

        A city that lists no crews runs events by itself.
        """
        city = event.city_code
        if event.kind == EventKind.LIVESTREAM and city in self.cities_with_hosts:
            return CrewNeed(id_of("hosts", city))
        if not needs or not event.staff:
            return None
        staff = max(event.staff, StaffRule.of(self.inputs.parameters).staff(event.booths))
        if self.inputs.organizers[event.organizer_id].staff:
            return CrewNeed(id_of("staff", event.organizer_id), 0, staff=staff)
        if city not in self.largest_crew:
            return None
        count = math.ceil(staff / self.largest_crew[city])
        return CrewNeed(id_of("crews", city), count, math.ceil(staff / count))

    def _cleared(self, event: Event) -> frozenset[str]:
        """Return the lead times that an event need not keep: a permit in hand, a filing made or not due."""
        filing = FilingRule.of(self.inputs.parameters)
        filed = event.state == EventState.PUBLISHED or event.id in self.inputs.urgent
        cleared = {"filing"} if filed or not filing.concerns(event.kind) else set()
        return frozenset({*cleared, "permit"} if self._has_permit(event) else cleared)

    def _has_permit(self, event: Event) -> bool:
        """Tell whether a published event is so near that only the permit in hand lets it take place."""
        permit = PermitRule.of(self.inputs.parameters)
        if event.starts_at is None or not permit.concerns(event.people):
            return False
        return permit.due_on(event.starts_at) < self.inputs.as_of

    def _pins(self, event: Event, needs: tuple[Need, ...]) -> tuple[int | None, tuple[str, ...]]:
        """Return the pinned slot and venues; with a permit in hand an event stays where that is valid."""
        if self._has_permit(event) and event.starts_at is not None:
            return self.timetable.slot_of(event.starts_at), self._venues_of(event)
        start = self.timetable.slot_of(event.pinned_starts_at) if event.pinned_starts_at else None
        if event.pinned_venue_id is None or len(needs) != 1:
            return start, ()
        return start, (id_of("venue", event.pinned_venue_id),)

    def _venues_of(self, event: Event) -> tuple[str, ...]:
        return tuple(id_of("venue", venue) for venue in self.inputs.venues_of.get(event.id, ()))


def _place(kind: EventKind, division_code: str) -> str:
    """Return where people go if there is no venue: nowhere for what is held online."""
    return "" if kind == EventKind.ONLINE else division_code
