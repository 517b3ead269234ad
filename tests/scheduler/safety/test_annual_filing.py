"""The plan of next year's regular fairs: when it waits, that it is filed once, and which fairs it lists."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from scheduler import auditing
from scheduler.database import transaction
from scheduler.exporting.regular_fairs import regular_fairs_table
from scheduler.models import (
    AuditEntry,
    Deed,
    DutyWaiver,
    EventDuty,
    EventKind,
    EventState,
    Organizer,
    Strictness,
)
from scheduler.queries.annual_filing import annual_task, regular_fairs
from scheduler.queries.owed_fairs import owed_fairs
from scheduler.services import safety
from scheduler.services.safety import DayOfYear
from tests.scheduler.duties.rows import add_duty
from tests.scheduler.enterprises.people import reviewer
from tests.support.schedule import JINAN, LIXIA, QINGDAO, SHINAN, add_reference, make_event, make_venue

DECEMBER_15 = DayOfYear(12, 15)


def noon(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}T12:00:00+08:00")


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    """Lend a session on 1 December 2026 in which Jinan asks for the plan by 15 December."""
    with time_machine.travel(noon("2026-12-01"), tick=False), transaction(engine) as session:
        add_reference(session)
        rule(session, DECEMBER_15)
        yield session


def bureau_of(session: Session, code: str) -> Organizer:
    return session.scalars(select(Organizer).where(Organizer.division_code == code)).one()


def rule(session: Session, annual: DayOfYear | None) -> None:
    city = bureau_of(session, JINAN).id
    safety.set_safety_rules(session, organizer_id=city, publishing=Strictness.WARN, annual=annual)
    session.flush()


def test_a_plan_waits_from_45_days_before_its_day_until_45_days_after(session: Session) -> None:
    first = DayOfYear(1, 10)
    expected = {
        ("2026-10-30", DECEMBER_15): (2027, False, False),
        ("2026-10-31", DECEMBER_15): (2027, True, False),
        ("2026-12-15", DECEMBER_15): (2027, True, False),
        ("2026-12-16", DECEMBER_15): (2027, True, True),
        ("2027-01-29", DECEMBER_15): (2027, True, True),
        ("2027-01-30", DECEMBER_15): (2028, False, False),
        ("2026-12-01", first): (2028, True, False),
        ("2027-02-24", first): (2028, True, True),
        ("2027-02-25", first): (2029, False, False),
    }
    found = {}
    for on, annual in expected:
        rule(session, annual)
        with time_machine.travel(noon(on), tick=False):
            task = annual_task(session, division_code=LIXIA)  # the city's rule holds below it
            assert task is not None
            found[on, annual] = (task.year, task.waits, task.is_late)
    assert found == expected


def test_where_no_rule_asks_nothing_waits_and_nothing_can_be_filed(session: Session) -> None:
    bureau = bureau_of(session, QINGDAO)
    assert annual_task(session, division_code=QINGDAO) is None
    with pytest.raises(safety.NoPlanToFile):
        file(session, bureau)
    rule(session, None)
    assert annual_task(session, division_code=JINAN) is None


def file(
    session: Session, bureau: Organizer, *, year: int = 2027, filed_on: date = date(2026, 12, 1)
) -> None:
    by = reviewer(session).account_id
    safety.file_plan(session, bureau=bureau, year=year, filed_on=filed_on, number="济人社备 8 号", by=by)


def test_a_plan_is_filed_once_by_each_bureau_and_that_can_be_taken_back(session: Session) -> None:
    auditing.watch()
    bureau = bureau_of(session, LIXIA)
    for other in (2026, 2028):
        with pytest.raises(safety.NoPlanToFile):
            file(session, bureau, year=other)
    with pytest.raises(safety.FiledAhead):
        file(session, bureau, filed_on=date(2026, 12, 2))
    with pytest.raises(safety.PlanNotFiled):
        safety.unfile_plan(session, bureau=bureau, year=2027)
    file(session, bureau)
    task = annual_task(session, division_code=LIXIA)
    assert task is not None
    assert task.filed is not None
    assert (task.waits, task.noted_by, task.filed.number) == (False, "示例审核员", "济人社备 8 号")
    above = annual_task(session, division_code=JINAN)
    assert above is not None
    assert above.waits
    with pytest.raises(safety.PlanFiledAlready):
        file(session, bureau)
    safety.unfile_plan(session, bureau=bureau, year=2027)
    again = annual_task(session, division_code=LIXIA)
    assert again is not None
    assert again.waits
    noted = select(AuditEntry.deed).where(AuditEntry.subject == "annual_filing").order_by(AuditEntry.id)
    assert list(session.scalars(noted)) == [Deed.MADE, Deed.REMOVED]


def test_who_looked_before_a_colleague_filed_is_told_too(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    bureau = bureau_of(session, LIXIA)
    before = annual_task(session, division_code=LIXIA)
    file(session, bureau)
    session.expunge_all()
    monkeypatch.setattr("scheduler.services.safety.filing.annual_task", lambda *_, **__: before)
    with pytest.raises(safety.PlanFiledAlready):
        file(session, bureau)


def test_a_day_that_not_every_year_has_is_no_deadline(session: Session) -> None:
    for day in (DayOfYear(2, 29), DayOfYear(4, 31), DayOfYear(13, 1)):
        with pytest.raises(safety.NoSuchDay):
            rule(session, day)


def test_the_list_has_the_regular_fairs_of_the_year_and_the_division(session: Session) -> None:
    for code, period in (("Q02", "week"), ("Q03", "calendar_month"), ("Q16", "calendar_year")):
        add_duty(session, code, period=period)
    hall = make_venue(session)
    february = {"window_first_on": date(2027, 2, 1), "window_last_on": date(2027, 2, 28)}
    rows: list[tuple[str, dict[str, Any]]] = [
        ("Q02", {"venues": (hall,)}),
        ("Q03", {"state": EventState.PLANNED, "starts_at": None, "visible_changed_at": None, **february}),
        ("Q16", {}),  # once a year
        ("Q02", {"starts_at": datetime(2026, 12, 31, 1, tzinfo=UTC)}),
        ("Q02", {"starts_at": datetime(2027, 12, 31, 16, tzinfo=UTC)}),  # New Year's Day in Shanghai
        ("Q02", {"state": EventState.CANCELLED}),
        ("Q02", {"kind": EventKind.LIVESTREAM}),
        ("Q02", {"division_code": SHINAN}),
    ]
    for number, (code, changes) in enumerate(rows, start=1):
        event = make_event(session, number, **changes)
        session.add(EventDuty(event_id=event.id, duty_code=code, period="2027"))
    session.flush()
    table = regular_fairs_table(regular_fairs(session, year=2027, scope=JINAN), (), year=2027)
    assert [tuple(row)[:4] for row in table.rows] == [
        ("2027-01-05", "09:00-11:30", "第1场招聘会", "每周"),
        ("2027-02-01 至 2027-02-28", "待定", "第2场招聘会", "每月"),
    ]


def test_what_duties_ask_for_and_nobody_has_planned_is_listed_with_its_clause(session: Session) -> None:
    add_duty(session, "Q02", level="county", period="week", event_kinds=["comprehensive"])
    month = {"level": "city", "period": "calendar_month", "event_kinds": ["professional", "livestream"]}
    add_duty(session, "Q03", **month)
    add_duty(session, "Q04", level="county", period="week", event_kinds=["livestream"])
    first = make_event(session, 1, kind=EventKind.COMPREHENSIVE)  # in Lixia, in the first week
    session.add(EventDuty(event_id=first.id, duty_code="Q02", period="2027-W01"))
    session.add(
        DutyWaiver(
            duty_code="Q02",
            division_code=LIXIA,
            period="2027-W05",
            reason="春节",
            created_at=noon("2026-12-01"),
        )
    )
    session.flush()
    owed = owed_fairs(session, year=2027, scope_code=JINAN)
    weeks = [one.period.label for one in owed if one.is_weekly]
    months = [one.period.label for one in owed if not one.is_weekly]
    assert (len(weeks), weeks[:4]) == (50, ["2027-W02", "2027-W03", "2027-W04", "2027-W06"])
    assert months == [f"2027-{month:02}" for month in range(1, 13)]
    rows = [tuple(row) for row in regular_fairs_table([], owed, year=2027).rows]
    assert rows[0][:3] == ("2027-01-01 至 2027-01-31", "待定", "（尚未编排，依据：二(二)）")
    assert rows[0][3:5] == ("每月", "济南市")
    with time_machine.travel(noon("2027-12-24"), tick=False):
        left = owed_fairs(session, year=2027, scope_code=LIXIA)
    assert [one.period.label for one in left] == ["2027-W51", "2027-W52"]
