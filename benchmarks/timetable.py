"""Plans the test quarter and prints what it cost, what is proven, and what it took.

python -m benchmarks.timetable --events 2784 --seconds 60 --seed 1 --json FILE
python -m benchmarks.timetable --quarter quarter.json --seconds 60
"""

import argparse
import json
import os
import sys
import threading
import time
from pathlib import Path
from typing import Any

from benchmarks.quarter import make_quarter, to_problem
from solver.timetable import Problem, Progress, Solution, solve, violations

EVENTS_PER_CITY = 174
SAMPLE_SECONDS = 0.25


def main() -> int:
    """Run one problem, print a table, and return 1 if any hard rule is broken."""
    arguments = _arguments()
    if arguments.quarter:
        problem = to_problem(json.loads(arguments.quarter.read_text()))
    else:
        cities = max(1, round(arguments.events / EVENTS_PER_CITY))
        problem = to_problem(make_quarter(arguments.quarter_seed or arguments.seed, cities))
    memory = PeakMemory()
    trace: list[Progress] = []
    with memory:
        began = time.monotonic()
        solution = solve(problem, seconds=arguments.seconds, seed=arguments.seed, on_progress=trace.append)
        seconds = time.monotonic() - began
    figures = _figures(problem, solution, trace, seconds, memory.peak_mib)
    for name, value in figures.items():
        if name != "trace":
            sys.stdout.write(f"{name:<22} {value}\n")
    if arguments.json:
        arguments.json.write_text(json.dumps(figures, indent=1))
    return 1 if figures["broken_rules"] else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--events", type=int, default=16 * EVENTS_PER_CITY)
    parser.add_argument("--quarter", type=Path, help="a quarter.json instead of one from the seed")
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--seed", type=int, default=1, help="seed of the quarter and of the search")
    parser.add_argument("--quarter-seed", type=int, help="another seed for the quarter")
    parser.add_argument("--json", type=Path, help="write the figures and the course of the search here")
    return parser.parse_args()


def _figures(
    problem: Problem, solution: Solution, trace: list[Progress], seconds: float, peak_mib: float
) -> dict[str, Any]:
    """Return everything a reader of the benchmark wants to know."""
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
        "trace": [(round(at.seconds, 2), at.cost, at.bound, at.stage) for at in trace],
    }


class PeakMemory:
    """Watches how much memory this process and all its descendants use together."""

    def __init__(self) -> None:
        """Nothing has been used yet."""
        self.peak_mib = 0.0
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> None:
        """Begin to watch."""
        self._thread.start()

    def __exit__(self, *error: object) -> None:
        """Stop watching."""
        self._done.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._done.wait(SAMPLE_SECONDS):
            self.peak_mib = max(self.peak_mib, sum(map(_resident_mib, _process_tree())))


def _process_tree() -> set[int]:
    """Return this process and its descendants, read from the system's process table."""
    parents = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rsplit(")", 1)[1].split()
            except OSError:
                continue  # it ended while we looked
            parents[int(entry.name)] = int(fields[1])
    tree = {os.getpid()}
    while grown := {child for child, parent in parents.items() if parent in tree} - tree:
        tree |= grown
    return tree


def _resident_mib(process: int) -> float:
    """Return the share of memory that is the process's own: pages shared by n processes count 1/n."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


if __name__ == "__main__":
    sys.exit(main())
