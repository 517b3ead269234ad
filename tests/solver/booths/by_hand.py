"""What the published rules come to in a hall so small that all seatings can be looked at."""

from collections.abc import Iterator
from itertools import combinations

from solver.booths import Allocation, Grant, LastTime, Outcome, Problem, Request
from solver.booths.goals import score
from solver.booths.rules import RULES, judge_of

ALONE = ("count", "row", "one_enterprise", "size", "power", "network", "accessible", "zone", "avoided")
"""The rules on a seating as such; the others are about who is in it."""
LUCK = [LastTime.LEFT_OUT, LastTime.NOT_THERE, LastTime.ADMITTED]


def is_seating(problem: Problem, grants: tuple[Grant, ...]) -> bool:
    """Ask the judge whether these can stand like this, whoever else is admitted."""
    judged = judge_of(problem, Allocation(Outcome.GOOD, grants))
    return not any(True for rule in ALONE for _ in RULES[rule].check(judged))


class ByHand:
    """Looks at all seatings, and walks the order as docs/booths.md says."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.requests = {one.enterprise: one for one in problem.requests}
        self.rounds: dict[str, str] = {}
        self.spots = {name: list(self._spots(one)) for name, one in self.requests.items()}

    def _spots(self, request: Request) -> Iterator[tuple[str, ...]]:
        for spot in combinations([booth.code for booth in self.problem.booths], request.booths):
            fits = is_seating(self.problem, (Grant(request.enterprise, spot),))
            if set(spot) == set(request.booked) or (fits and not request.booked):
                yield spot

    def seatings(self, names: tuple[str, ...]) -> Iterator[tuple[Grant, ...]]:
        """Yield every way to seat all of them."""
        yield from self._grow(names, ())

    def _grow(self, names: tuple[str, ...], so_far: tuple[Grant, ...]) -> Iterator[tuple[Grant, ...]]:
        if not names:
            yield so_far
            return
        taken = {code for grant in so_far for code in grant.booths}
        for spot in self.spots[names[0]]:
            grown = (*so_far, Grant(names[0], spot))
            if taken.isdisjoint(spot) and is_seating(self.problem, grown):
                yield from self._grow(names[1:], grown)

    def admitted(self) -> dict[str, str]:
        """Return who is admitted by which round."""
        ticket = self.problem.lottery.ticket
        order = sorted(
            self.problem.requests,
            key=lambda one: (one.no_shows, LUCK.index(one.last_time), ticket(one.enterprise)),
        )
        self.rounds = {one.enterprise: "booked" for one in order if one.booked}
        for one in order:
            if one.admitted:
                self._admit(one, "told")
        for share in self.problem.shares:
            for one in order:
                if one.tier == share.tier and self._held(share.tier) + one.booths <= share.booths:
                    self._admit(one, f"share of {share.tier}")
        for one in order:
            if self._leaves_what_is_kept(one):
                self._admit(one, "open")
        return self.rounds

    def _admit(self, request: Request, name: str) -> None:
        everybody = (*self.rounds, request.enterprise)
        if request.enterprise not in self.rounds and any(True for _ in self.seatings(everybody)):
            self.rounds[request.enterprise] = name

    def _held(self, tier: str, *more: Request) -> int:
        seated = [*more, *(self.requests[name] for name in self.rounds)]
        return sum(one.booths for one in seated if one.tier == tier)

    def _leaves_what_is_kept(self, request: Request) -> bool:
        used = request.booths + sum(self.requests[name].booths for name in self.rounds)
        kept = (max(0, one.booths - self._held(one.tier, request)) for one in self.problem.shares if one.keep)
        return len(self.problem.booths) - used >= sum(kept)

    def cheapest(self, names: tuple[str, ...], previous: tuple[Grant, ...]) -> int:
        """Return the least that a seating of all of these costs."""
        return min(sum(score(self.problem, grants, previous).values()) for grants in self.seatings(names))
