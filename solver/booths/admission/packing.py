"""Packs booths in a row and single booths into a hall at once, or proves that they cannot all be packed."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from solver.booths.admission.sorting import Sorting
from solver.booths.layout import Block
from solver.booths.options import Needs, Options
from solver.mixed import Heard, Rows, run

Terms = list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Packed:
    """For each need of several booths, the blocks that meet it."""

    blocks: Mapping[Needs, tuple[Block, ...]]


def pack(
    options: Options, sorting: Sorting, wanted: Mapping[Needs, int], seconds: float
) -> Packed | bool | None:
    """Return a way to meet so many of each need at once; False: there is none; None: not decided in time."""
    rows = Rows()
    by_booth: defaultdict[int, Terms] = defaultdict(list)
    by_sort: defaultdict[int, Terms] = defaultdict(list)
    standing: dict[int, tuple[Needs, Block]] = {}
    for needs, count in wanted.items():
        columns: Terms = []
        for sort in sorting.meeting[needs] if needs.booths == 1 else ():
            columns.append((rows.column(most=count), 1))
            by_sort[sort].append(columns[-1])
        for spot in options.spots(needs) if needs.booths > 1 else ():
            columns.append((rows.column(), 1))
            standing[columns[-1][0]] = needs, spot
            for place in spot:
                by_booth[place].append(columns[-1])
                by_sort[sorting.of[place]].append(columns[-1])
        rows.exactly(count, columns)
    for terms in by_booth.values():
        rows.at_most(1, terms)
    for sort, terms in by_sort.items():
        rows.at_most(sorting.capacity[sort], terms)
    return _read(run(rows.proto(), seconds), standing)


def _read(heard: Heard, standing: Mapping[int, tuple[Needs, Block]]) -> Packed | bool | None:
    if heard.values is None:
        return False if heard.impossible else None
    found: defaultdict[Needs, list[Block]] = defaultdict(list)
    for column, (needs, spot) in standing.items():
        if round(heard.values[column]):
            found[needs].append(spot)
    return Packed({needs: tuple(blocks) for needs, blocks in found.items()})
