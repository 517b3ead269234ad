"""What is counted in windows of time: each event too many, and each one missing, has its price."""

from collections.abc import Iterator

from solver.timetable.model.frame import Frame, Literal, Term
from solver.timetable.tallies import Tallies

InWindow = dict[str, list[Literal]]
"""By event, the starts with which it falls into one window."""
Excess = tuple[list[Term], int, int]
"""Terms and a constant that cost as far as they add up to more than 0, and the most they can add up to."""


def price_tallies(frame: Frame) -> None:
    """Price, window by window, what each tally has too much or too little of.

    Windows into which the same starts fall share one variable; where nothing could cost there is none.
    """
    tallies = Tallies(frame.problem)
    for place in range(len(tallies.all)):
        priced: dict[object, tuple[Excess, int]] = {}
        for excess in _excesses(frame, tallies, place):
            terms, constant, _ = excess
            same = constant, *((literal.index, count) for literal, count in terms)
            _, price = priced.get(same, (excess, 0))
            priced[same] = excess, price + tallies.price(place)
        for (terms, constant, most), price in priced.values():
            frame.price_excess(terms, constant, most, price)


def _excesses(frame: Frame, tallies: Tallies, place: int) -> Iterator[Excess]:
    for window, events in _by_window(frame, tallies, place).items():
        limits, least = tallies.limits(place, window), tallies.least(place, window)
        if least or any(len(events) > limit for limit in limits):
            terms, constant = _count(frame, events)
            for limit in limits:
                if len(events) > limit:
                    yield terms, constant - limit, len(events) - limit
            if least:
                missing = [(literal, -count) for literal, count in terms]
                yield missing + _elsewhere(frame, tallies.all[place].events), least - constant, least


def _by_window(frame: Frame, tallies: Tallies, place: int) -> dict[int, InWindow]:
    """Return what may fall into each window; where something is wanted at least, also if nothing can."""
    tally = tallies.all[place]
    windows = range(tally.windows(frame.problem.calendar.days)) if tally.least else range(0)
    found: dict[int, InWindow] = {window: {} for window in windows}
    for event_id in tally.events:
        choice = frame.choices[event_id]
        for start, literal in choice.starts.items():
            for window in tallies.touched(place, choice.options.event, start):
                found.setdefault(window, {}).setdefault(event_id, []).append(literal)
    return found


def _count(frame: Frame, events: InWindow) -> tuple[list[Term], int]:
    """Return how many of the events fall into a window; whoever cannot avoid it does unless left out."""
    terms, certain = [], 0
    for event_id, literals in events.items():
        choice = frame.choices[event_id]
        if len(literals) == len(choice.starts) > 1:
            terms.append((choice.out, -1))
            certain += 1
        else:
            terms += [(literal, 1) for literal in literals]
    return terms, certain


def _elsewhere(frame: Frame, event_ids: tuple[str, ...]) -> list[Term]:
    """Let an event left out for a start it has lost count wherever one is missing: it might be there."""
    return [(frame.choices[event_id].out, -1) for event_id in event_ids if event_id in frame.elsewhere]
