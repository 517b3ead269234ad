"""Seats one part of the hall anew at a time, booth by booth, everybody else staying where they are."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping

from solver.booths.layout import Block
from solver.booths.model import seat
from solver.booths.options import Options
from solver.booths.prices import Prices

WINDOW, STEP = 80, 40
"""Booths of one part, and how far the next part of a larger zone lies on."""
PART_SECONDS = 3.0


class Polish:
    """Improves a seating part by part."""

    def __init__(self, options: Options, prices: Prices, seed: int) -> None:
        """Divide the halls into parts."""
        self._options, self._prices, self._seed = options, prices, seed
        self._parts = list(_parts(options))

    def improved(
        self, spots: Mapping[str, Block], touched: frozenset[int], left: Callable[[], float]
    ) -> Iterator[dict[str, Block]]:
        """Yield the seating after each part that has been seated anew, as long as there is time `left`.

        Parts with the most booths that were `touched` come first, parts without any not at all.
        """
        now = dict(spots)
        worth = {part: len(touched.intersection(part)) for part in self._parts}
        for part in sorted((part for part in worth if worth[part]), key=lambda part: (-worth[part], part)):
            seconds = min(left(), PART_SECONDS)
            if seconds > 0:
                now |= self._anew(now, frozenset(part), seconds)
                yield now

    def _anew(self, spots: Mapping[str, Block], part: frozenset[int], seconds: float) -> Mapping[str, Block]:
        """Return where those of one part go if they may go anywhere in it, or to what is free elsewhere."""
        options = self._options
        people = {name for name, spot in spots.items() if name not in options.fixed and part.issuperset(spot)}
        held = {name: spot for name, spot in spots.items() if name not in people}
        requests = [request for name, request in options.requests.items() if name in people]
        around = Options(options.problem, held)
        return seat(around, self._prices, requests, seconds=seconds, seed=self._seed, exact=True).spots


def _parts(options: Options) -> Iterator[tuple[int, ...]]:
    """Yield each zone of each hall, a large one in pieces that overlap."""
    zones: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for place, booth in enumerate(options.layout.booths):
        zones[booth.hall, booth.zone].append(place)
    for places in zones.values():
        for first in range(0, max(1, len(places) - WINDOW + STEP), STEP):
            yield tuple(places[first : first + WINDOW])
