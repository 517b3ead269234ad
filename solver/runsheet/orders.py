"""Tries orders of firms out, thousands a second: times are worked out roughly, the model does it exactly."""

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass

from solver.runsheet.problem import Firm, Pause, Problem

TRIES = 4_000
KEPT = 4
"""Orders, the best of all, that are handed on to be timed exactly."""
FAULT = 1_000
"""What a minute too late, or a firm beside one it avoids, counts."""
HOT, COLD = 12.0, 0.3


@dataclass(slots=True)
class _Clock:
    """Where a rough sheet stands: the minute, what it costs so far, and what has come in which order."""

    minute: int
    cost: int
    names: list[str]


class Orders:
    """Looks for good orders of some firms; pauses are put in where they have to be."""

    def __init__(self, problem: Problem, firms: Sequence[Firm], seed: int) -> None:
        """Give each firm its share of the minutes there are."""
        self._problem, self._firms, self._draw = problem, firms, random.Random(seed)  # noqa: S311
        self._pauses = sorted(problem.pauses, key=lambda pause: (pause.latest, pause.earliest))
        there = problem.minutes - problem.lead_minutes - sum(pause.minutes for pause in problem.pauses)
        least = sum(firm.least_minutes for firm in firms)
        more = sum(firm.wanted_minutes - firm.least_minutes for firm in firms)
        share = min(1.0, max(0.0, (there - least) / more)) if more else 0.0
        self._sizes = [
            firm.least_minutes + math.floor(share * (firm.wanted_minutes - firm.least_minutes))
            for firm in firms
        ]
        self._beside = [[beside(problem, one, two) for two in firms] for one in firms]

    def best(self) -> list[list[str]]:
        """Return some orders of firms and pauses, the most promising first."""
        order = sorted(range(len(self._firms)), key=lambda place: self._firms[place].latest or math.inf)
        now = self._rough(order)
        found = {tuple(now.names): now.cost}
        for step in range(TRIES if len(order) > 1 else 0):
            changed = self._changed(order)
            then = self._rough(changed)
            heat = HOT * (COLD / HOT) ** (step / TRIES)
            if then.cost <= now.cost or self._draw.random() < math.exp((now.cost - then.cost) / heat):
                order, now = changed, then
                found[tuple(now.names)] = now.cost
        return [list(names) for names in sorted(found, key=lambda names: found[names])[:KEPT]]

    def _changed(self, order: list[int]) -> list[int]:
        """Return an order in which two have changed places, or one has gone elsewhere."""
        one, two = self._draw.sample(range(len(order)), 2)
        changed = list(order)
        if self._draw.random() < 0.5:  # noqa: PLR2004 - either
            changed[one], changed[two] = changed[two], changed[one]
        else:
            changed.insert(two, changed.pop(one))
        return changed

    def _rough(self, order: Sequence[int]) -> _Clock:
        """Let the firms follow one another, each as early as it can, and count what that costs."""
        clock, waiting, before = _Clock(self._problem.lead_minutes, 0, []), list(self._pauses), -1
        for place in order:
            start = max(clock.minute, self._firms[place].earliest)
            while waiting and self._is_due(waiting[0], clock.minute, start + self._sizes[place]):
                self._hold(clock, waiting.pop(0))
                before = -1
            self._go_on_air(clock, place, before)
            before = place
        for pause in waiting:
            self._hold(clock, pause)
        clock.cost += FAULT * max(0, clock.minute - self._problem.minutes)
        return clock

    def _is_due(self, pause: Pause, minute: int, end: int) -> bool:
        """Say whether a pause is best held before a turn that would be over in a minute."""
        overdue = end > pause.latest
        nearer_now = minute >= pause.earliest and minute - pause.earliest >= pause.latest - end
        return overdue or nearer_now

    def _hold(self, clock: _Clock, pause: Pause) -> None:
        weights = self._problem.weights
        start = max(clock.minute, pause.earliest)
        clock.cost += (start - clock.minute) * weights.idle + FAULT * max(0, start - pause.latest)
        clock.minute = start + pause.minutes
        clock.names.append(pause.id)

    def _go_on_air(self, clock: _Clock, place: int, before: int) -> None:
        firm, weights, problem = self._firms[place], self._problem.weights, self._problem
        start = max(clock.minute, firm.earliest)
        end = start + self._sizes[place]
        clock.cost += (start - clock.minute) * weights.idle
        clock.cost += (firm.wanted_minutes - self._sizes[place]) * weights.minutes
        clock.cost += FAULT * max(0, end - (problem.minutes if firm.latest is None else firm.latest))
        if firm.prime and not (problem.prime_from <= start and end <= problem.prime_to):
            clock.cost += weights.prime
        if before >= 0:
            clock.cost += self._beside[before][place]
        clock.minute = end
        clock.names.append(firm.enterprise)


def beside(problem: Problem, one: Firm, two: Firm) -> int:
    """Return what it costs if two firms follow one another; a fault if they avoid each other."""
    if one.enterprise in two.avoids or two.enterprise in one.avoids:
        return FAULT
    alike = bool(one.industry) and one.industry == two.industry
    pullers = one.crowd_puller and two.crowd_puller
    return alike * problem.weights.industry + pullers * problem.weights.pullers
