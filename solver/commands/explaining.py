"""The commands explain and what-if."""

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from solver.commands.files import (
    FAULTS,
    FOUND,
    AddParser,
    placements_of,
    prices,
    problem_of,
    require_known,
    where,
)
from solver.plain import FormatError
from solver.timetable import Problem
from solver.timetable.explain import Explainer, ImpossiblePlaceError


def add(add_parser: AddParser) -> None:
    """Add the commands that ask about one event of a plan."""
    one = add_parser("explain", help="every other place for an event: its price, or obstacles")
    _ask_about_event(one)
    one.set_defaults(run=_explain)
    two = add_parser("what-if", help="put an event elsewhere and see who moves; exit 1 if that is impossible")
    _ask_about_event(two)
    two.add_argument("slot", type=int, help="slots count from 0: day × periods of a day + period")
    two.add_argument("venues", nargs="*", help="one per need; without them, the best there")
    two.set_defaults(run=_what_if)


def _ask_about_event(parser: ArgumentParser) -> None:
    parser.add_argument("problem", type=Path)
    parser.add_argument("solution", type=Path)
    parser.add_argument("event")


def _explain(chosen: Namespace) -> int:
    _, explainer = _explainer(chosen)
    for one in explainer.why_here(chosen.event):
        reasons = "; ".join(f"{block.en} / {block.zh}" for block in one.blocks)
        sys.stdout.write(f"{where(one.placement)}: {reasons or f'free: {prices(one.costs)}'}\n")
    return FOUND


def _what_if(chosen: Namespace) -> int:
    problem, explainer = _explainer(chosen)
    if not 0 <= chosen.slot < problem.calendar.slots:
        raise FormatError(f"slot: {chosen.slot} is not from 0 to {problem.calendar.slots - 1}")
    for venue in chosen.venues:
        if venue not in {known.id for known in problem.venues}:
            raise FormatError(f"venues: no venue {venue!r}")
    try:
        found = explainer.what_if(chosen.event, chosen.slot, chosen.venues)
    except ImpossiblePlaceError as error:
        sys.stdout.writelines(f"impossible: {one.en} / {one.zh}\n" for one in error.blocks)
        return FAULTS
    for move in found.moves:
        sys.stdout.write(f"{move.event}: {move.change}: {where(move.before)} -> {where(move.after)}\n")
    claim = "no way with fewer moves" if found.proven else "not proven to be the fewest moves"
    sys.stdout.write(f"{len(found.moves)} events change; {prices(found.costs)}; {claim}\n")
    return FOUND


def _explainer(chosen: Namespace) -> tuple[Problem, Explainer]:
    problem, placements = problem_of(chosen), placements_of(chosen.solution)
    require_known(problem, chosen.solution, placements)
    if chosen.event not in {event.id for event in problem.events}:
        raise FormatError(f"event: no event {chosen.event!r} in {chosen.problem}")
    return problem, Explainer(problem, placements)
