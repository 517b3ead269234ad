"""The commands explain, what-if, clash and bottleneck."""

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
    require_event,
    require_known,
    seconds,
    where,
)
from solver.plain import FormatError
from solver.timetable import Problem
from solver.timetable.explain import Explainer, ImpossiblePlaceError
from solver.timetable.explain.bottleneck import bottlenecks
from solver.timetable.explain.clash import find_clash
from solver.timetable.explain.feasible import UndecidedError
from solver.timetable.explain.grounds import named


def add(add_parser: AddParser) -> None:
    """Add the commands that ask why."""
    one = add_parser("explain", help="every other place for an event: its price, or obstacles")
    _ask_about_event(one)
    one.set_defaults(run=_explain)
    two = add_parser("what-if", help="put an event elsewhere and see who moves; exit 1 if that is impossible")
    _ask_about_event(two)
    two.add_argument("slot", type=int, help="slots count from 0: day × periods of a day + period")
    two.add_argument("venues", nargs="*", help="one per need; without them, the best there")
    two.set_defaults(run=_what_if)
    three = add_parser("clash", help="why not all events can be placed; exit 1 if they cannot")
    three.add_argument("problem", type=Path)
    three.add_argument("--seconds", type=seconds, default=30.0)
    three.add_argument("--event", action="append", default=[], help="only these (may be repeated)")
    three.set_defaults(run=_clash)
    four = add_parser("bottleneck", help="which venues, crews and weeks are scarce, the scarcest first")
    four.add_argument("problem", type=Path)
    four.add_argument("solution", type=Path, nargs="?", help="also count what this plan uses")
    four.add_argument("--most", type=int, default=20, help="how many lines (default 20)")
    four.set_defaults(run=_bottleneck)


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


def _clash(chosen: Namespace) -> int:
    problem = problem_of(chosen)
    for event in chosen.event:
        require_event(problem, event)
    try:
        found = find_clash(problem, chosen.event, chosen.seconds)
    except UndecidedError as error:
        raise FormatError(f"not decided in {chosen.seconds:g} s: give it more --seconds") from error
    if found is None:
        sys.stdout.write("all events can be placed together\n")
        return FOUND
    if found.shortage:
        zh, en = found.shortage.sentence(problem.calendar)
        sys.stdout.write(f"count: {en} / {zh}\n")
    sys.stdout.writelines(f"{one.rule}: {one.en} / {one.zh}\n" for one in found.grounds)
    sys.stdout.writelines(f"resolve ({one.weight}): {one.en} / {one.zh}\n" for one in found.relaxations)
    claim = "each of these is needed for the clash" if found.minimal else "time was up: fewer may be enough"
    sys.stdout.write(f"{len(found.grounds)} rules about {len(found.events)} events clash; {claim}\n")
    return FAULTS


def _bottleneck(chosen: Namespace) -> int:
    problem = problem_of(chosen)
    plan = placements_of(chosen.solution) if chosen.solution else None
    if plan:
        require_known(problem, chosen.solution, plan)
    for one in bottlenecks(problem, plan)[: chosen.most]:
        on = problem.calendar.on(one.first_day * len(problem.calendar.periods))
        used = "" if one.used is None else f", {one.used} used"
        what = " ".join(word for word in (one.of, one.region, one.kind) if word)
        amount = f"{one.demand:.1f} asked{used} of {one.supply} slots ({one.scarcity:.0%})"
        sys.stdout.write(f"{what}, week of {on}: {amount}{': ' * bool(one.names)}{named(one.names)}\n")
    return FOUND


def _explainer(chosen: Namespace) -> tuple[Problem, Explainer]:
    problem, placements = problem_of(chosen), placements_of(chosen.solution)
    require_known(problem, chosen.solution, placements)
    require_event(problem, chosen.event)
    return problem, Explainer(problem, placements)
