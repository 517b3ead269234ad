"""The door of run sheets: a livestream's firms go in, their minutes come out."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import replace

from solver.answers import Outcome
from solver.runsheet.bounds import least_cost
from solver.runsheet.model import SheetModel
from solver.runsheet.orders import Orders
from solver.runsheet.problem import Firm, Problem
from solver.runsheet.rules import BrokenSheetError, score, violations
from solver.runsheet.sheet import Sheet, Turn
from solver.search import Limits, search

TIMING_SECONDS = 0.2
"""Most time for the minutes of one order, or for finding out whether firms fit at all."""


def arrange(problem: Problem, *, seconds: float = 1.0, seed: int = 1) -> Sheet:
    """Return the best legal run sheet found in about `seconds`, with its price and its bound.

    If not all firms fit, each in its turn, in the order of the problem, gets one if it fits beside those
    before it. Raises BrokenSheetError if the pauses alone do not fit, or the judge finds a broken rule.
    """
    began = time.monotonic()
    firms, found = list(problem.firms), _first(problem, problem.firms, seed)
    if found is None:
        firms, found = _those_who_fit(problem, seed)
    if found is None:
        raise BrokenSheetError("the pauses do not fit into the broadcast")
    bound = least_cost(problem, firms)
    if found.cost > bound:
        found, proven = _improved(problem, firms, found, Limits(seconds - (time.monotonic() - began), seed))
        bound = max(bound, proven)
    outcome = Outcome.PROVEN if found.cost <= bound else Outcome.GOOD
    elapsed = time.monotonic() - began
    return _judged(problem, replace(found, outcome=outcome, bound=bound, seconds=elapsed, seed=seed))


def _first(problem: Problem, firms: Sequence[Firm], seed: int) -> Sheet | None:
    """Return the best sheet of some promising orders, or else any; None: no sheet was found."""
    there = problem.minutes - problem.lead_minutes - sum(pause.minutes for pause in problem.pauses)
    if sum(firm.least_minutes for firm in firms) > there:
        return None
    found = [
        _solved(problem, SheetModel(problem, firms, order), Limits(TIMING_SECONDS, seed))[0]
        for order in Orders(problem, firms, seed).best()
    ]
    known = [sheet for sheet in found if sheet]
    if known:
        return min(known, key=lambda sheet: sheet.cost)
    return _solved(problem, SheetModel(problem, firms), Limits(TIMING_SECONDS, seed))[0]


def _improved(problem: Problem, firms: Sequence[Firm], sheet: Sheet, limits: Limits) -> tuple[Sheet, int]:
    """Return the sheet or a better one, and what is proven."""
    model = SheetModel(problem, firms)
    model.hint(sheet.turns, sheet.pauses)
    better, bound = _solved(problem, model, limits)
    return (better if better and better.cost < sheet.cost else sheet), bound


def _solved(problem: Problem, model: SheetModel, limits: Limits) -> tuple[Sheet | None, int]:
    """Return the sheet a search ends with, and the bound it proves."""
    answer = search(model.model, limits)
    bound = max(0, answer.bound or 0)
    return (None if answer.values is None else _sheet(problem, *model.read(answer.values))), bound


def _sheet(problem: Problem, turns: tuple[Turn, ...], pauses: Mapping[str, int]) -> Sheet:
    there = {turn.enterprise for turn in turns}
    left_out = tuple(firm.enterprise for firm in problem.firms if firm.enterprise not in there)
    sheet = Sheet(Outcome.GOOD, turns, pauses, left_out)
    return replace(sheet, costs=score(problem, sheet))


def _those_who_fit(problem: Problem, seed: int) -> tuple[list[Firm], Sheet | None]:
    """Return the firms that fit beside those before them, and a sheet of these."""
    fitting: list[Firm] = []
    best = _first(problem, [], seed)
    for firm in problem.firms:
        if best and (found := _first(problem, [*fitting, firm], seed)):
            fitting, best = [*fitting, firm], found
    return fitting, best


def _judged(problem: Problem, sheet: Sheet) -> Sheet:
    broken = violations(problem, sheet)
    if broken:
        raise BrokenSheetError("; ".join(f"{one.rule}: {one.en}" for one in broken))
    return sheet
