"""The bureaus of a sample, and the crews and hosts of its cities."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Session

from scheduler.models import Crew, Division, Host, Organizer
from scheduler.sample.bulk import write
from scheduler.sample.province import Region, short
from scheduler.times import now

STAFF = (6, 8, 12, 16, 24, 40, 150, 6, 10)
"""One person runs ten booths: the crews of 40 and 150 are for large and mega fairs (LR19)."""
LEAST_CREWS, COUNTIES_PER_CREW = 6, 4
HOSTS = 3


def add_organizers(session: Session, province: Division, regions: Sequence[Region]) -> int:
    """Add the bureau of the province and those of the regions' cities, counties and zones."""
    divisions = [province, *(one for region in regions for one in (region.city, *region.below))]
    return write(session, Organizer, [_organizer(division) for division in divisions])


def add_crews(session: Session, regions: Sequence[Region]) -> int:
    """Add seven to nine crews a city, by its number of counties."""
    return write(session, Crew, [row for region in regions for row in _crews(region)])


def add_hosts(session: Session, regions: Sequence[Region]) -> int:
    """Add the livestream hosts of each city, by working name."""
    return write(
        session,
        Host,
        [
            _named(region.city, f"直播主持人{number}号", f"Livestream Host {number}")
            for region in regions
            for number in range(1, HOSTS + 1)
        ],
    )


def _organizer(division: Division) -> dict[str, str]:
    zh = "公共就业和人才服务中心"
    return {
        "division_code": division.code,
        "name_zh": f"{division.name_zh}{zh}",
        "name_en": f"{division.name_en} Public Employment and Talent Service Centre",
    }


def _crews(region: Region) -> list[dict[str, Any]]:
    many = LEAST_CREWS + min(3, len(region.counties) // COUNTIES_PER_CREW)
    return [
        _named(region.city, f"第{number}会务组", f"Crew {number}") | {"staff": staff}
        for number, staff in enumerate(sorted(STAFF[:many], reverse=True), start=1)
    ]


def _named(city: Division, zh: str, en: str) -> dict[str, Any]:
    return {
        "city_code": city.code,
        "name_zh": f"{short(city.name_zh)}{zh}（示例）",
        "name_en": f"{city.name_en} {en} (sample)",
        "is_sample": True,
        "updated_at": now(),
    }
