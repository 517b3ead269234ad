"""Names the crews of one day where some events are too far apart for one crew to serve both."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Any, NamedTuple

from solver.timetable.event import CrewNeed
from solver.timetable.journeys import Journeys
from solver.timetable.venue import Crew

MOST_STEPS = 20_000
"""So many ways to name crews are tried before a day counts as impossible."""


class Duty(NamedTuple):
    """One event in one slot: whom it needs, and where."""

    slot: int
    event: str
    need: CrewNeed
    regions: tuple[str, ...]


Prefer = Callable[[Duty], Callable[[str], tuple[Any, ...]]]
"""For a duty, the rank of each crew by its id."""


class DayPlan:
    """Tries crews duty by duty, the earliest and largest first, and goes back where nobody is left."""

    def __init__(
        self, crews: Iterable[Crew], journeys: Journeys, prefer: Prefer = lambda _: lambda _: ()
    ) -> None:
        """Take the crews present; of those equally large the one with the least rank comes first."""
        self._crews = list(crews)
        self._journeys = journeys
        self._prefer = prefer
        self._duties: defaultdict[str, list[Duty]] = defaultdict(list)
        self._steps = 0

    def name(self, duties: Iterable[Duty]) -> list[tuple[Duty, str]] | None:
        """Return each duty with the crews named for it, or None if that cannot be done."""
        ordered = sorted(duties, key=lambda duty: (duty.slot, -duty.need.size, duty.event))
        seats = [duty for duty in ordered for _ in range(duty.need.count)]
        named: list[tuple[Duty, str]] = []
        return named if self._fill(seats, 0, named) else None

    def _fill(self, seats: Sequence[Duty], place: int, named: list[tuple[Duty, str]]) -> bool:
        if place == len(seats):
            return True
        duty, tried = seats[place], set()
        rank = self._prefer(duty)
        for crew in sorted(self._able(duty), key=lambda crew: (crew.size, rank(crew.id), crew.id)):
            before = ((one.slot, one.regions, one.event == duty.event) for one in self._duties[crew.id])
            kind = crew.size, tuple(before)
            self._steps += 1
            if kind in tried or self._steps > MOST_STEPS:
                continue
            tried.add(kind)
            self._duties[crew.id].append(duty)
            named.append((duty, crew.id))
            if self._fill(seats, place + 1, named):
                return True
            named.pop()
            self._duties[crew.id].pop()
        return False

    def _able(self, duty: Duty) -> list[Crew]:
        return [crew for crew in self._crews if crew.size >= duty.need.size and self._can_come(crew, duty)]

    def _can_come(self, crew: Crew, duty: Duty) -> bool:
        for earlier in self._duties[crew.id]:
            if earlier.slot == duty.slot:
                return False
            pause = self._journeys.pause(earlier.slot, duty.slot)
            if earlier.event != duty.event and self._journeys.too_far(earlier.regions, duty.regions, pause):
                return False
        return True


def far_apart(duties: Collection[Duty], journeys: Journeys) -> bool:
    """Tell whether some two duties of one day are too far apart for one crew."""
    return any(
        one.slot < other.slot
        and one.event != other.event
        and journeys.too_far(one.regions, other.regions, journeys.pause(one.slot, other.slot))
        for one in duties
        for other in duties
    )
