"""A small province with a published schedule: two cities, four counties, as many events as a test wants."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy.orm import Session

from scheduler.models import (
    Campaign,
    CampaignWindow,
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
    Registration,
    RegistrationState,
    SlotPattern,
    Venue,
    VenueType,
)
from scheduler.times import moment, now

DIVISIONS = (
    ("370000", "山东省", "Shandong", Level.PROVINCE, None),
    ("370100", "济南市", "Jinan City", Level.CITY, "370000"),
    ("370102", "历下区", "Lixia District", Level.COUNTY, "370100"),
    ("370114", "章丘区", "Zhangqiu District", Level.COUNTY, "370100"),
    ("370700", "潍坊市", "Weifang City", Level.CITY, "370000"),
    ("370783", "寿光市", "Shouguang City", Level.COUNTY, "370700"),
    ("370786", "昌邑市", "Changyi City", Level.COUNTY, "370700"),
)
COUNTIES = ("370102", "370114", "370783", "370786")
LONG_NAME = "山东省齐鲁先进制造与新能源智能装备产业技术研究院集团股份有限公司章丘分公司示例企业"
FIRST_DAY = date(2027, 1, 4)


def add_province(session: Session) -> None:
    """Add the divisions, an organizer and a venue in each county, and what events refer to."""
    for code, zh, en, level, parent in DIVISIONS:
        session.add(
            Division(code=code, name_zh=zh, name_en=en, pinyin="", level=level, parent_code=parent, loaded={})
        )
        session.flush()
    session.add(Industry(code="C", level="section", name_zh="制造业", name_en="Manufacturing", theme_hint=""))
    session.add(VenueType(code="hall", name_zh="招聘大厅", name_en="Hall", indoor="yes"))
    session.add(OccupationGroup(code="6", name_zh="生产制造人员", name_en="Production workers"))
    session.add(campaign())
    session.flush()
    session.add(
        CampaignWindow(
            campaign_code="spring_breeze",
            year=2027,
            starts_on=date(2027, 1, 1),
            ends_on=date(2027, 3, 31),
            provisional=True,
        )
    )
    for number, code in enumerate(COUNTIES, 1):
        session.add(organizer(number, code))
        session.add(venue(number, code))
    session.flush()


def campaign() -> Campaign:
    """Return a campaign of the first quarter."""
    return Campaign(
        code="spring_breeze",
        name_zh="春风行动",
        name_en="Spring Breeze Action",
        kind="national",
        window_note="1–3月",
        target_groups="农村劳动力、用工企业",
    )


def organizer(number: int, code: str) -> Organizer:
    """Return the bureau of a county."""
    return Organizer(
        id=number, division_code=code, name_zh=f"{name(code)}人力资源和社会保障局", name_en="County Bureau"
    )


def name(code: str) -> str:
    """Return a division's Chinese name."""
    return next(zh for division, zh, *_ in DIVISIONS if division == code)


def venue(number: int, code: str) -> Venue:
    """Return a hall in a county."""
    return Venue(
        id=number,
        name_zh=f"{name(code)}人力资源市场（示例）",
        name_en=f"Sample Hall {number}",
        type_code="hall",
        division_code=code,
        city_code=f"{code[:4]}00",
        address_zh=f"{name(code)}示例路{number}号",
        lon=117.0 + number,
        lat=36.0,
        booths=60,
        people=900,
        equipment=[],
        setup_minutes=60,
        teardown_minutes=30,
        is_sample=True,
    )


def add_event(session: Session, number: int = 1, **changes: Any) -> Event:  # noqa: ANN401 — any column
    """Add a published morning event; every number is another event, spread over counties and days."""
    code = COUNTIES[number % len(COUNTIES)]
    day = changes.pop("day", FIRST_DAY + timedelta(days=number % 80))
    values: dict[str, Any] = {
        "uid": f"event-{number}@fair.example",
        "quarter": "2027Q1",
        "kind": list(EventKind)[number % len(EventKind)],
        "title_zh": f"{name(code)}第{number}场招聘活动",
        "title_en": f"Job fair {number}",
        "organizer_id": number % len(COUNTIES) + 1,
        "division_code": code,
        "city_code": f"{code[:4]}00",
        "window_first_on": day,
        "window_last_on": day,
        "pattern": SlotPattern.HALF_DAY,
        "booths": 30,
        "people": 300,
        "staff": 3,
        "venue_types": ["hall"],
        "equipment": [],
        "state": EventState.PUBLISHED,
        "starts_at": moment(day, 9 * 60),
        "ends_at": moment(day, 12 * 60),
        "visible_changed_at": now(),
        "revision": 1,
    }
    event = Event(**(values | changes))
    session.add(event)
    session.flush()
    session.add(EventVenue(event_id=event.id, venue_id=event.organizer_id))
    return event


def add_employer(session: Session, event: Event, number: int = 1, name_zh: str = LONG_NAME) -> None:
    """Add an employer with one opening that attends the event."""
    enterprise = Enterprise(
        credit_code=f"{number:018d}",
        name_zh=name_zh,
        division_code=event.division_code,
        city_code=event.city_code,
        industry_code="C",
        is_sample=True,
    )
    session.add(enterprise)
    session.flush()
    session.add(
        Opening(
            enterprise_id=enterprise.id,
            title_zh="数控车床操作工",
            occupation_code="6",
            headcount=12,
            wage_min=5000,
            wage_max=7500,
            division_code=event.division_code,
        )
    )
    session.add(
        Registration(
            event_id=event.id,
            enterprise_id=enterprise.id,
            state=RegistrationState.APPROVED,
            requested_at=now(),
        )
    )
