"""Keeps the best legal plan, what is proven about the cost of any plan, and who is told about it."""

import time
from collections.abc import Callable, Collection, Iterable, Mapping

from solver.search import Limits
from solver.timetable.construct import make_room, place_cheapest
from solver.timetable.goals import score
from solver.timetable.ledger import Ledger
from solver.timetable.model import left_out_price
from solver.timetable.solution import OnProgress, Placement, Progress

NO_LIMIT = 1e6


class Board:
    """The incumbent plan and its bound; nothing is written here that breaks a hard rule."""

    def __init__(  # noqa: PLR0913 - handed on from the one door
        self,
        ledger: Ledger,
        seconds: float,
        *,
        by_work: bool = False,
        previous: Iterable[Placement] = (),
        on_progress: OnProgress | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> None:
        """Start the clock with an empty plan; by work, it runs on what the search reports, not on time."""
        self.ledger = ledger
        self.previous = tuple(previous)
        self.bound = _trivial_bound(ledger)
        self.first_seconds: float | None = None
        self._began = time.monotonic()
        self.limit = seconds
        self.by_work = by_work
        self.work = 0.0
        self._on_progress = on_progress
        self._cancelled = cancelled or (lambda: False)
        self.cost = self._score()

    @property
    def elapsed(self) -> float:
        """Seconds since the search began."""
        return time.monotonic() - self._began

    @property
    def left(self) -> float:
        """Seconds (or units of work) until time is up, never negative."""
        return max(0.0, self.limit - (self.work if self.by_work else self.elapsed))

    def limits(self, amount: float, seed: int) -> Limits:
        """Return the limits of a search that may take so many seconds, or so much work, of what is left."""
        return Limits(NO_LIMIT, seed, amount) if self.by_work else Limits(amount, seed)

    def count_work(self, work: float) -> None:
        """Let the clock of a repeatable search run on."""
        self.work += work

    @property
    def plan(self) -> Mapping[str, Placement]:
        """The best plan so far."""
        return self.ledger.placed

    @property
    def solved(self) -> bool:
        """Whether nothing cheaper can exist."""
        return self.cost <= self.bound

    def stop(self) -> bool:
        """Tell whether to stop: time is up, or the caller has had enough."""
        return self.left <= 0 or self._cancelled()

    @property
    def was_cancelled(self) -> bool:
        """Whether the caller asked to stop."""
        return self._cancelled()

    def note_first_plan(self) -> None:
        """Remember when a complete legal plan was there."""
        self.cost = self._score()
        self.first_seconds = self.elapsed

    def raise_bound(self, bound: int) -> None:
        """Keep the highest cost below which no plan is known to exist."""
        self.bound = max(self.bound, min(bound, self.cost))

    def tell(self, stage: str) -> None:
        """Let the listener know where the search stands."""
        if self._on_progress:
            self._on_progress(Progress(self.elapsed, len(self.plan), self.cost, self.bound, stage))

    def adopt(self, answer: Iterable[Placement], free: Collection[str]) -> bool:
        """Move the free events to where an answer has them if that is legal and no dearer.

        What no longer fits there goes to its cheapest free place, unless leaving it out costs less. Returns
        whether the plan became cheaper.
        """
        before, cost_before = dict(self.plan), self.cost
        for event_id in free:
            if event_id in self.plan:
                self.ledger.remove(event_id)
        for placement in answer:
            if placement.event in free and not self.ledger.place_if_fits(placement):
                self.ledger.place_at(placement.event, placement.start)
        self.cost = self._score()
        self._house_if_cheaper([event_id for event_id in free if event_id not in self.plan])
        if self.cost > cost_before:
            self.ledger.restore(before)
            self.cost = cost_before
        return self.cost < cost_before

    def _house_if_cheaper(self, homeless: Collection[str]) -> None:
        """Look for places for events; where all the places would cost more than none, everything stays."""
        if not homeless:
            return
        before, cost_before = dict(self.plan), self.cost
        self._house(homeless)
        self.cost = self._score()
        if self.cost > cost_before:
            self.ledger.restore(before)
            self.cost = cost_before

    def _house(self, homeless: Iterable[str]) -> None:
        events = {event_id: self.ledger.choices[event_id].event for event_id in homeless}
        for event_id in sorted(events, key=lambda event_id: (-events[event_id].priority, event_id)):
            if not place_cheapest(self.ledger, event_id):
                make_room(self.ledger, event_id)

    def _score(self) -> int:
        return sum(score(self.ledger.problem, self.plan.values(), self.previous).values())


def _trivial_bound(ledger: Ledger) -> int:
    """Add up what each event costs at the very least, were it alone in the world."""
    return sum(least_cost(ledger, event_id) for event_id in ledger.choices)


def least_cost(ledger: Ledger, event_id: str) -> int:
    """Return the cheapest start plus the cheapest venues, or the price of leaving the event out."""
    choice = ledger.choices[event_id]
    out = left_out_price(ledger.problem.weights.left_out, choice.event)
    if not choice.start_costs:
        return out
    venues = sum(min(eligible.values()) for eligible in choice.needs)
    return min(out, min(choice.start_costs.values()) + venues)
