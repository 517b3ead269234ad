"""Which starts and venues an event may have on its own, before anything else is placed, and their price."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from solver.timetable.calendar import MINUTES_PER_DAY, Calendar
from solver.timetable.event import Event, Need
from solver.timetable.problem import Problem
from solver.timetable.solution import Placement
from solver.timetable.venue import Venue

Shape = tuple[int, int, int, int]
"""takes, days, setup_minutes, teardown_minutes: all that decides how long an event holds a venue."""

MOST_KNOWN = 4_096
"""Venues times shapes whose open starts are kept: a province has some hundred."""


@dataclass(frozen=True, slots=True)
class EventOptions:
    """Starts with their cost, and per need the eligible venues with theirs (weights included)."""

    event: Event
    start_costs: dict[int, int]
    needs: tuple[dict[str, int], ...]


@dataclass(slots=True)
class Options:
    """Answers, for one problem, what is possible for one event alone."""

    problem: Problem
    venues: dict[str, Venue] = field(init=False)
    _stays: dict[str, Placement] = field(init=False)
    _by_region: dict[str, list[Venue]] = field(init=False)
    _profiles: dict[str, tuple[int, ...]] = field(init=False)
    _open: dict[tuple[str, Shape], frozenset[int]] = field(init=False, default_factory=dict)
    _fitting: dict[Need, dict[str, int]] = field(init=False, default_factory=dict)
    _priced: dict[tuple[str, ...], list[int]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        """Look up venues by region once."""
        self.venues = {venue.id: venue for venue in self.problem.venues}
        self._stays = {place.event: place for place in staying(self.problem)}
        self._by_region = {}
        for venue in self.problem.venues:
            self._by_region.setdefault(venue.region, []).append(venue)
        weights = self.problem.weights
        self._profiles = {
            profile.id: tuple(cost * getattr(weights, profile.goal) for cost in profile.costs)
            for profile in self.problem.profiles
        }

    def of(self, event: Event) -> EventOptions:
        """Return what the event may choose from; starts at which some need has no open venue are gone."""
        needs = self.fitting(event)
        prices = self._start_prices(event.profiles)
        starts = set(self._starts(event))
        if event.id in self._stays:
            stays = self._stays[event.id]
            starts &= {stays.start} if len(stays.venues) == len(needs) else set()
        for eligible in needs:
            starts &= set().union(*(self.open_starts(venue, event) for venue in eligible))
        return EventOptions(event, {start: prices[start] for start in sorted(starts)}, needs)

    def fitting(self, event: Event) -> tuple[dict[str, int], ...]:
        """Return per need the venues that fit, open or not, with their price."""
        return tuple(self._eligible(event, place) for place in range(len(event.needs)))

    def open_starts(self, venue_id: str, event: Event) -> frozenset[int]:
        """Return the starts at which the venue is open for the event and nothing closes it meanwhile."""
        shape = (event.takes, event.days, event.setup_minutes, event.teardown_minutes)
        known = self._open.get((venue_id, shape))
        if known is None:
            known = _open_starts(self.problem.calendar, self.venues[venue_id], shape)
            self._open[venue_id, shape] = known
        return known

    def occupied(self, event: Event, start: int) -> list[int]:
        """Return the slots the event takes place in when it begins at `start`."""
        return slots_of(start, event.takes, event.days, len(self.problem.calendar.periods))

    def held(self, event: Event, start: int) -> tuple[int, int]:
        """Return the minutes from which and until which the event holds its venues."""
        calendar = self.problem.calendar
        last = self.occupied(event, start)[-1]
        return calendar.begin(start) - event.setup_minutes, calendar.end(last) + event.teardown_minutes

    def _start_prices(self, profiles: tuple[str, ...]) -> list[int]:
        if profiles not in self._priced:
            columns = [self._profiles[profile] for profile in profiles]
            nothing = [0] * self.problem.calendar.slots
            self._priced[profiles] = (
                [sum(costs) for costs in zip(*columns, strict=True)] if columns else nothing
            )
        return self._priced[profiles]

    def _starts(self, event: Event) -> Iterator[int]:
        """Yield the starts its window, weekdays, periods, lead times and pin allow."""
        calendar = self.problem.calendar
        periods = len(calendar.periods)
        places = [
            place
            for place, period in enumerate(calendar.periods)
            if place + event.takes <= periods and (not event.periods or period.id in event.periods)
        ]
        thawed = 0 if event.id in self._stays else self.problem.frozen_until
        first_day = max(event.first_day, earliest_day(self.problem, event), thawed)
        for day in range(first_day, event.last_day - event.days + 2):
            if calendar.weekday(day) not in event.weekdays:
                continue
            for place in places:
                start = day * periods + place
                if (event.starts is None or start in event.starts) and event.pin_start in {None, start}:
                    yield start

    def _eligible(self, event: Event, place: int) -> dict[str, int]:
        """Return the venues that fit one need, with the price of waste, distance and rent."""
        need = event.needs[place]
        if need not in self._fitting:
            self._fitting[need] = dict(self._fits(need))
        fitting = self._fitting[need]
        for pins in self._pinned_venues(event):
            fitting = {venue: cost for venue, cost in fitting.items() if venue in pins[place : place + 1]}
        rent = self.problem.weights.rent * event.takes * event.days
        return {venue: cost + rent * self.venues[venue].rent for venue, cost in fitting.items()}

    def _pinned_venues(self, event: Event) -> Iterator[tuple[str, ...]]:
        if event.pin_venues:
            yield event.pin_venues
        if event.id in self._stays:
            yield self._stays[event.id].venues

    def _fits(self, need: Need) -> Iterator[tuple[str, int]]:
        distances = {reach.region: reach.cost * self.problem.weights.distance for reach in need.reaches}
        candidates: Iterable[Venue] = self.problem.venues
        if distances:
            candidates = [venue for region in distances for venue in self._by_region.get(region, ())]
        for venue in candidates:
            if _fits(need, venue):
                yield venue.id, distances.get(venue.region, 0) + self._waste(need, venue)

    def _waste(self, need: Need, venue: Venue) -> int:
        if not need.booths:
            return 0
        steps = (venue.booths - need.booths) // self.problem.waste_step
        return min(self.problem.waste_limit, steps) * self.problem.weights.waste


@lru_cache(maxsize=MOST_KNOWN)
def _open_starts(calendar: Calendar, venue: Venue, shape: Shape) -> frozenset[int]:
    """Return the starts at which a venue is open for a shape; parts of one problem ask again and again."""
    return frozenset(_find_open_starts(calendar, venue, shape))


def _find_open_starts(calendar: Calendar, venue: Venue, shape: Shape) -> Iterator[int]:
    takes, days, setup, teardown = shape
    periods = len(calendar.periods)
    usable = _usable_slots(calendar, venue)
    for start in range(calendar.slots):
        if start % periods + takes > periods or calendar.day(start) + days > calendar.days:
            continue
        slots = slots_of(start, takes, days, periods)
        begin, end = calendar.begin(start) - setup, calendar.end(slots[-1]) + teardown
        if all(slot in usable for slot in slots) and not _closed(venue, begin, end):
            yield start


def _usable_slots(calendar: Calendar, venue: Venue) -> set[int] | range:
    """Return the slots that lie within the venue's opening hours."""
    if not venue.openings:
        return range(calendar.slots)
    usable_on = {
        (opening.weekday, place)
        for opening in venue.openings
        for place, period in enumerate(calendar.periods)
        if opening.begin_minute <= period.begin_minute and period.end_minute <= opening.end_minute
    }
    periods = len(calendar.periods)
    return {
        day * periods + place
        for day in range(calendar.days)
        for place in range(periods)
        if (calendar.weekday(day), place) in usable_on
    }


def slots_of(start: int, takes: int, days: int, periods: int) -> list[int]:
    """Return `takes` slots from the start on, on each of `days` days of `periods` periods."""
    return [start + day * periods + place for day in range(days) for place in range(takes)]


def staying(problem: Problem) -> Iterator[Placement]:
    """Yield what may not change of the plan in force: frozen placements, and published ones if kept."""
    kept = {event.id for event in problem.events if event.published and problem.keep_published}
    for placement in problem.in_force:
        if problem.calendar.day(placement.start) < problem.frozen_until or placement.event in kept:
            yield placement


def earliest_day(problem: Problem, event: Event) -> int:
    """Return the first day that leaves every authority its lead time."""
    if problem.today is None:
        return 0
    needed = [
        lead.days
        for lead in problem.lead_times
        if event.people >= lead.people_from and lead.id not in event.cleared
    ]
    return problem.today + max(needed) if needed else 0


def _fits(need: Need, venue: Venue) -> bool:
    """Tell whether kind, capacity and equipment of the venue satisfy the need."""
    return (
        (not need.kinds or venue.kind in need.kinds)
        and need.booths <= venue.booths
        and (venue.people is None or need.people <= venue.people)
        and need.features <= venue.features
    )


def _closed(venue: Venue, begin: int, end: int) -> bool:
    """Tell whether a closure falls between two minutes."""
    return any(
        day * MINUTES_PER_DAY + closure.begin_minute < end
        and begin < day * MINUTES_PER_DAY + closure.end_minute
        for closure in venue.closures
        for day in range(closure.first_day, closure.last_day + 1)
    )
