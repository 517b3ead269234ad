"""The decisions of seating: who goes to which spot by name, and who goes to a sort of booths, named later.

Most enterprises do not care which of a zone's booths they get, so a booth by name for each would be two
million decisions about nothing. A request chooses a spot by name only where that changes its price: one
it wishes for or has had. Else it goes to a group: the spots of one set of zones that meet the same needs.
From the group it goes on, not as itself but as one of many, to a spot (several booths in a row) or to a sort
of alike booths (a single one).
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from solver.booths.layout import Block
from solver.booths.options import Needs, Options
from solver.booths.prices import Prices
from solver.booths.request import Request
from solver.mixed import Rows

Kind = tuple[Needs, bool]
"""Needs, and whether a crowd-puller: requests of one kind stand in for one another."""
Group = tuple[Kind, frozenset[str]]
"""A kind, and the zones that its spots of this group lie in; no zones: the hub from which all groups fill."""
Sort = tuple[str, str, tuple[int, int, bool, bool, bool]]
"""Alike booths: zone, bay ("": any, for it matters to crowd-pullers only), and what they offer."""
HUB: frozenset[str] = frozenset()
NO_BAY = "\n"
"""The bay of booths that lie in none; "" is any."""


@dataclass(frozen=True, slots=True)
class Step:
    """A column: somebody, or one of a group, goes to a group, to a spot by name, or to a sort of booths."""

    column: int
    request: str = ""
    group: Group | None = None
    to: Group | None = None
    spot: Block = ()
    sort: Sort | None = None
    pulls: bool = False


class Frame:
    """All steps of the requests that are to be seated; `exact`: every spot by name, none left for later."""

    def __init__(
        self, options: Options, prices: Prices, requests: Sequence[Request], *, exact: bool = False
    ) -> None:
        """Make the steps; rules and goals add the rows."""
        self.options, self.prices, self.requests, self.rows = options, prices, requests, Rows()
        self.steps: list[Step] = []
        self.sorts: dict[Sort, list[int]] = defaultdict(list)
        self._sort_of = [self._sort(place) for place in range(len(options.layout.booths))]
        for place, sort in enumerate(self._sort_of):
            if place not in options.settled:
                self.sorts[sort].append(place)
        self._groups: dict[Kind, dict[frozenset[str], list[Block]]] = {}
        for request in requests:
            if exact:
                self._name(request, options.spots(options.needs(request)))
            else:
                self._name(request, prices.worth_naming(request))
                self._join(request)
        for kind, groups in self._groups.items():
            self._fill(kind, groups)

    def sort_of(self, place: int) -> Sort:
        """Return which booths are like the one at a place."""
        return self._sort_of[place]

    def _sort(self, place: int) -> Sort:
        booth, bay = self.options.layout.booths[place], self.options.layout.bays[place]
        offers = (booth.width_mm, booth.depth_mm, booth.power, booth.network, booth.accessible)
        return booth.zone, bay or NO_BAY, offers

    def _add(self, price: int = 0, most: int = 1, **facts: object) -> None:
        self.steps.append(Step(self.rows.column(price, most), **facts))  # type: ignore[arg-type]

    def _name(self, request: Request, spots: Iterable[Block]) -> None:
        for spot in spots:
            price = self.prices.of(request, spot)
            self._add(price, request=request.enterprise, spot=spot, pulls=request.crowd_puller)

    def _join(self, request: Request) -> None:
        """Let a request go to the hub at the price of a stranger, or to a group at the price of its zones."""
        kind = self.options.needs(request), request.crowd_puller
        groups = self._groups_of(kind)
        _, wished = self.prices.wanted(request)
        no_wish, moved = self.prices.no_wish(request), self.prices.move(request, None)
        most = self.prices.apart(no_wish, at_home=not self.prices.homes(request.industry)) + moved
        self._add(most, request=request.enterprise, to=(kind, HUB))
        for zones in groups:
            wish = min(
                (wished[zone] for zone in zones if {zone} == zones and zone in wished), default=no_wish
            )
            price = self.prices.apart(wish, at_home=self.prices.at_home(request, zones)) + moved
            if price < most:
                self._add(price, request=request.enterprise, to=(kind, zones))

    def _groups_of(self, kind: Kind) -> dict[frozenset[str], list[Block]]:
        if kind not in self._groups:
            groups: defaultdict[frozenset[str], list[Block]] = defaultdict(list)
            booths = self.options.layout.booths
            for spot in self.options.spots(kind[0]):
                groups[frozenset(booths[place].zone for place in spot)].append(spot)
            self._groups[kind] = dict(groups)
        return self._groups[kind]

    def _fill(self, kind: Kind, groups: dict[frozenset[str], list[Block]]) -> None:
        """Lead from the hub to each group, and from each group to its spots or sorts."""
        (needs, pulls), most = kind, len(self.requests)
        for zones, spots in groups.items():
            here = kind, zones
            self._add(most=most, group=(kind, HUB), to=here)
            if needs.booths > 1:
                for spot in spots:
                    self._add(group=here, spot=spot, pulls=pulls)
            else:
                for sort in dict.fromkeys(self._shown(place, pulls=pulls) for (place,) in spots):
                    self._add(most=most, group=here, sort=sort, pulls=pulls)

    def _shown(self, place: int, *, pulls: bool) -> Sort:
        """Return the sort of a booth; the bay is left out for whom it does not matter."""
        zone, bay, offers = self._sort_of[place]
        return zone, bay if pulls else "", offers
