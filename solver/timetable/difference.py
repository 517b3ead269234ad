"""What changes between two plans: which events move, from where to where, which come and which go."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from solver.timetable.solution import Placement


class Change(StrEnum):
    """What happened to an event; a change of crew alone is none."""

    PLACED = "placed"
    REMOVED = "removed"
    TIME = "time"
    VENUE = "venue"
    BOTH = "time and venue"


@dataclass(frozen=True, slots=True)
class Difference:
    """One event that is not where it was."""

    event: str
    change: Change
    before: Placement | None
    after: Placement | None


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


def _change(was: Placement | None, now: Placement | None) -> Change | None:
    if was is None or now is None:
        return Change.PLACED if was is None else Change.REMOVED
    if was.start != now.start:
        return Change.TIME if was.venues == now.venues else Change.BOTH
    return None if was.venues == now.venues else Change.VENUE
