"""How large, tight and interwoven a test quarter is."""

from dataclasses import dataclass

EVENTS_PER_CITY = 174
EVENTS_PER_PROVINCE = 2_903
"""So many that 31 provinces have 90,000."""


@dataclass(frozen=True, slots=True)
class Shape:
    """How a quarter differs from the plain one.

    Cities are divided evenly among `provinces`. `crews` serve a city in one slot; of the three halls of a
    county and the two of a city the largest `county_halls` and `city_halls` are left. `local_share` of a
    fair's seats go to enterprises of its city, `country_share` to enterprises of anywhere, the rest to its
    province.
    """

    provinces: int = 1
    crews: int = 6
    county_halls: int = 3
    city_halls: int = 2
    local_share: float = 0.9
    country_share: float = 0.0


PLAIN = Shape()
TIGHTNESS = {"roomy": (6, 3, 2), "tight": (2, 2, 2), "full": (1, 2, 1)}
"""Crews per city and slot, halls per county and per city: `full` fills 12 of 14 half-days of every week."""


def sized(
    events: int, tightness: str = "roomy", *, local_share: float = 0.9, country_share: float | None = None
) -> tuple[int, Shape]:
    """Return the number of cities and the shape of a quarter of about so many events.

    Above one province, one seat in a hundred goes to an enterprise of anywhere, unless told otherwise.
    """
    provinces = max(1, round(events / EVENTS_PER_PROVINCE))
    abroad = (0.01 if provinces > 1 else 0.0) if country_share is None else country_share
    shape = Shape(provinces, *TIGHTNESS[tightness], local_share, abroad)
    return max(1, round(events / EVENTS_PER_CITY)), shape
