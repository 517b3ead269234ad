"""The rules on places: every event has one start and the venues it needs, and a venue holds one event."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from solver.timetable.model.frame import Frame, Literal


def place_each_event_once(frame: Frame) -> None:
    """An event has one start or is left out."""
    for choice in frame.choices.values():
        frame.model.add_exactly_one([choice.out, *choice.starts.values()])


def meet_every_need(frame: Frame) -> None:
    """An event that starts has one venue for each need."""
    for choice in frame.choices.values():
        for venues in choice.venues:
            by_start = defaultdict(list)
            for (start, _), literal in venues.items():
                by_start[start].append(literal)
            for start, literals in by_start.items():
                if literals != [choice.starts[start]]:
                    frame.model.add(sum(literals) == choice.starts[start])


def one_event_per_venue(frame: Frame) -> None:
    """Whatever holds a venue at the moment something begins to hold it: at most one of these."""
    held: defaultdict[str, defaultdict[tuple[int, int], list[Literal]]]
    held = defaultdict(lambda: defaultdict(list))
    for event_id, choice in frame.choices.items():
        for place, venues in enumerate(choice.venues):
            for (start, venue), literal in venues.items():
                if (event_id, place, start, venue) not in frame.to_be_had:
                    held[venue][frame.options.held(choice.options.event, start)].append(literal)
    for intervals in held.values():
        for meanwhile in overlapping(intervals):
            frame.at_most_one(meanwhile)


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
