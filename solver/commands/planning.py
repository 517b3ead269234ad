"""The commands solve, check, compare and convert."""

import sys
from argparse import Namespace
from pathlib import Path

from solver.cluster import lend
from solver.commands.files import (
    FAULTS,
    FOUND,
    AddParser,
    plan_of,
    problem_of,
    seconds,
    text_of,
    where,
    write_plan,
)
from solver.exchange import read_solution, write_problem, write_solution
from solver.timetable import Progress, Solution, solve, violations
from solver.timetable.difference import Difference, differences


def add(add_parser: AddParser) -> None:
    """Add the commands that make a plan and judge it."""
    one = add_parser("solve", help="find a plan; exit 1 if events are left out")
    one.add_argument("problem", type=Path)
    one.add_argument("--seconds", type=seconds, default=60.0)
    one.add_argument("--seed", type=int, default=1)
    one.add_argument("--previous", type=Path, help="the solution in force, to start from")
    one.add_argument("--out", type=Path, help="write the solution here; without it, to standard output")
    one.add_argument(
        "--cluster", default="", metavar="ADDRESS", help="plan on a Dask cluster: tcp://host:8786"
    )
    one.add_argument("--worker-memory", type=int, metavar="MIB", help="most data of one process of ours")
    one.set_defaults(run=_solve)
    two = add_parser("check", help="judge a plan; exit 1 and one line per broken rule")
    two.add_argument("problem", type=Path)
    two.add_argument("solution", type=Path)
    two.set_defaults(run=_check)
    three = add_parser("compare", help="list what moves between two plans; exit 1 if anything does")
    three.add_argument("before", type=Path)
    three.add_argument("after", type=Path)
    three.set_defaults(run=_compare)
    four = add_parser("convert", help="write a problem of the .tim format as JSON")
    four.add_argument("problem", type=Path)
    four.add_argument("out", type=Path)
    four.set_defaults(run=_convert)


def _solve(chosen: Namespace) -> int:
    problem = problem_of(chosen)
    previous = read_solution(text_of(chosen.previous)).placements if chosen.previous else None
    with lend(chosen.cluster) as executor:
        solution = solve(
            problem,
            seconds=chosen.seconds,
            seed=chosen.seed,
            previous=previous,
            executor=executor,
            on_progress=_show_progress,
            worker_mib=chosen.worker_memory,
        )
    if chosen.out:
        write_plan(problem, solution, chosen.out)
    else:
        sys.stdout.write(write_solution(solution) + "\n")
    sys.stderr.write(_summary(solution))
    return FAULTS if solution.left_out else FOUND


def _check(chosen: Namespace) -> int:
    problem = problem_of(chosen)
    broken = violations(problem, plan_of(problem, chosen.solution))
    for one in broken:
        sys.stdout.write(f"{one.rule}: {one.en} / {one.zh}\n")
    return FAULTS if broken else FOUND


def _compare(chosen: Namespace) -> int:
    before, after = (read_solution(text_of(path)) for path in (chosen.before, chosen.after))
    found = differences(before.placements, after.placements)
    for one in found:
        sys.stdout.write(_line(one))
    sys.stdout.write(f"{len(found)} events differ; cost {before.cost} -> {after.cost}\n")
    return FAULTS if found else FOUND


def _convert(chosen: Namespace) -> int:
    chosen.out.write_text(write_problem(problem_of(chosen)), "utf-8")
    return FOUND


def _line(one: Difference) -> str:
    return f"{one.event}: {one.change}: {where(one.before)} -> {where(one.after)}\n"


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
