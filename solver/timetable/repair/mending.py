"""Looks for the fewest moves that make a plan legal again, from the damage outwards.

The search never looks at the whole plan. It begins with the events that the change has hit and asks, by an
exact model of these and of everybody they could meet (`fewest`), what the least toll is if whoever is in
the way may leave for nowhere, at the price of a move. Those who leave join the free events, and the question
is asked again, until nobody leaves: then the answer is a plan of the whole problem and a lower bound for the
whole at once. Usually the first answer is it, because each event that was hit must move at least once.
"""

import time
from collections.abc import Callable, Collection, Mapping, Set
from dataclasses import dataclass, field, replace

from solver.timetable.event import Event
from solver.timetable.options import Options, staying
from solver.timetable.problem import Problem
from solver.timetable.repair.budget import Budget
from solver.timetable.repair.damage import Damage
from solver.timetable.repair.fewest import FewestModel, Question, Toll
from solver.timetable.repair.surroundings import Surroundings
from solver.timetable.solution import Placement

ALONE = frozenset(
    {"complete", "window", "lead_time", "pin", "venue_kind", "venue_capacity", "venue_features"}
    | {"venue_region", "venue_open", "venue_closed"}
)
"""Rules that concern one event alone: who breaks one where it stands cannot stay, whatever the others do."""
CLOSING_SHARE = 0.3
"""Part of the time that is kept for a plan in which nobody else leaves, should the proof take too long."""


@dataclass(frozen=True, slots=True)
class Mended:
    """Where everybody stands now; the `toll` of this plan, and the `least` toll of any plan.

    `question` is the last one asked, from which the reasons for what has no place can be read.
    """

    plan: Mapping[str, Placement]
    toll: Toll
    least: Toll
    question: Question


@dataclass(slots=True)
class Mender:
    """Repairs one problem, whose `in_force` is the plan that was damaged, under one budget or another."""

    problem: Problem
    damage: Damage
    wanted: Collection[str]
    seed: int
    stop_at: float
    cancelled: Callable[[], bool]
    surroundings: Surroundings = field(init=False)

    def __post_init__(self) -> None:
        """Look up once who holds what."""
        self.surroundings = Surroundings(Options(self.problem), self.damage.standing)

    def mend(self, budget: Budget) -> Mended:
        """Return the plan with the least toll within a budget, or the best one that time allows."""
        free = {*self.damage.broken, *self.wanted}
        deadline = self.stop_at - CLOSING_SHARE * max(0.0, self.stop_at - time.monotonic())
        least = Toll()
        while True:
            question = self._question(free, budget)
            model = FewestModel(question, seed=self.seed, deadline=deadline)
            toll = None if self.cancelled() else model.settle()
            if toll and model.proven:
                least = toll
            leaving = model.leaving()
            if toll and not leaving:
                return Mended(self._all(model.cheapest(), free), toll, least, question)
            if toll is None or time.monotonic() > deadline:
                return self._without_proof(question, least)
            free |= set(leaving)

    def _without_proof(self, question: Question, least: Toll) -> Mended:
        """Return the best plan in which nobody but the free events moves, or all that needs no search."""
        model = FewestModel(question, seed=self.seed, deadline=self.stop_at)
        model.hold()
        toll = None if self.cancelled() else model.settle()
        if toll:
            return Mended(self._all(model.cheapest(), question.free), toll, least, question)
        events, standing = self.surroundings.events, self.damage.standing
        dropped = sum(5 ** events[name].priority for name in self.damage.broken)
        unplaced = sum(5 ** events[name].priority for name in self.wanted)
        untouched = [standing[name] for name in question.free if name in standing.keys() - self.damage.broken]
        return Mended(self._all(untouched, question.free), Toll(dropped, unplaced), least, question)

    def _all(self, found: Collection[Placement], free: Collection[str]) -> Mapping[str, Placement]:
        """Return the placements of the whole problem: only the free events may have changed."""
        plan = {name: place for name, place in self.damage.standing.items() if name not in free}
        return plan | {placement.event: placement for placement in found if placement.event in free}

    def _question(self, free: Collection[str], budget: Budget) -> Question:
        events, standing = self.surroundings.events, self.damage.standing
        names = sorted({*free, *self.surroundings.bystanders(free)})
        fixed = {placement.event for placement in staying(budget.applied(self.problem))}
        movable = {
            name for name in names if name in standing and name not in fixed and budget.covers(events[name])
        }
        going = {name for name in free if name in movable or name not in standing}
        venues = self.surroundings.options.venues.keys()
        concerned = [
            events[name] if name in going else held(events[name], standing[name], venues) for name in names
        ]
        must_move = {
            name
            for name, breaches in self.damage.broken.items()
            if name in movable and any(breach.rule in ALONE for breach in breaches)
        }
        problem = budget.applied(self.surroundings.cut(concerned))
        kept = {name: standing[name] for name in names if name in standing}
        return Question(problem, kept, frozenset(free), movable, must_move, budget.most_moves)


def held(event: Event, placement: Placement, venues: Set[str]) -> Event:
    """Return the event with no other choice than its place in force; with none if it cannot be there."""
    fits = len(placement.venues) == len(event.needs) and venues >= set(placement.venues)
    fits = fits and event.pin_start in {None, placement.start}
    fits = fits and event.pin_venues in {(), placement.venues}
    fits = fits and (event.starts is None or placement.start in event.starts)
    if not fits:
        return replace(event, starts=frozenset())
    return replace(event, starts=frozenset({placement.start}), pin_venues=placement.venues)
