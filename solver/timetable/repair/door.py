"""The door of repairing: a changed problem and the plan in force go in, the nearest legal plan comes out."""

import time
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace

from solver.refuse import require_known
from solver.timetable.crews import name_crews
from solver.timetable.difference import differences, with_reasons
from solver.timetable.fingerprint import problem_hash
from solver.timetable.goals import score
from solver.timetable.options import Options
from solver.timetable.problem import Problem
from solver.timetable.repair.budget import Budget
from solver.timetable.repair.closing import without_place
from solver.timetable.repair.damage import assess
from solver.timetable.repair.mending import Mended, Mender
from solver.timetable.repair.result import Relief, Repair
from solver.timetable.repair.why import why_changed
from solver.timetable.rules import BrokenPlanError, Violation, violations
from solver.timetable.solution import Outcome, Placement, Solution

ANYTHING = Budget()


def repair(  # noqa: PLR0913 - the door names all its terms
    problem: Problem,
    in_force: Iterable[Placement],
    *,
    budget: Budget = ANYTHING,
    wanted: Collection[str] | None = None,
    seconds: float = 10.0,
    seed: int = 1,
    cancelled: Callable[[], bool] | None = None,
) -> Repair:
    """Return the legal plan nearest to the one in force, within a budget.

    Of all legal plans it is the one that leaves the fewest and least important events in force without a
    place, then the fewest new ones; then moves the fewest events, and of these the fewest published ones;
    among the cheapest of such plans that the search came across. Nothing moves within the problem's frozen
    days. `wanted` are the new events to place (None: all of them); the others stay without a place.
    Fewest is proven unless time (`seconds`) was too short for it; a plan is returned in any case.
    Raises NonsenseError for an area that no event has, BrokenPlanError if the judge finds a broken rule.
    """
    if budget.only_area is not None:
        areas = {event.area for event in problem.events}
        require_known([budget.only_area], areas, "budget", "only_area")
    began = time.monotonic()
    damage = assess(problem, in_force, Options(problem))
    problem = replace(problem, in_force=tuple(damage.standing.values()))
    new = damage.new if wanted is None else tuple(name for name in damage.new if name in set(wanted))
    mender = Mender(problem, damage, new, seed, began + seconds, cancelled or (lambda: False))
    mended = mender.mend(budget)
    reliefs = tuple(_reliefs(mender, budget, mended))
    solution = _judged(budget.applied(problem), _solution(mender, budget, mended, reliefs, began))
    after = {placement.event: placement for placement in solution.placements}
    found = differences((*damage.standing.values(), *damage.gone), after.values())
    why = why_changed(mender.surroundings, damage, after, solution.left_out)
    sound = [one for name, one in damage.standing.items() if not _misfits(damage.broken.get(name, ()))]
    return Repair(
        solution,
        tuple(with_reasons(found, problem, why)),
        tuple(damage.broken),
        mended.toll.moves,
        mended.toll.published,
        mended.least.moves,
        mended.toll == mended.least,
        score(problem, sound),
        reliefs,
    )


def _reliefs(mender: Mender, budget: Budget, mended: Mended) -> Iterator[Relief]:
    """Yield larger budgets that would keep more events, until one keeps them all."""
    best = (mended.toll.dropped, mended.toll.unplaced)
    for wider in budget.looser() if any(best) else ():
        found = mender.mend(wider)
        if (found.toll.dropped, found.toll.unplaced) < best:
            best = (found.toll.dropped, found.toll.unplaced)
            enough = wider if budget.most_moves is None else replace(wider, most_moves=found.toll.moves)
            missing = sorted({*mender.damage.standing, *mender.wanted} - found.plan.keys())
            yield Relief(enough, found.toll.moves, tuple(missing))
        if not any(best):
            return


def _solution(
    mender: Mender, budget: Budget, mended: Mended, reliefs: Collection[Relief], began: float
) -> Solution:
    """Name the crews, those in force first, and say why some events have no place."""
    problem, standing = mender.problem, mender.damage.standing
    known = [mended.plan[event.id] for event in problem.events if event.id in mended.plan]
    placements = tuple(name_crews(problem, known, before=standing.values()))
    events = mender.surroundings.events
    return Solution(
        outcome=Outcome.CANCELLED if mender.cancelled() else Outcome.GOOD,
        placements=placements,
        left_out=tuple(without_place(mended, mender.damage, events, budget, reliefs)),
        costs=score(problem, placements, standing.values()),
        seconds=time.monotonic() - began,
        seed=mender.seed,
        problem_hash=problem_hash(problem),
    )


def _judged(problem: Problem, solution: Solution) -> Solution:
    """Return the solution if the judge finds nothing; raises BrokenPlanError."""
    broken = violations(problem, solution)
    if broken:
        raise BrokenPlanError("; ".join(f"{one.rule}: {one.en}" for one in broken[:10]))
    return solution


def _misfits(breaches: Iterable[Violation]) -> bool:
    return any(breach.rule == "complete" for breach in breaches)
