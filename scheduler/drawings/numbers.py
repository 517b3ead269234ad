"""The numbers that a floor plan is made from, and what is refused of them."""

from dataclasses import dataclass

from scheduler.drawings.limits import Limits
from scheduler.errors import Refusal

LARGEST_HALL = 400_000
LEAST_HALL = 4_000
BOOTH_SIDES = (1_000, 12_000)
MOST_DOORS = 20
MOST_BOOTHS = 3_000
DOOR = 3_000
"""The width of an entrance: a main aisle begins there."""


class BadNumbers(Refusal):
    """A hall, a booth or an aisle that cannot be."""

    status = 422
    code = "bad_floor_numbers"
    zh = (
        "请检查尺寸：场地边长 4–400 米，展位边长 1–12 米，通道不窄于 {aisle} 米，"
        "主通道不窄于 {main_aisle} 米，入口 1–20 个，展位 1–3000 个。未保存任何内容。"
    )
    en = (
        "Check the sizes: a hall has sides of 4 to 400 m, a booth of 1 to 12 m; aisles are at least "
        "{aisle} m and main aisles {main_aisle} m wide; 1 to 20 doors, 1 to 3000 booths. Nothing was saved."
    )


class FloorTooSmall(Refusal):
    """More booths are wanted than the hall takes."""

    status = 422
    code = "floor_too_small"
    zh = (
        "这个尺寸的场地最多放 {fits} 个展位，放不下 {wanted} 个。请减少展位、缩小展位或通道，或换更大的场地。"
    )
    en = (
        "A hall of this size takes {fits} booths at most, not {wanted}. Ask for fewer or smaller booths or "
        "narrower aisles, or take a larger hall."
    )


class TooManyPeople(Refusal):
    """A hall without the area or the walls for so many people."""

    status = 422
    code = "floor_too_many_people"
    zh = "这个尺寸的场地容不下 {people} 人：面积或可开安全出口的墙长不够。请减少人数或换更大的场地。"
    en = (
        "A hall of this size has not the area, or not the walls for the exits, that {people} people need. "
        "Expect fewer people or take a larger hall."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbers:
    """A hall's sides, how many booths of what size, how wide the aisles; lengths in millimetres.

    `people` are a day's; the exits are made for them. Without `booths` there are as many as fit.
    """

    width: int
    depth: int
    booths: int | None = None
    booth_width: int = 3_000
    booth_depth: int = 3_000
    aisle: int = 2_400
    main_aisle: int = 3_600
    doors: int = 1
    stage: bool = True
    people: int = 0

    def require_sense(self, limits: Limits) -> None:
        """Raise BadNumbers where no plan can be made of them."""
        sides = LEAST_HALL <= self.width <= LARGEST_HALL and LEAST_HALL <= self.depth <= LARGEST_HALL
        least, most = BOOTH_SIDES
        booth = least <= self.booth_width <= most and least <= self.booth_depth <= most
        aisles = limits.aisle <= self.aisle <= self.depth and limits.main_aisle <= self.main_aisle
        counts = 1 <= self.doors <= MOST_DOORS and (self.booths is None or 1 <= self.booths <= MOST_BOOTHS)
        if not (sides and booth and aisles and counts):
            raise BadNumbers(aisle=f"{limits.aisle / 1000:g}", main_aisle=f"{limits.main_aisle / 1000:g}")
