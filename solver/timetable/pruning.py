"""Drops venues an event would never choose: if nobody else can want its cheapest one then, it takes that."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from solver.timetable.options import EventOptions, Options

Claim = tuple[str, int]
"""An event and the number of one of its needs."""
Choices = dict[Claim, dict[int, list[str]]]
"""For each need of each event, and each start, the venues worth considering."""

PASSES = 3


def venues_to_consider(options: Options, events: Mapping[str, EventOptions], keep: Iterable[str]) -> Choices:
    """Return the venues per need and start, without those that a cheaper uncontested one makes needless.

    Dropping a venue for one event may leave it uncontested for another, hence several passes. Events in
    `keep` (a move away from their venue has a price of its own) retain all of theirs.
    """
    kept = set(keep)
    choices = {
        (event_id, place): _by_price(options, choice, place)
        for event_id, choice in events.items()
        for place in range(len(choice.needs))
    }
    for _ in range(PASSES):
        claims = _Claims(options, events, choices)
        shortened = 0
        for (event_id, _), by_start in choices.items():
            if event_id in kept:
                continue
            for start, venues in by_start.items():
                if len(venues) > 1 and not claims.contested(venues[0], events[event_id], start):
                    by_start[start] = venues[:1]
                    shortened += 1
        if not shortened:
            break
    return choices


def _by_price(options: Options, choice: EventOptions, place: int) -> dict[int, list[str]]:
    """Return for each start the open venues, cheapest first."""
    eligible = choice.needs[place]
    ranked = sorted(eligible, key=lambda venue: (eligible[venue], venue))
    opens = {venue: options.open_starts(venue, choice.event) for venue in ranked}
    return {start: [venue for venue in ranked if start in opens[venue]] for start in choice.start_costs}


class _Claims:
    """All the stretches of time for which some event might want each venue."""

    def __init__(self, options: Options, events: Mapping[str, EventOptions], choices: Choices) -> None:
        self._options = options
        self._everyone: defaultdict[str, _Stretches] = defaultdict(_Stretches)
        self._own: defaultdict[tuple[str, str], _Stretches] = defaultdict(_Stretches)
        for (event_id, _), by_start in choices.items():
            for start, venues in by_start.items():
                begin, end = options.held(events[event_id].event, start)
                for venue in venues:
                    self._everyone[venue].add(begin, end)
                    self._own[venue, event_id].add(begin, end)
        for stretches in self._all():
            stretches.sort()

    def contested(self, venue: str, choice: EventOptions, start: int) -> bool:
        """Tell whether another event, or another need of this one, might want the venue meanwhile."""
        if len(choice.needs) > 1:
            return True
        begin, end = self._options.held(choice.event, start)
        own = self._own[venue, choice.event.id].meeting(begin, end)
        return self._everyone[venue].meeting(begin, end) > own

    def _all(self) -> Iterator["_Stretches"]:
        yield from self._everyone.values()
        yield from self._own.values()


class _Stretches:
    """Stretches of time, counted by how many meet a given one."""

    def __init__(self) -> None:
        self._begins: list[int] = []
        self._ends: list[int] = []

    def add(self, begin: int, end: int) -> None:
        self._begins.append(begin)
        self._ends.append(end)

    def sort(self) -> None:
        self._begins.sort()
        self._ends.sort()

    def meeting(self, begin: int, end: int) -> int:
        """Return how many begin before the end and end after the beginning."""
        return bisect_left(self._begins, end) - bisect_right(self._ends, begin)
