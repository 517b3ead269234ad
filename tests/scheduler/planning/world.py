"""Boring rows for planning tests: a province with two cities, a county each, halls, studios, people."""

from datetime import UTC, date, datetime
from itertools import count
from random import Random

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.models import (
    Crew,
    Division,
    Enterprise,
    Event,
    EventKind,
    Host,
    Industry,
    Level,
    Organizer,
    Registration,
    RegistrationState,
    SlotPattern,
    Venue,
    VenueOpening,
    VenueType,
)

PROVINCE, CITY, COUNTY, OTHER_CITY, OTHER_COUNTY = "370000", "370100", "370102", "370200", "370202"
ASKED_AT = datetime(2026, 12, 1, 2, tzinfo=UTC)
AS_OF = date(2026, 12, 1)
_numbers = count(1)


def add_regions(session: Session) -> None:
    """Add the divisions, one organizer for each, the venue types and one industry."""
    parents = {PROVINCE: None, CITY: PROVINCE, COUNTY: CITY, OTHER_CITY: PROVINCE, OTHER_COUNTY: OTHER_CITY}
    levels = {PROVINCE: Level.PROVINCE, CITY: Level.CITY, OTHER_CITY: Level.CITY}
    for code, parent in parents.items():
        level = levels.get(code, Level.COUNTY)
        session.add(
            Division(code=code, name_zh=code, name_en=code, pinyin=code, level=level, parent_code=parent)
        )
        session.flush()
        session.add(Organizer(division_code=code, name_zh=f"{code}局", name_en=f"Bureau {code}"))
    for type_code in ("hr_market", "studio"):
        session.add(VenueType(code=type_code, name_zh=type_code, name_en=type_code, indoor="yes"))
    session.add(Industry(code="C", level="section", name_zh="制造业", name_en="Industry", theme_hint=""))
    session.flush()


def add_venue(session: Session, **changes: object) -> Venue:
    """Add a county hall of 40 booths, open every day from 8 to 21."""
    values: dict[str, object] = {
        "name_zh": "示例大厅",
        "name_en": "Sample hall",
        "type_code": "hr_market",
        "division_code": COUNTY,
        "city_code": CITY,
        "address_zh": "示例路 1 号",
        "lon": 117.0,
        "lat": 36.6,
        "booths": 40,
        "people": 2_000,
        "equipment": [],
        "setup_minutes": 30,
        "teardown_minutes": 30,
    }
    venue = Venue(**(values | changes))
    session.add(venue)
    session.flush()
    for weekday in range(1, 8):
        session.add(
            VenueOpening(venue_id=venue.id, iso_weekday=weekday, opens_minute=480, closes_minute=1260)
        )
    session.flush()
    return venue


def add_crew(session: Session, **changes: object) -> Crew:
    """Add a crew of six in the first city."""
    crew = Crew(**({"city_code": CITY, "name_zh": "一组", "name_en": "Crew 1", "staff": 6} | changes))
    session.add(crew)
    session.flush()
    return crew


def add_host(session: Session, **changes: object) -> Host:
    """Add a livestream host in the first city."""
    host = Host(**({"city_code": CITY, "name_zh": "小鲁", "name_en": "Xiao Lu"} | changes))
    session.add(host)
    session.flush()
    return host


def add_event(session: Session, **changes: object) -> Event:
    """Add a county's half-day professional event in the week of 11 January 2027."""
    number = next(_numbers)
    division = changes.get("division_code", COUNTY)
    organizer = session.scalars(select(Organizer).where(Organizer.division_code == division)).one()
    values: dict[str, object] = {
        "uid": f"event-{number}@fair.test",
        "quarter": "2027Q1",
        "kind": EventKind.PROFESSIONAL,
        "title_zh": f"专场 {number}",
        "title_en": f"Fair {number}",
        "organizer_id": organizer.id,
        "division_code": division,
        "city_code": CITY,
        "industry_code": "C",
        "window_first_on": date(2027, 1, 11),
        "window_last_on": date(2027, 1, 17),
        "pattern": SlotPattern.HALF_DAY,
        "booths": 20,
        "people": 600,
        "staff": 2,
        "venue_types": [],
        "equipment": [],
    }
    event = Event(**(values | changes))
    session.add(event)
    session.flush()
    return event


def register(session: Session, events: list[Event], **changes: object) -> Enterprise:
    """Add an enterprise that wants to attend the events."""
    number = next(_numbers)
    values: dict[str, object] = {
        "credit_code": f"9137010{number:011d}",
        "name_zh": f"示例企业 {number}",
        "division_code": COUNTY,
        "city_code": CITY,
        "industry_code": "C",
    }
    enterprise = Enterprise(**(values | changes))
    session.add(enterprise)
    session.flush()
    for event in events:
        session.add(
            Registration(
                event_id=event.id,
                enterprise_id=enterprise.id,
                state=RegistrationState.REQUESTED,
                requested_at=ASKED_AT,
            )
        )
    session.flush()
    return enterprise


def add_hard_fortnight(session: Session) -> None:
    """Add eighty fairs in twelve days that share halls and enterprises: no search proves it in seconds."""
    chance = Random(1)  # noqa: S311 - the same fairs every time
    for booths in (60, 50, 40, 30):
        add_venue(session, booths=booths)
    days = {"window_first_on": date(2027, 1, 4), "window_last_on": date(2027, 1, 15)}
    events = [add_event(session, booths=chance.randrange(10, 60), staff=0, **days) for _ in range(80)]
    for _ in range(150):
        register(session, chance.sample(events, 4))
