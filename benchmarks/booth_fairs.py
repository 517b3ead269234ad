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
    industries = [_industry(zones, draw) for _ in range(requests)]
    firms: dict[str, list[str]] = {}
    for number, industry in enumerate(industries):
        firms.setdefault(industry, []).append(_name(number))
    asked = tuple(
        _request(_name(number), industry, firms[industry], zones, hall, draw)
        for number, industry in enumerate(industries)
    )
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


def _name(number: int) -> str:
    return f"{number:0{DIGITS}}F"


def _industry(zones: Sequence[Zone], draw: random.Random) -> str:
    """Return a firm's industry; those of the first zones are the most common."""
    zone = zones[min(int(draw.expovariate(1.5 / len(zones))), len(zones) - 1)]
    return draw.choice(sorted(zone.industries))


def _request(  # noqa: PLR0913, PLR0917 - what a firm asks for depends on all of these
    name: str,
    industry: str,
    rivals: Sequence[str],
    zones: Sequence[Zone],
    hall: Sequence[Booth],
    draw: random.Random,
) -> Request:
    """Return what a firm asks for: mostly one booth, in its own zone, away from some of its own industry."""
    others = [rival for rival in rivals if rival != name]
    avoided = min(len(others), draw.choices([0, 1, 2, 3], [60, 20, 15, 5])[0])
    return Request(
        name,
        tier=draw.choices(["", "key", "handicraft", "urgent"], [70, 20, 8, 2])[0],
        industry=industry,
        booths=draw.choices([1, 2, 3, 4], [92, 5, 2, 1])[0],
        power=draw.random() < 0.2,  # noqa: PLR2004
        network=draw.random() < 0.25,  # noqa: PLR2004
        accessible=draw.random() < 0.03,  # noqa: PLR2004
        wishes=_wishes(industry, zones, hall, draw),
        avoids=frozenset(draw.sample(others, avoided)),
        crowd_puller=draw.random() < 0.06,  # noqa: PLR2004
        no_shows=draw.choices([0, 1, 2], [85, 10, 5])[0],
        last_time=draw.choices(list(LastTime), [25, 40, 35])[0],
    )


def _wishes(
    industry: str, zones: Sequence[Zone], hall: Sequence[Booth], draw: random.Random
) -> tuple[Wish, ...]:
    """Return up to five wishes: the first booths of a zone are everybody's darlings."""
    home = next(zone.code for zone in zones if industry in zone.industries)
    found: dict[Wish, None] = {}
    for _ in range(draw.choice([0, 2, 3, 5])):
        zone = home if draw.random() < 0.7 else draw.choice(zones).code  # noqa: PLR2004
        if draw.random() < 0.2:  # noqa: PLR2004
            found[Wish(zone=zone)] = None
        else:
            near = [booth for booth in hall if booth.zone == zone]
            found[Wish(near[min(int(draw.expovariate(4 / len(near))), len(near) - 1)].code)] = None
    return tuple(found)
