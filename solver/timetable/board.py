"""Keeps the best legal plan, what is proven about the cost of any plan, and who is told about it."""

import time
from collections.abc import Callable, Collection, Iterable, Mapping

from solver.search import Limits
from solver.timetable.construct import make_room, place_cheapest
from solver.timetable.goals import score, weight_left_out
from solver.timetable.ledger import Ledger
from solver.timetable.model import left_out_price
from solver.timetable.solution import OnProgress, Placement, Progress

NO_LIMIT = 1e6


class Board:
    """The incumbent plan and what is proven about any plan; nothing is written here that breaks a hard rule.

    Plans are compared by `standing`: who is left out comes first, cost only between plans that leave out
    as little. So `least_out` bounds who must be left out, and `bound` the cost of any plan that leaves out no
    more than this one.
    """

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
        self.least_out = _nowhere_to_go(ledger, ledger.choices)
        self.first_seconds: float | None = None
        self._began = time.monotonic()
        self.limit = seconds
        self.by_work = by_work
        self.work = 0.0
        self._on_progress = on_progress
        self._cancelled = cancelled or (lambda: False)
        self.standing = self._judge()

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
    def out(self) -> int:
        """What the plan leaves out: each event counts 1, 5, 25 or 125 by its priority."""
        return self.standing[0]

    @property
    def cost(self) -> int:
        """What the plan costs."""
        return self.standing[1]

    @property
    def settled(self) -> bool:
        """Whether no plan can leave out less."""
        return self.out <= self.least_out

    @property
    def solved(self) -> bool:
        """Whether nothing better can exist."""
        return self.settled and self.cost <= self.bound

    def stop(self) -> bool:
        """Tell whether to stop: time is up, or the caller has had enough."""
        return self.left <= 0 or self._cancelled()

    @property
    def was_cancelled(self) -> bool:
        """Whether the caller asked to stop."""
        return self._cancelled()

    def note_first_plan(self) -> None:
        """Remember when a complete legal plan was there."""
        self.standing = self._judge()
        self.first_seconds = self.elapsed

    def raise_least_out(self, parts: Mapping[frozenset[str], int]) -> None:
        """Add up what groups of events must leave out at least; of the others only who can stand nowhere."""
        others = self.ledger.choices.keys() - frozenset[str]().union(*parts)
        proven = sum(parts.values()) + _nowhere_to_go(self.ledger, others)
        self.least_out = max(self.least_out, min(proven, self.out))

    def raise_bound(self, bound: int) -> None:
        """Keep the highest cost below which no plan that leaves out as little is known to exist."""
        self.bound = max(self.bound, min(bound, self.cost))

    def tell(self, stage: str) -> None:
        """Let the listener know where the search stands."""
        if self._on_progress:
            self._on_progress(Progress(self.elapsed, len(self.plan), self.cost, self.bound, stage))

    def adopt(self, answer: Iterable[Placement], free: Collection[str]) -> bool:
        """Move the free events to where an answer has them if that is legal and no worse.

        What no longer fits there goes to its cheapest free place. Returns whether the plan became better.
        """
        before, stood = dict(self.plan), self.standing
        for event_id in free:
            if event_id in self.plan:
                self.ledger.remove(event_id)
        for placement in answer:
            if placement.event in free and not self.ledger.place_if_fits(placement):
                self.ledger.place_at(placement.event, placement.start)
        self._house([event_id for event_id in free if event_id not in self.plan])
        self.standing = self._judge()
        if self.standing > stood:
            self.ledger.restore(before)
            self.standing = stood
        return self.standing < stood

    def _house(self, homeless: Iterable[str]) -> None:
        events = {event_id: self.ledger.choices[event_id].event for event_id in homeless}
        for event_id in sorted(events, key=lambda event_id: (-events[event_id].priority, event_id)):
            if not place_cheapest(self.ledger, event_id):
                make_room(self.ledger, event_id)

    def _judge(self) -> tuple[int, int]:
        costs = score(self.ledger.problem, self.plan.values(), self.previous)
        return weight_left_out(self.ledger.problem, self.plan), sum(costs.values())


def _trivial_bound(ledger: Ledger) -> int:
    """Add up what each event costs at the very least, were it alone in the world."""
    return sum(least_cost(ledger, event_id) for event_id in ledger.choices)


def _nowhere_to_go(ledger: Ledger, event_ids: Iterable[str]) -> int:
    """Count those who could not stand anywhere, were they alone in the world."""
    choices = (ledger.choices[event_id] for event_id in event_ids)
    return sum(left_out_price(1, choice.event) for choice in choices if not choice.start_costs)


def least_cost(ledger: Ledger, event_id: str) -> int:
    """Return the cheapest start plus the cheapest venues, or the price of leaving the event out."""
    choice = ledger.choices[event_id]
    out = left_out_price(ledger.problem.weights.left_out, choice.event)
    if not choice.start_costs:
        return out
    venues = sum(min(eligible.values()) for eligible in choice.needs)
    return min(out, min(choice.start_costs.values()) + venues)
