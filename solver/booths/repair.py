"""Mends an allocation in force after withdrawals and late requests, with the fewest moves."""

import time
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from solver.answers import Sentence
from solver.booths.admission import Walk
from solver.booths.allocation import Allocation, Cancelled, Grant, Outcome
from solver.booths.closing import close, grants_of
from solver.booths.layout import Block
from solver.booths.options import Options
from solver.booths.prices import Prices
from solver.booths.problem import Problem, Weights
from solver.booths.rules import RULES, judge_of
from solver.booths.search import Search

ALONE = ("count", "row", "size", "power", "network", "accessible", "zone", "booked")
"""The rules by which somebody cannot stay where they were, whoever else is there."""
ONLY_MOVES = Weights(wishes=0, zones=0, spread=0, moves=1)
CHANGES: dict[str, Sentence] = {
    "withdrawn": ("{enterprise} 已退出", "{enterprise} has withdrawn"),
    "next": (
        "{enterprise} 按公布次序递补，次序第 {place}",
        "{enterprise} is next in the published order, number {place}",
    ),
    "room": (
        "{enterprise} 调整展位，使次序在先或已入选的企业都能安排",
        "{enterprise} changes booths so that all who are admitted can be seated",
    ),
    "out": (
        "{enterprise} 原展位已不可用，也没有其他合适展位",
        "{enterprise} cannot stay where it was, and no other booth suits",
    ),
}


@dataclass(frozen=True, slots=True)
class Change:
    """An enterprise that has other booths than before (none: no booths), and why, in two languages."""

    enterprise: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    rule: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Repair:
    """The mended allocation, what changed, and how few moves there could have been.

    It is an allocation of `problem`, in which everybody who had booths before counts as told so. `moves` are
    those who had booths and have others now; no legal allocation has fewer than `least_moves` of them.
    """

    problem: Problem
    allocation: Allocation
    changes: tuple[Change, ...]
    moves: int
    least_moves: int

    @property
    def proven(self) -> bool:
        """Whether no legal allocation has fewer moves."""
        return self.moves == self.least_moves


def repair(
    problem: Problem,
    in_force: Iterable[Grant],
    *,
    seconds: float = 10.0,
    seed: int = 1,
    cancelled: Cancelled | None = None,
) -> Repair:
    """Return the legal allocation nearest to the one in force.

    `problem` is as it is now: who has withdrawn is gone, who came late is there. Whoever has booths in force
    keeps their admission, then the published order goes on. Confirmed bookings (`booked`) stay; all others
    stay too if all who are to be admitted can be seated like that, and if not, the fewest move.
    Raises BrokenAllocationError if the judge finds a broken rule.
    """
    mender = _Mender(problem, tuple(in_force), time.monotonic() + seconds, seed, cancelled)
    allocation, least = mender.mend()
    changes = tuple(_changes(mender.before, allocation))
    moves = sum(bool(change.before and change.after) for change in changes)
    return Repair(mender.problem, allocation, changes, moves, least)


class _Mender:
    """Tries with everybody where they are; only if somebody would be left out by that, it moves some."""

    def __init__(
        self,
        problem: Problem,
        in_force: tuple[Grant, ...],
        until: float,
        seed: int,
        cancelled: Cancelled | None,
    ) -> None:
        """Find out who can stay where they are."""
        self.before = {grant.enterprise: grant for grant in in_force}
        self.problem = replace(
            problem,
            requests=tuple(
                replace(one, admitted=one.admitted or one.enterprise in self.before)
                for one in problem.requests
            ),
        )
        self._until, self._seed, self._cancelled = until, seed, cancelled
        self._must_go, self._can_stay = _assess(self.problem, in_force)

    def mend(self) -> tuple[Allocation, int]:
        """Return the mended allocation and the fewest moves that are needed."""
        staying, spots = self._search(self.problem, self._can_stay)
        everybody = Walk(Options(self.problem)).walk().rounds.keys()
        forced = len(self._must_go & spots.keys())
        if everybody <= spots.keys() and self._moves(spots) == forced:
            return self._close(staying, spots), forced
        moving, moved = self._search(replace(self.problem, weights=ONLY_MOVES), {})
        if moved.keys() <= spots.keys() and self._moves(spots) <= moving.bound:
            return self._close(staying, spots), moving.bound
        stay = {name: spot for name, spot in self._can_stay.items() if moved.get(name) == spot}
        return self._close(*self._search(self.problem, stay)), moving.bound

    def _moves(self, spots: Mapping[str, Block]) -> int:
        """Return how many have other booths than before."""
        grants = grants_of(self.problem, spots)
        had = {name: set(grant.booths) for name, grant in self.before.items()}
        return sum(one.enterprise in had and had[one.enterprise] != set(one.booths) for one in grants)

    def _search(self, problem: Problem, held: Mapping[str, Block]) -> tuple[Search, dict[str, Block]]:
        options = Options(problem, held)
        search = Search(
            options,
            Prices(options, self.before.values()),
            seed=self._seed,
            seconds=max(0.0, self._until - time.monotonic()),
            cancelled=self._cancelled or (lambda: False),
        )
        return search, search.run()

    def _close(self, search: Search, spots: Mapping[str, Block]) -> Allocation:
        """Close a search; the bound of a search in which some were held says nothing of other allocations."""
        found = close(self.problem, search, spots, tuple(self.before.values()))
        outcome = Outcome.GOOD if found.outcome is Outcome.PROVEN and found.cost else found.outcome
        return replace(found, outcome=outcome, bound=0)


def _assess(problem: Problem, in_force: Iterable[Grant]) -> tuple[set[str], dict[str, Block]]:
    """Return who cannot keep their booths, and the booths of all others who are at odds with nobody."""
    place = {booth.code: number for number, booth in enumerate(problem.booths)}
    requests = {request.enterprise: request for request in problem.requests}
    booked = {code: one.enterprise for one in problem.requests for code in one.booked}
    asked = [grant for grant in in_force if grant.enterprise in requests]
    there = [grant for grant in asked if place.keys() >= set(grant.booths)]
    judged = judge_of(problem, Allocation(Outcome.GOOD, tuple(there)))
    must_go = {grant.enterprise for grant in asked} - {grant.enterprise for grant in there}
    must_go |= {
        grant.enterprise
        for grant in there
        if any(booked.get(code, grant.enterprise) != grant.enterprise for code in grant.booths)
    }
    must_go |= {str(facts["enterprise"]) for rule in ALONE for facts in RULES[rule].check(judged)}
    at_odds = {str(facts[who]) for facts in RULES["avoided"].check(judged) for who in ("enterprise", "other")}
    return must_go, {
        grant.enterprise: tuple(sorted(place[code] for code in grant.booths))
        for grant in there
        if grant.enterprise not in must_go | at_odds and not requests[grant.enterprise].booked
    }


def _changes(before: Mapping[str, Grant], allocation: Allocation) -> Iterator[Change]:
    """Yield everybody who has other booths than before, in the published order, those withdrawn last."""
    after = {grant.enterprise: grant.booths for grant in allocation.grants}
    places = {turn.enterprise: turn.place for turn in allocation.turns}
    for name in [*places, *(name for name in before if name not in places)]:
        had, has = before[name].booths if name in before else (), after.get(name, ())
        if set(had) != set(has):
            rule = _why(had, has, known=name in places)
            zh, en = (text.format(enterprise=name, place=places.get(name, 0)) for text in CHANGES[rule])
            yield Change(name, had, has, rule, zh, en)


def _why(had: Collection[str], has: Collection[str], *, known: bool) -> str:
    if not known:
        return "withdrawn"
    if not had:
        return "next"
    return "room" if has else "out"
