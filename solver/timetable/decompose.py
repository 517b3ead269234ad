"""Cuts a problem into parts: areas that share no hall or crew, and neighbourhoods of a plan."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace

from solver.timetable.calendar import MINUTES_PER_DAY
from solver.timetable.event import Event
from solver.timetable.excerpts import Excerpts
from solver.timetable.ledger import Ledger
from solver.timetable.model import FINENESS, Surcharges
from solver.timetable.problem import Problem
from solver.timetable.solution import Placement

Days = tuple[int, int]
"""First and last day of a stretch of time."""


def blocks(ledger: Ledger) -> list[list[str]]:
    """Group events by area; areas that can meet in a venue, a crew pool or a precedence become one group."""
    root: dict[str, str] = {}

    def find(name: str) -> str:
        while root.setdefault(name, name) != name:
            root[name] = root[root[name]]
            name = root[name]
        return name

    for choice in ledger.choices.values():
        area = find(f"area {choice.event.area}")
        shared = [f"venue {venue}" for eligible in choice.needs for venue in eligible]
        shared += [f"pool {choice.event.crew.pool}"] if choice.event.crew else []
        for name in shared:
            root[find(name)] = area
    areas = {event_id: choice.event.area for event_id, choice in ledger.choices.items()}
    for order in ledger.problem.precedences:
        root[find(f"area {areas[order.first]}")] = find(f"area {areas[order.then]}")
    grouped: defaultdict[str, list[str]] = defaultdict(list)
    for event_id, area_name in areas.items():
        grouped[find(f"area {area_name}")].append(event_id)
    return list(grouped.values())


def size_of(ledger: Ledger, event_ids: Iterable[str]) -> int:
    """Return how many combinations of start and venue the events have: the size of their model."""
    choices = (ledger.choices[event_id] for event_id in event_ids)
    return sum(len(choice.start_costs) * (1 + sum(map(len, choice.needs))) for choice in choices)


def cheapest(costs: Mapping[int, int], most: int) -> frozenset[int]:
    """Return so many of the cheapest starts; starts that cost the same stay together."""
    dearest = sorted(costs.values())[min(most, len(costs)) - 1] if costs else 0
    return frozenset(start for start, cost in costs.items() if cost <= dearest)


def windows(days: int, length: int, shift: int = 0) -> list[Days]:
    """Divide the calendar into stretches of `length` days, the first one shorter if shifted."""
    firsts = [0, *range(shift or length, days, length)]
    return [(first, last - 1) for first, last in zip(firsts, [*firsts[1:], days], strict=True)]


class Cutter:
    """Cuts out of one problem the smaller problem of some of its events."""

    def __init__(self, ledger: Ledger) -> None:
        """Look up who attends what once."""
        self.ledger = ledger
        self.problem = ledger.problem
        self._excerpts = Excerpts(ledger.problem)
        region_of = {venue.id: venue.region for venue in ledger.problem.venues}
        self._regions = {
            event_id: [{region_of[venue] for venue in eligible} for eligible in choice.needs]
            or [{choice.event.region}]
            for event_id, choice in ledger.choices.items()
        }

    def alone(self, event_ids: Iterable[str]) -> Problem:
        """Return the problem of these events as if there were no others.

        Costs of several such problems never add up to more than those of the whole, so their bounds do not
        either: what is counted grows dearer the more there is of it, and what would be missing is asked for
        only where all who could provide it are together.
        """
        return self._cut([self.ledger.choices[event_id].event for event_id in event_ids])

    def narrowed(self, most_starts: Mapping[str, int]) -> tuple[Problem, dict[str, int]]:
        """Return the problem of some events with only so many of their cheapest starts, as if alone.

        Starts that cost the same stay together. The second value names the events that lost starts, with
        what the cheapest lost one would cost at the least: a model in which such an event may be left out
        at that price is a relaxation, so its bound holds for all starts; and a plan of it in which nobody
        is left out at that price is the best of all plans.
        """
        events, elsewhere = [], {}
        for event_id, most in most_starts.items():
            choice = self.ledger.choices[event_id]
            starts = cheapest(choice.start_costs, most)
            events.append(replace(choice.event, starts=starts))
            if lost := choice.start_costs.keys() - starts:
                venues = sum(min(eligible.values()) for eligible in choice.needs)
                elsewhere[event_id] = min(choice.start_costs[start] for start in lost) + venues
        return self._cut(events), elsewhere

    def cheapest(
        self, most_starts: Mapping[str, int], surcharges: Surcharges, plan: Mapping[str, Placement]
    ) -> Problem:
        """Return the problem of some events with only so many of their cheapest starts, and where they are.

        What is cheap depends on the surcharges too. Nothing is proven about the starts taken away.
        """
        events = []
        for event_id, most in most_starts.items():
            choice, extra = self.ledger.choices[event_id], surcharges.get(event_id, {})
            costs = {
                start: FINENESS * cost + extra.get(start, 0) for start, cost in choice.start_costs.items()
            }
            here = {plan[event_id].start} if event_id in plan else set()
            events.append(replace(choice.event, starts=cheapest(costs, most) | here))
        return self._cut(events)

    def among(
        self, free: Collection[str], days: Days, plan: Mapping[str, Placement], most: int | None = None
    ) -> Problem:
        """Return the problem of moving some events within some days while all others stay where they are.

        A free event may choose among so many of its cheapest starts (None: all), and may stay. Whoever
        stays and could meet a free event in a venue, crew pool or precedence comes along, pinned; who is
        only counted beside it is counted; starts at which a free event would meet somebody's other event are
        taken away.
        """
        free = set(free)
        areas = {self.ledger.choices[event_id].event.area for event_id in free}
        fixed = {event_id: placement for event_id, placement in plan.items() if event_id not in free}
        events = [
            self._confined(event_id, days, fixed, plan.get(event_id), most) for event_id in sorted(free)
        ]
        meanwhile = self._minutes(days, free)
        partners = {
            event_id
            for order in self.problem.precedences
            for event_id in (order.first, order.then)
            if free & {order.first, order.then}
        }
        partners.update(*(self._perhaps_too_far(event, fixed) for event in events))
        for event_id, placement in fixed.items():
            event = self.ledger.choices[event_id].event
            near = event.area in areas and self._held_within(placement, meanwhile)
            if near or event_id in partners:
                events.append(replace(event, pin_start=placement.start, pin_venues=placement.venues))
        known = {event.id for event in events}
        staying = [placement for event_id, placement in fixed.items() if event_id not in known]
        return self._cut(events, staying)

    def _minutes(self, days: Days, free: Collection[str]) -> tuple[int, int]:
        """Return the minutes in which some free event may hold a venue."""
        events = [self.ledger.choices[event_id].event for event_id in free]
        setup = max((event.setup_minutes for event in events), default=0)
        teardown = max((event.teardown_minutes for event in events), default=0)
        return days[0] * MINUTES_PER_DAY - setup, (days[1] + 1) * MINUTES_PER_DAY + teardown

    def _held_within(self, placement: Placement, minutes: tuple[int, int]) -> bool:
        event = self.ledger.choices[placement.event].event
        begin, end = self.ledger.options.held(event, placement.start)
        return begin < minutes[1] and minutes[0] < end

    def _confined(
        self,
        event_id: str,
        days: Days,
        fixed: Mapping[str, Placement],
        now: Placement | None,
        most: int | None,
    ) -> Event:
        """Return the event with the starts within the days at which no fixed one needs the same people."""
        choice = self.ledger.choices[event_id]
        event, options, day = choice.event, self.ledger.options, self.problem.calendar.day
        met = self._met(event_id, fixed)
        costs = {
            start: cost
            for start, cost in choice.start_costs.items()
            if days[0] <= day(start)
            and day(start) + event.days - 1 <= days[1]
            and met.keys().isdisjoint(options.occupied(event, start))
            and not any(all(far) for _, far in self._far(event, start, met))
        }
        here = {now.start} & costs.keys() if now else set()
        return replace(event, starts=cheapest(costs, most or len(costs)) | here)

    def _perhaps_too_far(self, event: Event, fixed: Mapping[str, Placement]) -> Iterator[str]:
        """Yield the fixed events that some, but not all, venues of an event are too far from."""
        met = self._met(event.id, fixed)
        for start in event.starts or ():
            yield from (other for other, far in self._far(event, start, met) if any(far))

    def _met(self, event_id: str, fixed: Mapping[str, Placement]) -> dict[int, list[Placement]]:
        """Return per slot the fixed events that share an attendee with the event."""
        met: defaultdict[int, list[Placement]] = defaultdict(list)
        for other in self.ledger.neighbours[event_id]:
            if other in fixed:
                them = self.ledger.choices[other].event
                for slot in self.ledger.options.occupied(them, fixed[other].start):
                    met[slot].append(fixed[other])
        return met

    def _far(
        self, event: Event, start: int, met: Mapping[int, list[Placement]]
    ) -> Iterator[tuple[str, list[bool]]]:
        """Yield, per need and fixed event before or after, whether each region it may go to is too far."""
        journeys = self.ledger.journeys
        for slot, minutes in journeys.around(event, start):
            for other in met.get(slot, ()):
                there = journeys.regions(self.ledger.choices[other.event].event, other.venues)
                for regions in self._regions[event.id]:
                    yield other.event, [journeys.too_far([region], there, minutes) for region in regions]

    def _cut(self, events: list[Event], staying: Iterable[Placement] | None = None) -> Problem:
        choices = [self.ledger.choices[event.id] for event in events]
        venues = {venue for choice in choices for eligible in choice.needs for venue in eligible}
        return self._excerpts.of(events, venues, staying)
