"""Counting before searching: within some days, more events than slots of a venue, a crew or an attendee."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from solver.timetable.calendar import Calendar
from solver.timetable.event import Event
from solver.timetable.explain.grounds import named
from solver.timetable.ledger import Ledger
from solver.timetable.solution import Sentence

Ask = tuple[Event, int]
"""An event, and how many slots (of a venue, of a crew) it needs."""


SENTENCES: dict[str, Sentence] = {
    "venues": (
        "{first} 至 {last}，{count} 场活动需要场地 {names} 共 {needed} 个时段，只有 {available} 个",
        "from {first} to {last}, {count} events need {needed} slots of {names}: there are {available}",
    ),
    "crews": (
        "{first} 至 {last}，{count} 场活动需要 {names} 共 {needed} 组次，只有 {available} 组次",
        "from {first} to {last}, {count} events need {names} {needed} times: there are {available}",
    ),
    "attendees": (
        "{first} 至 {last}，{names} 要参加 {count} 场活动共 {needed} 个时段，只有 {available} 个",
        "from {first} to {last}, {names} is due at {count} events for {needed} slots: there are {available}",
    ),
}

Alike = tuple[int, int, int, int, frozenset[int], frozenset[str]]
"""All that decides, apart from its days, in which slots of a venue an event could take place."""


@dataclass(frozen=True, slots=True)
class Shortage:
    """Events that need more slots of venues, crews or an attendee within some days than there are."""

    of: str
    names: tuple[str, ...]
    first_day: int
    last_day: int
    needed: int
    available: int
    events: tuple[str, ...]

    def sentence(self, calendar: Calendar) -> Sentence:
        """Return the shortage in Chinese and in English."""
        first, last = (calendar.on(day * len(calendar.periods)) for day in (self.first_day, self.last_day))
        days = {"first": first, "last": last}
        counts = {"count": len(self.events), "needed": self.needed, "available": self.available}
        zh, en = SENTENCES[self.of]
        facts = {**days, **counts, "names": named(self.names)}
        return zh.format(**facts), en.format(**facts)


class _Usable:
    """Which slots events could take place in, in a venue or anywhere; asked often, worked out once."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._known: dict[tuple[str | None, Alike], set[int]] = {}

    def slots(self, events: Iterable[Event], venue: str | None = None) -> set[int]:
        """Return the slots in which some of the events could take place, in the venue if one is given."""
        alike = {
            (one.takes, one.days, one.setup_minutes, one.teardown_minutes, one.weekdays, one.periods): one
            for one in events
        }
        for key, event in alike.items():
            if (venue, key) not in self._known:
                self._known[venue, key] = set(self._find(event, venue))
        return set().union(*(self._known[venue, key] for key in alike))

    def _find(self, event: Event, venue: str | None) -> Iterator[int]:
        calendar, options = self._ledger.problem.calendar, self._ledger.options
        periods = len(calendar.periods)
        places = {
            place
            for place, period in enumerate(calendar.periods)
            if not event.periods or period.id in event.periods
        }
        weekdays = [calendar.weekday(day) in event.weekdays for day in range(calendar.days)]
        for start in options.open_starts(venue, event) if venue else range(calendar.slots):
            if start % periods in places and weekdays[start // periods]:
                yield from options.occupied(event, start)


def shortages(ledger: Ledger) -> list[Shortage]:
    """Return what is plainly too little, those with the fewest events first.

    Each event takes its slots of some venue that it may use, so where more must lie within some days than
    those venues have slots, no plan can place them all; the same for crews and attendees. Set-up is not
    counted, so finding no shortage proves nothing.
    """
    usable = _Usable(ledger)
    found = [*_of_venues(ledger, usable), *_of_crews(ledger, usable), *_of_attendees(ledger, usable)]
    return sorted(found, key=lambda one: (len(one.events), one.last_day - one.first_day, one.names))


def _of_venues(ledger: Ledger, could: _Usable) -> Iterator[Shortage]:
    """Look at each set of venues that some event is limited to, and at all events limited to these."""
    asking: defaultdict[frozenset[str], list[Ask]] = defaultdict(list)
    for choice in ledger.choices.values():
        for eligible in choice.needs:
            asking[frozenset(eligible)].append((choice.event, choice.event.takes * choice.event.days))
    touching: defaultdict[str, set[frozenset[str]]] = defaultdict(set)
    for venues in asking:
        for venue in venues:
            touching[venue].add(venues)
    for venues in asking:
        inside = {some for venue in venues for some in touching[venue] if some <= venues}
        asks = [ask for some in inside for ask in asking[some]]
        for some in _by_periods(asks):
            events = [event for event, _ in some]
            usable = Counter(slot for venue in venues for slot in could.slots(events, venue))
            yield from _within_days(ledger, some, usable, "venues", sorted(venues))


def _of_crews(ledger: Ledger, could: _Usable) -> Iterator[Shortage]:
    """Look at each pool, and at all events that ask for crews of at least some size."""
    asking: defaultdict[tuple[str, int], list[Ask]] = defaultdict(list)
    for choice in ledger.choices.values():
        if need := choice.event.crew:
            asking[need.pool, need.size].append(
                (choice.event, need.count * choice.event.takes * choice.event.days)
            )
    pools, day = {pool.id: pool.crews for pool in ledger.problem.crew_pools}, ledger.problem.calendar.day
    for pool, size in asking:
        asks = [
            ask for known, some in asking.items() if known[0] == pool and known[1] >= size for ask in some
        ]
        able = [crew for crew in pools[pool] if crew.size >= size]
        for some in _by_periods(asks):
            slots = could.slots(event for event, _ in some)
            usable = {slot: sum(day(slot) not in crew.away_days for crew in able) for slot in slots}
            yield from _within_days(ledger, some, usable, "crews", [pool])


def _of_attendees(ledger: Ledger, could: _Usable) -> Iterator[Shortage]:
    """Look at whoever is due at so many events that a window might be too short for them."""
    for attendee in ledger.problem.attendees:
        events = [ledger.choices[event].event for event in attendee.events]
        asks = [(event, event.takes * event.days) for event in events]
        if events and sum(count for _, count in asks) > min(
            one.last_day - one.first_day + 1 for one in events
        ):
            for some in _by_periods(asks):
                usable = dict.fromkeys(could.slots(event for event, _ in some), 1)
                yield from _within_days(ledger, some, usable, "attendees", [attendee.id])


def _by_periods(asks: Sequence[Ask]) -> Iterator[Sequence[Ask]]:
    """Yield those limited to the same periods of the day, or to fewer, for each such set of periods."""
    for periods in {event.periods for event, _ in asks}:
        if periods:
            yield [ask for ask in asks if ask[0].periods and ask[0].periods <= periods]
        else:
            yield asks


def _within_days(
    ledger: Ledger, asks: Sequence[Ask], usable: Mapping[int, int], of: str, names: Sequence[str]
) -> Iterator[Shortage]:
    """Yield the shortest stretch of days, if any, into which more must fall than fits."""
    calendar = ledger.problem.calendar
    to_be_had = [0] * (calendar.days + 1)
    for slot, count in usable.items():
        if slot < calendar.slots:
            to_be_had[calendar.day(slot) + 1] += count
    before = list(accumulate(to_be_had))
    needed: Counter[tuple[int, int]] = Counter()
    for event, count in asks:
        needed[event.first_day, event.last_day] += count
    short = [
        (last - first, first, last, demand)
        for first, last, demand in _stretches(needed)
        if demand > before[last + 1] - before[first]
    ]
    if short:
        _, first, last, demand = min(short)
        events = sorted(
            {event.id for event, _ in asks if first <= event.first_day and event.last_day <= last}
        )
        available = before[last + 1] - before[first]
        yield Shortage(of, tuple(names), first, last, demand, available, tuple(events))


def _stretches(needed: Mapping[tuple[int, int], int]) -> Iterator[tuple[int, int, int]]:
    """Yield each stretch of days that windows span, with all that must lie within it."""
    by_last: Counter[int] = Counter()
    lasts = sorted({last for _, last in needed})
    for first in sorted({first for first, _ in needed}, reverse=True):
        by_last.update({last: count for (begin, last), count in needed.items() if begin == first})
        demand = 0
        for last in lasts:
            demand += by_last[last]
            if by_last[last]:
                yield first, last, demand
