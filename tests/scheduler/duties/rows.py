"""Boring rows: a province of numbered cities and counties, with the duties a test names."""

from datetime import date

from sqlalchemy.orm import Session

from scheduler.models import (
    Campaign,
    CampaignWindow,
    Division,
    Duty,
    DutyWaiver,
    Event,
    EventKind,
    Industry,
    Level,
    Organizer,
    Parameter,
    Programme,
    Relevance,
    SlotPattern,
    Strength,
)
from scheduler.times import now

SIZES = {
    "booths_specialised": ("20", "30", "60"),
    "booths_comprehensive": ("45", "80", "150"),
    "booths_campus": ("40", "60", "480"),
    "booths_large": ("120", "220", "400"),
    "booths_policy_talk": ("1", "1", "1"),
    "livestream_enterprises": ("5", "6", "20"),
    "attendees_county": ("5", "9", "14"),
    "attendees_studio": ("2", "2", "2"),
    "attendees_policy_talk": ("60", "100", "200"),
}
INDUSTRIES = {
    "C": "",
    "G": "",
    "C24": "shandong_handicraft",
    "C36": "advanced_manufacturing",
    "C38": "advanced_manufacturing?",
}


def add_province(session: Session, *counties: int) -> None:
    """Add a province with a city for each number and so many counties in it, all with organizers."""
    _add_division(session, "370000", Level.PROVINCE, None)
    for city, many in enumerate(counties, start=1):
        code = f"37{city:02d}00"
        _add_division(session, code, Level.CITY, "370000")
        for county in range(1, many + 1):
            _add_division(session, f"37{city:02d}{county:02d}", Level.COUNTY, code)
    _add_reference(session)


def add_duty(session: Session, code: str, **columns: object) -> Duty:
    """Add a valid must duty of a county: one professional event a week, unless told otherwise."""
    usual: dict[str, object] = {
        "document": "示例文件",
        "clause": "二(二)",
        "level": "county",
        "scope": "each county",
        "event_kinds": ["professional"],
        "operator": ">=",
        "count": 1,
        "period": "week",
        "theme": "any",
        "relevance": Relevance.SCHEDULING,
        "strength": Strength.MUST,
        "valid_from": date(2023, 1, 1),
        "valid_to": None,
        "validity_note": "",
        "quote_zh": "每周至少举办一次专业性招聘活动",
        "quote_verbatim": True,
        "note": "",
    }
    duty = Duty(code=code, **usual | columns)
    session.add(duty)
    session.flush()
    return duty


def add_county_duties(session: Session) -> None:
    """Add the weekly and the monthly duty of every county."""
    add_duty(session, "W")
    add_duty(session, "M", event_kinds=["comprehensive"], period="calendar_month")


def add_programme(session: Session, code: str, **columns: object) -> None:
    """Add a custom: two livestreams a city and week, unless told otherwise."""
    usual: dict[str, object] = {
        "name_zh": "直播带岗",
        "name_en": "recruitment livestream",
        "level": "city",
        "event_kinds": ["livestream"],
        "count": 2,
        "period": "week",
        "theme": "",
        "size": "livestream_enterprises",
        "attendees": "attendees_studio",
        "pattern": SlotPattern.EVENING,
        "within_days": None,
        "venue_types": ["studio"],
        "equipment": ["livestream"],
        "priority": 1,
        "note": "",
    }
    session.add(Programme(code=code, **usual | columns))
    session.flush()


def add_campaign(session: Session, code: str, first_on: date, last_on: date, **columns: object) -> None:
    """Add a national campaign with its official window in one year."""
    usual: dict[str, object] = {"kind": "national", "provisional": False} | columns
    names = {"name_zh": f"{code}行动", "name_en": code, "window_note": "", "target_groups": ""}
    session.add(Campaign(code=code, kind=usual["kind"], **names))
    session.flush()
    days = {"year": first_on.year, "starts_on": first_on, "ends_on": last_on}
    session.add(CampaignWindow(campaign_code=code, provisional=usual["provisional"], **days))
    session.flush()


def add_event(session: Session, division: str, kind: EventKind, day: date, **columns: object) -> Event:
    """Add a planned event of a bureau with a window of one day."""
    organizer = session.query(Organizer).filter_by(division_code=division).one()
    usual: dict[str, object] = {
        "uid": f"{division}-{kind}-{day}",
        "quarter": "2027Q1",
        "title_zh": "示例招聘会",
        "title_en": "sample fair",
        "city_code": f"{division[:4]}00",
        "window_first_on": day,
        "window_last_on": day,
        "pattern": SlotPattern.HALF_DAY,
        "booths": 20,
        "people": 200,
        "staff": 2,
        "venue_types": [],
        "equipment": [],
    }
    event = Event(organizer_id=organizer.id, division_code=division, kind=kind, **usual | columns)
    session.add(event)
    session.flush()
    return event


def add_waiver(session: Session, duty: str, division: str, period: str) -> None:
    """Waive a duty."""
    session.add(
        DutyWaiver(
            duty_code=duty, division_code=division, period=period, reason="全周无工作日", created_at=now()
        )
    )
    session.flush()


def _add_division(session: Session, code: str, level: Level, parent: str | None) -> None:
    name = {"zh": f"示例{code}", "en": f"Sample {code}"}
    session.add(
        Division(
            code=code, name_zh=name["zh"], name_en=name["en"], pinyin="", level=level, parent_code=parent
        )
    )
    session.flush()
    session.add(Organizer(division_code=code, name_zh=name["zh"], name_en=name["en"]))


def _add_reference(session: Session) -> None:
    for key, (low, default, high) in SIZES.items():
        session.add(
            Parameter(key=key, applies_to="", unit="", default=default, low=low, high=high, evidence="sample")
        )
    session.add(
        Parameter(
            key="staff_per_booths",
            applies_to="",
            unit="",
            default="1:10",
            low="1:10",
            high="1:5",
            evidence="",
        )
    )
    for code, hint in INDUSTRIES.items():
        session.add(
            Industry(code=code, level="", name_zh=f"行业{code}", name_en=f"Industry {code}", theme_hint=hint)
        )
    session.flush()
