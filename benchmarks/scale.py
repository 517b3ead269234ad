"""How the time grows with the number of events, and how well more workers are used.

python -m benchmarks.timetable scale --sizes 2784 5568 11136   seconds until the gap is small enough
python -m benchmarks.timetable scale --workers 1 2 4 8         makespan of the parts on so many workers
"""

import argparse
import math
import os
import time
from collections.abc import Sequence

from benchmarks.memory import PeakMemory
from benchmarks.quarter import make_quarter, to_problem
from benchmarks.recorder import Measured, Recorder
from benchmarks.report import Course, Figures, add_outputs, publish
from benchmarks.shape import sized
from solver.timetable import Progress, solve

SMALLEST, EXPONENT = 2_784, 1.1
"""From so many events on time may grow with this power of their number."""


def main(words: list[str]) -> int:
    """Measure growth, or the use of workers; return 1 if a plan is not complete."""
    options = _options(words)
    rows, courses = _workers(options) if options.workers else _growth(options)
    publish(options, rows, courses)
    return int(any(row.get("left_out") for row in rows))


def _options(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        "python -m benchmarks.timetable scale",
        description=__doc__,
        formatter_class=argparse.RawTextHelpFormatter,
    )
    parser.add_argument("--sizes", type=int, nargs="+", default=[2_784, 5_568, 11_136])
    parser.add_argument("--seconds", type=float, default=40.0, help=f"for {SMALLEST} events; more get more")
    parser.add_argument("--gap", type=float, default=2.0, help="per cent that count as small enough")
    parser.add_argument("--workers", type=int, nargs="+", help="numbers of simulated workers")
    parser.add_argument("--seed", type=int, default=1)
    add_outputs(parser)
    return parser.parse_args(words)


def _growth(options: argparse.Namespace) -> tuple[list[Figures], dict[str, Course]]:
    """Plan one quarter after the other, each with as much time as the exponent allows it."""
    rows: list[Figures] = []
    courses: dict[str, Course] = {}
    for size in options.sizes:
        seconds = options.seconds * max(1.0, size / SMALLEST) ** EXPONENT
        problem = to_problem(make_quarter(options.seed, *sized(size)))
        trace: list[Progress] = []
        with PeakMemory() as memory:
            solution = solve(problem, seconds=seconds, seed=options.seed, on_progress=trace.append)
        courses[f"{len(problem.events)} events"] = [(at.seconds, at.cost, at.bound, at.stage) for at in trace]
        rows.append(
            {
                "events": len(problem.events),
                "left_out": len(solution.left_out),
                "gap_percent": round(100 * solution.gap, 3),
                "seconds": round(solution.seconds, 1),
                "seconds_to_first_plan": round(solution.first_seconds or 0.0, 1),
                "seconds_to_gap": _first_below(trace, options.gap / 100),
                "peak_memory_mib": round(memory.peak_mib),
                "notes": list(solution.notes),
            }
        )
        rows[-1]["exponent"] = _exponent(rows[0], rows[-1])
    return rows, courses


def _first_below(trace: Sequence[Progress], gap: float) -> float | None:
    """Return when the gap was first so small."""
    for at in trace:
        if at.cost - (at.bound or 0) <= gap * at.cost:
            return round(at.seconds, 1)
    return None


def _exponent(first: Figures, row: Figures) -> float | None:
    """Return the power of the number of events with which the time to the gap has grown."""
    fast, slow = first["seconds_to_gap"], row["seconds_to_gap"]
    if not fast or not slow or row["events"] == first["events"]:
        return None
    return round(math.log(slow / fast) / math.log(row["events"] / first["events"]), 2)


def _workers(options: argparse.Namespace) -> tuple[list[Figures], dict[str, Course]]:
    """Measure every part of one search in processor time, then divide the parts among simulated workers."""
    size = options.sizes[-1]
    problem = to_problem(make_quarter(options.seed, *sized(size)))
    seconds = options.seconds * max(1.0, size / SMALLEST) ** EXPONENT
    real = os.cpu_count() or 1
    began, own = time.monotonic(), time.process_time()
    with Recorder(real) as recorder:
        solution = solve(problem, seconds=seconds, seed=options.seed, executor=recorder)
        busy = recorder.last_end - began
    own = time.process_time() - own
    rows: list[Figures] = [
        {"workers": f"{real}, real", **_use(recorder.parts, real, busy), "left_out": len(solution.left_out)}
    ]
    rows += [
        {"workers": str(count), **_use(recorder.parts, count, makespan(recorder.parts, count))}
        for count in options.workers
    ]
    for row in rows:
        row |= {"parts": len(recorder.parts), "coordinating_cpu_seconds": round(own, 1)}
    return rows, {}


def _use(parts: Sequence[Measured], count: int, span: float) -> Figures:
    total = sum(part.cpu_seconds for part in parts)
    return {
        "parts_cpu_seconds": round(total, 1),
        "makespan_seconds": round(span, 1),
        "efficiency_percent": round(100 * total / (count * span), 1) if span else 0.0,
    }


def makespan(parts: Sequence[Measured], workers: int) -> float:
    """Return when the last part ends if each goes, in the order they were made, to the worker free first.

    A part of one stage begins when all parts of the stage before have ended: it is cut from their answers.
    """
    free, stage, latest = [0.0] * workers, "", 0.0
    for part in parts:
        if part.stage != stage:
            stage, free = part.stage, [latest] * workers
        place = min(range(workers), key=free.__getitem__)
        free[place] += part.cpu_seconds
        latest = max(latest, free[place])
    return latest
