"""Plans areas side by side, brings them together week by week, and proves how good the whole is."""

import math
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from solver.search import Limits
from solver.timetable.board import Board, least_cost
from solver.timetable.decompose import Cutter, Days, blocks, eras, size_of, windows
from solver.timetable.parts import Part, PartAnswer
from solver.timetable.problem import Problem
from solver.timetable.solution import Placement
from solver.timetable.workers import Workers

WHOLE_SIZE = 60_000
WINDOW_SIZE = 25_000
ERA_SIZE = 110_000
AREA_SHARE = 0.6
ERA_SHARE = 0.85
ERA_SECONDS = 30.0
"""An era that gets less time than this proves nothing that its areas have not proven already."""
NO_LIMIT = 1e6
WINDOW_SHARE, LEAST_WINDOW_SECONDS = 0.2, 2.0


@dataclass(slots=True)
class Coordinator:
    """Takes a legal plan on a board and makes it cheaper until it is proven best or time is up."""

    board: Board
    workers: Workers
    seed: int
    cutter: Cutter = field(init=False)

    def __post_init__(self) -> None:
        """Prepare to cut parts out of the problem."""
        self.cutter = Cutter(self.board.ledger)

    def improve(self) -> None:
        """Solve the problem whole if it is small; else by areas, then together."""
        everything = list(self.board.ledger.choices)
        if self._size <= WHOLE_SIZE:
            self._solve_apart([everything], "whole", 1.0)
            return
        areas = blocks(self.board.ledger)
        draft = self._solve_apart(areas, "areas", AREA_SHARE)
        if len(areas) > 1 and not self.board.solved:
            self._bring_together(draft, windows(self._days, self._window_days))
        self._search_on(several=len(areas) > 1)

    @property
    def _days(self) -> int:
        return self.board.ledger.problem.calendar.days

    @property
    def _size(self) -> int:
        return size_of(self.board.ledger, self.board.ledger.choices)

    @property
    def _window_days(self) -> int:
        return min(self._days, max(1, self._days * WINDOW_SIZE // self._size))

    def _solve_apart(
        self, groups: Sequence[Collection[str]], stage: str, share: float
    ) -> dict[str, Placement]:
        """Solve each group as if it were alone: the sum of what is proven for each holds for the whole.

        Returns the groups' own plans side by side, which may clash with one another.
        """
        ledger, draft = self.board.ledger, dict(self.board.plan)
        bounds = [sum(least_cost(ledger, event_id) for event_id in group) for group in groups]
        seconds = self.board.left * share / math.ceil(len(groups) / self.workers.processes)
        parts = (
            self._part(str(number), self.cutter.alone(group), seconds) for number, group in enumerate(groups)
        )
        for part, answer in self._answers(parts):
            number = int(part.name)
            bounds[number] = max(bounds[number], answer.bound or 0)
            if answer.placements is not None:
                self.board.adopt(answer.placements, part.free)
                _write_into(draft, part.free, answer.placements)
            self.board.raise_bound(sum(bounds))
            self.board.tell(stage)
        return draft

    def _bring_together(self, draft: dict[str, Placement], stretches: Iterable[Days]) -> None:
        """Make a draft whose groups ignore one another legal, stretch by stretch, and adopt it if cheaper."""
        for part, answer in self._answers(self._stretches(stretches, draft)):
            if answer.placements is not None:
                _write_into(draft, part.free, answer.placements)
        self.board.adopt(draft.values(), self.board.ledger.choices)
        self.board.tell("together")

    def _search_on(self, *, several: bool) -> None:
        """Improve stretches of growing length, and prove more if time allows, until time is up."""
        length = 2 * self._window_days
        count = math.ceil(self._size / ERA_SIZE)
        while not self.board.stop() and not self.board.solved:
            better = False
            for shift in (0, length // 2):
                better |= self._improve_stretches(windows(self._days, length, shift))
            rounds = math.ceil(count / self.workers.processes)
            if several and self.board.left > rounds * ERA_SECONDS:
                several = False
                self._solve_apart(eras(self.board.ledger, count), "eras", ERA_SHARE)
            length = length if better else min(self._days, length + self._window_days)

    def _improve_stretches(self, stretches: Iterable[Days]) -> bool:
        better = False
        for part, answer in self._answers(self._stretches(stretches, self.board.plan)):
            if answer.placements is not None:
                better |= self.board.adopt(answer.placements, part.free)
                self.board.tell("improve")
        return better

    def _answers(self, parts: Iterable[Part]) -> Iterator[tuple[Part, PartAnswer]]:
        """Yield what the workers found, and keep count of their work."""
        for part, answer in self.workers.run(parts):
            if answer is not None:
                self.board.count_work(answer.work)
                yield part, answer

    def _limits(self, amount: float) -> Limits:
        if self.board.by_work:
            return Limits(NO_LIMIT, self.seed, amount)
        return Limits(amount, self.seed)

    def _stretches(self, stretches: Iterable[Days], plan: Mapping[str, Placement]) -> Iterator[Part]:
        for days in stretches:
            if self.board.stop():
                return
            seconds = max(LEAST_WINDOW_SECONDS, self.board.left * WINDOW_SHARE)
            free = self._free(days, plan)
            yield self._part(f"days {days}", self.cutter.among(free, days, plan), seconds, free, plan)

    def _free(self, days: Days, plan: Mapping[str, Placement]) -> frozenset[str]:
        """Return the events that lie within the days, and those without a place that could."""
        ledger, day = self.board.ledger, self.board.ledger.problem.calendar.day
        free = []
        for event_id, choice in ledger.choices.items():
            placement = plan.get(event_id)
            starts = choice.start_costs if placement is None else (placement.start,)
            if any(days[0] <= day(start) <= days[1] - choice.event.days + 1 for start in starts):
                free.append(event_id)
        return frozenset(free)

    def _part(
        self,
        name: str,
        problem: Problem,
        seconds: float,
        free: frozenset[str] | None = None,
        plan: Mapping[str, Placement] | None = None,
    ) -> Part:
        """Pack what a worker must know; without `free` every event may move."""
        known = [event.id for event in problem.events]
        start_from = self.board.plan if plan is None else plan
        return Part(
            name,
            problem,
            frozenset(known) if free is None else free,
            tuple(start_from[event_id] for event_id in known if event_id in start_from),
            tuple(placement for placement in self.board.previous if placement.event in known),
            self._limits(min(seconds, self.board.left)),
        )


def _write_into(draft: dict[str, Placement], free: Collection[str], placements: Iterable[Placement]) -> None:
    """Put the free events where an answer has them, and nowhere if it left them out."""
    for event_id in free:
        draft.pop(event_id, None)
    draft.update((placement.event, placement) for placement in placements if placement.event in free)
