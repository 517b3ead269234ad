"""The hard rules as rows of the model, one small function each; whether a booth fits, the options know."""

from collections import defaultdict
from collections.abc import Callable, Mapping

from solver.booths.model.frame import Frame, Sort, Step
from solver.booths.request import Request

Terms = list[tuple[int, int]]


def one_spot_each(frame: Frame) -> None:
    """Everybody goes somewhere, and so many leave a group as have come to it."""
    steps: defaultdict[object, Terms] = defaultdict(list)
    for step in frame.steps:
        if step.request:
            steps[step.request].append((step.column, 1))
        if step.to:
            steps[step.to].append((step.column, 1))
        if step.group:
            steps[step.group].append((step.column, -1))
    for request in frame.requests:
        frame.rows.exactly(1, steps.pop(request.enterprise, []))
    for terms in steps.values():
        frame.rows.exactly(0, terms)


def one_enterprise_each(frame: Frame) -> None:
    """A booth by name is one enterprise's; of alike booths no more are taken than there are."""
    by_booth: defaultdict[int, Terms] = defaultdict(list)
    for step in frame.steps:
        for place in step.spot:
            by_booth[place].append((step.column, 1))
    for terms in by_booth.values():
        frame.rows.at_most(1, terms)
    if any(step.sort for step in frame.steps):
        _no_more_than_there_are(frame)


def _no_more_than_there_are(frame: Frame) -> None:
    """Count what is taken of alike booths in each bay, and of alike booths wherever they are."""
    taken: defaultdict[Sort, Terms] = defaultdict(list)
    there: defaultdict[Sort, int] = defaultdict(int)
    for sort, places in frame.sorts.items():
        there[sort] = len(places)
        there[sort[0], "", sort[2]] += len(places)
    for step in frame.steps:
        for zone, bay, offers in [step.sort] if step.sort else map(frame.sort_of, step.spot):
            for sort in dict.fromkeys([(zone, bay, offers), (zone, "", offers)]):
                taken[sort].append((step.column, 1))
    for sort, terms in taken.items():
        frame.rows.at_most(there[sort], terms)


def avoided_apart(frame: Frame) -> None:
    """Two who avoid each other are not at spots by name that are neighbours.

    Since a booth has one enterprise, one row says of somebody at a booth that no rival is at the next.
    """
    avoided = _avoided(frame)
    named: defaultdict[int, defaultdict[str, Terms]] = defaultdict(lambda: defaultdict(list))
    for step in frame.steps:
        if step.request in avoided:
            for place in step.spot:
                named[place][step.request].append((step.column, 1))
    for place, here in named.items():
        for other in sorted(frame.options.layout.beside[place]):
            if other > place and other in named:
                there = named[other]
                for name, terms in here.items():
                    met = [term for rival in sorted(avoided[name] & there.keys()) for term in there[rival]]
                    if met:
                        frame.rows.at_most(1, terms + met)


def _avoided(frame: Frame) -> dict[str, set[str]]:
    known = {request.enterprise for request in frame.requests}
    found: defaultdict[str, set[str]] = defaultdict(set)
    for request in frame.requests:
        for other in request.avoids & known:
            found[request.enterprise].add(other)
            found[other].add(request.enterprise)
    return found


def fixed_apart(frame: Frame) -> None:
    """Nobody is at a spot by name beside somebody fixed whom they avoid."""
    options = frame.options
    holders = {place: options.requests[name] for name, spot in options.fixed.items() for place in spot}
    shut = [(step.column, 1) for step in frame.steps if step.request and _meets_rival(step, frame, holders)]
    if shut:
        frame.rows.at_most(0, shut)


def _meets_rival(step: Step, frame: Frame, holders: Mapping[int, Request]) -> bool:
    request, beside = frame.options.requests[step.request], frame.options.layout.beside
    met = (holders[other] for place in step.spot for other in beside[place] if other in holders)
    return any(one.enterprise in request.avoids or request.enterprise in one.avoids for one in met)


MODEL: dict[str, Callable[[Frame], None]] = {
    "one_spot": one_spot_each,
    "one_enterprise": one_enterprise_each,
    "avoided": avoided_apart,
    "avoided_fixed": fixed_apart,
}
