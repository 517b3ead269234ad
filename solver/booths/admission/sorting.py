"""Sorts booths by who can use them: booths that are of use to the same requests are alike."""

from collections.abc import Iterable

from solver.booths.options import Needs, Options


class Sorting:
    """The sort of each booth, how many booths of each sort there are, and which sorts meet which needs."""

    def __init__(self, options: Options, needs: Iterable[Needs]) -> None:
        """Sort the booths that are not settled by the needs they can help to meet."""
        known = tuple(dict.fromkeys(needs))
        users: list[list[int]] = [[] for _ in options.layout.booths]
        for number, one in enumerate(known):
            for place in {place for spot in options.spots(one) for place in spot}:
                users[place].append(number)
        kinds: dict[tuple[int, ...], int] = {}
        self.of: dict[int, int] = {}
        for place, using in enumerate(users):
            if place not in options.settled:
                self.of[place] = kinds.setdefault(tuple(using), len(kinds))
        self.capacity = [0] * len(kinds)
        for sort in self.of.values():
            self.capacity[sort] += 1
        self.uses = [len(using) for using in kinds]
        """How many needs booths of each sort can help to meet."""
        self.meeting: dict[Needs, tuple[int, ...]] = {
            one: tuple(sort for using, sort in kinds.items() if number in using)
            for number, one in enumerate(known)
        }
