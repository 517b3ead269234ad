"""Drops venues an event would never choose: of m venues fewer than m others can want, one stays free."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping

from solver.timetable.options import EventOptions, Options

Claim = tuple[str, int]
"""An event and the number of one of its needs."""
Choices = dict[Claim, dict[int, list[str]]]
"""For each need of each event, and each start, the venues worth considering."""

Sorts = Mapping[str, Mapping[str, Hashable]]
"""For events to which not only the price of a venue matters: the sort of each of their venues."""

PASSES = 3


def venues_to_consider(
    options: Options, events: Mapping[str, EventOptions], keep: Iterable[str], sorts: Sorts
) -> Choices:
    """Return the venues per need and start, cheapest first, without those that are never needed.

    If fewer than m other needs can want any of the m cheapest venues meanwhile, one of these is free whatever
    the others do, and a dearer one is never needed. Dropping venues leaves others less contested, hence
    several passes. Events in `keep`, whose moves have a price of their own, retain all of theirs. Venues of
    different sorts do not stand in for one another.
    """
    kept = set(keep)
    choices = {
        (event_id, place): _by_price(options, choice, place)
        for event_id, choice in events.items()
        for place in range(len(choice.needs))
    }
    moments = Moments(options, events)
    for _ in range(PASSES):
        claims = _Claims(moments, choices)
        before = sum(len(venues) for by_start in choices.values() for venues in by_start.values())
        for claim, by_start in choices.items():
            if claim[0] not in kept:
                for start, venues in by_start.items():
                    enough = {
                        venue
                        for alike in alike_venues(venues, sorts.get(claim[0]))
                        for venue in alike[: claims.enough(claim, start, alike)]
                    }
                    by_start[start] = [venue for venue in venues if venue in enough]
        if before == sum(len(venues) for by_start in choices.values() for venues in by_start.values()):
            break
    return choices


def alike_venues(venues: list[str], sorts: Mapping[str, Hashable] | None) -> list[list[str]]:
    """Return the venues sort by sort, each in the order given."""
    if sorts is None:
        return [venues]
    found: defaultdict[Hashable, list[str]] = defaultdict(list)
    for venue in venues:
        found[sorts[venue]].append(venue)
    return list(found.values())


def _by_price(options: Options, choice: EventOptions, place: int) -> dict[int, list[str]]:
    """Return for each start the open venues, cheapest first."""
    eligible = choice.needs[place]
    ranked = sorted(eligible, key=lambda venue: (eligible[venue], venue))
    opens = {venue: options.open_starts(venue, choice.event) for venue in ranked}
    return {start: [venue for venue in ranked if start in opens[venue]] for start in choice.start_costs}


class Moments:
    """The moments at which something may begin: two stretches overlap exactly if they share one of these."""

    def __init__(self, options: Options, events: Mapping[str, EventOptions]) -> None:
        """Look at every start of every event."""
        held = {
            (event_id, start): options.held(choice.event, start)
            for event_id, choice in events.items()
            for start in choice.start_costs
        }
        begins = sorted({begin for begin, _ in held.values()})
        self.of = {
            key: range(bisect_left(begins, begin), bisect_left(begins, end))
            for key, (begin, end) in held.items()
        }


class _Claims:
    """Who might want each venue at each moment."""

    def __init__(self, moments: Moments, choices: Choices) -> None:
        self._moments = moments
        self._bit = {claim: 1 << number for number, claim in enumerate(choices)}
        self._wanted: defaultdict[tuple[str, int], int] = defaultdict(int)
        for claim, by_start in choices.items():
            for start, venues in by_start.items():
                for moment in moments.of[claim[0], start]:
                    for venue in venues:
                        self._wanted[venue, moment] |= self._bit[claim]

    def enough(self, claim: Claim, start: int, venues: list[str]) -> int:
        """Return how many of the cheapest venues are enough for one of them to be free then."""
        wanted_by = self._bit[claim]
        for count, venue in enumerate(venues, start=1):
            for moment in self._moments.of[claim[0], start]:
                wanted_by |= self._wanted[venue, moment]
            if wanted_by.bit_count() <= count:
                return count
        return len(venues)
