"""The rules on journeys: attendees and crews have time to get from one event of a day to the next."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import NamedTuple

from solver.timetable.conflicts import conflict_masks, cover_by_cliques, groups_of
from solver.timetable.journeys import Journeys
from solver.timetable.model.frame import EventChoice, Frame, Literal


class Seat(NamedTuple):
    """A literal that is true if the event takes place in some slot, in some region."""

    event: str
    literal: Literal


Presence = dict[int, dict[str, list[Seat]]]
"""Per slot and region who may be there then."""


def time_for_attendees(frame: Frame) -> None:
    """Of events that share an attendee no two on one day are farther apart than the time between them."""
    journeys = Journeys(frame.problem)
    if not journeys:
        return
    there = _Whereabouts(frame, journeys)
    choices = list(frame.choices.values())
    for clique in cover_by_cliques(_far_conflicts(frame, journeys, there)):
        for seats in there.far_apart([choices[number] for number in clique]):
            frame.at_most_one([seat.literal for seat in seats])


def time_for_crews(frame: Frame) -> None:
    """Events too far apart for one crew to serve both call for no more crews than there are.

    That is enough where all crews are alike; otherwise whoever names them has the last word.
    """
    journeys = Journeys(frame.problem)
    if not journeys:
        return
    there = _Whereabouts(frame, journeys)
    for pool in frame.problem.crew_pools:
        needs = {
            event_id: choice.options.event.crew
            for event_id, choice in frame.choices.items()
            if choice.options.event.crew and choice.options.event.crew.pool == pool.id
        }
        crews = {event_id: need.count for event_id, need in needs.items() if need}
        for seats in there.far_apart([frame.choices[event_id] for event_id in crews]):
            frame.at_most([(seat.literal, crews[seat.event]) for seat in seats], len(pool.crews))


def _far_conflicts(frame: Frame, journeys: Journeys, there: "_Whereabouts") -> list[int]:
    """Return per event the bit mask of those that share an attendee and a day, and may be too far away."""
    numbers = {event_id: number for number, event_id in enumerate(frame.choices)}
    day = frame.problem.calendar.day
    spans = [
        sum(1 << one for one in {day(slot) for slot in frame.by_slot(choice)})
        for choice in frame.choices.values()
    ]
    groups = groups_of((attendee.events for attendee in frame.problem.attendees), numbers)
    masks = conflict_masks(groups, spans)
    by_regions: defaultdict[frozenset[str], int] = defaultdict(int)
    regions = [there.regions(choice) for choice in frame.choices.values()]
    for number, some in enumerate(regions):
        by_regions[some] |= 1 << number
    far = {
        some: sum(mask for others, mask in by_regions.items() if journeys.ever_too_far(some, others))
        for some in by_regions
    }
    return [mask & far[some] for mask, some in zip(masks, regions, strict=True)]


class _Whereabouts:
    """In which region each event may be in each slot, looked up once per event and need."""

    def __init__(self, frame: Frame, journeys: Journeys) -> None:
        self._frame, self._journeys = frame, journeys
        self._region = {venue.id: venue.region for venue in frame.problem.venues}
        self._known: dict[tuple[str, int], Presence] = {}

    def regions(self, choice: EventChoice) -> frozenset[str]:
        """Return every region in which the event may be."""
        if not choice.venues:
            return frozenset({choice.options.event.region})
        return frozenset(self._region[venue] for venues in choice.venues for _, venue in venues)

    def far_apart(self, choices: Sequence[EventChoice]) -> Iterator[list[Seat]]:
        """Yield seats of which nobody can take two: the slot is the same, or the next region is too far.

        An event with several venues is wherever one of them is, so each of its venues is looked at in turn.
        """
        places = range(max((len(choice.venues) for choice in choices), default=0) or 1)
        for one, other in product(places, repeat=2):
            before, after = self._together(choices, one), self._together(choices, other)
            for slot, earlier in before.items():
                for later, minutes in self._journeys.later(slot):
                    if later in after:
                        yield from self._too_far(earlier, after[later], minutes)

    def _too_far(
        self, earlier: Mapping[str, list[Seat]], later: Mapping[str, list[Seat]], minutes: int
    ) -> Iterator[list[Seat]]:
        for region, seats in earlier.items():
            far = [other for other in later if self._journeys.too_far([region], [other], minutes)]
            if far:
                yield from _but_not_oneself(seats, [seat for other in far for seat in later[other]])
        for region, seats in later.items():
            far = [other for other in earlier if self._journeys.too_far([region], [other], minutes)]
            if len(far) > 1:
                yield from _but_not_oneself(seats, [seat for other in far for seat in earlier[other]])

    def _together(self, choices: Sequence[EventChoice], place: int) -> Presence:
        """Return the presence of all of them, each by one of its needs."""
        found: defaultdict[int, defaultdict[str, list[Seat]]] = defaultdict(lambda: defaultdict(list))
        for choice in choices:
            for slot, by_region in self._presence(choice, min(place, max(0, len(choice.venues) - 1))).items():
                for region, seats in by_region.items():
                    found[slot][region] += seats
        return {slot: dict(by_region) for slot, by_region in found.items()}

    def _presence(self, choice: EventChoice, place: int) -> Presence:
        event = choice.options.event
        if (event.id, place) not in self._known:
            found: defaultdict[int, dict[str, list[Seat]]] = defaultdict(lambda: defaultdict(list))
            for start, by_region in self._by_start(choice, place).items():
                for slot in self._frame.options.occupied(event, start):
                    for region, literals in by_region.items():
                        found[slot][region] += [Seat(event.id, literal) for literal in literals]
            self._known[event.id, place] = dict(found)
        return self._known[event.id, place]

    def _by_start(self, choice: EventChoice, place: int) -> Mapping[int, Mapping[str, list[Literal]]]:
        """Return per start the literals of each region: the start itself where there is but one region."""
        if not choice.venues:
            region = choice.options.event.region
            return {start: {region: [literal]} for start, literal in choice.starts.items()}
        found: defaultdict[int, defaultdict[str, list[Literal]]] = defaultdict(lambda: defaultdict(list))
        for (start, venue), literal in choice.venues[place].items():
            found[start][self._region[venue]].append(literal)
        for start, by_region in found.items():
            if len(by_region) == 1:
                for region in by_region:
                    by_region[region] = [choice.starts[start]]
        return found


def _but_not_oneself(ones: list[Seat], others: list[Seat]) -> Iterator[list[Seat]]:
    """Yield what excludes each one from each other, unless both are the same event with venues far apart."""
    common = {seat.event for seat in ones} & {seat.event for seat in others}
    if not common:
        yield ones + others
        return
    yield ones + [seat for seat in others if seat.event not in common]
    yield [seat for seat in ones if seat.event not in common] + others
    for one, other in product(ones, others):
        if {one.event, other.event} <= common and one.event != other.event:
            yield [one, other]
