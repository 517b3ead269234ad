"""A part of a problem that can be solved on its own, in this process or in another one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from solver.relaxation import relax
from solver.search import Limits, search
from solver.timetable.hints import hint
from solver.timetable.model import Surcharges, TimetableModel
from solver.timetable.problem import Problem
from solver.timetable.solution import Placement

SHORTLIST = 1
"""To compete for the cheapest venue only, the next being always free, is hardly ever too easy (measured)."""


@dataclass(frozen=True, slots=True)
class PartAnswer:
    """The best placements found (None: none in time), their cost, what is proven, and the work it took."""

    placements: tuple[Placement, ...] | None
    cost: int
    bound: int | None
    proven: bool
    work: float


@dataclass(frozen=True, slots=True)
class Part:
    """A smaller problem, which of its events may move, a plan to start from, and how long to look.

    `stage` says what it is part of; `group` is its number where each part adds to a bound for the whole;
    `shortlist` is how many venues an event competes for (None: for all, the model's answer is exact).
    `surcharges` make some starts dearer; answers then say nothing about costs. With `by_cuts` the part is
    searched by cutting planes, which prove more and find less.
    `elsewhere` names events whose dearer starts were taken away, and the least that those would cost: without
    a place such an event costs no more than that, so that what is proven holds for all its starts.
    `most_out` is how much may be left out, by priority; with `places_only` that alone is minimized, and cost
    and bound count it.
    """

    stage: str
    problem: Problem
    free: frozenset[str]
    start_from: tuple[Placement, ...]
    previous: tuple[Placement, ...]
    limits: Limits
    group: int | None = None
    shortlist: int | None = None
    elsewhere: Mapping[str, int] = field(default_factory=dict)
    surcharges: Surcharges = field(default_factory=dict)
    by_cuts: bool = False
    most_out: int | None = None
    places_only: bool = False

    def solve(self, cancelled: Callable[[], bool] | None = None) -> PartAnswer:
        """Build the model of the part and search it within its limits."""
        model = TimetableModel(
            self.problem,
            self.previous,
            shortlist=self.shortlist,
            elsewhere=self.elsewhere,
            surcharges=self.surcharges,
            most_out=self.most_out,
            places_only=self.places_only,
        )
        hint(model, self.start_from)
        if self.by_cuts:
            return self._cut(model)
        answer = search(model.model, self.limits, cancelled=cancelled)
        placements = None if answer.values is None else tuple(model.read(answer.values))
        return PartAnswer(placements, answer.cost, answer.bound, answer.proven, answer.work)

    def _cut(self, model: TimetableModel) -> PartAnswer:
        relaxed = relax(model.model, self.limits.seconds)
        if relaxed.values is None:
            return PartAnswer(None, 0, relaxed.bound, proven=False, work=0.0)
        placements = tuple(model.read(relaxed.values))
        return PartAnswer(placements, relaxed.bound or 0, relaxed.bound, proven=True, work=0.0)
