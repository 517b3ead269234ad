"""What changes between two plans: which events move, from where to where, why, and who must be told."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from solver.timetable.problem import Problem
from solver.timetable.rules import Violation
from solver.timetable.solution import Placement


class Change(StrEnum):
    """What happened to an event; a change of crew alone is none."""

    PLACED = "placed"
    REMOVED = "removed"
    TIME = "time"
    VENUE = "venue"
    BOTH = "time and venue"


@dataclass(frozen=True, slots=True)
class Told:
    """Who has to learn of a change: attendees, crews of before and of after, and the region that organizes.

    Region and area are those of the event; an event that the problem no longer knows has none.
    """

    attendees: tuple[str, ...] = ()
    crews: tuple[str, ...] = ()
    region: str = ""
    area: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """One event that is not where it was; `why` names the rules that forced it, if that is known."""

    event: str
    change: Change
    before: Placement | None
    after: Placement | None
    why: tuple[Violation, ...] = ()
    told: Told = Told()


def differences(before: Iterable[Placement], after: Iterable[Placement]) -> list[Difference]:
    """Return every event whose slot or venues differ, in the order of their ids."""
    old = {placement.event: placement for placement in before}
    new = {placement.event: placement for placement in after}
    found = []
    for event_id in sorted(old.keys() | new.keys()):
        was, now = old.get(event_id), new.get(event_id)
        change = _change(was, now)
        if change:
            found.append(Difference(event_id, change, was, now))
    return found


def with_reasons(
    found: Iterable[Difference], problem: Problem, why: Mapping[str, tuple[Violation, ...]]
) -> list[Difference]:
    """Return the differences with why each came about and who must be told, looked up in the problem."""
    changes = list(found)
    changed = {one.event for one in changes}
    attending: defaultdict[str, list[str]] = defaultdict(list)
    for attendee in problem.attendees:
        for event_id in changed.intersection(attendee.events):
            attending[event_id].append(attendee.id)
    homes = {event.id: (event.region, event.area) for event in problem.events if event.id in changed}
    return [
        replace(
            one,
            why=why.get(one.event, ()),
            told=Told(
                tuple(attending[one.event]),
                tuple(dict.fromkeys((*_crews(one.before), *_crews(one.after)))),
                *homes.get(one.event, ("", "")),
            ),
        )
        for one in changes
    ]


def _crews(placement: Placement | None) -> tuple[str, ...]:
    return placement.crews if placement else ()


def _change(was: Placement | None, now: Placement | None) -> Change | None:
    if was is None or now is None:
        return Change.PLACED if was is None else Change.REMOVED
    if was.start != now.start:
        return Change.TIME if was.venues == now.venues else Change.BOTH
    return None if was.venues == now.venues else Change.VENUE
