"""Sample venues, each marked 示例: no list of the bureaus' real halls is public."""

from collections.abc import Iterator, Sequence
from random import Random
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.models import Division, Venue, VenueClosure, VenueOpening
from scheduler.sample.bulk import write
from scheduler.sample.chance import luck
from scheduler.sample.closures import Closed, closures
from scheduler.sample.province import Region, short
from scheduler.sample.venue_kinds import (
    BIG_HALLS,
    CITY_VENUES,
    MARKET,
    SERVICE_HALLS,
    STUDIOS,
    ZONE_VENUES,
    VenueKind,
)
from scheduler.times import now

STUDIO = "studio"
JITTER = 0.03
"""In degrees, about three kilometres: venues lie around the seat of their division."""


class Draft(NamedTuple):
    """A venue before it has an id, with its opening hours and closures."""

    values: dict[str, Any]
    kind: VenueKind
    closed: list[Closed]


def add_venues(session: Session, regions: Sequence[Region], seed: int) -> list[str]:
    """Add the venues of the regions with opening hours and closures; returns the type of each."""
    drafts = [
        _draft(region, division, kind, luck(seed, "venue", division.code, kind.name_en))
        for region in regions
        for division, kind in _kinds(region)
    ]
    last = session.scalar(select(Venue.id).order_by(Venue.id.desc()).limit(1)) or 0
    write(session, Venue, [draft.values for draft in drafts])
    ids = session.scalars(select(Venue.id).where(Venue.id > last).order_by(Venue.id)).all()
    placed = list(zip(ids, drafts, strict=True))
    write(session, VenueOpening, [row for venue_id, draft in placed for row in _openings(venue_id, draft)])
    write(session, VenueClosure, [row for venue_id, draft in placed for row in _closures(venue_id, draft)])
    return [draft.kind.type_code for draft in drafts]


def _kinds(region: Region) -> Iterator[tuple[Division, VenueKind]]:
    for kind in (*CITY_VENUES, *STUDIOS):
        yield region.city, kind
    for place, county in enumerate(region.counties):
        yield county, MARKET
        yield county, SERVICE_HALLS[place % len(SERVICE_HALLS)]
        yield county, BIG_HALLS[place % len(BIG_HALLS)]
    for zone in region.zones:
        for kind in ZONE_VENUES:
            yield zone, kind


def _draft(region: Region, division: Division, kind: VenueKind, random: Random) -> Draft:
    booths = random.randint(*kind.booths)
    lon, lat = region.point(division)
    values = {
        "name_zh": f"{short(division.name_zh)}{kind.name_zh}（示例）",
        "name_en": f"{division.name_en} {kind.name_en} (sample)",
        "type_code": kind.type_code,
        "division_code": division.code,
        "city_code": region.city.code,
        "address_zh": f"{division.name_zh}示例路{random.randint(1, 299)}号",
        "lon": round(lon + random.uniform(-JITTER, JITTER), 6),
        "lat": round(lat + random.uniform(-JITTER, JITTER), 6),
        "booths": booths,
        "people": booths * kind.people_per_booth,
        "equipment": list(kind.equipment),
        "setup_minutes": kind.setup_minutes,
        "teardown_minutes": kind.teardown_minutes,
        "is_sample": True,
        "updated_at": now(),
    }
    return Draft(values, kind, closures(kind.closures, random))


def _openings(venue_id: int, draft: Draft) -> Iterator[dict[str, Any]]:
    opens, closes = draft.kind.hours
    for weekday in draft.kind.weekdays:
        yield {"venue_id": venue_id, "iso_weekday": weekday, "opens_minute": opens, "closes_minute": closes}


def _closures(venue_id: int, draft: Draft) -> Iterator[dict[str, Any]]:
    for closed in draft.closed:
        yield {"venue_id": venue_id, **closed._asdict(), "updated_at": now()}
