"""What an allocation came to, for reading: at a glance by wish and by zone, then page by page."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from scheduler.models import name_key
from scheduler.queries.booking.allocations import Draft, Line
from scheduler.queries.paging import NumberedPage

PAGE_SIZE = 50


class Got(StrEnum):
    """What an enterprise got: a booth it wished for, another one, or none."""

    WISH = "wish"
    OTHER = "other"
    NONE = "none"


class ZoneSum(NamedTuple):
    """A zone at a glance: booths taken of those there are, and how many of these by who it is meant for."""

    code: str
    taken: int
    booths: int
    at_home: int
    meant: bool


@dataclass(frozen=True, slots=True)
class Glance:
    """How many got which wish by its rank, something else or nothing, and how each zone fills."""

    ranks: Sequence[tuple[int, int]]
    missed: int
    wishless: int
    waiting: int
    zones: Sequence[ZoneSum]

    @property
    def all(self) -> int:
        """Return how many asked."""
        return sum(many for _, many in self.ranks) + self.missed + self.wishless + self.waiting


def got_by(line: Line) -> Got:
    """Return what an enterprise got."""
    if not line.booths:
        return Got.NONE
    return Got.WISH if line.wish else Got.OTHER


def outcomes(draft: Draft, *, text: str = "", got: Got | None = None, number: int = 1) -> NumberedPage[Line]:
    """Return a page of who asked, in the published order; who waits alone is in the order of the list.

    `text` is part of a name, or the beginning of a credit code.
    """
    among = draft.waiting if got is Got.NONE else draft.lines
    key, code = name_key(text), text.upper().replace(" ", "")
    found = [
        line
        for line in among
        if (got is None or got_by(line) is got)
        and (not text or key in name_key(line.name_zh) or line.turn.enterprise.startswith(code))
    ]
    first = (number - 1) * PAGE_SIZE
    lines = found[first : first + PAGE_SIZE]
    return NumberedPage(lines=lines, number=number, total=len(found), size=PAGE_SIZE)


def glance(draft: Draft) -> Glance:
    """Return what an allocation comes to at a glance."""
    ranks = Counter(line.wish for line in draft.granted if line.wish)
    others = [line for line in draft.granted if not line.wish]
    return Glance(
        ranks=[(rank, ranks[rank]) for rank in range(1, max(ranks, default=0) + 1)],
        missed=sum(bool(line.request.wishes) for line in others),
        wishless=sum(not line.request.wishes for line in others),
        waiting=len(draft.waiting),
        zones=_zones(draft),
    )


def _zones(draft: Draft) -> list[ZoneSum]:
    zone_of = {booth.code: booth.zone for booth in draft.problem.booths}
    booths, taken, home = Counter(zone_of.values()), Counter[str](), Counter[str]()
    for line in draft.granted:
        held = Counter(zone_of[code] for code in line.booths)
        taken += held
        if line.at_home:
            home += held
    return [
        ZoneSum(zone.code, taken[zone.code], booths[zone.code], home[zone.code], bool(zone.industries))
        for zone in draft.problem.zones
    ]
