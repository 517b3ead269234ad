"""Makes a legal plan cheaper area by area and week by week, and proves how good the whole is."""

import math
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain

from solver.search import Limits
from solver.timetable.board import Board, least_cost
from solver.timetable.decompose import Cutter, Days, blocks, eras, size_of, windows
from solver.timetable.parts import Part, PartAnswer
from solver.timetable.problem import Problem
from solver.timetable.workers import Workers

WHOLE_SIZE = 60_000
"""A problem of no more choices than this is solved as one."""
AREA_SIZE = 120_000
WINDOW_SIZE = 25_000
ERA_SIZE = 110_000
AREA_SHARE, ERA_SHARE, PART_SHARE = 0.5, 0.85, 0.15
"""Shares of the time that is left: for all areas alone, for all eras, for one part of an improvement."""
FIRST_STARTS, MORE_STARTS = 4, 4
"""With so many of its cheapest starts an event begins, and by so much their number is multiplied."""
WIDEN_SHARE = 0.6
ERA_SECONDS = 10.0
"""An era that gets less time than this proves nothing that its areas have not proven already."""
LEAST_SECONDS = 2.0
DRAFT_SHARE = 0.3
SHORTLIST = 1
"""To compete for the cheapest venue only, the next being always free, is hardly ever too easy (measured)."""
NO_LIMIT = 1e6


@dataclass(slots=True)
class Coordinator:
    """Takes the plan of a board, frees a part of it, has it solved anew around the rest, and so on.

    Freeing one area lets its events change weeks; freeing one week lets areas settle with one another what
    they share. What is proven about areas alone, or eras alone, adds up to a bound for the whole.
    """

    board: Board
    workers: Workers
    seed: int
    cutter: Cutter = field(init=False)
    areas: list[list[str]] = field(init=False)
    _bounds: dict[str, list[int]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        """Prepare to cut parts out of the problem."""
        self.cutter = Cutter(self.board.ledger)
        self.areas = blocks(self.board.ledger)

    def improve(self) -> None:
        """Improve and prove until nothing is left to gain or time is up."""
        if self._size <= WHOLE_SIZE:
            self._solve_whole()
            return
        steps = self._steps()
        self._widen(beside=steps)
        self._exhaust(steps)

    def _steps(self) -> Iterator[Part]:
        """Yield parts that prove and improve by turns, each cut from the plan as it then is."""
        length = self._window_days
        yield from self._alone(self.areas, "areas", AREA_SHARE)
        yield from self._each_area()
        yield from self._each_stretch(windows(self._days, length))
        yield from self._each_area()
        yield from self._each_stretch(windows(self._days, length, length // 2))
        yield from self._prove_eras()
        while not self._over:
            length = min(self._days, length + self._window_days)
            yield from self._longer(length)

    @property
    def _over(self) -> bool:
        return self.board.stop() or self.board.solved or self.workers.gave_up

    @property
    def _days(self) -> int:
        return self.board.ledger.problem.calendar.days

    @property
    def _size(self) -> int:
        return size_of(self.board.ledger, self.board.ledger.choices)

    @property
    def _window_days(self) -> int:
        return min(self._days, max(1, self._days * WINDOW_SIZE // self._size))

    def _widen(self, beside: Iterator[Part]) -> None:
        """Solve the whole with the cheapest starts of each event, and again with more for whom those fail.

        Most events stand at one of their cheapest starts in the best plan, so a fraction of the model is
        enough to find it and to prove it. Ends with that proof, or when a round takes too long for it.
        Workers that have no share in it take parts from `beside`.
        """
        most = dict.fromkeys(self.board.ledger.choices, FIRST_STARTS)
        self._bounds["widen"] = [self.board.bound]
        shortlist: int | None = SHORTLIST
        while not self._over:
            problem, elsewhere = self.cutter.narrowed(most)
            part = self._part("widen", problem, frozenset(most), self.board.left * WIDEN_SHARE)
            part = replace(part, group=0, shortlist=shortlist, elsewhere=elsewhere)
            answer = self._first_answer(part, beside)
            if answer is None or not answer.proven:
                break
            wanting = elsewhere.keys() - {placement.event for placement in answer.placements or ()}
            if not wanting and not shortlist:
                break
            shortlist = shortlist if wanting else None  # all have a start, yet some clash in a venue
            for event_id in wanting:
                most[event_id] *= MORE_STARTS

    def _first_answer(self, part: Part, beside: Iterator[Part]) -> PartAnswer | None:
        """Return the answer to one part; workers it leaves idle meanwhile go on with others."""
        answers: list[PartAnswer] = []

        def meanwhile() -> Iterator[Part]:
            while self.workers.processes > 1 and not answers and (other := next(beside, None)):
                yield other

        for solved, answer in self._run(chain([part], meanwhile())):
            if solved is part:
                answers.append(answer)
        return answers[0] if answers else None

    def _run(self, parts: Iterable[Part]) -> Iterator[tuple[Part, PartAnswer]]:
        """Have parts solved, keep what makes the plan cheaper and what is proven, and yield the answers."""
        for part, answer in self.workers.run(parts):
            if answer is not None:
                self.board.count_work(answer.work)
                if answer.placements is not None:
                    self.board.adopt(answer.placements, part.free)
                self._note_bound(part, answer)
                self.board.tell(part.stage)
                yield part, answer

    def _exhaust(self, parts: Iterable[Part]) -> None:
        for _ in self._run(parts):
            pass

    def _solve_whole(self) -> None:
        """Solve everything as one: first quickly with few venues each, then exactly."""
        everything = [list(self.board.ledger.choices)]
        self._exhaust(self._alone(everything, "draft", DRAFT_SHARE))
        if not self._over:
            self._exhaust(replace(part, shortlist=None) for part in self._alone(everything, "whole", 1.0))

    def _note_bound(self, part: Part, answer: PartAnswer) -> None:
        if part.group is not None and answer.bound is not None:
            bounds = self._bounds[part.stage]
            bounds[part.group] = max(bounds[part.group], answer.bound)
            self.board.raise_bound(sum(bounds))

    def _alone(self, groups: Sequence[Collection[str]], stage: str, share: float) -> Iterator[Part]:
        """Yield each group as if it were alone: the sum of what is proven for each holds for the whole."""
        ledger = self.board.ledger
        self._bounds[stage] = [sum(least_cost(ledger, event_id) for event_id in group) for group in groups]
        seconds = self.board.left * share / math.ceil(len(groups) / self.workers.processes)
        for number, group in enumerate(groups):
            if not self._over:
                yield self._part(stage, self.cutter.alone(group), frozenset(group), seconds, number)

    def _each_area(self) -> Iterator[Part]:
        """Yield each area anew, the others staying as they are; pointless if there is only one."""
        for area in self.areas if len(self.areas) > 1 else []:
            if not self._over and size_of(self.board.ledger, area) <= AREA_SIZE:
                yield self._moving(frozenset(area), (0, self._days - 1), "together")

    def _each_stretch(self, stretches: Iterable[Days]) -> Iterator[Part]:
        """Yield the events of each stretch of days, over all areas, the others staying as they are."""
        for days in stretches:
            if not self._over:
                yield self._moving(self._within(days), days, "together")

    def _longer(self, length: int) -> Iterator[Part]:
        """Yield longer stretches, then the areas again."""
        return chain(
            self._each_stretch(windows(self._days, length)),
            self._each_area(),
            self._each_stretch(windows(self._days, length, length // 2)),
            self._each_area(),
        )

    def _prove_eras(self) -> Iterator[Part]:
        """Yield eras, over all areas, of which only the bound is wanted, if there is time for them."""
        count = math.ceil(self._size / ERA_SIZE)
        rounds = math.ceil(count / self.workers.processes)
        if len(self.areas) > 1 and self.board.left * ERA_SHARE > rounds * ERA_SECONDS:
            groups = eras(self.board.ledger, count)
            for part in self._alone(groups, "eras", ERA_SHARE):
                # a smaller model, and no time spent around the plan known already
                yield replace(part, shortlist=0, limits=replace(part.limits, prove=True))

    def _within(self, days: Days) -> frozenset[str]:
        """Return the events that lie within the days, and those without a place that could."""
        ledger, day = self.board.ledger, self.board.ledger.problem.calendar.day
        free = []
        for event_id, choice in ledger.choices.items():
            placement = self.board.plan.get(event_id)
            starts = choice.start_costs if placement is None else (placement.start,)
            if any(days[0] <= day(start) <= days[1] - choice.event.days + 1 for start in starts):
                free.append(event_id)
        return frozenset(free)

    def _moving(self, free: frozenset[str], days: Days, stage: str) -> Part:
        seconds = max(LEAST_SECONDS, self.board.left * PART_SHARE)
        return self._part(stage, self.cutter.among(free, days, self.board.plan), free, seconds)

    def _part(
        self, stage: str, problem: Problem, free: frozenset[str], seconds: float, group: int | None = None
    ) -> Part:
        """Pack what a worker must know."""
        plan, known = self.board.plan, {event.id for event in problem.events}
        return Part(
            stage,
            problem,
            free,
            tuple(plan[event.id] for event in problem.events if event.id in plan),
            tuple(placement for placement in self.board.previous if placement.event in known),
            self._limits(min(seconds, self.board.left)),
            group,
            SHORTLIST,
        )

    def _limits(self, amount: float) -> Limits:
        if self.board.by_work:
            return Limits(NO_LIMIT, self.seed, amount)
        return Limits(amount, self.seed)
