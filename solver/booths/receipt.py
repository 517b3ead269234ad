"""What each enterprise is handed: its ticket and its place in the order, in a form it can work out again."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from solver.booths.allocation import OPEN, Allocation
from solver.booths.order import published_order
from solver.booths.problem import Problem
from solver.booths.request import LastTime, Request
from solver.refuse import require_id, require_range

MOST_PLACES = 10**6


@dataclass(frozen=True, slots=True)
class CutOff:
    """The last in the order whom the open round admitted: what its place was decided by."""

    place: int
    no_shows: int
    last_time: LastTime
    ticket: str

    def __post_init__(self) -> None:
        """Refuse a place before the first."""
        require_range(self.place, 1, MOST_PLACES, "cut-off", "place")


@dataclass(frozen=True, slots=True)
class Receipt:
    """All that decided about one enterprise, and what came of it.

    `seed`, `public` and `drawn_on` are those of the lottery; `commit` was announced before. `place` is the
    place in the published order of all who asked, `of` them. `round` admitted it ("": none), then it has
    `booths`; else it is number `waiting` of those who wait, because of `rule`. All receipts of one event
    have the same `problem_hash` and the same `order_hash`.
    """

    event: str
    enterprise: str
    seed: str
    commit: str
    public: str
    tier: str
    no_shows: int
    last_time: LastTime
    ticket: str
    place: int
    of: int
    round: str
    booths: tuple[str, ...]
    waiting: int
    rule: str
    zh: str
    en: str
    cut_off: CutOff | None
    problem_hash: str
    order_hash: str
    drawn_on: date | None = None

    def __post_init__(self) -> None:
        """Refuse a receipt of nobody, and places that cannot be."""
        require_id(self.enterprise, "receipt")
        owner = f"receipt of {self.enterprise!r}"
        require_range(self.of, 1, MOST_PLACES, owner, "of")
        require_range(self.place, 1, self.of, owner, "place")
        require_range(self.waiting, 0, self.of, owner, "waiting")


def receipts(problem: Problem, allocation: Allocation) -> Iterator[Receipt]:
    """Yield the receipt of everybody who asked, in the published order."""
    order = published_order(problem)
    commit = problem.lottery.commit
    cut_off, order_hash = _cut_off(problem, allocation, order), hash_of(problem, order)
    rounds = {turn.enterprise: turn.round for turn in allocation.turns}
    booths = {grant.enterprise: grant.booths for grant in allocation.grants}
    waiting = {one.enterprise: one for one in allocation.waiting}
    for place, request in enumerate(order, 1):
        waits = waiting.get(request.enterprise)
        yield Receipt(
            event=problem.event,
            enterprise=request.enterprise,
            seed=problem.lottery.seed,
            commit=commit,
            public=problem.lottery.public,
            tier=request.tier,
            no_shows=request.no_shows,
            last_time=request.last_time,
            ticket=problem.lottery.ticket(request.enterprise),
            place=place,
            of=len(order),
            round=rounds.get(request.enterprise, ""),
            booths=booths.get(request.enterprise, ()),
            waiting=waits.place if waits else 0,
            rule=waits.rule if waits else "",
            zh=waits.zh if waits else "",
            en=waits.en if waits else "",
            cut_off=cut_off,
            problem_hash=allocation.problem_hash,
            order_hash=order_hash,
            drawn_on=problem.lottery.drawn_on,
        )


def hash_of(problem: Problem, order: list[Request]) -> str:
    """Return the SHA-256 of all tickets in the published order, one a line."""
    lines = "".join(f"{problem.lottery.ticket(request.enterprise)}\n" for request in order)
    return hashlib.sha256(lines.encode()).hexdigest()


def _cut_off(problem: Problem, allocation: Allocation, order: list[Request]) -> CutOff | None:
    opened = {turn.enterprise for turn in allocation.turns if turn.round == OPEN}
    last = None
    for place, request in enumerate(order, 1):
        if request.enterprise in opened:
            ticket = problem.lottery.ticket(request.enterprise)
            last = CutOff(place, request.no_shows, request.last_time, ticket)
    return last
