"""What a plan costs: every goal scored in plain Python, without any code of the model."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping

from solver.timetable.event import Event
from solver.timetable.problem import Problem
from solver.timetable.solution import Placement
from solver.timetable.tally import Tally

GOALS = (
    "left_out",
    "days",
    "times",
    "wishes",
    "waste",
    "distance",
    "rent",
    "rivals",
    "nearby",
    "load",
    "livestreams",
    "burden",
    "access",
    "stability",
)


def score(
    problem: Problem, placements: Iterable[Placement], previous: Iterable[Placement] = ()
) -> dict[str, int]:
    """Return the cost of each goal, multiplied by its weight; events not placed count as left out.

    `previous` is the plan that events should not move away from without need.
    """
    placed = {placement.event: placement for placement in placements}
    units = Counter(
        left_out=weight_left_out(problem, placed), stability=_stability(problem, placed, previous)
    )
    units.update(_profile_costs(problem, placed))
    units.update(_venue_costs(problem, placed))
    units.update(rivals=_rivals(problem, placed))
    units.update(_tally_costs(problem, placed))
    return {goal: units[goal] * int(getattr(problem.weights, goal)) for goal in GOALS}


def weight_left_out(problem: Problem, placed: Collection[str]) -> int:
    """Each event without a place counts 1, 5, 25 or 125 according to its priority."""
    return sum(5**event.priority for event in problem.events if event.id not in placed)


def _profile_costs(problem: Problem, placed: Mapping[str, Placement]) -> dict[str, int]:
    """Add up the costs that an event's profiles name for the slot in which it starts."""
    profiles = {profile.id: profile for profile in problem.profiles}
    units = {"days": 0, "times": 0, "wishes": 0}
    for event in problem.events:
        if event.id in placed:
            for name in event.profiles:
                units[profiles[name].goal] += profiles[name].costs[placed[event.id].start]
    return units


def _venue_costs(problem: Problem, placed: Mapping[str, Placement]) -> dict[str, int]:
    """Count empty booths in steps, distance by region, and rent per slot used."""
    venues = {venue.id: venue for venue in problem.venues}
    units = {"waste": 0, "distance": 0, "rent": 0}
    for event in problem.events:
        if event.id not in placed:
            continue
        for need, venue_id in zip(event.needs, placed[event.id].venues, strict=True):
            venue = venues[venue_id]
            if need.booths:
                units["waste"] += min(problem.waste_limit, (venue.booths - need.booths) // problem.waste_step)
            units["distance"] += sum(reach.cost for reach in need.reaches if reach.region == venue.region)
            units["rent"] += venue.rent * event.takes * event.days
    return units


def _rivals(problem: Problem, placed: Mapping[str, Placement]) -> int:
    """Count the events beyond the first of one theme, near one another, within each stretch of days."""
    if problem.rivalry is None:
        return 0
    vicinities, stretch = problem.rivalry.vicinities, problem.rivalry.days
    together: Counter[tuple[str, str, int]] = Counter()
    for event in problem.events:
        if event.theme and event.id in placed:
            first = problem.calendar.day(placed[event.id].start)
            begins = range(first - stretch + 1, first + event.days)
            near = [one.id for one in vicinities if event.region in one.regions]
            places = near if vicinities else [event.area]
            together.update((place, event.theme, day) for place in places for day in begins)
    return sum(together.values()) - len(together)


def _tally_costs(problem: Problem, placed: Mapping[str, Placement]) -> Counter[str]:
    """Add up, window by window, the events too many and those that are missing."""
    units: Counter[str] = Counter()
    events = {event.id: event for event in problem.events}
    for tally in problem.tallies:
        counts: Counter[int] = Counter()
        for event_id in tally.events:
            if event_id in placed:
                counts.update(_windows(problem, tally, events[event_id], placed[event_id].start))
        for number, begin in enumerate(range(tally.first_day, problem.calendar.days, tally.step)):
            already = tally.already[number] if tally.already else 0
            whole = 0 <= begin <= problem.calendar.days - tally.days
            missing = max(0, tally.least - already - counts[number]) if whole else 0
            beyond = (max(0, counts[number] - max(0, limit - already)) for limit in tally.limits)
            units[tally.goal] += tally.price * (missing + sum(beyond))
    return units


def _windows(problem: Problem, tally: Tally, event: Event, start: int) -> set[int]:
    """Return the windows in which the event takes place: those that begin by one of its days and reach it."""
    names = {problem.calendar.period(start + place).id for place in range(event.takes)}
    if tally.periods and tally.periods.isdisjoint(names):
        return set()
    found = set()
    for day in range(problem.calendar.day(start), problem.calendar.day(start) + event.days):
        number = (day - tally.first_day) // tally.step
        while number >= 0 and tally.first_day + number * tally.step + tally.days > day:
            found.add(number)
            number -= 1
    return found


def _stability(problem: Problem, placed: Mapping[str, Placement], previous: Iterable[Placement]) -> int:
    """Add the price of every placed event that stands elsewhere than before."""
    before = {placement.event: (placement.start, placement.venues) for placement in previous}
    return sum(
        event.move_cost
        for event in problem.events
        if event.id in placed
        and event.id in before
        and (placed[event.id].start, placed[event.id].venues) != before[event.id]
    )
