"""Makes a legal plan cheaper part by part, and proves how good the whole is."""

import math
import random
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain

from solver.timetable.board import Board, least_cost
from solver.timetable.decompose import Cutter, Days, blocks, size_of, windows
from solver.timetable.harmonize import Harmony
from solver.timetable.parts import SHORTLIST, Part, PartAnswer
from solver.timetable.problem import Problem
from solver.timetable.solution import Placement
from solver.timetable.workers import Workers

WHOLE_SIZE = 60_000
"""A problem of no more choices than this is solved as one."""
WINDOW_SIZE = 25_000
"""Choices that a stretch of time has in the first round of improvement."""
GROUP_SIZE = 60_000
"""Choices that a group of areas has in the first round of improvement."""
GROWTH = 1.5
"""By how much parts grow from round to round."""
FIRST_STARTS, MORE_STARTS = 4, 16
"""With so many of its cheapest starts an event begins, and by so much their number is multiplied."""
FEW_STARTS = 6
"""Among so many starts an event chooses in the first round of improvement."""
TRY_SHARE, WIDEN_SHARE, AREA_SHARE, PART_SHARE, DRAFT_SHARE = 0.2, 0.75, 0.1, 0.15, 0.3
"""Shares of the time left: a proof by search, by cuts, one area, one improvement, a draft of the whole."""
MARGIN_SECONDS = 1.5
"""So much earlier the proof has to end, for its answer to be heard."""
LEAST_SECONDS = 2.0
PLACES_SHARE, WHOLE_PLACES_SHARE = 0.1, 0.3
"""Shares of the time left for finding out how little must be left out: of large problems, of small ones."""
PLACES, AREAS, TOGETHER, WIDEN, WHOLE, DRAFT = "places", "areas", "together", "widen", "whole", "draft"


@dataclass(slots=True)
class Coordinator:
    """Plans areas until they agree, then frees a part of the plan, has it solved around the rest, and so on.

    Freeing some areas lets their events change weeks; freeing some weeks lets all areas settle with one
    another what they share. Beside this, the whole is proven with few starts of each event, then with more.
    """

    board: Board
    workers: Workers
    seed: int
    cutter: Cutter = field(init=False)
    areas: list[list[str]] = field(init=False)
    harmony: Harmony = field(init=False)
    _bounds: dict[str, dict[int, int]] = field(init=False, default_factory=lambda: defaultdict(dict))

    def __post_init__(self) -> None:
        """Prepare to cut parts out of the problem."""
        self.cutter = Cutter(self.board.ledger)
        self.areas = blocks(self.board.ledger)
        self.harmony = Harmony(self.board.ledger, self.cutter, self.areas)

    def improve(self) -> None:
        """Settle how little must be left out, then improve and prove until time is up."""
        self._settle_places()
        if self._size <= WHOLE_SIZE:
            self._solve_whole()
            return
        steps = self._steps()
        self._widen(beside=steps)
        self._exhaust(steps)

    def _settle_places(self) -> None:
        """Prove that no plan leaves out less, or find one that does: first by area, then all together.

        Where everybody has a place, as nearly always, there is nothing to settle.
        """
        apart = self.areas if self._size > WHOLE_SIZE and len(self.areas) > 1 else []
        for groups in (apart, [list(self.board.ledger.choices)]):
            answers = self._run(self._places(groups))
            self.board.raise_least_out({part.free: answer.bound or 0 for part, answer in answers})

    def _places(self, groups: Sequence[Collection[str]]) -> Iterator[Part]:
        """Yield one part for each group, in which only who is left out counts."""
        wanting = [group for group in groups if not self.board.plan.keys() >= set(group)]
        share = PLACES_SHARE if self._size > WHOLE_SIZE else WHOLE_PLACES_SHARE
        until = self.board.left * (1 - share)
        for number, group in enumerate(wanting):
            if self._over or self.board.settled:
                return
            free = frozenset(group)
            rounds = math.ceil((len(wanting) - number) / self.workers.processes)
            seconds = (self.board.left - until) / rounds
            part = self._part(PLACES, self.cutter.alone(group), free, seconds, self.board.plan)
            yield replace(part, shortlist=None, places_only=True)

    def _steps(self) -> Iterator[Part]:
        """Yield parts that draft a plan, then such that improve it, larger from round to round."""
        yield from self._harmonize()
        growth = 1.0
        while not self._over:
            yield from self._round(growth)
            growth *= GROWTH

    def polish(self) -> None:
        """Improve the plan as it stands, without proving anything, until a round brings nothing."""
        growth, before = 1.0, None
        while self.board.standing != before and not self._over:
            before = self.board.standing
            self._exhaust(self._round(growth))
            growth *= GROWTH

    def _round(self, growth: float) -> Iterator[Part]:
        """Yield stretches of days and groups of areas by turns."""
        yield from self._each_stretch(growth, shifted=False)
        yield from self._each_group(growth)
        yield from self._each_stretch(growth, shifted=True)

    @property
    def _over(self) -> bool:
        return self.board.stop() or self.board.solved or self.workers.gave_up

    @property
    def _days(self) -> int:
        return self.board.ledger.problem.calendar.days

    @property
    def _size(self) -> int:
        return size_of(self.board.ledger, self.board.ledger.choices)

    def _widen(self, beside: Iterator[Part]) -> None:
        """Solve the whole with the cheapest starts of each event, and again with more for whom those fail.

        Most events stand at one of their cheapest starts in the best plan, so a fraction of the model is
        enough to find it and to prove it. Ends with that proof, or when a round takes too long for it.
        Workers that have no share in it take parts from `beside`.
        """
        most = dict.fromkeys(self.board.ledger.choices, FIRST_STARTS)
        shortlist: int | None = SHORTLIST
        by_cuts = False
        while not self._over:
            part, elsewhere = self._narrowed(most, by_cuts=by_cuts)
            answer = self._first_answer(replace(part, shortlist=shortlist), beside)
            if answer is None:
                break
            if not answer.proven:
                if by_cuts or not self._may_cut:
                    break
                by_cuts = True  # where the search proves nothing in a while, cutting planes prove more
                continue
            wanting = elsewhere.keys() - {placement.event for placement in answer.placements or ()}
            if not wanting and not shortlist:
                break
            shortlist = shortlist if wanting else None  # all have a start, yet some clash in a venue
            for event_id in wanting:
                most[event_id] *= MORE_STARTS

    @property
    def _may_cut(self) -> bool:
        """Whether cutting planes, which know no unit of work and cannot be stopped, may run elsewhere."""
        return self.workers.processes > 1 and not self.board.by_work

    def _narrowed(self, most: Mapping[str, int], *, by_cuts: bool) -> tuple[Part, Mapping[str, int]]:
        """Return the whole with so many starts of each event, and what the starts left out would cost."""
        problem, elsewhere = self.cutter.narrowed(most)
        share = TRY_SHARE if self._may_cut and not by_cuts else WIDEN_SHARE
        seconds = min(self.board.left * share, self.board.left - MARGIN_SECONDS)
        part = self._part(WIDEN, problem, frozenset(most), seconds, self.board.plan)
        part = replace(part, group=0, elsewhere=elsewhere, by_cuts=by_cuts, most_out=self.board.out)
        return part, elsewhere

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
                if part.stage == AREAS:
                    self.harmony.take(part, answer)
                elif answer.placements is not None:
                    self.board.adopt(answer.placements, part.free)
                self._note_bound(part, answer)
                self.board.tell(part.stage)
                yield part, answer

    def _exhaust(self, parts: Iterable[Part]) -> None:
        for _ in self._run(parts):
            pass

    def _solve_whole(self) -> None:
        """Solve everything as one: first quickly with few venues each, then exactly."""
        everything = frozenset(self.board.ledger.choices)
        problem = self.cutter.alone(everything)
        for stage, share, shortlist in ((DRAFT, DRAFT_SHARE, SHORTLIST), (WHOLE, 1.0, None)):
            if not self._over:
                part = self._part(stage, problem, everything, self.board.left * share, self.board.plan)
                most_out = self.board.out
                self._exhaust([replace(part, group=0, shortlist=shortlist, most_out=most_out)])

    def _note_bound(self, part: Part, answer: PartAnswer) -> None:
        """Add up what is proven about the groups of a stage; of whom nothing is known, the least it costs."""
        if part.group is None or answer.bound is None:
            return
        bounds = self._bounds[part.stage]
        bounds[part.group] = max(bounds.get(part.group, 0), answer.bound)
        unknown = (area for number, area in enumerate(self.areas) if number not in bounds)
        rest = chain.from_iterable(unknown) if part.stage == AREAS else ()
        self.board.raise_bound(
            sum(bounds.values()) + sum(least_cost(self.board.ledger, event_id) for event_id in rest)
        )

    def _harmonize(self) -> Iterator[Part]:
        """Yield the areas until they agree, then take over their plans; pointless if there is only one."""
        if len(self.areas) == 1:
            return

        def make(problem: Problem, area: frozenset[str], start_from: Mapping[str, Placement]) -> Part:
            seconds = max(LEAST_SECONDS, self.board.left * AREA_SHARE)
            return self._part(AREAS, problem, area, seconds, start_from)

        for part in self.harmony.parts(make, self.board.plan):
            if self._over:
                return
            yield part
        self.board.adopt(list(self.harmony.plan.values()), self.board.ledger.choices)

    def _each_group(self, growth: float) -> Iterator[Part]:
        """Yield groups of areas, drawn by chance so that all meet in time, the others staying as they are."""
        count = min(len(self.areas), max(2, round(len(self.areas) * GROUP_SIZE * growth / self._size)))
        shuffled = random.Random(f"{self.seed} {growth}").sample(self.areas, len(self.areas))  # noqa: S311
        for first in range(0, len(shuffled), count):
            if not self._over:
                free = frozenset(chain.from_iterable(shuffled[first : first + count]))
                yield self._moving(free, (0, self._days - 1), growth)

    def _each_stretch(self, growth: float, *, shifted: bool) -> Iterator[Part]:
        """Yield the events of each stretch of days, over all areas, the others staying as they are."""
        length = min(self._days, max(1, round(self._days * WINDOW_SIZE * growth / self._size)))
        for days in windows(self._days, length, length // 2 if shifted else 0):
            if not self._over:
                yield self._moving(self._within(days), days, growth)

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

    def _moving(self, free: frozenset[str], days: Days, growth: float) -> Part:
        seconds = max(LEAST_SECONDS, self.board.left * PART_SHARE)
        problem = self.cutter.among(free, days, self.board.plan, round(FEW_STARTS * growth))
        part = self._part(TOGETHER, problem, free, seconds, self.board.plan)
        return replace(part, most_out=self.board.out)

    def _part(
        self,
        stage: str,
        problem: Problem,
        free: frozenset[str],
        seconds: float,
        start_from: Mapping[str, Placement],
    ) -> Part:
        """Pack what a worker must know."""
        known = {event.id for event in problem.events}
        return Part(
            stage,
            problem,
            free,
            tuple(start_from[event.id] for event in problem.events if event.id in start_from),
            tuple(placement for placement in self.board.previous if placement.event in known),
            self.board.limits(min(seconds, self.board.left), self.seed),
            shortlist=SHORTLIST,
        )
