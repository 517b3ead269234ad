"""Counts how many booths of each sort are taken, and makes room by moving those who can go elsewhere."""

from collections import Counter, deque
from collections.abc import Sequence

Sorts = tuple[int, ...]
"""The sorts of booths somebody can use, ascending."""


class Flow:
    """Booths of one sort are alike for everybody, so only their number counts."""

    def __init__(self, capacity: Sequence[int]) -> None:
        """All booths of all sorts are free."""
        self.free = list(capacity)
        self._held: list[Counter[Sorts]] = [Counter() for _ in capacity]

    def add(self, sorts: Sorts) -> bool:
        """Seat one more on any of these sorts, moving others if need be; False: there is no way to."""
        found = self._make_room(sorts)
        if found is None:
            return False
        self._held[found][sorts] += 1
        self.free[found] -= 1
        return True

    def remove(self, sorts: Sorts) -> None:
        """Give back one booth that was added for these sorts."""
        sort = next(sort for sort in sorts if self._held[sort][sorts])
        self._held[sort][sorts] -= 1
        self.free[sort] += 1

    def take(self, sort: int) -> bool:
        """Take one booth of a sort out of the count, moving others if need be; False: there is no way to."""
        if self._make_room((sort,)) is None:
            return False
        self.free[sort] -= 1
        return True

    def give(self, sort: int) -> None:
        """Put one booth of a sort back that was taken."""
        self.free[sort] += 1

    def held(self, sort: int) -> Counter[Sorts]:
        """Return how many of whom hold booths of a sort."""
        return +self._held[sort]

    def _make_room(self, sorts: Sorts) -> int | None:
        """Return one of the sorts with a free booth, after a chain of moves; None if no chain ends well."""
        for sort in sorts:
            if self.free[sort] > 0:
                return sort
        came: dict[int, tuple[int, Sorts] | None] = dict.fromkeys(sorts)
        queue = deque(sorts)
        while queue:
            sort = queue.popleft()
            for who, count in self._held[sort].items():
                if not count:
                    continue
                for other in who:
                    if other in came:
                        continue
                    came[other] = (sort, who)
                    if self.free[other] > 0:
                        return self._shift(came, other)
                    queue.append(other)
        return None

    def _shift(self, came: dict[int, tuple[int, Sorts] | None], to: int) -> int:
        """Move everybody of a chain one step on and return the sort where it began."""
        while (step := came[to]) is not None:
            sort, who = step
            self._held[sort][who] -= 1
            self._held[to][who] += 1
            self.free[sort] += 1
            self.free[to] -= 1
            to = sort
        return to
