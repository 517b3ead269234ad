"""How much organizers care about each goal: in words for them, in whole numbers for the solver."""

from collections.abc import Mapping
from dataclasses import replace

from scheduler.models import Importance
from solver.timetable import Problem, Weights
from solver.timetable.levels import dearest_place

FACTORS = {
    Importance.OFF: 0,
    Importance.SLIGHT: 1,
    Importance.NORMAL: 2,
    Importance.HIGH: 4,
    Importance.HIGHEST: 8,
}
UNITS = {
    "days": 1,
    "times": 1,
    "waste": 1,
    "distance": 1,
    "rivals": 8,
    "nearby": 2,
    "load": 2,
    "livestreams": 4,
    "access": 8,
    "burden": 2,
    "wishes": 1,
    "stability": 1,
}
"""Price of one unit of each goal an organizer weighs; what a unit is says docs/planning.md."""
CUSTOMARY: Mapping[str, Importance] = {
    goal: Importance.NORMAL
    if goal in {"days", "times", "waste", "distance", "rivals", "stability"}
    else Importance.OFF
    for goal in UNITS
}
"""What holds where nobody has chosen: goals whose price the proof of the whole province can bear."""
LEFT_OUT = 800
HIGHEST_LEFT_OUT = 10_000


def weights_of(importance: Mapping[str, Importance]) -> Weights:
    """Return the solver's weights; goals that nobody has named are as important as is customary."""
    chosen = {**CUSTOMARY, **importance}
    return Weights(**{goal: unit * FACTORS[chosen[goal]] for goal, unit in UNITS.items()})


def with_left_out_dearest(problem: Problem) -> Problem:
    """Return the problem in which no event is left out to save what it would cost itself."""
    price = min(HIGHEST_LEFT_OUT, max(LEFT_OUT, 1 + dearest_place(problem)))
    return replace(problem, weights=replace(problem.weights, left_out=price))
