"""What is counted over several events: crowded days, busy crews, livestreams, reach, calls on enterprises."""

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date

from scheduler.models import Division, Event, EventKind, Level
from scheduler.queries.working_days import WORKED
from scheduler.translate.costs import kind_of
from scheduler.translate.inputs import Inputs
from scheduler.translate.journeys import kilometres_between
from scheduler.translate.names import id_of
from scheduler.translate.neighbours import make_nearby
from scheduler.translate.timetable import Timetable
from solver.timetable import Tally, Weights

WEEK = 7
ACCESS_DAYS = 14
"""Within so many days everybody has an event within reach."""
ACCESS_KM = 30.0
MOST_A_MONTH = 2
MONTH_DAYS = 30

Key = Callable[[Event], str | None]


def make_tallies(inputs: Inputs, timetable: Timetable, weights: Weights) -> tuple[Tally, ...]:
    """Return what is counted for the goals that have a weight, in a steady order."""
    makers: Mapping[str, Callable[[Inputs, Timetable], Iterator[Tally]]] = {
        "load": _load,
        "livestreams": _livestreams,
        "access": _access,
        "burden": _burden,
        "nearby": make_nearby,
        "wishes": _wishes,
    }
    return tuple(
        tally for goal, make in makers.items() if getattr(weights, goal) for tally in make(inputs, timetable)
    )


def _load(inputs: Inputs, timetable: Timetable) -> Iterator[Tally]:
    """Count the events of each city by day, and those that need its crews by week, beyond an even share."""
    workdays = max(1, sum(kind_of(inputs, day) in WORKED for day in _days(timetable)))
    for city, events in _grouped(inputs.events, lambda event: event.city_code).items():
        yield Tally(f"days of {city}", "load", events, limits=_steps(len(events), workdays))
    weeks = math.ceil(timetable.calendar.days / WEEK)
    staffed = (event for event in inputs.events if event.staff)
    for city, events in _grouped(staffed, lambda event: event.city_code).items():
        monday = -timetable.calendar.weekday(0)
        limits = _steps(len(events), weeks)
        yield Tally(f"weeks of {city}", "load", events, days=WEEK, first_day=monday, limits=limits)


def _livestreams(inputs: Inputs, timetable: Timetable) -> Iterator[Tally]:
    """Count livestreams of one industry on one day, and all of them in the prime time of an evening."""
    streams = [event for event in inputs.events if event.kind == EventKind.LIVESTREAM]
    for industry, events in _grouped(streams, lambda event: event.industry_code).items():
        yield Tally(f"livestreams for {industry}", "livestreams", events, limits=(1,))
    everybody = tuple(id_of("event", event.id) for event in streams)
    if everybody:
        limits = _steps(len(everybody), timetable.calendar.days)
        evening = frozenset({"evening"})
        yield Tally("livestreams of an evening", "livestreams", everybody, periods=evening, limits=limits)


def _access(inputs: Inputs, timetable: Timetable) -> Iterator[Tally]:
    """Ask for an event within reach of each county in each fortnight."""
    held_in = _grouped(
        (event for event in inputs.events if event.venues_needed), lambda one: one.division_code
    )
    places = [one for one in inputs.divisions.values() if one.code in held_in]
    counties = (one for one in inputs.divisions.values() if one.level == Level.COUNTY)
    cities = {event.city_code for event in inputs.events}
    for county in sorted(counties, key=lambda one: one.code):
        near = sorted(one.code for one in places if _within_reach(inputs, county, one))
        events = tuple(event for code in near for event in held_in[code])
        if county.parent_code in cities and events:
            yield Tally(f"within reach of {county.code}", "access", events, days=ACCESS_DAYS, least=1)


def _burden(inputs: Inputs, timetable: Timetable) -> Iterator[Tally]:
    """Count how often enterprises are called within a month; those called to the same events in one."""
    most = int(inputs.parameters.get("max_fairs_per_enterprise_month", MOST_A_MONTH))
    for events, firms in _called_together(inputs, beyond=most):
        name = f"called to {' '.join(events)}"
        yield Tally(
            name, "burden", events, days=MONTH_DAYS, every=MONTH_DAYS // 2, limits=(most,), price=firms
        )


def _wishes(inputs: Inputs, timetable: Timetable) -> Iterator[Tally]:
    """Count enterprises that are called twice in one week."""
    monday = -timetable.calendar.weekday(0)
    for events, firms in _called_together(inputs, beyond=1):
        name = f"in one week: {' '.join(events)}"
        yield Tally(name, "wishes", events, days=WEEK, first_day=monday, limits=(1,), price=firms)


def _called_together(inputs: Inputs, *, beyond: int) -> Iterator[tuple[tuple[str, ...], int]]:
    """Yield each set of more than so many events that some enterprises attend, and how many these are."""
    attended: defaultdict[int, list[str]] = defaultdict(list)
    for enterprise, event in inputs.attending:
        attended[enterprise].append(id_of("event", event))
    together = Counter(tuple(events) for events in attended.values() if len(events) > beyond)
    yield from sorted(together.items())


def _grouped(events: Iterable[Event], key: Key) -> dict[str, tuple[str, ...]]:
    """Return the solver's ids of the events of each group, groups in order; who has no key is left out."""
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for event in events:
        name = key(event)
        if name:
            groups[name].append(id_of("event", event.id))
    return {name: tuple(groups[name]) for name in sorted(groups)}


def _steps(events: int, windows: int) -> tuple[int, ...]:
    """Return an even share, and half a share and a share more: the more crowded, the dearer one more."""
    share = math.ceil(events / windows)
    return share, share + math.ceil(share / 2), 2 * share + 1


def _within_reach(inputs: Inputs, county: Division, other: Division) -> bool:
    if other.code in {county.code, county.parent_code}:
        return True
    distance = kilometres_between(inputs, county.code, other.code)
    return other.level == Level.COUNTY and distance is not None and distance <= ACCESS_KM


def _days(timetable: Timetable) -> Sequence[date]:
    calendar = timetable.calendar
    return [calendar.on(day * len(calendar.periods)) for day in range(calendar.days)]
