"""The rules on order and number: which event comes before which, and how many within some days."""

from collections.abc import Callable, Iterable

from solver.timetable.conditions import Count, members
from solver.timetable.model.frame import EventChoice, Frame, Term, weighted


def keep_precedence(frame: Frame) -> None:
    """Two events in order start far enough, and not too far, apart when both are placed."""
    day = frame.problem.calendar.day
    for order in frame.problem.precedences:
        pair = frame.choices[order.first], frame.choices[order.then]
        _keep_distance(frame, pair, order.least_slots, order.most_slots, lambda start: start)
        if order.least_days or order.most_days is not None:
            _keep_distance(frame, pair, order.least_days, order.most_days, day)


def _keep_distance(
    frame: Frame,
    pair: tuple[EventChoice, EventChoice],
    least: int,
    most: int | None,
    measure: Callable[[int], int],
) -> None:
    first, then = pair
    terms = [(literal, measure(start)) for start, literal in then.starts.items()]
    terms += [(literal, -measure(start)) for start, literal in first.starts.items()]
    both = [first.out.negated(), then.out.negated()]
    frame.model.add(weighted(terms) >= least).only_enforce_if(both)
    if most is not None:
        frame.model.add(weighted(terms) <= most).only_enforce_if(both)


def no_more_than_counted(frame: Frame) -> None:
    """Of the events of a count no more than the most begin within its days."""
    counted = members(frame.problem.counts, frame.problem.events)
    for count in frame.problem.counts:
        if count.most is not None and count.most < len(counted[count.id]):
            frame.at_most(_begin(frame, counted[count.id], count, inside=True), count.most)


def no_fewer_than_counted(frame: Frame) -> None:
    """Of the events of a count so few begin outside its days that the least can be within."""
    counted = members(frame.problem.counts, frame.problem.events)
    for count in frame.problem.counts:
        if count.least:
            others = len(counted[count.id]) - count.least
            frame.at_most(_begin(frame, counted[count.id], count, inside=False), others)


def _begin(frame: Frame, event_ids: Iterable[str], count: Count, *, inside: bool) -> list[Term]:
    """Return the starts within the days of a count, or those outside."""
    day = frame.problem.calendar.day
    return [
        (literal, 1)
        for event_id in event_ids
        for start, literal in frame.choices[event_id].starts.items()
        if (count.first_day <= day(start) <= count.last_day) is inside
    ]
