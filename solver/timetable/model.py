"""The CP-SAT model of one planning problem: one method for each hard rule and each goal."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ortools.sat.python import cp_model

from solver.timetable.conflicts import conflict_masks, cover_by_cliques, groups_of
from solver.timetable.event import Event
from solver.timetable.options import EventOptions, Options
from solver.timetable.problem import Problem
from solver.timetable.pruning import venues_to_consider
from solver.timetable.solution import Placement

Literal = cp_model.IntVar


@dataclass(frozen=True, slots=True)
class EventChoice:
    """The decisions about one event: left out, or one start and per need one venue at that start."""

    options: EventOptions
    out: Literal
    starts: dict[int, Literal]
    venues: tuple[dict[tuple[int, str], Literal], ...]


class TimetableModel:
    """Variables and constraints of a problem; `read` turns values back into placements."""

    def __init__(
        self,
        problem: Problem,
        previous: Iterable[Placement] = (),
        *,
        shortlist: int | None = None,
        elsewhere: Mapping[str, int] | None = None,
    ) -> None:
        """Build the whole model; previous placements price moves.

        Two ways make it easier than the problem, so that its bound holds but its plan may not. With a
        `shortlist` of n an event competes for its n cheapest venues only, and the next one is always to be
        had. An event of which `elsewhere` knows may stay without a place at that price.
        """
        self.problem = problem
        self.options = Options(problem)
        self.model = cp_model.CpModel()
        self.previous = {placement.event: placement for placement in previous}
        self.elsewhere = elsewhere or {}
        self._terms: list[tuple[Literal, int]] = []
        self.excesses: list[tuple[Literal, list[Literal]]] = []
        self.moves: list[tuple[Literal, EventChoice]] = []
        self._events = {event.id: self.options.of(event) for event in problem.events}
        priced = {event.id for event in problem.events if event.move_cost and event.id in self.previous}
        self._worthwhile = venues_to_consider(self.options, self._events, priced)
        self._to_be_had = self._shorten(shortlist, priced) if shortlist is not None else set()
        self.choices = {event.id: self._choose(event) for event in problem.events}
        self._place_each_event_once()
        self._meet_every_need()
        self._one_event_per_venue()
        self._one_place_per_attendee()
        self._enough_crews()
        self._keep_precedence()
        self._price_choices()
        self._price_rivals()
        self.model.minimize(_sum(self._terms))

    def _shorten(self, shortlist: int, keep: Collection[str]) -> set[tuple[str, int, int, str]]:
        """Keep the cheapest venues and one more, and return those one-mores."""
        last = set()
        for (event_id, place), by_start in self._worthwhile.items():
            for start, venues in by_start.items():
                if event_id not in keep and len(venues) > shortlist:
                    by_start[start] = venues[: shortlist + 1]
                    last.add((event_id, place, start, venues[shortlist]))
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

    def _place_each_event_once(self) -> None:
        """An event has one start or is left out."""
        for choice in self.choices.values():
            self.model.add_exactly_one([choice.out, *choice.starts.values()])

    def _meet_every_need(self) -> None:
        """An event that starts has one venue for each need."""
        for choice in self.choices.values():
            for venues in choice.venues:
                by_start = defaultdict(list)
                for (start, _), literal in venues.items():
                    by_start[start].append(literal)
                for start, literals in by_start.items():
                    if literals != [choice.starts[start]]:
                        self.model.add(sum(literals) == choice.starts[start])

    def _one_event_per_venue(self) -> None:
        """Whatever holds a venue at the moment something begins to hold it: at most one of these."""
        held: defaultdict[str, defaultdict[tuple[int, int], list[Literal]]]
        held = defaultdict(lambda: defaultdict(list))
        for event_id, choice in self.choices.items():
            for place, venues in enumerate(choice.venues):
                for (start, venue), literal in venues.items():
                    if (event_id, place, start, venue) in self._to_be_had:
                        continue
                    held[venue][self.options.held(choice.options.event, start)].append(literal)
        for intervals in held.values():
            for meanwhile in overlapping(intervals):
                self._at_most_one(meanwhile)

    def _one_place_per_attendee(self) -> None:
        """Of events that share an attendee at most one takes place in each slot."""
        numbers = {event.id: number for number, event in enumerate(self.problem.events)}
        busy = [self._by_slot(self.choices[event]) for event in numbers]
        spans = [sum(1 << slot for slot in slots) for slots in busy]
        groups = groups_of((attendee.events for attendee in self.problem.attendees), numbers)
        for clique in cover_by_cliques(conflict_masks(groups, spans)):
            meanwhile: defaultdict[int, list[Literal]] = defaultdict(list)
            for number in clique:
                for slot, literals in busy[number].items():
                    meanwhile[slot] += literals
            for literals in meanwhile.values():
                self._at_most_one(literals)

    def _enough_crews(self) -> None:
        """In each slot the events that call for crews of some size find as many of at least that size."""
        for pool in self.problem.crew_pools:
            needs = [
                (choice, choice.options.event.crew)
                for choice in self.choices.values()
                if choice.options.event.crew and choice.options.event.crew.pool == pool.id
            ]
            for size in sorted({need.size for _, need in needs}):
                demand: defaultdict[int, list[tuple[Literal, int]]] = defaultdict(list)
                for choice, need in needs:
                    if need.size >= size:
                        for slot, literals in self._by_slot(choice).items():
                            demand[slot] += [(literal, need.count) for literal in literals]
                able = [crew for crew in pool.crews if crew.size >= size]
                for slot, terms in demand.items():
                    day = self.problem.calendar.day(slot)
                    present = sum(day not in crew.away_days for crew in able)
                    self._at_most(terms, present)

    def _keep_precedence(self) -> None:
        """Two events in order start far enough, and not too far, apart when both are placed."""
        for precedence in self.problem.precedences:
            first, then = self.choices[precedence.first], self.choices[precedence.then]
            distance = _sum(_start_of(then, 1) + _start_of(first, -1))
            both = [first.out.negated(), then.out.negated()]
            self.model.add(distance >= precedence.least_slots).only_enforce_if(both)
            if precedence.most_slots is not None:
                self.model.add(distance <= precedence.most_slots).only_enforce_if(both)

    def _price_choices(self) -> None:
        """Price each start and venue, leaving out, and moving away from the previous plan."""
        weights = self.problem.weights
        for choice in self.choices.values():
            event = choice.options.event
            out = left_out_price(weights.left_out, event)
            self._price(choice.out, min(out, self.elsewhere.get(event.id, out)))
            for start, literal in choice.starts.items():
                self._price(literal, choice.options.start_costs[start])
            for eligible, venues in zip(choice.options.needs, choice.venues, strict=True):
                for (_, venue), literal in venues.items():
                    self._price(literal, eligible[venue])
            self._price_move(choice, weights.stability * event.move_cost)

    def _price_move(self, choice: EventChoice, price: int) -> None:
        """Price being placed elsewhere than in the previous plan."""
        before = self.previous.get(choice.options.event.id)
        if before is None or not price:
            return
        moved = self.model.new_bool_var("")
        self._price(moved, price)
        self.moves.append((moved, choice))
        stays = [choice.starts.get(before.start)]
        stays += [
            venues.get((before.start, venue))
            for venue, venues in zip(before.venues, choice.venues, strict=False)
        ]
        stays += [None] * (len(before.venues) != len(choice.venues))  # what it needs has changed since
        for stay in stays:
            self.model.add_bool_or([moved, choice.out] if stay is None else [moved, choice.out, stay])

    def _price_rivals(self) -> None:
        """Price each event beyond the first of one theme in one area on one day."""
        weight = self.problem.weights.rivals
        rivals: defaultdict[tuple[str, str, int], dict[str, list[Literal]]] = defaultdict(dict)
        for event_id, choice in self.choices.items():
            event = choice.options.event
            if weight and event.theme:
                for day, literals in self._by_day(choice).items():
                    rivals[event.area, event.theme, day][event_id] = literals
        for events in rivals.values():
            if len(events) > 1:
                literals = [literal for some in events.values() for literal in some]
                excess = self.model.new_int_var(0, len(events) - 1, "")
                self.model.add(excess >= sum(literals) - 1)
                self._price(excess, weight)
                self.excesses.append((excess, literals))

    def _by_slot(self, choice: EventChoice) -> dict[int, list[Literal]]:
        """Return for each slot the starts with which the event takes place then."""
        slots: defaultdict[int, list[Literal]] = defaultdict(list)
        for start, literal in choice.starts.items():
            for slot in self.options.occupied(choice.options.event, start):
                slots[slot].append(literal)
        return slots

    def _by_day(self, choice: EventChoice) -> dict[int, list[Literal]]:
        """Return for each day the starts with which the event takes place then."""
        days: defaultdict[int, list[Literal]] = defaultdict(list)
        for start, literal in choice.starts.items():
            first = self.problem.calendar.day(start)
            for day in range(first, first + choice.options.event.days):
                days[day].append(literal)
        return days

    def _price(self, literal: Literal, cost: int) -> None:
        if cost:
            self._terms.append((literal, cost))

    def _at_most_one(self, literals: list[Literal]) -> None:
        if len(literals) > 1:
            self.model.add_at_most_one(literals)

    def _at_most(self, terms: list[tuple[Literal, int]], most: int) -> None:
        if sum(count for _, count in terms) > most:
            self.model.add(_sum(terms) <= most)

    def read(self, values: Sequence[int]) -> list[Placement]:
        """Return the placements that a list of values, one per variable, stands for."""
        placements = []
        for event_id, choice in self.choices.items():
            for start, literal in choice.starts.items():
                if values[literal.index]:
                    venues = tuple(
                        venue
                        for eligible in choice.venues
                        for (slot, venue), taken in eligible.items()
                        if slot == start and values[taken.index]
                    )
                    placements.append(Placement(event_id, start, venues))
        return placements


def left_out_price(weight: int, event: Event) -> int:
    """Return what leaving an event out costs: five times as much with each step of priority."""
    return int(weight * 5**event.priority)


def overlapping(intervals: Mapping[tuple[int, int], list[Literal]]) -> Iterator[list[Literal]]:
    """Yield, for each moment at which an interval begins, everything that goes on at that moment.

    Intervals overlap two by two exactly if they all share the moment at which the last of them
    begins, so at most one of each yielded list is the whole rule.
    """
    active: list[tuple[int, int]] = []
    for interval in sorted(intervals):
        active = [other for other in active if other[1] > interval[0]]
        active.append(interval)
        yield [literal for other in active for literal in intervals[other]]


def _start_of(choice: EventChoice, sign: int) -> list[tuple[Literal, int]]:
    return [(literal, sign * start) for start, literal in choice.starts.items()]


def _sum(terms: list[tuple[Literal, int]]) -> cp_model.LinearExprT:
    return cp_model.LinearExpr.weighted_sum([term[0] for term in terms], [term[1] for term in terms])
