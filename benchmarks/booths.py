"""Gives out the booths of a made-up fair, and says what that cost, what is proven, and what it took.

python -m benchmarks.booths --booths 500 --requests 800 --seed 1 --json FILE
python -m benchmarks.booths --booths 1500 --requests 2500 --seconds 15 --seed 1 2 3 4 5
"""

import argparse
import os
import sys
import time
from collections.abc import Mapping
from dataclasses import replace

from benchmarks.booth_fairs import make_fair
from benchmarks.memory import PeakMemory
from benchmarks.report import Course, Figures, add_outputs, publish
from solver.booths import Allocation, Grant, Problem, Progress, Request, allocate, violations
from solver.booths.goals import among_its_own, score, wish_granted
from solver.booths.layout import Block
from solver.booths.options import Options
from solver.booths.repair import repair

WITHDRAWN = 10


def main(words: list[str]) -> int:
    """Give out booths once a seed; return 1 if any hard rule is broken or anybody confirmed was moved."""
    options = _options(words)
    rows: list[Figures] = []
    courses: dict[str, Course] = {}
    allocate(make_fair(20, 30, 1), seconds=5)  # loads the solver, which is not what is measured
    for seed in options.seed:
        problem = make_fair(options.booths, options.requests, seed)
        figures, courses[f"seed {seed}"] = measure(problem, options.seconds, seed)
        rows.append({"seed": seed, **figures})
    publish(options, rows, courses)
    return int(any(row["broken_rules"] or row["repair_moves"] for row in rows))


def _options(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        "python -m benchmarks.booths", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--booths", type=int, default=500)
    parser.add_argument("--requests", type=int, default=800)
    parser.add_argument("--seconds", type=float, default=15.0, help="the most; less if it is proven")
    parser.add_argument("--seed", type=int, nargs="+", default=[1], help="of the fair and the search")
    add_outputs(parser)
    return parser.parse_args(words)


def measure(problem: Problem, seconds: float, seed: int) -> tuple[Figures, Course]:
    """Return the figures of one fair and the course of its search."""
    steps: list[Progress] = []
    with PeakMemory() as memory:
        began, busy = time.monotonic(), time.process_time()
        found = allocate(problem, seconds=seconds, seed=seed, on_progress=steps.append)
        took, processor = time.monotonic() - began, time.process_time() - busy
    greedy = first_come(problem)
    wishes, zones = shares(problem, found.grants)
    greedy_wishes, greedy_zones = shares(problem, greedy)
    return {
        "booths": len(problem.booths),
        "requests": len(problem.requests),
        "admitted": len(found.grants),
        "booths_given": sum(len(grant.booths) for grant in found.grants),
        "seconds": round(took, 2),
        "processor_seconds": round(processor, 2),
        "first_seconds": round(found.first_seconds or 0.0, 2),
        "outcome": str(found.outcome),
        "cost": found.cost,
        "bound": found.bound,
        "gap_percent": round(100 * found.gap, 3),
        "first_wish_percent": wishes["first"],
        "any_wish_percent": wishes["any"],
        "in_own_zone_percent": zones,
        "greedy_admitted": len(greedy),
        "greedy_cost": sum(score(problem, greedy).values()),
        "greedy_first_wish_percent": greedy_wishes["first"],
        "greedy_any_wish_percent": greedy_wishes["any"],
        "greedy_in_own_zone_percent": greedy_zones,
        "broken_rules": len(violations(problem, found)),
        **after_withdrawals(problem, found, seed),
        "peak_memory_mib": round(memory.peak_mib),
        "load_average": round(os.getloadavg()[0], 1),
    }, [(step.seconds, step.cost, step.bound, step.stage) for step in steps]


def first_come(problem: Problem) -> tuple[Grant, ...]:
    """Return what a counter would do: whoever comes takes the best of what is left, and keeps it."""
    options, board = Options(problem), dict[int, Request]()
    held = []
    for request in problem.requests:
        free = [spot for spot in options.spots(options.needs(request)) if board.keys().isdisjoint(spot)]
        apart = [spot for spot in free if not _at_odds(options, board, request, spot)]
        if apart:
            best = min(apart, key=lambda spot: _price(problem, request, spot))
            board.update(dict.fromkeys(best, request))
            held.append(Grant(request.enterprise, tuple(problem.booths[place].code for place in best)))
    return tuple(held)


def _at_odds(options: Options, board: Mapping[int, Request], request: Request, spot: Block) -> bool:
    met = (board[other] for place in spot for other in options.layout.beside[place] if other in board)
    return any(one.enterprise in request.avoids or request.enterprise in one.avoids for one in met)


def _price(problem: Problem, request: Request, spot: Block) -> int:
    booths = [problem.booths[place] for place in spot]
    wish, strange = wish_granted(problem, request, booths), not among_its_own(problem, request, booths)
    return wish * problem.weights.wishes + strange * problem.weights.zones


def shares(problem: Problem, grants: tuple[Grant, ...]) -> tuple[Mapping[str, float], float]:
    """Return how many of those with wishes had the first, or any, granted, and how many are in their zone."""
    booths = {booth.code: booth for booth in problem.booths}
    requests = {request.enterprise: request for request in problem.requests}
    seated = [(requests[grant.enterprise], [booths[code] for code in grant.booths]) for grant in grants]
    wished = [wish_granted(problem, request, held) for request, held in seated if request.wishes]
    at_home = [among_its_own(problem, request, held) for request, held in seated]
    first, some = sum(not wish for wish in wished), sum(wish < problem.wish_steps for wish in wished)
    return (
        {"first": percent(first, len(wished)), "any": percent(some, len(wished))},
        percent(sum(at_home), len(at_home)),
    )


def percent(part: int, whole: int) -> float:
    """Return a share in per cent."""
    return round(100 * part / whole, 1) if whole else 100.0


def after_withdrawals(problem: Problem, found: Allocation, seed: int) -> Figures:
    """Confirm everybody, let some withdraw, repair, and return what it took."""
    held = {grant.enterprise: grant.booths for grant in found.grants}
    gone = {grant.enterprise for grant in found.grants[:: max(1, len(held) // WITHDRAWN)][:WITHDRAWN]}
    asked = tuple(
        replace(one, booked=held.get(one.enterprise, ()))
        for one in problem.requests
        if one.enterprise not in gone
    )
    began = time.process_time()
    mended = repair(replace(problem, requests=asked), found.grants, seconds=10, seed=seed)
    return {
        "repair_processor_seconds": round(time.process_time() - began, 2),
        "repair_moves": mended.moves,
        "repair_admitted": sum(change.rule == "next" for change in mended.changes),
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
