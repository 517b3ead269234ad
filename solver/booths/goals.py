"""What an allocation costs: every goal counted in plain Python, without any code of the model."""

from collections import Counter
from collections.abc import Iterable, Mapping

from solver.booths.allocation import Grant
from solver.booths.hall import Booth
from solver.booths.problem import Problem
from solver.booths.request import Request

GOALS = ("wishes", "zones", "spread", "moves")


def score(problem: Problem, grants: Iterable[Grant], previous: Iterable[Grant] = ()) -> dict[str, int]:
    """Return the cost of each goal, multiplied by its weight; who waits costs nothing.

    `previous` is the allocation from which nobody should move without need.
    """
    booths = {booth.code: booth for booth in problem.booths}
    requests = {request.enterprise: request for request in problem.requests}
    seated = [
        (requests[grant.enterprise], [booths[code] for code in grant.booths])
        for grant in grants
        if grant.enterprise in requests
    ]
    units = {
        "wishes": sum(wish_granted(problem, request, held) for request, held in seated),
        "zones": sum(not among_its_own(problem, request, held) for request, held in seated),
        "spread": _pairs_of_pullers(problem, seated),
        "moves": _moves(seated, {grant.enterprise: set(grant.booths) for grant in previous}),
    }
    return {goal: units[goal] * int(getattr(problem.weights, goal)) for goal in GOALS}


def wish_granted(problem: Problem, request: Request, held: Iterable[Booth]) -> int:
    """Return how many wishes dearer than the one granted there were; all steps if none was granted."""
    held = list(held)
    for number, wish in enumerate(request.wishes):
        by_booth = wish.booth and wish.booth in {booth.code for booth in held}
        if by_booth or (wish.zone and all(booth.zone == wish.zone for booth in held)):
            return min(number, problem.wish_steps)
    return problem.wish_steps if request.wishes else 0


def among_its_own(problem: Problem, request: Request, held: Iterable[Booth]) -> bool:
    """Say whether an enterprise stands in zones meant for its industry, or none is meant for it."""
    homes = {zone.code for zone in problem.zones if request.industry in zone.industries}
    return not homes or all(booth.zone in homes for booth in held)


def bay_of(problem: Problem, booth: Booth) -> str:
    """Return the bay a booth lies in, "" if in none."""
    if booth.bay or booth.x_mm is None or booth.y_mm is None or problem.bay_mm == 0:
        return booth.bay
    east = (2 * booth.x_mm + booth.width_mm) // (2 * problem.bay_mm)
    south = (2 * booth.y_mm + booth.depth_mm) // (2 * problem.bay_mm)
    return f"{booth.hall}/{east}/{south}"


def _pairs_of_pullers(problem: Problem, seated: Iterable[tuple[Request, list[Booth]]]) -> int:
    """Count the pairs of crowd-pullers in one bay."""
    pullers = Counter(
        bay
        for request, held in seated
        if request.crowd_puller
        for bay in {bay_of(problem, booth) for booth in held} - {""}
    )
    return sum(count * (count - 1) // 2 for count in pullers.values())


def _moves(seated: Iterable[tuple[Request, list[Booth]]], before: Mapping[str, set[str]]) -> int:
    """Count who had booths before, has some now, and they are others."""
    return sum(
        request.enterprise in before and before[request.enterprise] != {booth.code for booth in held}
        for request, held in seated
    )
