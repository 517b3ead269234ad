"""What it costs, as the search counts it, to give a request some booths; the judge counts for itself."""

from collections.abc import Iterable, Mapping

from solver.booths.allocation import Grant
from solver.booths.layout import Block
from solver.booths.options import Options
from solver.booths.request import Request


class Prices:
    """Prices of one problem, with the allocation from which nobody should move without need."""

    def __init__(self, options: Options, previous: Iterable[Grant] = ()) -> None:
        """Look up zones and former booths once."""
        self._options, self._weights = options, options.problem.weights
        place = options.layout.place
        self.before: dict[str, Block] = {
            grant.enterprise: tuple(sorted(place[code] for code in grant.booths))
            for grant in previous
            if grant.enterprise in options.requests and place.keys() >= set(grant.booths)
        }
        self._homes: dict[str, frozenset[str]] = {}
        self._wanted: dict[str, tuple[Mapping[int, int], Mapping[str, int]]] = {}

    def of(self, request: Request, spot: Block) -> int:
        """Return wish, zone and move; whoever stands near it is counted elsewhere."""
        at_home = self.at_home(request, self._zones(spot))
        return self.apart(self.wish(request, spot), at_home=at_home) + self.move(request, spot)

    def wish(self, request: Request, spot: Block) -> int:
        """Return what the dearest wish that a spot grants counts."""
        booths, by_zone = self.wanted(request)
        granted = [booths[place] for place in spot if place in booths]
        zones = self._zones(spot)
        granted += [by_zone[zone] for zone in zones if len(zones) == 1 and zone in by_zone]
        return min(granted, default=self.no_wish(request))

    def _zones(self, spot: Block) -> set[str]:
        return {self._options.layout.booths[place].zone for place in spot}

    def apart(self, wish: int, *, at_home: bool) -> int:
        """Return the price of a wish granted and of standing among strangers or not."""
        return wish * self._weights.wishes + (not at_home) * self._weights.zones

    def move(self, request: Request, spot: Block | None) -> int:
        """Return the price of not standing where one stood (None: anywhere else)."""
        before = self.before.get(request.enterprise)
        return self._weights.moves * (before is not None and before != spot)

    def no_wish(self, request: Request) -> int:
        """Return what it counts if no wish is granted: nothing if there was none."""
        return self._options.problem.wish_steps if request.wishes else 0

    def wanted(self, request: Request) -> tuple[Mapping[int, int], Mapping[str, int]]:
        """Return what each booth and each zone wished for counts, the dearest wish 0."""
        if request.enterprise not in self._wanted:
            most, place = self._options.problem.wish_steps, self._options.layout.place
            counted = [(min(number, most), wish) for number, wish in enumerate(request.wishes)]
            self._wanted[request.enterprise] = (
                {place[wish.booth]: number for number, wish in counted if wish.booth},
                {wish.zone: number for number, wish in counted if wish.zone},
            )
        return self._wanted[request.enterprise]

    def at_home(self, request: Request, zones: Iterable[str]) -> bool:
        """Say whether all the zones are meant for the request's industry, or none anywhere is."""
        homes = self.homes(request.industry)
        return not homes or homes.issuperset(zones)

    def homes(self, industry: str) -> frozenset[str]:
        """Return the zones meant for an industry."""
        if industry not in self._homes:
            zones = self._options.problem.zones
            self._homes[industry] = frozenset(zone.code for zone in zones if industry in zone.industries)
        return self._homes[industry]

    def worth_naming(self, request: Request) -> list[Block]:
        """Return the spots that are priced for what they are, not only for the zones they lie in."""
        booths, _ = self.wanted(request)
        touching = self._options.touching(self._options.needs(request))
        found = {spot for place in booths for spot in touching.get(place, ())}
        before = self.before.get(request.enterprise)
        if before and before in touching.get(before[0], ()):
            found.add(before)
        return sorted(found)
