"""What every answer of a search has: costs by goal, and a proof of how much cheaper another could be."""

from collections.abc import Mapping


class Priced:
    """An answer with costs by goal, each already multiplied by its weight, and a lower bound of their sum."""

    __slots__ = ()

    costs: Mapping[str, int]
    bound: int

    @property
    def cost(self) -> int:
        """The sum over all goals."""
        return sum(self.costs.values())

    @property
    def gap(self) -> float:
        """Share of the cost that no proof yet says is needed: 0.01 is one per cent."""
        return (self.cost - self.bound) / self.cost if self.cost else 0.0
