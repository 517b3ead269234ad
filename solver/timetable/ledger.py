"""Who is where: a plan under construction that answers at once whether one more event fits."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping

from solver.timetable.conditions import Precedence
from solver.timetable.conflicts import neighbours
from solver.timetable.counts import CountBook
from solver.timetable.crew_book import CrewBook, Share
from solver.timetable.event import Event
from solver.timetable.journeys import Journeys
from solver.timetable.options import EventOptions, Options
from solver.timetable.problem import Problem
from solver.timetable.solution import Placement
from solver.timetable.tallies import Tallies, Window

Interval = tuple[int, int, str]


class Ledger:
    """Placements that keep every hard rule; adding and removing one event takes microseconds."""

    def __init__(self, problem: Problem) -> None:
        """Start with an empty plan; options and neighbours are worked out once."""
        self.problem = problem
        self.options = Options(problem)
        self.choices: dict[str, EventOptions] = {event.id: self.options.of(event) for event in problem.events}
        self.neighbours = neighbours(problem)
        self._day = problem.calendar.day
        self.placed: dict[str, Placement] = {}
        self._at: defaultdict[int, set[str]] = defaultdict(set)
        self._held: defaultdict[str, list[Interval]] = defaultdict(list)
        self.journeys = Journeys(problem)
        self._regions: dict[str, tuple[str, ...]] = {}
        self._crews = CrewBook(problem)
        self._counts = CountBook(problem)
        self.tallies = Tallies(problem)
        self._tallied: defaultdict[Window, int] = defaultdict(int)
        self._orders: defaultdict[str, list[Precedence]] = defaultdict(list)
        for order in problem.precedences:
            self._orders[order.first].append(order)
            self._orders[order.then].append(order)

    def clear(self) -> None:
        """Take every event out again."""
        for event_id in list(self.placed):
            self.remove(event_id)

    def place(self, placement: Placement) -> None:
        """Write a placement down; the caller has made sure that it fits."""
        self.placed[placement.event] = placement
        self._write(placement, 1)

    def remove(self, event_id: str) -> Placement:
        """Take an event out and return where it was."""
        placement = self.placed.pop(event_id)
        self._write(placement, -1)
        return placement

    def place_if_fits(self, placement: Placement) -> bool:
        """Place the event exactly there if no rule is broken, and tell whether it was."""
        choice = self.choices[placement.event]
        fits = placement.start in choice.start_costs and self.start_is_free(choice.event, placement.start)
        fits = fits and len(set(placement.venues)) == len(placement.venues) == len(choice.needs)
        fits = fits and all(
            venue in eligible and self.venue_is_free(venue, choice.event, placement.start)
            for venue, eligible in zip(placement.venues, choice.needs, strict=False)
        )
        fits = fits and self.can_be_reached(choice.event, placement.start, placement.venues)
        if fits:
            self.place(placement)
        return fits

    def place_at(self, event_id: str, start: int) -> bool:
        """Place the event at a start, in the cheapest free venues, if it fits, and tell whether it did."""
        choice = self.choices[event_id]
        if start not in choice.start_costs or not self.start_is_free(choice.event, start):
            return False
        found = self.cheapest_venues(choice, start)
        if found:
            self.place(Placement(event_id, start, found[1]))
        return found is not None

    def start_is_free(self, event: Event, start: int) -> bool:
        """Tell whether attendees, crews, events in order and counts allow the start."""
        slots = self.options.occupied(event, start)
        return (
            all(self._at[slot].isdisjoint(self.neighbours[event.id]) for slot in slots)
            and (event.crew is None or self._crews.enough(event.crew, slots))
            and (event.crew is None or self._crews.enough_staff(event.crew, slots))
            and not any(self._counts.full(event.id, start))
            and all(self._in_order(order, event.id, start) for order in self._orders[event.id])
            and (bool(event.needs) or self.can_be_reached(event, start, ()))
        )

    def venue_is_free(self, venue: str, event: Event, start: int) -> bool:
        """Tell whether the venue is open, can be reached, and is held by nobody else meanwhile.

        Set-up and tear-down are included.
        """
        if start not in self.options.open_starts(venue, event):
            return False
        begin, end = self.options.held(event, start)
        free = all(last <= begin or end <= first for first, last, _ in self._held[venue])
        return free and self.can_be_reached(event, start, (venue,))

    def can_be_reached(self, event: Event, start: int, venues: Collection[str]) -> bool:
        """Tell whether attendees and crews have time to travel between there and their other events."""
        return not any(self.journeys_in_the_way(event, start, venues))

    def journeys_in_the_way(
        self, event: Event, start: int, venues: Collection[str]
    ) -> Iterator[tuple[str, str]]:
        """Yield the rules on journeys that forbid these venues just now, with the event or pool."""
        if self.journeys:
            for other in self.too_far(event, start, venues):
                yield "attendee_travel", other
            slots = self.options.occupied(event, start)
            if event.crew and not self._crews.can_travel(event, slots, self.journeys.regions(event, venues)):
                yield "crews_enough", event.crew.pool

    def too_far(self, event: Event, start: int, venues: Collection[str]) -> Iterator[str]:
        """Yield the placed events that share an attendee who could not get from one to the other in time."""
        neighbours = self.neighbours[event.id]
        regions = self.journeys.regions(event, venues)
        for slot, minutes in self.journeys.around(event, start):
            for other in self._at[slot] & neighbours:
                if self.journeys.too_far(regions, self._regions[other], minutes):
                    yield other

    def cheapest_venues(self, choice: EventOptions, start: int) -> tuple[int, tuple[str, ...]] | None:
        """Return the price and names of the cheapest free venues, one per need, or None."""
        price, venues = 0, []
        for eligible in choice.needs:
            free = (
                (cost, venue)
                for cost, venue in sorted((cost, venue) for venue, cost in eligible.items())
                if venue not in venues and self.venue_is_free(venue, choice.event, start)
            )
            found = next(free, None)
            if found is None:
                return None
            cost, venue = found
            price += cost
            venues.append(venue)
        together = len(venues) < 2 or self.can_be_reached(choice.event, start, venues)  # noqa: PLR2004
        return (price, tuple(venues)) if together else None

    def tallied(self, event: Event, start: int) -> dict[str, int]:
        """Return by goal what starting then adds to what is counted, beside the events placed."""
        added: defaultdict[str, int] = defaultdict(int)
        for place, window in self.tallies.windows_of(event, start):
            cost = self.tallies.one_more(place, window, self._tallied[place, window])
            added[self.tallies.all[place].goal] += cost
        return dict(added)

    def fits(self, event_id: str) -> Iterator[tuple[int, Placement]]:
        """Yield every start that fits with its cheapest venues, and what it costs."""
        choice = self.choices[event_id]
        for start, cost in choice.start_costs.items():
            if self.start_is_free(choice.event, start):
                found = self.cheapest_venues(choice, start)
                if found:
                    total = cost + found[0] + sum(self.tallied(choice.event, start).values())
                    yield total, Placement(event_id, start, found[1])

    def in_the_way(self, event_id: str, start: int) -> list[str] | None:
        """Return who must leave for the event to start then; None if no leaving would be enough."""
        choice = self.choices[event_id]
        slots = self.options.occupied(choice.event, start)
        leaving = set().union(*(self._at[slot] for slot in slots)) & self.neighbours[event_id]
        for others in self._counts.rivals(event_id, start):
            if not others:
                return None
            if leaving.isdisjoint(others):
                leaving.add(max(others, key=lambda other: (*self.least_choice(other), other)))
        for eligible in choice.needs:
            holders = [self.rivals_for(venue, choice.event, start) - leaving for venue in eligible]
            if not holders:
                return None
            leaving |= min(holders, key=lambda others: (len(others), sorted(others)))
        return sorted(leaving)

    def least_choice(self, event_id: str) -> tuple[int, int]:
        """Return a rank by which the most important events with the least choice come first."""
        choice = self.choices[event_id]
        fewest = min((len(eligible) for eligible in choice.needs), default=1)
        return -choice.event.priority, len(choice.start_costs) * fewest

    def restore(self, before: Mapping[str, Placement]) -> None:
        """Put every event back to where it was in an earlier plan."""
        for event_id, placement in list(self.placed.items()):
            if before.get(event_id) != placement:
                self.remove(event_id)
        for event_id, placement in before.items():
            if event_id not in self.placed:
                self.place(placement)

    def obstacles(self, event: Event, start: int) -> Iterator[tuple[str, str]]:
        """Yield each rule that forbids the start just now, with the event or pool that is in the way."""
        yield from self.people_in_the_way(event, start)
        for eligible in self.choices[event.id].needs:
            if not any(self.venue_is_free(venue, event, start) for venue in eligible):
                for venue in eligible:
                    for other in self.holders(venue, event, start):
                        yield "venue_free", other
                    yield from self.journeys_in_the_way(event, start, (venue,))

    def people_in_the_way(self, event: Event, start: int) -> Iterator[tuple[str, str]]:
        """Yield the rules on people, order and counts that forbid the start, with event, pool or count."""
        slots = self.options.occupied(event, start)
        for other in set().union(*(self._at[slot] for slot in slots)) & self.neighbours[event.id]:
            yield "attendee_free", other
        if not event.needs:
            yield from self.journeys_in_the_way(event, start, ())
        if event.crew and not self._crews.enough(event.crew, slots):
            yield "crews_enough", event.crew.pool
        if event.crew and not self._crews.enough_staff(event.crew, slots):
            yield "staff_enough", event.crew.pool
        yield from self._counts.full(event.id, start)
        for order in self._orders[event.id]:
            if not self._in_order(order, event.id, start):
                yield "precedence", order.then if order.first == event.id else order.first

    def competitors(self, event: Event, start: int) -> set[str]:
        """Return those who use crews of its pool meanwhile, or fill a count that is full there."""
        others = set().union(*self._counts.rivals(event.id, start))
        if event.crew:
            meanwhile = set().union(*(self._at[slot] for slot in self.options.occupied(event, start)))
            others |= {other for other in meanwhile if self._pool_of(other) == event.crew.pool}
        return others - {event.id}

    def _pool_of(self, event_id: str) -> str | None:
        crew = self.choices[event_id].event.crew
        return crew.pool if crew else None

    def shares(self, event: Event, start: int) -> Iterator[Share]:
        """Yield what the event takes of crews, staff and counts by starting then, and how much is left."""
        if event.crew:
            yield from self._crews.shares(event.crew, self.options.occupied(event, start))
        yield from self._counts.shares(event.id, start)

    def holders(self, venue: str, event: Event, start: int) -> set[str]:
        """Return who holds the venue while the event would."""
        begin, end = self.options.held(event, start)
        return {other for first, last, other in self._held[venue] if first < end and begin < last}

    def rivals_for(self, venue: str, event: Event, start: int) -> set[str]:
        """Return who holds the venue while the event would, or is too far away for a shared attendee."""
        return self.holders(venue, event, start).union(self.too_far(event, start, (venue,)))

    def _write(self, placement: Placement, sign: int) -> None:
        event = self.choices[placement.event].event
        slots = self.options.occupied(event, placement.start)
        for slot in slots:
            (self._at[slot].add if sign > 0 else self._at[slot].remove)(event.id)
        interval = (*self.options.held(event, placement.start), event.id)
        for venue in placement.venues:
            (self._held[venue].append if sign > 0 else self._held[venue].remove)(interval)
        self._counts.book(event.id, placement.start, sign)
        if sign > 0:
            self._regions[event.id] = self.journeys.regions(event, placement.venues)
        self._crews.book(event, slots, self._regions[event.id], sign)
        for window in self.tallies.windows_of(event, placement.start):
            self._tallied[window] += sign

    def _in_order(self, order: Precedence, event_id: str, start: int) -> bool:
        other = self.placed.get(order.then if order.first == event_id else order.first)
        if other is None:
            return True
        first, then = (start, other.start) if order.first == event_id else (other.start, start)
        slots, days = then - first, self._day(then) - self._day(first)
        return (
            order.least_slots <= slots
            and (order.most_slots is None or slots <= order.most_slots)
            and order.least_days <= days
            and (order.most_days is None or days <= order.most_days)
        )
