"""Why nobody is left out to save something: what an event may cost at most where it stands."""

from solver.timetable.event import Event
from solver.timetable.problem import Problem
from solver.timetable.tallies import Tallies


def dearest_place(problem: Problem) -> int:
    """Return a cost that no single event can exceed, wherever it stands and whatever stands beside it.

    With a `left_out` weight above it an event that still fits beside the others is never left out. It may be
    left out where others would have to move for it and all that they lose together is more than its price.
    """
    weights = problem.weights
    profiles = {one.id: max(one.costs) * getattr(weights, one.goal) for one in problem.profiles}
    rent = max((venue.rent for venue in problem.venues), default=0) * weights.rent
    tallies = Tallies(problem)
    return max(
        (
            sum(profiles[name] for name in event.profiles)
            + _dearest_venues(problem, event)
            + len(event.needs) * rent * event.takes * event.days
            + event.move_cost * weights.stability
            + tallies.most_added(event.id)
            for event in problem.events
        ),
        default=0,
    )


def _dearest_venues(problem: Problem, event: Event) -> int:
    wasted = problem.waste_limit * problem.weights.waste
    furthest = (max((reach.cost for reach in need.reaches), default=0) for need in event.needs)
    return sum(wasted for need in event.needs if need.booths) + sum(furthest) * problem.weights.distance
