"""Rival fairs: events of one industry whose seats are near each other and whose days are close."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Set
from itertools import combinations

from scheduler.models import EventKind
from scheduler.times import local
from scheduler.translate.inputs import Inputs
from scheduler.translate.journeys import kilometres_between
from scheduler.translate.names import id_of
from scheduler.translate.timetable import SHAPES, Timetable
from solver.timetable import Tally

RIVAL_KM, RIVAL_DAYS = 50, 3
"""What holds where the parameters rival_km and rival_days are missing."""

Near = Mapping[str, Set[str]]


def make_nearby(inputs: Inputs, timetable: Timetable) -> Iterator[Tally]:
    """Count the events of one industry beyond the first in each stretch of days and set of near divisions.

    Every two of such a set are within `rival_km`, so exactly those who are near are rivals. Events of other
    plans count as already there. Who comes to an online event or a livestream comes from anywhere.
    """
    days = int(inputs.parameters.get("rival_days", RIVAL_DAYS))
    ours: defaultdict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for event in inputs.events:
        if event.industry_code and _draws_from_near(event.kind):
            ours[event.industry_code][event.division_code].append(id_of("event", event.id))
    theirs = _taken(inputs, timetable, days)
    near = _near(inputs, {code for held in ours.values() for code in held} | {code for _, code in theirs})
    for industry, held in sorted(ours.items()):
        places = {code for code in near if code in held or (industry, code) in theirs}
        for group in sorted(map(sorted, groups_of({code: near[code] & places for code in places}))):
            events = tuple(event for code in group for event in held.get(code, ()))
            taken = sum((theirs[industry, code] for code in group if (industry, code) in theirs), Counter())
            if events and len(events) + bool(taken) > 1:
                name = f"{industry} within {' '.join(group)}"
                yield _tally(name, events, days, [taken[at] for at in range(_windows(timetable, days))])


def _tally(name: str, events: tuple[str, ...], days: int, already: list[int]) -> Tally:
    there = tuple(already) if any(already) else ()
    return Tally(name, "nearby", events, days, 1, first_day=1 - days, limits=(1,), already=there)


def _windows(timetable: Timetable, days: int) -> int:
    return timetable.calendar.days + days - 1


def _draws_from_near(kind: EventKind) -> bool:
    return kind not in {EventKind.ONLINE, EventKind.LIVESTREAM}


def _taken(inputs: Inputs, timetable: Timetable, days: int) -> dict[tuple[str, str], Counter[int]]:
    """Return how many events of other plans fall into each stretch of days, by industry and division."""
    found: defaultdict[tuple[str, str], Counter[int]] = defaultdict(Counter)
    for fixed in inputs.fixed:
        if fixed.industry_code and _draws_from_near(fixed.kind):
            first = timetable.day(local(fixed.starts_at).date())
            begins = range(first, first + SHAPES[fixed.pattern].days + days - 1)
            found[fixed.industry_code, fixed.division_code].update(begins)
    return found


def _near(inputs: Inputs, codes: Set[str]) -> Near:
    """Return for each division those of the others whose seats are near."""
    most = int(inputs.parameters.get("rival_km", RIVAL_KM))
    near: dict[str, set[str]] = {code: set() for code in sorted(codes)}
    for one, other in combinations(near, 2):
        distance = kilometres_between(inputs, one, other)
        if distance is not None and distance <= most:
            near[one].add(other)
            near[other].add(one)
    return near


def groups_of(near: Near) -> Iterator[set[str]]:
    """Yield every largest set of which each two are near: maximal cliques (Bron and Kerbosch, 1973)."""

    def grow(group: set[str], open_to: set[str], closed: set[str]) -> Iterator[set[str]]:
        if not open_to and not closed:
            yield group
            return
        pivot = max(sorted(open_to | closed), key=lambda code: len(near[code] & open_to))
        for code in sorted(open_to - near[pivot]):
            yield from grow(group | {code}, open_to & near[code], closed & near[code])
            open_to, closed = open_to - {code}, closed | {code}

    yield from grow(set(), set(near), set())
