"""Areas planned one by one come to agree on the enterprises they share."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import combinations

from solver.search import Limits
from solver.timetable import Attendee, Outcome, Placement, Problem, solve
from solver.timetable.decompose import Cutter, blocks
from solver.timetable.harmonize import Harmony
from solver.timetable.ledger import Ledger
from solver.timetable.parts import Part
from tests.solver.factories import make_province


def sharing() -> Problem:
    """Return three areas, in each of which one firm visits one event a week that others want too."""
    province = make_province(areas=3, events=6)
    firms = tuple(Attendee(f"firm{n}", tuple(f"e{area}-{n}" for area in range(3))) for n in range(6))
    return replace(province, attendees=firms)


def make(problem: Problem, area: frozenset[str], start_from: Mapping[str, Placement]) -> Part:
    known = tuple(start_from[event.id] for event in problem.events if event.id in start_from)
    return Part("areas", problem, area, known, (), Limits(1e6, 1, 9.0), shortlist=1)


def clashes(problem: Problem, plan: Mapping[str, Placement]) -> int:
    pairs = (pair for firm in problem.attendees for pair in combinations(firm.events, 2))
    return sum(plan[one].start == plan[other].start for one, other in pairs)


def test_what_is_dear_is_avoided_until_nobody_is_due_in_two_areas_at_once() -> None:
    problem = sharing()
    ledger = Ledger(problem)
    harmony = Harmony(ledger, Cutter(ledger), blocks(ledger))
    bounds, before = [], 0
    for part in harmony.parts(make, {}):
        if part.surcharges and not before:
            before = clashes(problem, harmony.plan)
        ids = [event.id for event in part.problem.events]
        assert ids == sorted(ids)  # not in the order of a set: the same plan whatever Python's hash seed
        answer = part.solve()
        harmony.take(part, answer)
        if part.group is not None:
            bounds.append(answer.bound or 0)
    assert before > 0
    assert clashes(problem, harmony.plan) == 0
    whole = solve(problem, seconds=40, seed=1, by_work=True)
    assert whole.outcome is Outcome.PROVEN
    assert len(bounds) == len(blocks(ledger))
    assert sum(bounds) <= whole.cost
