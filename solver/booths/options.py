"""Where each request may stand: the rules about a booth by itself, one small function each."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from solver.booths.hall import Booth
from solver.booths.layout import Block, Layout
from solver.booths.problem import Problem
from solver.booths.request import Request


@dataclass(frozen=True, slots=True)
class Needs:
    """All that decides where a request may stand; requests with the same needs stand in for one another."""

    booths: int
    power: bool
    network: bool
    accessible: bool
    least_width_mm: int
    least_depth_mm: int
    zones: frozenset[str]


def size(needs: Needs, booth: Booth) -> bool:
    """The booth is large enough."""
    return booth.width_mm >= needs.least_width_mm and booth.depth_mm >= needs.least_depth_mm


def power(needs: Needs, booth: Booth) -> bool:
    """The booth has power if that is needed."""
    return booth.power or not needs.power


def network(needs: Needs, booth: Booth) -> bool:
    """The booth has a network if that is needed."""
    return booth.network or not needs.network


def accessible(needs: Needs, booth: Booth) -> bool:
    """The booth can be reached by wheelchair if that is needed."""
    return booth.accessible or not needs.accessible


def zone(needs: Needs, booth: Booth) -> bool:
    """The booth lies in a zone the enterprise may stand in."""
    return booth.zone in needs.zones


FITS: dict[str, Callable[[Needs, Booth], bool]] = {
    "size": size,
    "power": power,
    "network": network,
    "accessible": accessible,
    "zone": zone,
}
"""Each rule about one booth, by its name among the rules of the judge."""


class Options:
    """Looks up where requests may stand.

    `fixed` are those who stay where they are, by name: confirmed bookings, and whoever else is `held`. Their
    booths, `settled`, are nobody else's.
    """

    def __init__(self, problem: Problem, held: Mapping[str, Block] | None = None) -> None:
        """Look at the halls once."""
        self.problem, self.layout = problem, Layout(problem)
        self.requests = {request.enterprise: request for request in problem.requests}
        self.fixed = {**(held or {}), **dict(_bookings(problem, self.layout.place))}
        self.settled = frozenset(place for spot in self.fixed.values() for place in spot)
        self._blocks: dict[int, list[Block]] = {}
        self._spots: dict[Needs, tuple[Block, ...]] = {}
        self._touching: dict[Needs, dict[int, list[Block]]] = {}
        self._in_zone: dict[str, frozenset[int]] = {}
        self._zones: dict[tuple[str, frozenset[str]], frozenset[str]] = {}
        self._needs: dict[str, Needs] = {}

    def needs(self, request: Request) -> Needs:
        """Return what decides where a request may stand."""
        if request.enterprise not in self._needs:
            self._needs[request.enterprise] = Needs(
                request.booths,
                request.power,
                request.network,
                request.accessible,
                request.least_width_mm,
                request.least_depth_mm,
                self.zones(request.industry, request.zones),
            )
        return self._needs[request.enterprise]

    def zones(self, industry: str, wanted: frozenset[str]) -> frozenset[str]:
        """Return the zones ("" where there is none) open to an industry among those that are wanted."""
        key = industry, wanted
        if key not in self._zones:
            shut = {
                zone.code for zone in self.problem.zones if zone.closed and industry not in zone.industries
            }
            everywhere = {""} | {zone.code for zone in self.problem.zones}
            self._zones[key] = frozenset((wanted or everywhere) - shut)
        return self._zones[key]

    def spots(self, needs: Needs) -> tuple[Block, ...]:
        """Return every booth, or booths in a row, that meet the needs and are not settled."""
        if needs not in self._spots:
            fitting = {
                number
                for number, booth in enumerate(self.layout.booths)
                if number not in self.settled and all(fits(needs, booth) for fits in FITS.values())
            }
            self._spots[needs] = tuple(
                block for block in self._of_size(needs.booths) if fitting.issuperset(block)
            )
        return self._spots[needs]

    def in_zone(self, zone: str) -> frozenset[int]:
        """Return the booths of a zone."""
        if zone not in self._in_zone:
            booths = enumerate(self.layout.booths)
            self._in_zone[zone] = frozenset(place for place, booth in booths if booth.zone == zone)
        return self._in_zone[zone]

    def touching(self, needs: Needs) -> dict[int, list[Block]]:
        """Return the spots of `spots` by each booth in them."""
        if needs not in self._touching:
            found: defaultdict[int, list[Block]] = defaultdict(list)
            for spot in self.spots(needs):
                for place in spot:
                    found[place].append(spot)
            self._touching[needs] = dict(found)
        return self._touching[needs]

    def _of_size(self, size: int) -> list[Block]:
        if size not in self._blocks:
            self._blocks[size] = self.layout.blocks(size)
        return self._blocks[size]


def _bookings(problem: Problem, place: Mapping[str, int]) -> Iterator[tuple[str, Block]]:
    for request in problem.requests:
        if request.booked:
            yield request.enterprise, tuple(sorted(place[code] for code in request.booked))
