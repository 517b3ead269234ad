"""Boring rows for tests that need a published schedule: a province, two cities, a venue, an organizer."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from scheduler.models import (
    CalendarDay,
    Campaign,
    DayKind,
    Division,
    Enterprise,
    Event,
    EventKind,
    EventState,
    EventVenue,
    Industry,
    Level,
    OccupationGroup,
    Opening,
    Organizer,
    Publication,
    Registration,
    RegistrationState,
    SlotPattern,
    Venue,
    VenueType,
    Verification,
)

JINAN, LIXIA, QINGDAO, SHINAN = "370100", "370102", "370200", "370202"
PUBLISHED_AT = datetime(2027, 1, 1, 2, tzinfo=UTC)
DIVISIONS = (
    ("370000", "山东省", "Shandong", Level.PROVINCE, None),
    (JINAN, "济南市", "Jinan", Level.CITY, "370000"),
    (LIXIA, "历下区", "Lixia", Level.COUNTY, JINAN),
    (QINGDAO, "青岛市", "Qingdao", Level.CITY, "370000"),
    (SHINAN, "市南区", "Shinan", Level.COUNTY, QINGDAO),
)


def add_reference(session: Session) -> None:
    """Add the divisions, industries and other rows that events refer to; January 2027 is official."""
    for code, zh, en, level, parent in DIVISIONS:
        session.add(Division(code=code, name_zh=zh, name_en=en, pinyin="", level=level, parent_code=parent))
        session.flush()
    session.add(VenueType(code="hall", name_zh="展厅", name_en="Hall", indoor="yes"))
    session.add(OccupationGroup(code="6", name_zh="生产制造", name_en="Production"))
    for industry, rank, zh, en in (
        ("C", "section", "制造业", "Manufacturing"),
        ("C36", "division", "汽车制造业", "Cars"),
        ("I", "section", "信息业", "Information"),
    ):
        session.add(Industry(code=industry, level=rank, name_zh=zh, name_en=en, theme_hint=""))
    session.add(
        Campaign(
            code="spring",
            name_zh="春风行动",
            name_en="Spring Breeze",
            kind="national",
            window_note="",
            target_groups="",
        )
    )
    for day in range(1, 32):
        session.add(
            CalendarDay(day_on=date(2027, 1, day), kind=DayKind.WORKDAY, name_zh="", provisional=False)
        )
    session.flush()
    for code, zh, en, _, _ in DIVISIONS:
        session.add(Organizer(division_code=code, name_zh=f"{zh}人社局", name_en=f"{en} Bureau"))
    session.flush()


def make_division(session: Session, code: str, name: str, level: Level, parent: str) -> None:
    """Add a division."""
    row = Division(code=code, name_zh=name, name_en=name, pinyin="", level=level, parent_code=parent)
    session.add(row)
    session.flush()


def make_venue(session: Session, **changes: Any) -> Venue:  # noqa: ANN401 — any column
    """Add a venue in Lixia with 40 booths."""
    values = {
        "name_zh": "历下示例大厅",
        "name_en": "Sample Hall Lixia",
        "type_code": "hall",
        "division_code": LIXIA,
        "city_code": JINAN,
        "address_zh": "历下区示例路1号",
        "lon": 117.12,
        "lat": 36.65,
        "booths": 40,
        "people": 900,
        "equipment": [],
        "setup_minutes": 60,
        "teardown_minutes": 60,
        "is_sample": True,
    }
    venue = Venue(**{**values, **changes})
    session.add(venue)
    session.flush()
    return venue


def make_event(
    session: Session,
    number: int = 1,
    *,
    venues: tuple[Venue, ...] = (),
    **changes: Any,  # noqa: ANN401 — any column
) -> Event:
    """Add a published event in Lixia: 2027-01-05, 09:00–11:30 in Shanghai."""
    division = changes.get("division_code", LIXIA)
    starts_at = changes.get("starts_at", datetime(2027, 1, 5, 1, tzinfo=UTC))
    organizer = session.query(Organizer).filter_by(division_code=division).one()
    values = {
        "uid": f"event-{number}@example.org",
        "quarter": "2027Q1",
        "kind": EventKind.PROFESSIONAL,
        "title_zh": f"第{number}场招聘会",
        "title_en": f"Fair {number}",
        "organizer_id": organizer.id,
        "division_code": LIXIA,
        "city_code": f"{division[:4]}00",
        "window_first_on": date(2027, 1, 1),
        "window_last_on": date(2027, 1, 31),
        "pattern": SlotPattern.HALF_DAY,
        "booths": 20,
        "people": 300,
        "staff": 2,
        "venue_types": [],
        "equipment": [],
        "state": EventState.PUBLISHED,
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(hours=2, minutes=30) if starts_at else None,
        "revision": 1,
        "visible_changed_at": PUBLISHED_AT,
    }
    event = Event(**{**values, **changes})
    session.add(event)
    session.flush()
    session.add_all(EventVenue(event_id=event.id, venue_id=venue.id) for venue in venues)
    session.flush()
    return event


def make_employer(session: Session, number: int = 1, *, openings: int = 1) -> Enterprise:
    """Add an invented, verified enterprise of Lixia that has openings for two people each."""
    enterprise = Enterprise(
        credit_code=f"9137010200000{number:05d}",
        name_zh=f"示例企业{number}",
        division_code=LIXIA,
        city_code=JINAN,
        industry_code="C36",
        verification=Verification.VERIFIED,
        is_sample=True,
    )
    session.add(enterprise)
    session.flush()
    for opening in range(openings):
        session.add(
            Opening(
                enterprise_id=enterprise.id,
                title_zh=f"岗位{opening + 1}",
                occupation_code="6",
                headcount=2,
                wage_min=5000,
                wage_max=8000,
                division_code=LIXIA,
            )
        )
    session.flush()
    return enterprise


def register(
    session: Session,
    event: Event,
    enterprise: Enterprise,
    state: RegistrationState = RegistrationState.APPROVED,
) -> None:
    """Let an enterprise attend an event."""
    session.add(
        Registration(event_id=event.id, enterprise_id=enterprise.id, state=state, requested_at=PUBLISHED_AT)
    )
    session.flush()


def publish(session: Session) -> None:
    """Add a publication: the public schedule has a new version."""
    session.add(Publication(published_at=PUBLISHED_AT))
    session.flush()
