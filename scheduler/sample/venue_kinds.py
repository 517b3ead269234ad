"""The kinds of sample venue each county, city and zone has, and when each is open.

Sizes follow the fairs in fair_parameters.csv: a county's largest hall takes a comprehensive event of 150
booths, a city's market a large one of 400, its exhibition centre a mega fair of 1,500.
"""

from dataclasses import dataclass

PEOPLE_PER_BOOTH = 15  # one above the highest attendance per booth that ordinary events draw
Hours = tuple[int, int]
DAY: Hours = (8 * 60, 17 * 60 + 30)
LONG_DAY: Hours = (8 * 60, 18 * 60)
LATE: Hours = (13 * 60, 21 * 60 + 30)
EVERY_DAY = (1, 2, 3, 4, 5, 6, 7)
WORKDAYS = (1, 2, 3, 4, 5)
NO_MONDAY = (2, 3, 4, 5, 6, 7)
MARKET_DAYS = (2, 3, 5, 6)


@dataclass(frozen=True, slots=True)
class VenueKind:
    """What venues of one kind have in common; `booths` is the range their size is drawn from."""

    type_code: str
    name_zh: str
    name_en: str
    booths: tuple[int, int]
    equipment: tuple[str, ...]
    weekdays: tuple[int, ...]
    hours: Hours = DAY
    people_per_booth: int = PEOPLE_PER_BOOTH
    setup_minutes: int = 60
    teardown_minutes: int = 30
    closures: tuple[str, ...] = ("festival",)


MARKET = VenueKind(
    "hr_market",
    "人力资源市场",
    "HR Market",
    (60, 100),
    ("projector",),
    MARKET_DAYS,
    closures=("festival", "new_year", "renovation"),
)
SERVICE_HALLS = (
    VenueKind("town_hall", "便民服务中心", "Public Service Hall", (60, 70), ("projector",), WORKDAYS),
    VenueKind("bureau_hall", "人社服务大厅", "HRSS Service Hall", (60, 64), ("projector",), WORKDAYS),
)
BIG_HALLS = (
    VenueKind(
        "gymnasium",
        "体育馆",
        "Gymnasium",
        (150, 200),
        ("sound",),
        NO_MONDAY,
        closures=("festival", "matches"),
    ),
    VenueKind(
        "cultural_hall", "工人文化宫", "Workers' Palace", (150, 170), ("sound", "projector"), NO_MONDAY
    ),
    VenueKind("exhibition_hall", "会展馆", "Exhibition Hall", (150, 220), ("sound", "projector"), EVERY_DAY),
)
CITY_VENUES = (
    VenueKind(
        "exhibition_centre",
        "国际会展中心",
        "International Exhibition Centre",
        (1_500, 1_800),
        ("sound", "projector"),
        EVERY_DAY,
        LONG_DAY,
        28,
        90,
        60,
        ("festival", "shows"),
    ),
    VenueKind(
        "hr_market",
        "中心人力资源市场",
        "Central HR Market",
        (400, 450),
        ("sound", "projector"),
        NO_MONDAY,
        LONG_DAY,
        20,
        90,
        60,
        ("festival", "new_year"),
    ),
    VenueKind(
        "gymnasium",
        "奥体中心体育馆",
        "Olympic Sports Hall",
        (200, 260),
        ("sound",),
        NO_MONDAY,
        closures=("festival", "matches"),
    ),
    VenueKind(
        "campus",
        "大学校区",
        "University Campus",
        (480, 560),
        ("sound", "projector"),
        EVERY_DAY,
        closures=("exams", "winter_break"),
    ),
    VenueKind(
        "campus",
        "技师学院",
        "Technician College",
        (140, 200),
        ("sound", "projector"),
        EVERY_DAY,
        closures=("exams", "winter_break"),
    ),
    VenueKind("bureau_hall", "市人社服务大厅", "HRSS Hall", (40, 60), ("projector",), WORKDAYS),
)
ZONE_VENUES = (
    VenueKind("industrial_park", "产业园招聘广场", "Industrial Park Hall", (60, 120), ("sound",), EVERY_DAY),
)
STUDIOS = tuple(
    VenueKind(
        "studio",
        f"直播带岗基地{number}号直播间",
        f"Livestream Studio {number}",
        (20, 24),
        ("livestream",),
        weekdays,
        LATE,
        3,
        30,
        15,
        ("festival", "upkeep"),
    )
    for number, weekdays in ((1, EVERY_DAY), (2, NO_MONDAY))
)
