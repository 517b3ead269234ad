"""A map without a map: regions as tiles in a grid, drawn by us, near where they lie."""

from collections.abc import Sequence
from dataclasses import dataclass

from scheduler.queries.public_rows import Named

# Column and row of each city; borders and directions hold as far as squares allow.
SHANDONG = {
    "371400": (1, 0),
    "371600": (2, 0),
    "370500": (3, 0),
    "370600": (4, 0),
    "371000": (5, 0),
    "371500": (0, 1),
    "370100": (1, 1),
    "370300": (2, 1),
    "370700": (3, 1),
    "370200": (4, 1),
    "370900": (1, 2),
    "371100": (3, 2),
    "371700": (0, 3),
    "370800": (1, 3),
    "370400": (2, 3),
    "371300": (3, 3),
}
COLUMNS = 4
DEPTHS = 4


@dataclass(frozen=True, slots=True)
class Tile:
    """A region's square: its place in the grid, its events, and a depth of colour from 0 (none) to 4."""

    region: Named
    column: int
    row: int
    events: int
    depth: int


def city_tiles(cities: Sequence[Named], events: dict[str, int]) -> list[Tile]:
    """Return the cities as tiles where they lie; a city of another province joins below."""
    strangers = [city.code for city in cities if city.code not in SHANDONG]
    places = SHANDONG | {code: (i % COLUMNS, 4 + i // COLUMNS) for i, code in enumerate(strangers)}
    return [_tile(city, *places[city.code], events) for city in cities]


def county_tiles(counties: Sequence[Named], events: dict[str, int]) -> list[Tile]:
    """Return the counties of a city as tiles in the order of their codes."""
    return [_tile(county, i % COLUMNS, i // COLUMNS, events) for i, county in enumerate(counties)]


def _tile(region: Named, column: int, row: int, events: dict[str, int]) -> Tile:
    most = max(events.values(), default=0)
    mine = events.get(region.code, 0)
    return Tile(region, column, row, mine, -(-mine * DEPTHS // most) if mine else 0)
