"""Venues with their openings and closures, and the crews and hosts of each city."""

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping

from scheduler.models import Crew, Resource, Venue
from scheduler.times import days_between
from scheduler.translate.inputs import HeldSlot, Inputs
from scheduler.translate.names import id_of
from scheduler.translate.timetable import Timetable
from solver.timetable import Closure, CrewPool, Opening
from solver.timetable import Crew as SolverCrew
from solver.timetable import Venue as SolverVenue
from solver.timetable.calendar import MINUTES_PER_DAY

Held = Mapping[tuple[Resource, int], list[HeldSlot]]


def make_venues(inputs: Inputs, timetable: Timetable) -> tuple[SolverVenue, ...]:
    """Return the venues that open at some time; what other events hold of them is closed."""
    held = _by_resource(inputs)
    pinned = {event.pinned_venue_id for event in inputs.events if event.venues_needed > 1}
    return tuple(_venue(venue, timetable, held, pinned) for venue in inputs.venues if venue.openings)


def pinned_feature(venue_id: int) -> str:
    """Return a feature that one venue alone has: how one of several venues of an event is pinned."""
    return f"is {id_of('venue', venue_id)}"


def make_pools(inputs: Inputs, timetable: Timetable) -> tuple[CrewPool, ...]:
    """Return one pool of crews and one of hosts for each city that has any, and the staff of bureaus.

    A crew's size is its staff; a crew or host on duty at an event of another plan is away that day.
    """
    held = _by_resource(inputs)
    absent: defaultdict[int, set[int]] = defaultdict(set)
    for one in inputs.absences:
        absent[one.crew_id].update(map(timetable.day, days_between(one.first_on, one.last_on)))
    pools = defaultdict(list)
    for crew in inputs.crews:
        away = _days(held.get((Resource.CREW, crew.id), ()), timetable) | absent[crew.id]
        pools["crews", crew.city_code].append(SolverCrew(id_of("crew", crew.id), crew.staff, away))
    for host in inputs.hosts:
        away = _days(held.get((Resource.HOST, host.id), ()), timetable)
        pools["hosts", host.city_code].append(SolverCrew(id_of("host", host.id), away_days=away))
    found = [CrewPool(id_of(*key), tuple(crews)) for key, crews in sorted(pools.items())]
    holding = sorted({event.organizer_id for event in inputs.events})
    own = ((number, inputs.organizers[number].staff) for number in holding)
    return (*found, *(CrewPool(id_of("staff", number), staff=staff) for number, staff in own if staff))


def largest_crews(crews: Iterable[Crew]) -> dict[str, int]:
    """Return the staff of the largest crew of each city that has any."""
    largest: dict[str, int] = {}
    for crew in crews:
        largest[crew.city_code] = max(crew.staff, largest.get(crew.city_code, 0))
    return largest


def _venue(venue: Venue, timetable: Timetable, held: Held, pinned: Container[int | None]) -> SolverVenue:
    hours = ((one.iso_weekday - 1, one.opens_minute, one.closes_minute) for one in venue.openings)
    taken = held.get((Resource.VENUE, venue.id), [])
    return SolverVenue(
        id=id_of("venue", venue.id),
        region=venue.division_code,
        kind=venue.type_code,
        booths=venue.booths,
        people=venue.people,
        features=frozenset(venue.equipment) | ({pinned_feature(venue.id)} if venue.id in pinned else set()),
        openings=tuple(Opening(*hour) for hour in sorted(hours)),
        closures=(*_closures(venue, timetable), *(_taken(venue, slot, timetable) for slot in taken)),
    )


def _closures(venue: Venue, timetable: Timetable) -> Iterator[Closure]:
    """Yield the closures that touch the calendar, cut to a day around it."""
    for closure in sorted(venue.closures, key=lambda one: (one.first_on, one.id)):
        first, last = timetable.day(closure.first_on), timetable.day(closure.last_on)
        if last >= -1 and first <= timetable.calendar.days:
            yield Closure(max(first, -1), min(last, timetable.calendar.days))


def _taken(venue: Venue, slot: HeldSlot, timetable: Timetable) -> Closure:
    """Close the slot that another event holds, with the time it needs to set up and to tear down."""
    day = timetable.day(slot.day_on)
    period = next(one for one in timetable.calendar.periods if one.id == slot.period)
    begin = max(0, period.begin_minute - venue.setup_minutes)
    return Closure(day, day, begin, min(MINUTES_PER_DAY, period.end_minute + venue.teardown_minutes))


def _by_resource(inputs: Inputs) -> Held:
    found = defaultdict(list)
    for slot in inputs.held:
        found[slot.resource, slot.resource_id].append(slot)
    return found


def _days(held: Iterable[HeldSlot], timetable: Timetable) -> frozenset[int]:
    return frozenset(timetable.day(slot.day_on) for slot in held)
