"""Which booths are neighbours, which stand together in a row, and which bay each lies in."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from solver.booths.hall import Booth
from solver.booths.problem import Problem
from solver.refuse import require

MOST_BLOCKS = 100_000
"""Ways to stand together beyond which a hall is refused: only one without rows comes near."""
LISTED, EASTWARD, SOUTHWARD = "listed", "eastward", "southward"

Block = tuple[int, ...]
"""Booths that stand together, by their places in the problem, in ascending order."""


class Layout:
    """The booths of a problem by their place in it: who is beside whom, in which direction, in which bay."""

    def __init__(self, problem: Problem) -> None:
        """Look at every booth and its surroundings once."""
        self.booths = problem.booths
        self.place = {booth.code: number for number, booth in enumerate(problem.booths)}
        self.bays = tuple(_bay(booth, problem.bay_mm) for booth in problem.booths)
        self._lines: dict[str, list[set[int]]] = {
            direction: [set() for _ in problem.booths] for direction in (LISTED, EASTWARD, SOUTHWARD)
        }
        for one, other, direction in (*_listed(problem, self.place), *_touching(problem)):
            self._lines[direction][one].add(other)
            self._lines[direction][other].add(one)
        self.beside = tuple(
            frozenset().union(*(line[number] for line in self._lines.values()))
            for number in range(len(problem.booths))
        )

    def together(self, block: Sequence[int]) -> bool:
        """Say whether the booths stand in a row: neighbours in one direction lead from each to each."""
        return any(_connected(line, block) for line in self._lines.values())

    def blocks(self, size: int) -> list[Block]:
        """Return all ways in which so many booths stand in a row; refuses a hall with too many."""
        if size == 1:
            return [(number,) for number in range(len(self.booths))]
        found: set[Block] = set()
        for line in self._lines.values():
            for block in _connected_blocks(line, size):
                found.add(block)
                require(
                    fact=len(found) <= MOST_BLOCKS,
                    owner="problem",
                    field="booths",
                    why=f"stand together in too many ways to choose {size} of them",
                )
        return sorted(found)


def _bay(booth: Booth, bay_mm: int) -> str:
    if booth.bay or booth.x_mm is None or booth.y_mm is None or not bay_mm:
        return booth.bay
    middle_x, middle_y = booth.x_mm + booth.width_mm // 2, booth.y_mm + booth.depth_mm // 2
    return f"{booth.hall}/{middle_x // bay_mm}/{middle_y // bay_mm}"


def _listed(problem: Problem, place: dict[str, int]) -> Iterator[tuple[int, int, str]]:
    """Yield who names whom as a neighbour."""
    for number, booth in enumerate(problem.booths):
        for other in booth.neighbours or ():
            yield number, place[other], LISTED


def _touching(problem: Problem) -> Iterator[tuple[int, int, str]]:
    """Yield each pair that shares at least half a side, a gap apart at most, and the direction it lies in."""
    placed = [
        (number, booth)
        for number, booth in enumerate(problem.booths)
        if booth.neighbours is None and booth.x_mm is not None
    ]
    reach = max((max(one.width_mm, one.depth_mm) for _, one in placed), default=1) + problem.gap_mm
    cells: defaultdict[tuple[str, int, int], list[int]] = defaultdict(list)
    for number, booth in placed:
        column, row = _cell(booth, reach)
        for around_x in (column - 1, column, column + 1):
            for around_y in (row - 1, row, row + 1):
                for other in cells[booth.hall, around_x, around_y]:
                    if direction := _direction(booth, problem.booths[other], problem.gap_mm):
                        yield number, other, direction
        cells[booth.hall, column, row].append(number)


def _cell(booth: Booth, reach: int) -> tuple[int, int]:
    return (booth.x_mm or 0) // reach, (booth.y_mm or 0) // reach


def _direction(one: Booth, other: Booth, gap_mm: int) -> str:
    """Return in which direction two booths share a side, "" if they do not."""
    apart_x, apart_y = _apart(one, other)
    half_depth, half_width = min(one.depth_mm, other.depth_mm) / 2, min(one.width_mm, other.width_mm) / 2
    if abs(apart_x) <= gap_mm and -apart_y >= half_depth:
        return EASTWARD
    if abs(apart_y) <= gap_mm and -apart_x >= half_width:
        return SOUTHWARD
    return ""


def _apart(one: Booth, other: Booth) -> tuple[int, int]:
    """Return how far apart two booths are to the east and to the south; negative: how much they share."""
    ax, ay, bx, by = one.x_mm or 0, one.y_mm or 0, other.x_mm or 0, other.y_mm or 0
    return (
        max(ax, bx) - min(ax + one.width_mm, bx + other.width_mm),
        max(ay, by) - min(ay + one.depth_mm, by + other.depth_mm),
    )


def _connected(line: list[set[int]], block: Sequence[int]) -> bool:
    wanted, reached, edge = set(block), {block[0]}, [block[0]]
    while edge:
        new = (line[edge.pop()] & wanted) - reached
        reached |= new
        edge.extend(new)
    return reached == wanted


def _connected_blocks(line: list[set[int]], size: int) -> Iterator[Block]:
    """Yield each connected set of a size once: by its first booth, growing by what comes after it."""
    for first in range(len(line)):
        stack = [({first}, {one for one in line[first] if one > first}, {first} | line[first])]
        while stack:
            block, edge, seen = stack.pop()
            if len(block) == size:
                yield tuple(sorted(block))
                continue
            waiting = set(edge)
            while waiting:
                one = min(waiting)
                waiting.discard(one)
                new = {other for other in line[one] if other > first and other not in seen}
                stack.append((block | {one}, waiting | new, seen | new))
