"""The exact model of a few events among many: who must lose a place, who must move, and at what price.

Free events may go anywhere. Bystanders stay where they are in force; one that may move can also leave, for
the price of one move and for a place that the model does not know. So every legal plan of the whole problem
is a plan of this model that asks no more of people: its optimum is a lower bound for the whole. And an
optimum in which no bystander leaves is itself a plan of the whole problem: then it is the best of all.
"""

import time
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from solver.search import Limits, search
from solver.timetable.model import EventChoice, TimetableModel
from solver.timetable.model.frame import Literal, Term, weighted
from solver.timetable.problem import Problem
from solver.timetable.solution import Placement


@dataclass(frozen=True, slots=True)
class Toll:
    """What a plan asks of people, compared in this order: the smaller, the better.

    Events in force without a place, then new events without one, each counted 1, 5, 25 or 125 by priority;
    then events that move; then how many of these are published.
    """

    dropped: int = 0
    unplaced: int = 0
    moves: int = 0
    published: int = 0


@dataclass(frozen=True, slots=True)
class Level:
    """One part of the toll as a sum of variables, and the least it can be for sure."""

    terms: Sequence[Term]
    constant: int = 0
    least: int = 0

    def value(self, values: Sequence[int]) -> int:
        """Return what the part is in a plan, given as one value per variable."""
        return self.constant + sum(values[literal.index] * count for literal, count in self.terms)


@dataclass(frozen=True, slots=True)
class Question:
    """The problem of some events: where they stand in force, which are free, which may move, which must.

    Events that are free but may not move are in the problem with no other choice than where they stand.
    `most_moves` is the budget (None: any).
    """

    problem: Problem
    standing: Mapping[str, Placement]
    free: Collection[str]
    movable: Collection[str]
    must_move: Collection[str]
    most_moves: int | None = None


class FewestModel:
    """Settles one part of the toll after the other, and the cost at last."""

    def __init__(self, question: Question, *, seed: int, deadline: float) -> None:
        """Build the model; `deadline` is a moment of the monotonic clock."""
        self._question = question
        kept = question.standing
        self._frame = TimetableModel(question.problem, kept.values(), keep=kept)
        self._seed, self._deadline = seed, deadline
        self._values: Sequence[int] | None = None
        self.proven = True
        choices = self._frame.choices
        self._bystanders = {name: choices[name].out for name in kept if name not in question.free}
        self._movers = {name: self._moved(name) for name in kept if name in question.movable}
        if question.most_moves is not None:
            level = self._level(self._movers)
            self._frame.model.add(weighted(list(level.terms)) <= question.most_moves - level.constant)

    def settle(self) -> Toll | None:
        """Return the least toll, or None if time is up before any plan is known."""
        dropped, unplaced, moves, published = self._toll()
        if self._least(dropped) is None or self._values is None:
            return None
        sure = len(self._question.must_move) if not dropped.value(self._values) else 0
        for level in (unplaced, Level(moves.terms, moves.constant, sure), published, self._leaving()):
            self._least(level)
        return Toll(*(level.value(self._values) for level in (dropped, unplaced, moves, published)))

    def leaving(self) -> list[str]:
        """Return the bystanders that leave their places in the plan found."""
        values = self._values or ()
        return [name for name, out in self._bystanders.items() if values and values[out.index]]

    def hold(self) -> None:
        """Let no bystander leave: every plan found from now on is a plan of the whole problem."""
        for out in self._bystanders.values():
            self._frame.model.add(out == 0)

    def cheapest(self) -> list[Placement]:
        """Return the cheapest plan found of the settled toll, bystanders included."""
        self.hold()
        self._least(Level(self._frame.terms, least=-1))
        return self._frame.read(self._values or ())

    def _toll(self) -> tuple[Level, Level, Level, Level]:
        events = {event.id: event for event in self._question.problem.events}
        lost: dict[bool, list[Term]] = {True: [], False: []}
        for name, choice in self._frame.choices.items():
            if name not in self._bystanders or name not in self._question.movable:
                lost[name in self._question.standing].append((choice.out, 5 ** events[name].priority))
        published = {name: moved for name, moved in self._movers.items() if events[name].published}
        return Level(lost[True]), Level(lost[False]), self._level(self._movers), self._level(published)

    def _leaving(self) -> Level:
        return Level([(out, 1) for out in self._bystanders.values()])

    def _level(self, movers: Mapping[str, Level]) -> Level:
        terms = [term for moved in movers.values() for term in moved.terms]
        return Level(terms, sum(moved.constant for moved in movers.values()))

    def _moved(self, name: str) -> Level:
        """Return 1 for an event that stands elsewhere: neither without a place nor where it is in force."""
        choice = self._frame.choices[name]
        if name in self._bystanders:
            return Level([(choice.out, 1)])
        stays = self._stays(choice, self._question.standing[name])
        return Level([(choice.out, -1), *((literal, -1) for literal in stays)], 1)

    def _stays(self, choice: EventChoice, before: Placement) -> Iterable[Literal]:
        """Return the variable that is true exactly if the event stays; none if it cannot."""
        start = choice.starts.get(before.start)
        venues = [
            literals.get((before.start, venue))
            for venue, literals in zip(before.venues, choice.venues, strict=False)
        ]
        known = [literal for literal in (start, *venues) if literal is not None]
        if len(before.venues) != len(choice.venues) or len(known) <= len(venues):
            return []
        if len(venues) <= 1:
            return known[-1:]
        stays: Literal = self._frame.model.new_bool_var("")
        self._frame.model.add_bool_and(known).only_enforce_if(stays)
        return [stays]

    def _least(self, level: Level) -> int | None:
        """Make the level as small as it can be and keep it so; return its value, None if nothing is known."""
        if self._values is None or level.value(self._values) > level.least:
            self._search(level)
        if self._values is None:
            return None
        value = level.value(self._values)
        if level.terms:
            self._frame.model.add(weighted(list(level.terms)) <= value - level.constant)
        return value

    def _search(self, level: Level) -> None:
        model = self._frame.model
        model.minimize(weighted(list(level.terms)) if level.terms else 0)
        if self._values is not None:
            model.clear_hints()  # type: ignore[no-untyped-call]
            for index, value in enumerate(self._values):
                model.add_hint(model.get_int_var_from_proto_index(index), value)
        limits = Limits(max(0.0, self._deadline - time.monotonic()), self._seed)
        answer = search(model, limits)
        self.proven = self.proven and answer.proven
        if answer.values is not None:
            self._values = answer.values
