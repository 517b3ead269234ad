"""Plans a test quarter and says what the plan costs, what is proven, and what it took.

python -m benchmarks.timetable --events 2784 --seconds 60 --seed 1 --json FILE
python -m benchmarks.timetable --quarter quarter.json --seconds 60 --seed 1 2 3 4 5
python -m benchmarks.timetable repair|explain|scale …      (each has a --help of its own)
"""

import argparse
import json
import os
import sys
import time
from importlib import import_module
from pathlib import Path

from benchmarks.memory import PeakMemory
from benchmarks.quarter import make_quarter, to_problem
from benchmarks.report import Course, Figures, add_outputs, publish
from benchmarks.shape import TIGHTNESS, sized
from solver.timetable import Problem, Progress, Solution, solve, violations

SUBJECTS = ("repair", "explain", "scale")
"""Each is a module beside this one, with a `main` that takes the further words."""


def main(words: list[str]) -> int:
    """Hand over to a subject, or solve; return 1 if any hard rule is broken."""
    if words and words[0] in SUBJECTS:
        return int(import_module(f"benchmarks.{words[0]}").main(words[1:]))
    options = _options(words)
    rows, courses = [], {}
    for seed in options.seed:
        figures, courses[f"seed {seed}"] = measure(_problem(options, seed), options.seconds, seed)
        rows.append({"seed": seed, **figures})
    publish(options, rows, courses)
    return int(any(row["broken_rules"] for row in rows))


def _options(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        "python -m benchmarks.timetable",
        description=__doc__,
        formatter_class=argparse.RawTextHelpFormatter,
    )
    parser.add_argument("--quarter", type=Path, help="a quarter.json instead of one from the seed")
    parser.add_argument("--quarter-seed", type=int, help="another seed for the quarter than for the search")
    add_quarter(parser)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--seed", type=int, nargs="+", default=[1], help="of the quarter and the search")
    add_outputs(parser)
    return parser.parse_args(words)


def add_quarter(parser: argparse.ArgumentParser) -> None:
    """Add the options that say which quarter is made."""
    parser.add_argument("--events", type=int, default=2_784, help="300 … 90000, to the nearest whole city")
    parser.add_argument("--tightness", choices=[*TIGHTNESS], default="roomy", help="fewer halls and crews")
    parser.add_argument("--local-share", type=float, default=0.9, help="seats for enterprises of the city")
    parser.add_argument("--country-share", type=float, help="seats for enterprises of any province")


def make_problem(options: argparse.Namespace, seed: int) -> Problem:
    """Return the quarter that the options of `add_quarter` describe."""
    return to_problem(
        make_quarter(
            seed,
            *sized(
                options.events,
                options.tightness,
                local_share=options.local_share,
                country_share=options.country_share,
            ),
        )
    )


def _problem(options: argparse.Namespace, seed: int) -> Problem:
    if options.quarter:
        return to_problem(json.loads(options.quarter.read_text()))
    return make_problem(options, options.quarter_seed or seed)


def measure(problem: Problem, seconds: float, seed: int) -> tuple[Figures, Course]:
    """Solve a problem and return everything that a reader of the benchmark wants to know."""
    trace: list[Progress] = []
    with PeakMemory() as memory:
        began = time.monotonic()
        solution = solve(problem, seconds=seconds, seed=seed, on_progress=trace.append)
        took = time.monotonic() - began
    course = [(round(at.seconds, 2), at.cost, at.bound, at.stage) for at in trace]
    return _figures(problem, solution, course, took, memory.peak_mib), course


def _figures(
    problem: Problem, solution: Solution, course: Course, seconds: float, peak_mib: float
) -> Figures:
    return {
        "events": len(problem.events),
        "placed": len(solution.placements),
        "left_out": len(solution.left_out),
        "broken_rules": len(violations(problem, solution)),
        "outcome": str(solution.outcome),
        "cost": solution.cost,
        "bound": solution.bound,
        "gap_percent": round(100 * solution.gap, 3),
        "seconds": round(seconds, 1),
        "seconds_to_first_plan": round(solution.first_seconds or seconds, 2),
        "peak_memory_mib": round(peak_mib),
        "load_average": [round(load, 1) for load in os.getloadavg()],
        "costs": dict(solution.costs),
        "notes": list(solution.notes),
        "problem_hash": solution.problem_hash,
        "trace": list(course),
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
