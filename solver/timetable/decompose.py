"""Cuts a problem into parts: areas that share no hall or crew, eras, and neighbourhoods of a plan."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from solver.timetable.calendar import MINUTES_PER_DAY
from solver.timetable.event import Event
from solver.timetable.excerpts import Excerpts
from solver.timetable.ledger import Ledger
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


def eras(ledger: Ledger, count: int) -> list[list[str]]:
    """Cut the events into about equal stretches of time, on days that split the fewest windows."""
    by_day: defaultdict[int, list[Event]] = defaultdict(list)
    for choice in ledger.choices.values():
        by_day[(choice.event.first_day + choice.event.last_day) // 2].append(choice.event)
    total, so_far = size_of(ledger, ledger.choices), 0
    cuts: list[int] = []
    for day in sorted(by_day):
        so_far += size_of(ledger, (event.id for event in by_day[day]))
        if so_far * count >= total * (len(cuts) + 1) and len(cuts) < count - 1:
            cuts.append(_least_split(ledger, day, ledger.problem.calendar.days // (4 * count)))
    grouped: list[list[str]] = [[] for _ in range(count)]
    for day, events in by_day.items():
        grouped[sum(day >= cut for cut in cuts)] += [event.id for event in events]
    return [group for group in grouped if group]


def _least_split(ledger: Ledger, day: int, slack: int) -> int:
    """Return the day nearby whose midnight falls into the windows of the fewest, smallest events."""
    events = [choice.event for choice in ledger.choices.values()]

    def split(cut: int) -> tuple[int, int]:
        across = (event.id for event in events if event.first_day < cut <= event.last_day)
        return size_of(ledger, across), abs(cut - day)

    return min(range(day - slack, day + slack + 1), key=split)


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

    def alone(self, event_ids: Iterable[str]) -> Problem:
        """Return the problem of these events as if there were no others: its bound holds for the whole."""
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
            costs = sorted(choice.start_costs.values())
            dearest = costs[min(most, len(costs)) - 1] if costs else 0
            starts = frozenset(start for start, cost in choice.start_costs.items() if cost <= dearest)
            events.append(replace(choice.event, starts=starts))
            if len(starts) < len(costs):
                venues = sum(min(eligible.values()) for eligible in choice.needs)
                elsewhere[event_id] = costs[len(starts)] + venues
        return self._cut(events), elsewhere

    def among(self, free: Collection[str], days: Days, plan: Mapping[str, Placement]) -> Problem:
        """Return the problem of moving some events within some days while all others stay where they are.

        Whoever stays and could meet a free event in a venue, crew pool, theme or precedence comes along,
        pinned; starts at which a free event would meet somebody's other event are taken away.
        """
        free = set(free)
        areas = {self.ledger.choices[event_id].event.area for event_id in free}
        events = [self._confined(event_id, days, free, plan) for event_id in sorted(free)]
        meanwhile = self._minutes(days, free)
        partners = {
            event_id
            for order in self.problem.precedences
            for event_id in (order.first, order.then)
            if free & {order.first, order.then}
        }
        for event_id, placement in plan.items():
            event = self.ledger.choices[event_id].event
            near = event.area in areas and self._held_within(placement, meanwhile)
            if event_id not in free and (near or event_id in partners):
                events.append(replace(event, pin_start=placement.start, pin_venues=placement.venues))
        known = {event.id for event in events}
        return self._cut(events, [placement for event_id, placement in plan.items() if event_id not in known])

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
        self, event_id: str, days: Days, free: Collection[str], plan: Mapping[str, Placement]
    ) -> Event:
        choice = self.ledger.choices[event_id]
        event, options = choice.event, self.ledger.options
        fixed = [
            plan[other] for other in self.ledger.neighbours[event_id] if other in plan and other not in free
        ]
        busy = {
            slot
            for other in fixed
            for slot in options.occupied(self.ledger.choices[other.event].event, other.start)
        }
        day = self.problem.calendar.day
        starts = frozenset(
            start
            for start in choice.start_costs
            if days[0] <= day(start)
            and day(start) + event.days - 1 <= days[1]
            and busy.isdisjoint(options.occupied(event, start))
        )
        return replace(event, starts=starts)

    def _cut(self, events: list[Event], staying: Iterable[Placement] = ()) -> Problem:
        choices = [self.ledger.choices[event.id] for event in events]
        venues = {venue for choice in choices for eligible in choice.needs for venue in eligible}
        return self._excerpts.of(events, venues, staying)
