"""Counts how many nearly full timetabling problems are solved with nobody left out, on one core.

python -m benchmarks.enrolment --seconds 190 --seeds 3
python -m benchmarks.enrolment --shapes 1,2,10 --seconds 60 --by-work --json FILE

By work, the limit counts what is done, about a second of processor time a unit, so that a busy machine does
not change what is found. Seconds until solved are seconds of processor time.
"""

import argparse
import json
import sys
import time
from pathlib import Path
from typing import Any

from benchmarks.enrolment_instances import SHAPES, make_instance, to_tim
from solver.enrolment import read_tim
from solver.timetable import Progress, solve, violations


def main() -> int:
    """Solve every shape with every seed, print a line for each shape; return 1 if any hard rule is broken."""
    chosen = _arguments()
    shapes = chosen.shapes.split(",") if chosen.shapes else list(SHAPES)
    results = []
    _solve("1", 0, 1.0, by_work=True)  # compiles the inner loops, once on a machine
    sys.stdout.write("shape  events  rooms  full    solved   left out        seconds until solved\n")
    for name in shapes:
        runs = [
            _solve(name, seed, chosen.seconds, by_work=chosen.by_work) for seed in range(1, chosen.seeds + 1)
        ]
        results += runs
        solved = [run["processor_seconds"] for run in runs if not run["left_out"]]
        shape, left_out = SHAPES[name], " ".join(str(run["left_out"]) for run in runs)
        sys.stdout.write(
            f"{name:<6} {shape.events:>6} {shape.rooms:>6} {shape.used:>6.0%} {len(solved):>4}/{len(runs)}"
            f"   {left_out:<14}  {' '.join(f'{seconds:.1f}' for seconds in solved)}\n"
        )
        sys.stdout.flush()
    solved_all = sum(not run["left_out"] for run in results)
    sys.stdout.write(f"{solved_all} of {len(results)} solved with nobody left out\n")
    if chosen.json:
        chosen.json.write_text(json.dumps(results, indent=1))
    return int(any(run["broken_rules"] for run in results))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--shapes", help=f"some of {', '.join(SHAPES)}")
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=190.0)
    parser.add_argument("--by-work", action="store_true", help="limit the work instead of the seconds")
    parser.add_argument("--json", type=Path, help="write every run here")
    return parser.parse_args()


def _solve(name: str, seed: int, seconds: float, *, by_work: bool) -> dict[str, Any]:
    problem = read_tim(to_tim(make_instance(SHAPES[name], seed)))
    trace: list[Progress] = []
    began, worked = time.monotonic(), time.process_time()
    solution = solve(problem, seconds=seconds, seed=seed, on_progress=trace.append, by_work=by_work)
    return {
        "shape": name,
        "seed": seed,
        "left_out": len(solution.left_out),
        "first_left_out": len(problem.events) - trace[0].placed,
        "broken_rules": len(violations(problem, solution)),
        "seconds": round(time.monotonic() - began, 1),
        "processor_seconds": round(time.process_time() - worked, 1),
        "trace": [(round(at.seconds, 1), at.placed, at.stage) for at in trace],
    }


if __name__ == "__main__":
    sys.exit(main())
