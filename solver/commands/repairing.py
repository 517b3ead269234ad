"""The command repair: a changed problem and the plan in force, and what has to move."""

import sys
from argparse import Namespace
from pathlib import Path

from solver.commands.files import FAULTS, FOUND, AddParser, placements_of, problem_of, seconds, where
from solver.exchange import write_repair, write_solution
from solver.timetable.difference import Difference
from solver.timetable.repair import Budget, Relief, Repair, repair


def add(add_parser: AddParser) -> None:
    """Add the command and its options."""
    parser = add_parser("repair", help="mend a broken plan with the fewest moves; exit 1: left out")
    parser.add_argument("problem", type=Path, help="the problem as it is now")
    parser.add_argument("solution", type=Path, help="the plan in force")
    parser.add_argument("--most-moves", type=int, help="move no more events than this")
    parser.add_argument("--only-unpublished", action="store_true", help="move no published event")
    parser.add_argument("--only-area", help="move only events of this area")
    parser.add_argument("--seconds", type=seconds, default=10.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, help="write the repaired solution here")
    parser.add_argument("--report", type=Path, help="write plan, differences and reasons here")
    parser.set_defaults(run=_repair)


def _repair(chosen: Namespace) -> int:
    problem, in_force = problem_of(chosen), placements_of(chosen.solution)
    budget = Budget(chosen.most_moves, chosen.only_unpublished, chosen.only_area)
    found = repair(problem, in_force, budget=budget, seconds=chosen.seconds, seed=chosen.seed)
    for one in found.differences:
        sys.stdout.write(_line(one))
    sys.stdout.write(_summary(found))
    for relief in found.reliefs:
        sys.stdout.write(_relief(relief))
    if chosen.out:
        chosen.out.write_text(write_solution(found.solution), "utf-8")
    if chosen.report:
        chosen.report.write_text(write_repair(found), "utf-8")
    return FAULTS if found.solution.left_out else FOUND


def _line(one: Difference) -> str:
    why = "; ".join(f"{reason.rule}: {reason.en} / {reason.zh}" for reason in one.why)
    told = ", ".join((*one.told.attendees, *one.told.crews, one.told.region)).strip(", ")
    return (
        f"{one.event}: {one.change}: {where(one.before)} -> {where(one.after)}\n"
        f"  why: {why or 'unknown'}\n"
        f"  tell: {told or 'nobody'}\n"
    )


def _summary(found: Repair) -> str:
    fewest = "proven fewest" if found.proven else f"at least {found.least_moves} needed"
    return (
        f"{len(found.hit)} events hit, {found.moves} moves ({fewest}), {found.published} of them published, "
        f"{len(found.solution.left_out)} left out; cost {found.cost_before} -> {found.solution.cost}, "
        f"{found.solution.seconds:.1f} s\n"
    )


def _relief(relief: Relief) -> str:
    moves = "any" if relief.budget.most_moves is None else str(relief.budget.most_moves)
    which = "unpublished events" if relief.budget.only_unpublished else "events"
    area = f" of {relief.budget.only_area}" if relief.budget.only_area else ""
    missing = f"all but {', '.join(relief.left_out)}" if relief.left_out else "every event"
    return f"a budget of {moves} moves of {which}{area} would keep {missing}\n"
