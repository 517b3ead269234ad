"""Plans a stretch of the calendar at a time, each event among few of its cheapest starts."""

import math
from collections import defaultdict, deque
from collections.abc import Iterator
from dataclasses import dataclass, field

from solver.timetable.board import Board, least_cost
from solver.timetable.decompose import Cutter, size_of
from solver.timetable.ledger import Ledger
from solver.timetable.parts import SHORTLIST, Part, PartAnswer
from solver.timetable.workers import Workers

ERA_SIZE = 42_000
"""Choices of start and venue in one era: half a month of a province.

Measured on a province in one process: a bound of 4101 after 13 seconds; by eras of twice the size 4104 after
27, of half the size 4082 after 7.
"""
FIRST_STARTS, MORE_STARTS = 4, 4
"""With so many of its cheapest starts an event begins, and by so much their number is multiplied."""
WANTING_SHARE = 0.05
"""If so few of an era's events find no place among the starts they have, more starts prove nothing more."""
LEAST = 0.5


@dataclass(slots=True)
class Era:
    """The events of a stretch of the calendar, how many starts each has, and what is proven of them."""

    most: dict[str, int]
    bound: int
    over: bool = False


@dataclass(slots=True)
class Eras:
    """Proves era by era what a plan must cost at least, and drafts one.

    Most events lie within one era and meet only events of the same days, so eras alone hardly get in each
    other's way, and the sum of what is proven for each is a bound for the whole. For the price of its next
    start an event may stay without a place: that is a relaxation, so its bound holds with all starts. Who
    stays without a place gets more starts in the next round, if they are many: for a few it is cheaper to
    look for places in the whole plan than to prove more.
    """

    board: Board
    workers: Workers
    cutter: Cutter
    seed: int
    eras: list[Era] = field(init=False)

    def __post_init__(self) -> None:
        """Cut the calendar."""
        ledger = self.board.ledger
        count = math.ceil(size_of(ledger, ledger.choices) / ERA_SIZE)
        self.eras = [
            Era(dict.fromkeys(events, FIRST_STARTS), sum(least_cost(ledger, event_id) for event_id in events))
            for events in cut_into_eras(ledger, count)
        ]

    def improve(self) -> None:
        """Go on until everything is proven or time is up."""
        waiting = deque(self.eras)
        while self._round(waiting):
            pass

    def _round(self, waiting: deque[Era]) -> bool:
        """Have each era that waits solved with the starts it has so far; tell if any was."""
        current: dict[int, Era] = {}
        begun = False
        for part, answer in self.workers.run(self._parts(waiting, current)):
            begun, era = True, current.pop(id(part))
            if answer is not None:
                self._take(era, part, answer)
                if not era.over:
                    waiting.append(era)
        return begun

    def _parts(self, waiting: deque[Era], current: dict[int, Era]) -> Iterator[Part]:
        """Yield the next round of each era that waits for one."""
        while waiting and not self.board.stop() and not self.board.solved:
            rounds = math.ceil(len(waiting) / self.workers.processes)
            amount = self.board.left / rounds
            if amount < LEAST:
                return
            era = waiting.popleft()
            part = self._part(era, amount)
            current[id(part)] = era
            yield part

    def _part(self, era: Era, amount: float) -> Part:
        plan, board = self.board.plan, self.board
        problem, elsewhere = self.cutter.narrowed(era.most)
        return Part(
            "eras",
            problem,
            frozenset(era.most),
            tuple(plan[event_id] for event_id in era.most if event_id in plan),
            tuple(placement for placement in board.previous if placement.event in era.most),
            board.limits(amount, self.seed),
            shortlist=SHORTLIST,
            elsewhere=elsewhere,
        )

    def _take(self, era: Era, part: Part, answer: PartAnswer) -> None:
        """Keep the plan and the bound, and see who needs more starts."""
        self.board.count_work(answer.work)
        placements = answer.placements or ()
        self.board.adopt(placements, part.free)
        era.bound = max(era.bound, answer.bound or 0)
        self.board.raise_bound(sum(one.bound for one in self.eras))
        self.board.tell(part.stage)
        wanting = part.elsewhere.keys() - {placement.event for placement in placements}
        era.over = not answer.proven or len(wanting) <= WANTING_SHARE * len(era.most)
        for event_id in wanting:
            era.most[event_id] *= MORE_STARTS


def cut_into_eras(ledger: Ledger, count: int) -> list[list[str]]:
    """Cut the events into about equal stretches of time, on days that split the fewest windows."""
    by_day: defaultdict[int, list[str]] = defaultdict(list)
    for choice in ledger.choices.values():
        by_day[(choice.event.first_day + choice.event.last_day) // 2].append(choice.event.id)
    total, so_far = size_of(ledger, ledger.choices), 0
    cuts: list[int] = []
    for day in sorted(by_day):
        so_far += size_of(ledger, by_day[day])
        if so_far * count >= total * (len(cuts) + 1) and len(cuts) < count - 1:
            cuts.append(_least_split(ledger, day, ledger.problem.calendar.days // (4 * count)))
    grouped: list[list[str]] = [[] for _ in range(count)]
    for day, event_ids in by_day.items():
        grouped[sum(day >= cut for cut in cuts)] += event_ids
    return [group for group in grouped if group]


def _least_split(ledger: Ledger, day: int, slack: int) -> int:
    """Return the day nearby whose midnight falls into the windows of the fewest, smallest events."""
    events = [choice.event for choice in ledger.choices.values()]

    def split(cut: int) -> tuple[int, int]:
        across = (event.id for event in events if event.first_day < cut <= event.last_day)
        return size_of(ledger, across), abs(cut - day)

    return min(range(day - slack, day + slack + 1), key=split)
