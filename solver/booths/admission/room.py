"""Says whether one more request can be seated beside all that were admitted before it."""

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from solver.booths.admission.flow import Flow, Sorts
from solver.booths.admission.sorting import Sorting
from solver.booths.layout import Block
from solver.booths.options import Needs, Options
from solver.booths.request import Request

if TYPE_CHECKING:
    from solver.booths.admission.packing import Packed


class Room:
    """Holds a way to seat everybody admitted so far: booths in a row named, single booths counted by sort.

    Who can be seated is decided by questions, each asked only if those before left it open. If booths in a
    row could be torn apart, would there be room? Is there room beside the booths in a row as they stand, if
    single booths change places? Is there if one lot of booths in a row goes elsewhere? Can all be packed
    anew? Where one is refused once, its like is refused ever after: there will not be more room.
    """

    def __init__(self, options: Options, requests: tuple[Request, ...], seconds: float) -> None:
        """Nobody is admitted yet; the last question may take so many seconds each time."""
        self._options, self._seconds = options, seconds
        self._sorting = Sorting(options, map(options.needs, requests))
        self._singles, self._pieces = Flow(self._sorting.capacity), Flow(self._sorting.capacity)
        self._admitted: Counter[Needs] = Counter()
        self._refused: set[Needs] = set()
        self._doubtful: set[Needs] = set()
        self._names: list[str] = []
        self._ranked: dict[Needs, list[Block]] = {}
        self._blocks: dict[str, Block] = {}
        self.undecided: list[str] = []

    def admit(self, request: Request) -> bool:
        """Admit a request if it can be seated beside the others, and say so."""
        needs = self._options.needs(request)
        if needs in self._refused:
            self.undecided += [request.enterprise] * (needs in self._doubtful)
            return False
        if self._seat(request, needs) or self._repack(request, needs):
            self._admitted[needs] += 1
            self._names.append(request.enterprise)
            return True
        self._refused.add(needs)
        return False

    def spots(self) -> dict[str, Block]:
        """Return a spot for everybody admitted; who avoids whom is not looked at."""
        free: list[list[int]] = [[] for _ in self._sorting.capacity]
        taken = {place for block in self._blocks.values() for place in block}
        for place, sort in self._sorting.of.items():
            if place not in taken:
                free[sort].append(place)
        found = dict(self._blocks)
        alike: defaultdict[Sorts, list[str]] = defaultdict(list)
        for name in self._names:
            if name not in found:
                alike[self._sorting.meeting[self._options.needs(self._options.requests[name])]].append(name)
        for sort, places in enumerate(free):
            for sorts, count in self._singles.held(sort).items():
                for _ in range(count):
                    found[alike[sorts].pop()] = (places.pop(0),)
        return found

    def _seat(self, request: Request, needs: Needs) -> bool:
        """Seat it beside the booths in a row as they stand, and count it as pieces too."""
        sorts = self._sorting.meeting[needs]
        if not self._count(sorts, needs.booths):
            return False
        seated = self._stand(request.enterprise, needs) or self._stand_instead(request, needs)
        if not seated:
            self._uncount(sorts, needs.booths)
        return seated

    def _stand(self, name: str, needs: Needs) -> bool:
        """Seat it beside the booths in a row as they stand."""
        if needs.booths == 1:
            return self._singles.add(self._sorting.meeting[needs])
        return self._seat_block(name, needs)

    def _stand_instead(self, request: Request, needs: Needs) -> bool:
        """Seat it after one lot of booths in a row has been lifted out, which is then put back elsewhere."""
        for other, block in list(self._blocks.items()):
            self._lift(other)
            if self._stand(request.enterprise, needs):
                if self._seat_block(other, self._options.needs(self._options.requests[other])):
                    return True
                self._lift(request.enterprise, needs)
            self._put(other, block)
        return False

    def _lift(self, name: str, needs: Needs | None = None) -> None:
        """Take somebody's booths off the hall."""
        if needs and needs.booths == 1:
            self._singles.remove(self._sorting.meeting[needs])
            return
        for place in self._blocks.pop(name):
            self._singles.give(self._sorting.of[place])

    def _put(self, name: str, block: Block) -> None:
        """Put booths in a row back where they were."""
        for place in block:
            self._singles.take(self._sorting.of[place])
        self._blocks[name] = block

    def _count(self, sorts: tuple[int, ...], booths: int) -> bool:
        for number in range(booths):
            if not self._pieces.add(sorts):
                self._uncount(sorts, number)
                return False
        return True

    def _uncount(self, sorts: tuple[int, ...], booths: int) -> None:
        for _ in range(booths):
            self._pieces.remove(sorts)

    def _seat_block(self, name: str, needs: Needs) -> bool:
        taken = {place for block in self._blocks.values() for place in block}
        failed: set[tuple[int, ...]] = set()
        for spot in self._least_useful_first(needs):
            sorts = tuple(self._sorting.of[place] for place in spot)
            if sorts in failed or not taken.isdisjoint(spot):
                continue
            if self._take(sorts):
                self._blocks[name] = spot
                return True
            failed.add(sorts)
        return False

    def _least_useful_first(self, needs: Needs) -> list[Block]:
        """Return the spots that meet some needs, those first that are of use to few others."""
        if needs not in self._ranked:
            use = self._sorting.uses
            self._ranked[needs] = sorted(
                self._options.spots(needs),
                key=lambda spot: sum(use[self._sorting.of[place]] for place in spot),
            )
        return self._ranked[needs]

    def _take(self, sorts: tuple[int, ...]) -> bool:
        for number, sort in enumerate(sorts):
            if not self._singles.take(sort):
                for done in sorts[:number]:
                    self._singles.give(done)
                return False
        return True

    def _repack(self, request: Request, needs: Needs) -> bool:
        """Look for a whole new way to seat everybody, if counting pieces leaves hope."""
        sorts = self._sorting.meeting[needs]
        several = needs.booths > 1 or any(one.booths > 1 for one in self._admitted)
        if not several or not self._count(sorts, needs.booths):
            return False
        from solver.booths.admission.packing import Packed, pack  # noqa: PLC0415 - ortools, for the few in doubt

        found = pack(self._options, self._sorting, self._admitted + Counter([needs]), self._seconds)
        if not isinstance(found, Packed):
            self._uncount(sorts, needs.booths)
            if found is None:
                self._doubtful.add(needs)
                self.undecided.append(request.enterprise)
            return False
        self._settle(found, request)
        return True

    def _settle(self, found: "Packed", request: Request) -> None:
        """Take over the new way: name the blocks anew and count the single booths anew."""
        spots = {needs: list(blocks) for needs, blocks in found.blocks.items()}
        names = [*self._blocks, *([request.enterprise] if request.booths > 1 else [])]
        self._blocks = {
            name: spots[self._options.needs(self._options.requests[name])].pop() for name in names
        }
        self._singles = Flow(self._sorting.capacity)
        for block in self._blocks.values():
            for place in block:
                self._singles.take(self._sorting.of[place])
        singles = self._admitted + Counter([self._options.needs(request)])
        for needs, count in singles.items():
            if needs.booths == 1:
                for _ in range(count):
                    self._singles.add(self._sorting.meeting[needs])
