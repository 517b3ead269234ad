"""Solve, check, compare and explain timetables kept as JSON files: python -m solver."""

import argparse
import sys
from pathlib import Path

from solver.exchange import read_problem, read_solution, write_solution
from solver.plain import FormatError
from solver.timetable import BrokenPlanError, Progress, Solution, solve, violations
from solver.timetable.difference import Difference, differences
from solver.timetable.explain import Explainer
from solver.timetable.solution import Placement

FOUND, FAULTS, REFUSED = 0, 1, 2
"""Exit codes: done and nothing wrong; done but something is; the files cannot be read or mean nothing."""


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit code; what is wrong with a file goes to standard error."""
    chosen = _parser().parse_args(arguments)
    try:
        return int(chosen.run(chosen))
    except (FormatError, BrokenPlanError) as error:
        sys.stderr.write(f"{error}\n")
    except OSError as error:
        sys.stderr.write(f"{error.filename}: {error.strerror}\n")
    return REFUSED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("python -m solver", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="solve|check|compare|explain")
    one = commands.add_parser("solve", help="find a plan; exit 1 if events are left out")
    one.add_argument("problem", type=Path)
    one.add_argument("--seconds", type=float, default=60.0)
    one.add_argument("--seed", type=int, default=1)
    one.add_argument("--previous", type=Path, help="the solution in force, to start from")
    one.add_argument("--out", type=Path, help="write the solution here; without it, to standard output")
    one.set_defaults(run=_solve)
    two = commands.add_parser("check", help="judge a plan; exit 1 and one line per broken rule")
    two.add_argument("problem", type=Path)
    two.add_argument("solution", type=Path)
    two.set_defaults(run=_check)
    three = commands.add_parser("compare", help="list what moves between two plans; exit 1 if anything does")
    three.add_argument("before", type=Path)
    three.add_argument("after", type=Path)
    three.set_defaults(run=_compare)
    four = commands.add_parser("explain", help="every other place for an event: its price, or obstacles")
    four.add_argument("problem", type=Path)
    four.add_argument("solution", type=Path)
    four.add_argument("event")
    four.set_defaults(run=_explain)
    return parser


def _solve(chosen: argparse.Namespace) -> int:
    problem = read_problem(chosen.problem.read_text())
    previous = read_solution(chosen.previous.read_text()).placements if chosen.previous else ()
    solution = solve(
        problem, seconds=chosen.seconds, seed=chosen.seed, previous=previous, on_progress=_show_progress
    )
    if chosen.out:
        chosen.out.write_text(write_solution(solution))
    else:
        sys.stdout.write(write_solution(solution) + "\n")
    sys.stderr.write(_summary(solution))
    return FAULTS if solution.left_out else FOUND


def _check(chosen: argparse.Namespace) -> int:
    problem = read_problem(chosen.problem.read_text())
    broken = violations(problem, read_solution(chosen.solution.read_text()))
    for one in broken:
        sys.stdout.write(f"{one.rule}: {one.en} / {one.zh}\n")
    return FAULTS if broken else FOUND


def _compare(chosen: argparse.Namespace) -> int:
    before, after = (read_solution(path.read_text()) for path in (chosen.before, chosen.after))
    found = differences(before.placements, after.placements)
    for one in found:
        sys.stdout.write(_line(one))
    sys.stdout.write(f"{len(found)} events differ; cost {before.cost} -> {after.cost}\n")
    return FAULTS if found else FOUND


def _explain(chosen: argparse.Namespace) -> int:
    problem = read_problem(chosen.problem.read_text())
    placements = read_solution(chosen.solution.read_text()).placements
    if chosen.event not in {placement.event for placement in placements}:
        raise FormatError(f"{chosen.solution}: {chosen.event!r} is not placed")
    for one in Explainer(problem, placements).why_here(chosen.event):
        price = ", ".join(f"{goal} {cost:+d}" for goal, cost in one.costs.items()) or "same cost"
        reasons = "; ".join(f"{block.en} / {block.zh}" for block in one.blocks)
        sys.stdout.write(f"{_where(one.placement)}: {reasons or f'free: {price}'}\n")
    return FOUND


def _line(one: Difference) -> str:
    return f"{one.event}: {one.change}: {_where(one.before)} -> {_where(one.after)}\n"


def _where(placement: Placement | None) -> str:
    return f"slot {placement.start} {' + '.join(placement.venues)}".strip() if placement else "nowhere"


def _show_progress(at: Progress) -> None:
    """Rewrite one line on a terminal; a pipe gets only the summary."""
    if sys.stderr.isatty():
        sys.stderr.write(
            f"\r{at.seconds:6.1f} s  {at.placed} placed  cost {at.cost}  bound {at.bound}  {at.stage:12}"
        )


def _summary(solution: Solution) -> str:
    placed = f"{len(solution.placements)} placed, {len(solution.left_out)} left out"
    price = f"cost {solution.cost}, bound {solution.bound}, gap {solution.gap:.2%}"
    lines = [
        f"{solution.outcome}: {placed}, {price}, {solution.seconds:.1f} s",
        *(f"left out: {one.event}: {one.rule}: {one.en} / {one.zh}" for one in solution.left_out),
        *(f"note: {note}" for note in solution.notes),
    ]
    return "\n" * sys.stderr.isatty() + "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
