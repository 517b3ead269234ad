"""Builds the model of seating some requests, has it solved, and reads who goes where."""

import math
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from solver.booths.layout import Block
from solver.booths.model.frame import Frame, Group, Sort, Step
from solver.booths.model.goals import GOALS
from solver.booths.model.rules import MODEL
from solver.booths.options import Options
from solver.booths.prices import Prices
from solver.booths.request import Request
from solver.narrowing import minimize

ROUNDING = 1e-4


@dataclass(frozen=True, slots=True)
class Seating:
    """Everybody's spot (none: nothing was found), and what is proven: the least cost, or that none exists.

    Who avoids whom is only looked at between spots by name: a seating may break that rule, unless exact.
    """

    spots: Mapping[str, Block]
    bound: int | None
    optimal: bool
    impossible: bool


def seat(  # noqa: PLR0913 - it names all its terms
    options: Options,
    prices: Prices,
    requests: Sequence[Request],
    *,
    seconds: float,
    seed: int = 0,
    exact: bool = False,
    cancelled: Callable[[], bool] | None = None,
) -> Seating:
    """Seat these requests, none of them fixed, as cheaply as can be found in some seconds."""
    frame = Frame(options, prices, requests, exact=exact)
    for rule in MODEL.values():
        rule(frame)
    for goal in GOALS.values():
        goal(frame)
    heard = minimize(frame.rows, seconds, seed=seed, cancelled=cancelled)
    bound = None if heard.bound is None else max(0, math.ceil(heard.bound - ROUNDING))
    spots = {} if heard.values is None else _read(frame, heard.values)
    return Seating(spots, bound, heard.optimal, heard.impossible)


def _read(frame: Frame, values: Mapping[int, float]) -> dict[str, Block]:
    """Follow everybody from step to step; those who are alike are sent on in the order of their requests."""
    taken = [(step, round(values[step.column])) for step in frame.steps if round(values[step.column])]
    spots = {step.request: step.spot for step, _ in taken if step.request and step.spot}
    arrived = _gather(taken)
    leaving = [(step, count) for step, count in taken if step.group and not step.to]
    spots.update((arrived[step.group].pop(), step.spot) for step, _ in leaving if step.group and step.spot)
    used = {place for spot in spots.values() for place in spot}
    free = {sort: [place for place in places if place not in used] for sort, places in frame.sorts.items()}
    in_one_bay_first = sorted(leaving, key=lambda one: one[0].sort is None or one[0].sort[1] == "")
    for step, count in in_one_bay_first:
        if step.group and step.sort:
            for _ in range(count):
                spots[arrived[step.group].pop()] = (_any_of(free, step.sort),)
    return spots


def _gather(taken: Sequence[tuple[Step, int]]) -> Mapping[Group, list[str]]:
    """Return who has come to each group, straight away or through the hub."""
    arrived: defaultdict[Group, list[str]] = defaultdict(list)
    for step, _ in taken:
        if step.request and step.to:
            arrived[step.to].append(step.request)
    for step, count in taken:
        if step.group and step.to:
            for _ in range(count):
                arrived[step.to].append(arrived[step.group].pop())
    return arrived


def _any_of(free: Mapping[Sort, list[int]], sort: Sort) -> int:
    """Take a booth of a sort off the free ones."""
    zone, bay, offers = sort
    if bay:
        return free[sort].pop()
    return next(
        places.pop()
        for (its, _, its_offers), places in free.items()
        if places and (its, its_offers) == (zone, offers)
    )
