"""How long it takes from one place of the province to another, by road and at a usual speed."""

import math
from collections.abc import Collection, Iterator
from itertools import combinations, pairwise

from scheduler.models import Division
from scheduler.translate.inputs import Inputs
from scheduler.translate.timetable import Timetable
from solver.timetable import Travel
from solver.timetable.calendar import MINUTES_PER_DAY

EARTH_KM = 6371.0
SPEED_KM_PER_HOUR = 60
"""What holds where the parameter travel_speed is missing: door to door, in a car."""
DETOUR_PERCENT = 130
"""What holds where the parameter road_detour is missing: roads are longer than the straight line."""


def make_travel(inputs: Inputs, timetable: Timetable, regions: Collection[str]) -> Iterator[Travel]:
    """Yield the journeys between regions in use that are longer than some break between two periods."""
    speed = int(inputs.parameters.get("travel_speed", SPEED_KM_PER_HOUR))
    detour = int(inputs.parameters.get("road_detour", DETOUR_PERCENT)) / 100
    periods = timetable.calendar.periods
    breaks = [later.begin_minute - earlier.end_minute for earlier, later in pairwise(periods)]
    known = {code: _centre(inputs.divisions[code], inputs) for code in regions if code in inputs.divisions}
    centres = {code: centre for code, centre in sorted(known.items()) if centre}
    for one, other in combinations(centres, 2):
        minutes = round(60 * detour * _kilometres(centres[one], centres[other]) / speed)
        if minutes > min(breaks, default=0):
            yield Travel((one, other), min(minutes, MINUTES_PER_DAY))


def kilometres_between(inputs: Inputs, one: str, other: str) -> float | None:
    """Return how far the seats of two divisions are from each other, as the crow flies; None if unknown."""
    centres = [_centre(inputs.divisions[code], inputs) for code in (one, other)]
    here, there = centres
    return None if here is None or there is None else _kilometres(here, there)


def _centre(division: Division, inputs: Inputs) -> tuple[float, float] | None:
    """Return longitude and latitude of a division, or else of the one it belongs to."""
    if division.lon is not None and division.lat is not None:
        return division.lon, division.lat
    parent = inputs.divisions.get(division.parent_code or "")
    return _centre(parent, inputs) if parent else None


def _kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Return the length of the great circle between two points (haversine formula)."""
    (east, north), (east_too, north_too) = (map(math.radians, point) for point in (one, other))
    half = math.sin((north_too - north) / 2) ** 2
    half += math.cos(north) * math.cos(north_too) * math.sin((east_too - east) / 2) ** 2
    return 2 * EARTH_KM * math.asin(math.sqrt(half))
