"""Makes up fairs of any size: halls of rows back to back, zones, and more requests than booths."""

import random
from collections.abc import Sequence

from solver.booths import Booth, LastTime, Lottery, Problem, Request, Share, Wish, Zone

ROW = 10
"""Booths of one row; two rows stand back to back, and an aisle follows."""
SIDE_MM, AISLE_MM = 3_000, 3_000
ROWS_OF_A_BLOCK = 12
ZONE_BOOTHS = 60
DIGITS = 17


def make_fair(booths: int, requests: int, seed: int) -> Problem:
    """Return a fair of a size; the same seed makes the same fair."""
    draw = random.Random(f"fair {booths} {requests} {seed}")  # noqa: S311 - nothing secret
    zones = tuple(
        Zone(f"Z{number:02}", frozenset({f"I{2 * number}", f"I{2 * number + 1}"}), closed=number % 5 == 1)
        for number in range(max(2, booths // ZONE_BOOTHS))
    )
    hall = tuple(_booth(number, booths, zones, draw) for number in range(booths))
    firms = [f"{number:0{DIGITS}}F" for number in range(requests)]
    by_zone = {zone.code: [booth for booth in hall if booth.zone == zone.code] for zone in zones}
    asked = tuple(_request(number, firms, zones, by_zone, draw) for number in range(requests))
    shares = (
        Share("urgent", booths // 50, keep=True),
        Share("key", booths // 5),
        Share("handicraft", booths // 20),
    )
    return Problem("fair", hall, asked, Lottery(f"seed {seed}"), zones, shares)


def _booth(number: int, booths: int, zones: Sequence[Zone], draw: random.Random) -> Booth:
    """Return a booth of a hall filled row by row, block by block, zone after zone."""
    row, column = divmod(number, ROW)
    block, line = divmod(row, ROWS_OF_A_BLOCK)
    return Booth(
        f"{row:03}-{column:02}",
        zone=zones[number * len(zones) // booths].code,
        x_mm=block * (ROW * SIDE_MM + AISLE_MM) + column * SIDE_MM,
        y_mm=line * SIDE_MM + (line // 2) * AISLE_MM,
        power=row % 3 == 0 or draw.random() < 0.2,  # noqa: PLR2004
        network=draw.random() < 0.6,  # noqa: PLR2004
        accessible=column in {0, ROW - 1},
    )


def _request(
    number: int,
    firms: Sequence[str],
    zones: Sequence[Zone],
    by_zone: dict[str, list[Booth]],
    draw: random.Random,
) -> Request:
    """Return what a firm asks for: mostly one booth, near the entrance of its own zone."""
    home = min(int(draw.expovariate(1.5 / len(zones))), len(zones) - 1)
    industry = sorted(zones[home].industries)[draw.randrange(2)]
    rivals = [firms[(number + step) % len(firms)] for step in (1, 7, 50)]
    return Request(
        firms[number],
        tier=draw.choices(["", "key", "handicraft", "urgent"], [70, 20, 8, 2])[0],
        industry=industry,
        booths=draw.choices([1, 2, 3, 4], [92, 5, 2, 1])[0],
        power=draw.random() < 0.2,  # noqa: PLR2004
        network=draw.random() < 0.25,  # noqa: PLR2004
        accessible=draw.random() < 0.03,  # noqa: PLR2004
        wishes=_wishes(zones[home].code, zones, by_zone, draw),
        avoids=frozenset(draw.sample(rivals, draw.choices([0, 1, 2, 3], [60, 20, 15, 5])[0])),
        crowd_puller=draw.random() < 0.06,  # noqa: PLR2004
        no_shows=draw.choices([0, 1, 2], [85, 10, 5])[0],
        last_time=draw.choices(list(LastTime), [25, 40, 35])[0],
    )


def _wishes(
    home: str, zones: Sequence[Zone], by_zone: dict[str, list[Booth]], draw: random.Random
) -> tuple[Wish, ...]:
    """Return up to five wishes: the first booths of a zone are everybody's darlings."""
    found: dict[Wish, None] = {}
    for _ in range(draw.choice([0, 2, 3, 5])):
        if draw.random() < 0.2:  # noqa: PLR2004
            found[Wish(zone=draw.choice(zones).code)] = None
        else:
            near = by_zone[home if draw.random() < 0.7 else draw.choice(zones).code]  # noqa: PLR2004
            found[Wish(near[min(int(draw.expovariate(4 / len(near))), len(near) - 1)].code)] = None
    return tuple(found)
