"""What every rule and every goal writes into: the decisions of a model, its constraints and its prices."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from ortools.sat.python import cp_model

from solver.timetable.event import Event
from solver.timetable.model.sorts import sorts_of_venues
from solver.timetable.options import EventOptions, Options
from solver.timetable.problem import Problem
from solver.timetable.pruning import alike_venues, venues_to_consider
from solver.timetable.solution import Placement

Literal = cp_model.IntVar
Term = tuple[Literal, int]
"""A variable and what each unit of it counts."""


@dataclass(frozen=True, slots=True)
class EventChoice:
    """The decisions about one event: left out, or one start and per need one venue at that start."""

    options: EventOptions
    out: Literal
    starts: dict[int, Literal]
    venues: tuple[dict[tuple[int, str], Literal], ...]


class Frame:
    """The decisions about every event, and the few ways in which rules and goals speak about them.

    `to_be_had` holds those venues of which a shortened model assumes that they are always free, as
    (event, number of the need, start, venue). `excesses` and `moves` are the variables that follow from the
    decisions, kept for whoever hints a plan: an excess is what its terms add up to, or 0 if that is less.
    """

    def __init__(
        self,
        problem: Problem,
        previous: Iterable[Placement],
        shortlist: int | None,
        elsewhere: Mapping[str, int] | None,
        keep: Collection[str],
    ) -> None:
        """Make one variable for each start of each event, and for each venue worth considering at it."""
        self.problem = problem
        self.options = Options(problem)
        self.model = cp_model.CpModel()
        self.previous = {placement.event: placement for placement in previous}
        self.elsewhere = elsewhere or {}
        self.terms: list[Term] = []
        self.excesses: list[tuple[Literal, list[Term], int]] = []
        self.moves: list[tuple[Literal, EventChoice]] = []
        self._events = {event.id: self.options.of(event) for event in problem.events}
        priced = {event.id for event in problem.events if event.move_cost and event.id in self.previous}
        priced |= set(keep)
        self._sorts = sorts_of_venues(problem, self._events)
        self._worthwhile = venues_to_consider(self.options, self._events, priced, self._sorts)
        self.to_be_had = self._shorten(shortlist, priced) if shortlist is not None else set()
        self.choices = {event.id: self._choose(event) for event in problem.events}

    def by_slot(self, choice: EventChoice) -> dict[int, list[Literal]]:
        """Return for each slot the starts with which the event takes place then."""
        slots: defaultdict[int, list[Literal]] = defaultdict(list)
        for start, literal in choice.starts.items():
            for slot in self.options.occupied(choice.options.event, start):
                slots[slot].append(literal)
        return slots

    def price(self, literal: Literal, cost: int) -> None:
        """Let each unit of a variable cost so much."""
        if cost:
            self.terms.append((literal, cost))

    def price_excess(self, terms: list[Term], constant: int, most: int, cost: int) -> None:
        """Let each unit by which terms and a constant add up to more than 0, at most `most`, cost so much."""
        excess = self.model.new_int_var(0, most, "")
        self.model.add(excess >= weighted(terms) + constant)
        self.price(excess, cost)
        self.excesses.append((excess, terms, constant))

    def at_most_one(self, literals: list[Literal]) -> None:
        """Forbid that two of these are true."""
        if len(literals) > 1:
            self.model.add_at_most_one(literals)

    def at_most(self, terms: list[Term], most: int) -> None:
        """Forbid that the terms add up to more than `most`, unless they never can."""
        if sum(count for _, count in terms) > most:
            self.model.add(weighted(terms) <= most)

    def _shorten(self, shortlist: int, keep: Collection[str]) -> set[tuple[str, int, int, str]]:
        """Keep the cheapest venues of each sort and one more, and return those one-mores."""
        last: set[tuple[str, int, int, str]] = set()
        for (event_id, place), by_start in self._worthwhile.items():
            for start, venues in by_start.items() if event_id not in keep else ():
                kept: set[str] = set()
                for alike in alike_venues(venues, self._sorts.get(event_id)):
                    kept.update(alike[: shortlist + 1])
                    last.update((event_id, place, start, venue) for venue in alike[shortlist : shortlist + 1])
                by_start[start] = [venue for venue in venues if venue in kept]
        return last

    def _choose(self, event: Event) -> EventChoice:
        options = self._events[event.id]
        starts = {start: self.model.new_bool_var("") for start in options.start_costs}
        venues = tuple(self._choose_venue(event, starts, place) for place in range(len(event.needs)))
        return EventChoice(options, self.model.new_bool_var(""), starts, venues)

    def _choose_venue(
        self, event: Event, starts: dict[int, Literal], place: int
    ) -> dict[tuple[int, str], Literal]:
        choice = {}
        for start, venues in self._worthwhile[event.id, place].items():
            for venue in venues:
                choice[start, venue] = starts[start] if len(venues) == 1 else self.model.new_bool_var("")
        return choice


def weighted(terms: list[Term]) -> cp_model.LinearExprT:
    """Return the sum of each variable times its count."""
    return cp_model.LinearExpr.weighted_sum([term[0] for term in terms], [term[1] for term in terms])
