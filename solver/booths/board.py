"""A seating in the making: who holds which booth, what a move or an exchange costs, and who meets whom."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping

from solver.booths.layout import Block
from solver.booths.options import Options
from solver.booths.prices import Prices
from solver.booths.request import Request

Move = tuple[tuple[str, Block], ...]
"""Who goes where, all at once."""


class Board:
    """Everybody admitted has a spot; no booth is held by two."""

    def __init__(self, options: Options, prices: Prices, spots: Mapping[str, Block]) -> None:
        """Take over a seating; who is fixed is added, and stays."""
        self.options, self._prices = options, prices
        self.spots: dict[str, Block] = {**options.fixed, **spots}
        self.holder = {place: name for name, spot in self.spots.items() for place in spot}
        self._rivals = _rivals(options, self.spots.keys())
        self._known: dict[tuple[str, Block], int] = {}
        self._pullers: Counter[str] = Counter()
        for name in self.spots:
            self._count(name, 1)

    def clashes(self) -> list[str]:
        """Return everybody not fixed who stands beside somebody they avoid."""
        movable = (name for name in self.spots if name not in self.options.fixed)
        return [name for name in movable if self.meets(name, self.spots[name])]

    def meets(self, name: str, spot: Block, away: Mapping[str, Block] | None = None) -> list[str]:
        """Return whom of those it avoids an enterprise would stand beside, those `away` being elsewhere."""
        rivals = self._rivals.get(name)
        if not rivals:
            return []
        away = away or {}
        near = {other for place in spot for other in self.options.layout.beside[place]} - set(spot)
        met = {self.holder[place] for place in near if place in self.holder} & rivals
        met = {one for one in met if one not in away}
        met.update(one for one, its in away.items() if one in rivals and not near.isdisjoint(its))
        return sorted(met)

    def price(self, name: str, spot: Block) -> int:
        """Return wish, zone and move of an enterprise at a spot."""
        key = name, spot
        if key not in self._known:
            self._known[key] = self._prices.of(self.options.requests[name], spot)
        return self._known[key]

    def wish(self, name: str, spot: Block | None = None) -> int:
        """Return what the dearest wish granted at a spot, or where an enterprise stands, counts."""
        return self._prices.wish(self._request(name), spot or self.spots[name])

    def total(self) -> int:
        """Return what the whole seating costs."""
        spread = sum(map(_pairs, self._pullers.values())) * self.options.problem.weights.spread
        return spread + sum(self.price(name, spot) for name, spot in self.spots.items())

    def change(self, move: Move) -> int:
        """Return by how much a move makes the seating dearer."""
        total, pullers = 0, Counter[str]()
        for name, spot in move:
            total += self.price(name, spot) - self.price(name, self.spots[name])
            if self._request(name).crowd_puller:
                pullers.update(self._bays(spot))
                pullers.subtract(self._bays(self.spots[name]))
        weight = self.options.problem.weights.spread
        for bay, more in pullers.items():
            now = self._pullers[bay]
            total += weight * (_pairs(now + more) - _pairs(now))
        return total

    def breaches(self, move: Move) -> int:
        """Return how many meetings of those who avoid each other a move would leave among those who move."""
        away = dict(move)
        return sum(len(self.meets(name, spot, away)) for name, spot in move)

    def make(self, move: Move) -> None:
        """Carry a move out."""
        for name, _ in move:
            self._count(name, -1)
            for place in self.spots[name]:
                del self.holder[place]
        for name, spot in move:
            self.spots[name] = spot
            self.holder.update(dict.fromkeys(spot, name))
            self._count(name, 1)

    def remove(self, name: str) -> None:
        """Take an enterprise off the board."""
        self._count(name, -1)
        for place in self.spots.pop(name):
            del self.holder[place]

    def moves(self, name: str) -> Iterator[Move]:
        """Yield every way to put an enterprise elsewhere: to free booths, or in exchange with one other."""
        here, needs = self.spots[name], self.options.needs(self._request(name))
        for spot in self.options.spots(needs):
            if spot != here and (move := self.move_to(name, spot)):
                yield move

    def move_to(self, name: str, spot: Block) -> Move | None:
        """Return the move that gives an enterprise a spot that suits it, or None if one is not enough."""
        holders = {self.holder[place] for place in spot if place in self.holder}
        if not holders - {name}:
            return ((name, spot),)
        if len(holders) > 1:
            return None
        (other,) = holders
        here = self.spots[name]
        suits = self.spots[other] == spot and other not in self.options.fixed and self._suits(other, here)
        return ((name, spot), (other, here)) if suits else None

    def _suits(self, name: str, spot: Block) -> bool:
        touching = self.options.touching(self.options.needs(self._request(name)))
        return spot in touching.get(spot[0], ())

    def _request(self, name: str) -> Request:
        return self.options.requests[name]

    def _bays(self, spot: Block) -> set[str]:
        return {self.options.layout.bays[place] for place in spot} - {""}

    def _count(self, name: str, more: int) -> None:
        if self._request(name).crowd_puller:
            for bay in self._bays(self.spots[name]):
                self._pullers[bay] += more


def _pairs(count: int) -> int:
    return count * (count - 1) // 2


def _rivals(options: Options, names: Iterable[str]) -> dict[str, set[str]]:
    """Return for each of these who avoids whom among them, both ways."""
    known = set(names)
    found: defaultdict[str, set[str]] = defaultdict(set)
    for name in known:
        for other in options.requests[name].avoids & known:
            found[name].add(other)
            found[other].add(name)
    return dict(found)
