"""The closure drill: a city's hall closes for its busiest week, and the plan in force is mended.

python -m benchmarks.repair --seed 1 2 3 4 5 --json FILE
"""

import argparse
import os
import sys
import time
from collections import Counter
from dataclasses import replace

from benchmarks.memory import PeakMemory
from benchmarks.report import Figures, add_outputs, publish
from benchmarks.timetable import add_quarter, make_problem
from solver.timetable import Closure, Problem, Solution, solve, violations
from solver.timetable.repair import repair

WEEK = 7


def main(words: list[str]) -> int:
    """Run the drill once a seed; return 1 if any hard rule is broken or anybody lost a place."""
    options = _options(words)
    rows = []
    for seed in options.seed:
        problem = make_problem(options, seed)
        plan = solve(problem, seconds=options.plan_seconds, seed=seed)
        rows.append({"seed": seed, **measure(problem, plan, seed)})
    publish(options, rows)
    return int(any(row["broken_rules"] or row["left_out"] for row in rows))


def _options(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        "python -m benchmarks.repair",
        description=__doc__,
        formatter_class=argparse.RawTextHelpFormatter,
    )
    add_quarter(parser)
    parser.add_argument("--seed", type=int, nargs="+", default=[1], help="of the quarter and the search")
    parser.add_argument("--plan-seconds", type=float, default=20.0, help="to find the plan in force")
    add_outputs(parser)
    return parser.parse_args(words)


def measure(problem: Problem, plan: Solution, seed: int) -> Figures:
    """Close the busiest hall of any city in its busiest week, repair, and return what it took."""
    venue, week = busiest(problem, plan)
    closed = close(problem, venue, week)
    with PeakMemory() as memory:
        began, busy = time.monotonic(), time.process_time()
        found = repair(closed, plan.placements, wanted=(), seed=seed)
        seconds, processor = time.monotonic() - began, time.process_time() - busy
    return {
        "events": len(problem.events),
        "venue": venue,
        "week": week,
        "seconds": round(seconds, 2),
        "processor_seconds": round(processor, 2),
        "events_hit": len(found.hit),
        "moves": found.moves,
        "least_moves": found.least_moves,
        "proven": str(found.proven),
        "left_out": len({one.event for one in found.solution.left_out} - _without_place(plan)),
        "broken_rules": len(violations(closed, found.solution)),
        "cost_before": found.cost_before,
        "cost_after": found.solution.cost,
        "peak_memory_mib": round(memory.peak_mib),
        "load_average": round(os.getloadavg()[0], 1),
    }


def _without_place(plan: Solution) -> set[str]:
    return {one.event for one in plan.left_out}


def busiest(problem: Problem, plan: Solution) -> tuple[str, int]:
    """Return the hall of a city and the week, counted from 0, in which it holds the most events."""
    halls = {venue.id for venue in problem.venues if venue.region.startswith("city") and venue.booths}
    held = Counter(
        (venue, problem.calendar.day(placement.start) // WEEK)
        for placement in plan.placements
        for venue in placement.venues
        if venue in halls
    )
    return min(held, key=lambda one: (-held[one], one))


def close(problem: Problem, venue: str, week: int) -> Problem:
    """Return the problem with a venue closed for a week."""
    closure = Closure(week * WEEK, week * WEEK + WEEK - 1)
    venues = (
        replace(one, closures=(*one.closures, closure)) if one.id == venue else one for one in problem.venues
    )
    return replace(problem, venues=tuple(venues))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
