"""Plans a country region by region: each province alone, then once more around the others."""

import math
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import combinations

from solver.timetable.board import Board, least_cost
from solver.timetable.construct import construct
from solver.timetable.coordinate import Coordinator
from solver.timetable.decompose import Cutter, blocks, size_of
from solver.timetable.eras import Eras
from solver.timetable.goals import score
from solver.timetable.ledger import Ledger
from solver.timetable.parts import PartAnswer
from solver.timetable.problem import Problem
from solver.timetable.solution import Placement
from solver.timetable.workers import Workers

COUNTRY_EVENTS = 5_000
"""A problem of more events than this is planned region by region; a province has up to 4,000 a quarter."""
REGION_SIZE = 300_000
"""So many choices of start and venue are planned as one region; a province has some 230,000."""
FIRST_SHARE = 0.85
"""Share of the time for planning every region once; in the rest some are planned again."""
ERA_SHARE = 0.7
"""Share of a region's time in which it is planned era by era; in the rest the eras are brought together."""
LEAST_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class RegionPart:
    """A region's problem as if there were no other, and around the regions that are planned already.

    `alone`, where given, is what a bound is proven for: number `group` of the bound for the whole. In
    `around` those starts are gone at which an attendee is due elsewhere. `amount` is in seconds, or in work
    if `by_work`.
    """

    stage: str
    group: int
    alone: Problem | None
    around: Problem
    free: frozenset[str]
    start_from: tuple[Placement, ...]
    previous: tuple[Placement, ...]
    amount: float
    seed: int
    by_work: bool

    def solve(self, cancelled: Callable[[], bool] | None = None) -> PartAnswer:
        """Plan the region in this process: era by era alone, then together around the others."""
        began, bound, work, plan = time.monotonic(), None, 0.0, self.start_from
        if self.alone:
            board = self._board(self.alone, self.amount * ERA_SHARE, plan, cancelled)
            Eras(board, Workers(None, 1, board.stop), Cutter(board.ledger), self.seed).improve()
            bound, work, plan = board.bound, board.work, tuple(board.plan.values())
        spent = work if self.by_work else time.monotonic() - began
        board = self._board(self.around, self.amount - spent, plan, cancelled)
        Coordinator(board, Workers(None, 1, board.stop), self.seed).polish()
        return PartAnswer(tuple(board.plan.values()), board.cost, bound, board.solved, work + board.work)

    def _board(
        self,
        problem: Problem,
        amount: float,
        plan: tuple[Placement, ...],
        cancelled: Callable[[], bool] | None,
    ) -> Board:
        """Return a board on which everything has a place, where possible that of the plan."""
        began = time.monotonic()
        ledger = Ledger(problem)
        left = amount if self.by_work else amount - (time.monotonic() - began)
        board = Board(ledger, left, by_work=self.by_work, previous=self.previous, cancelled=cancelled)
        construct(ledger, self.seed, board.stop, plan)
        board.note_first_plan()
        return board


@dataclass(slots=True)
class Regions:
    """Has the regions of a board's problem planned side by side, and settles what they share."""

    board: Board
    workers: Workers
    seed: int
    regions: list[list[str]] = field(init=False)
    _cutter: Cutter = field(init=False)
    _bounds: list[int] = field(init=False)
    _planned: set[str] = field(init=False, default_factory=set)

    def __post_init__(self) -> None:
        """Find the regions."""
        ledger = self.board.ledger
        self.regions = regions(ledger)
        self._cutter = Cutter(ledger)
        self._bounds = [sum(least_cost(ledger, event_id) for event_id in region) for region in self.regions]

    def improve(self) -> None:
        """Plan every region, then again those that lost most by what they share with others."""
        if len(self.regions) == 1:
            Coordinator(self.board, self.workers, self.seed).improve()
            return
        reached: dict[int, int] = {}
        for part, answer in self.workers.run(self._one_by_one()):
            if answer is not None:
                reached[part.group] = answer.cost
                self._bounds[part.group] = answer.bound or 0
                self._take(part, answer)
        for part, answer in self.workers.run(self._once_more(reached)):
            if answer is not None:
                self._take(part, answer)

    def _take(self, part: RegionPart, answer: PartAnswer) -> None:
        """Keep a region's plan; who is in its way and not planned yet has to look for another place."""
        self.board.count_work(answer.work)
        placements = answer.placements or ()
        self.board.adopt(placements, part.free | self._in_the_way(placements))
        self._planned |= part.free
        self.board.raise_bound(sum(self._bounds))
        self.board.tell(part.stage)

    def _in_the_way(self, placements: Iterable[Placement]) -> set[str]:
        """Return the events of regions not planned yet that share attendees and slots with the placements."""
        ledger = self.board.ledger
        found = set()
        for placement in placements:
            slots = set(ledger.options.occupied(ledger.choices[placement.event].event, placement.start))
            for other in ledger.neighbours[placement.event] - self._planned:
                held = ledger.placed.get(other)
                if held and not slots.isdisjoint(
                    ledger.options.occupied(ledger.choices[other].event, held.start)
                ):
                    found.add(other)
        return found

    def _one_by_one(self) -> Iterator[RegionPart]:
        """Yield each region, around those planned before."""
        ends_at = self.board.left * (1 - FIRST_SHARE)
        for number in range(len(self.regions)):
            yield self._part("regions", number, self._turn(number, ends_at), alone=True)

    def _once_more(self, reached: dict[int, int]) -> Iterator[RegionPart]:
        """Yield each region that now costs more than it did when it was planned, around all others."""
        lost = {number: self._cost(number) - cost for number, cost in reached.items()}
        for turn, number in enumerate(sorted(lost, key=lambda number: (-lost[number], number))):
            if not lost[number] or self.board.stop():
                return
            yield self._part("together", number, self._turn(turn, 0.0), alone=False)

    def _turn(self, turn: int, ends_at: float) -> float:
        """Return how long this turn may take so that `ends_at` is left after the last."""
        rounds = math.ceil((len(self.regions) - turn) / self.workers.processes)
        return max(LEAST_SECONDS, (self.board.left - ends_at) / rounds)

    def _cost(self, number: int) -> int:
        """Return what the events of a region cost now, among themselves."""
        plan, region = self.board.plan, self.regions[number]
        placements = [plan[event_id] for event_id in region if event_id in plan]
        return sum(score(self._cutter.alone(region), placements, self.board.previous).values())

    def _part(self, stage: str, number: int, amount: float, *, alone: bool) -> RegionPart:
        plan, region = self.board.plan, frozenset(self.regions[number])
        settled = plan if not alone else {name: plan[name] for name in self._planned if name in plan}
        days = (0, self.board.ledger.problem.calendar.days - 1)
        return RegionPart(
            stage,
            number,
            self._cutter.alone(self.regions[number]) if alone else None,
            self._cutter.among(region, days, settled),
            region,
            tuple(plan[event_id] for event_id in self.regions[number] if event_id in plan),
            tuple(placement for placement in self.board.previous if placement.event in region),
            min(amount, self.board.left),
            self.seed,
            self.board.by_work,
        )


def regions(ledger: Ledger) -> list[list[str]]:
    """Join areas that share the most attendees, as long as they are small enough for one region."""
    areas = blocks(ledger)
    area_of = {event_id: number for number, area in enumerate(areas) for event_id in area}
    shared: Counter[tuple[int, int]] = Counter()
    for attendee in ledger.problem.attendees:
        shared.update(combinations(sorted({area_of[event_id] for event_id in attendee.events}), 2))
    joined = {number: [number] for number in range(len(areas))}
    sizes = [size_of(ledger, area) for area in areas]
    region_of = list(range(len(areas)))
    for one, other in sorted(shared, key=lambda pair: (-shared[pair], pair)):
        kept, gone = region_of[one], region_of[other]
        if kept != gone and sizes[kept] + sizes[gone] <= REGION_SIZE:
            sizes[kept] += sizes[gone]
            for number in joined[gone]:
                region_of[number] = kept
            joined[kept] += joined.pop(gone)
    return [[event_id for number in numbers for event_id in areas[number]] for numbers in joined.values()]
