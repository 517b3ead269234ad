"""What a repair comes to: the plan, every difference with its reason, and what a larger budget would do."""

from collections.abc import Mapping
from dataclasses import dataclass

from solver.timetable.difference import Difference
from solver.timetable.repair.budget import Budget
from solver.timetable.solution import Solution


@dataclass(frozen=True, slots=True)
class Relief:
    """A larger budget and what it would do: so many moves, and who would be left out even then."""

    budget: Budget
    moves: int
    left_out: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Repair:
    """A legal plan that asks as little of people as could be found, and how it differs from the one in force.

    `hit` are the events that could not stay where they were. `moves` counts events in force that stand
    elsewhere now, `published` those of them that people have been told of. No legal plan within the budget
    that keeps as many events has fewer than `least_moves`; with `proven` neither has any fewer events without
    a place, or, at as many moves, fewer published events that move. `costs_before` is what the plan in force
    cost by goal. `reliefs` are larger budgets that would keep more events, each better than the one before.
    """

    solution: Solution
    differences: tuple[Difference, ...]
    hit: tuple[str, ...]
    moves: int
    published: int
    least_moves: int
    proven: bool
    costs_before: Mapping[str, int]
    reliefs: tuple[Relief, ...] = ()

    @property
    def cost_before(self) -> int:
        """The sum over all goals of the plan in force, broken as it is."""
        return sum(self.costs_before.values())
