"""The shipped reference data arrives whole, can be corrected, and keeps what was edited here."""

from datetime import date
from pathlib import Path

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from scheduler.database import reading, transaction
from scheduler.models import (
    Base,
    CalendarDay,
    CampaignWindow,
    DayKind,
    Division,
    Duty,
    EventKind,
    Level,
    Parameter,
    Strength,
    VenueType,
)
from scheduler.services.reference import KeptLocal, ReferenceReport, load_reference
from tests.scheduler.reference.folders import read, spoil, write


def count(session: Session, model: type[Base]) -> int:
    return session.scalar(select(func.count()).select_from(model)) or 0


def load(engine: Engine, folder: Path | None = None) -> ReferenceReport:
    with transaction(engine) as session:
        return load_reference(session, folder=folder) if folder else load_reference(session)


def test_a_province_arrives_whole(engine: Engine) -> None:
    load(engine)
    with reading(engine) as session:
        levels = dict(session.execute(select(Division.level, func.count()).group_by(Division.level)).all())
        circles = dict(
            session.execute(
                select(Division.circle_code, func.count())
                .where(Division.level == Level.COUNTY)
                .group_by(Division.circle_code)
            ).all()
        )
        assert levels == {Level.PROVINCE: 1, Level.CITY: 16, Level.COUNTY: 136, Level.ZONE: 15}
        assert circles == {"provincial_capital": 57, "jiaodong": 41, "lunan": 38}
        assert count(session, CalendarDay) == 730
        assert count(session, Duty) == 64


def test_a_second_load_changes_nothing(engine: Engine) -> None:
    first = load(engine)
    assert load(engine) == ReferenceReport(unchanged=first.new)


def test_duties_carry_their_source_and_their_validity(engine: Engine) -> None:
    load(engine)
    with reading(engine) as session:
        weekly, expired, either = (session.get_one(Duty, code) for code in ("Q02", "Q24", "Q32"))
        assert (weekly.level, weekly.event_kinds, weekly.count) == ("county", ["professional"], 1)
        assert (weekly.period, weekly.strength, weekly.clause) == ("week", Strength.MUST, "二(二)")
        assert weekly.quote_zh == "县级公共就业和人才服务机构每周至少举办一次专业性招聘活动"
        assert (expired.valid_from, expired.valid_to) == (date(2023, 1, 1), date(2023, 12, 31))
        assert either.event_kinds == [EventKind.POLICY_TALK, EventKind.CAMPUS]
        assert session.get_one(Duty, "Q25").strength is Strength.TARGET


def test_2027_is_provisional_until_its_notice_is_loaded(engine: Engine, tmp_path: Path) -> None:
    load(engine)
    new_year = {"day_on": "2027-01-02", "kind": "holiday", "name_zh": "元旦", "provisional": "no"}
    write(tmp_path, "calendar.csv", [new_year])
    assert load(engine, tmp_path) == ReferenceReport(updated=1)
    with reading(engine) as session:
        day = session.get_one(CalendarDay, date(2027, 1, 2))
        assert (day.kind, day.provisional) == (DayKind.HOLIDAY, False)
        assert session.get_one(CalendarDay, date(2027, 1, 3)).provisional is True
        assert session.get_one(CalendarDay, date(2026, 2, 28)).kind is DayKind.MAKEUP_WORKDAY


def test_campaign_windows_move_from_year_to_year(engine: Engine) -> None:
    load(engine)
    with reading(engine) as session:
        windows = [session.get_one(CampaignWindow, ("private_enterprise", year)) for year in (2026, 2027)]
        assert [(row.starts_on, row.ends_on, row.provisional) for row in windows] == [
            (date(2026, 9, 1), date(2026, 10, 31), False),
            (date(2027, 4, 1), date(2027, 4, 30), True),
        ]


def test_a_reload_keeps_local_edits_and_takes_the_rest(engine: Engine, tmp_path: Path) -> None:
    load(engine)
    with transaction(engine) as session:
        session.get_one(Parameter, "booths_large").default = "250"
    rows = [row for row in read("parameters.csv") if row["key"] in {"booths_large", "booths_mega"}]
    rows[0] |= {"default": "230", "high": "500"}
    rows[1] |= {"default": "1000"}
    report = load(engine, write(tmp_path, "parameters.csv", rows))
    assert report == ReferenceReport(
        updated=2, kept=(KeptLocal("parameters.csv", "booths_large", "default", "250", "230"),)
    )
    with reading(engine) as session:
        edited, other = (session.get_one(Parameter, key) for key in ("booths_large", "booths_mega"))
        assert (edited.default, edited.high, other.default) == ("250", "500", "1000")


def test_an_edit_that_the_file_takes_over_is_no_edit_any_more(engine: Engine, tmp_path: Path) -> None:
    load(engine)
    with transaction(engine) as session:
        session.get_one(VenueType, "square").name_zh = "城市广场"
    load(engine, spoil(tmp_path, "venue_types.csv", row_of("square"), name_zh="城市广场"))
    load(engine, spoil(tmp_path, "venue_types.csv", row_of("square"), name_zh="广场"))
    with reading(engine) as session:
        assert session.get_one(VenueType, "square").name_zh == "广场"


def row_of(code: str) -> int:
    return [row["code"] for row in read("venue_types.csv")].index(code) + 2
