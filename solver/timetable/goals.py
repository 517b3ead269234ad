"""What a plan costs: every goal scored in plain Python, without any code of the model."""

from collections import Counter
from collections.abc import Iterable, Mapping

from solver.timetable.problem import Problem
from solver.timetable.solution import Placement

GOALS = ("left_out", "days", "times", "waste", "distance", "rent", "rivals", "stability")


def score(
    problem: Problem, placements: Iterable[Placement], previous: Iterable[Placement] = ()
) -> dict[str, int]:
    """Return the cost of each goal, multiplied by its weight; events not placed count as left out.

    `previous` is the plan that events should not move away from without need.
    """
    placed = {placement.event: placement for placement in placements}
    units = {
        "left_out": _left_out(problem, placed),
        **_profile_costs(problem, placed),
        **_venue_costs(problem, placed),
        "rivals": _rivals(problem, placed),
        "stability": _stability(problem, placed, previous),
    }
    return {goal: units[goal] * int(getattr(problem.weights, goal)) for goal in GOALS}


def _left_out(problem: Problem, placed: Mapping[str, Placement]) -> int:
    """Each event without a place counts 1, 5, 25 or 125 according to its priority."""
    return sum(5**event.priority for event in problem.events if event.id not in placed)


def _profile_costs(problem: Problem, placed: Mapping[str, Placement]) -> dict[str, int]:
    """Add up the costs that an event's profiles name for the slot in which it starts."""
    profiles = {profile.id: profile for profile in problem.profiles}
    units = {"days": 0, "times": 0}
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
    """Count the events beyond the first of one theme, in one area, on one day."""
    together: Counter[tuple[str, str, int]] = Counter()
    for event in problem.events:
        if event.theme and event.id in placed:
            first = problem.calendar.day(placed[event.id].start)
            together.update((event.area, event.theme, day) for day in range(first, first + event.days))
    return sum(together.values()) - len(together)


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
