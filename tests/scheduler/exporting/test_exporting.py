"""A quarter as a file: every format says the same, and no cell can run."""

import csv
import io
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from scheduler.calendar_lint import lint
from scheduler.database import reading, transaction
from scheduler.exporting import ExportReport, Format, NothingToExport, export_quarter
from scheduler.exporting.as_comma import harmless
from scheduler.exporting.rows import COLUMNS
from scheduler.models import (
    Crew,
    EventState,
    Hold,
    Placement,
    PlacementVenue,
    Plan,
    PlanState,
    Resource,
    Shift,
)
from scheduler.quarters import Quarter
from tests.support import schedule

QUARTER = Quarter(2027, 1)
PLANNED_AT = datetime(2026, 12, 1, tzinfo=UTC)
DRAFT: dict[str, Any] = {"state": EventState.PLANNED, "starts_at": None, "ends_at": None, "revision": 0}
OTHER: dict[str, Any] = {"division_code": schedule.SHINAN, "city_code": schedule.QINGDAO}


def make_plan(session: Session, state: PlanState = PlanState.DRAFT) -> Plan:
    """Add a plan of the quarter without any placement."""
    plan = Plan(
        quarter="2027Q1",
        scope_code="370000",
        state=state,
        outcome="feasible",
        events=1,
        placed=1,
        cost=7,
        costs_by_goal={},
        solve_seconds=1.0,
        seed=1,
        parameters={},
        problem_hash="",
        input_version="",
        difference={},
        provisional=True,
        created_at=PLANNED_AT,
    )
    session.add(plan)
    session.flush()
    return plan


def place(session: Session, plan: Plan, event_id: int, venue_id: int, starts_at: datetime) -> None:
    """Let a plan place an event for two hours, at a cost of 7 points."""
    ends_at = starts_at + timedelta(hours=2)
    placed = {"plan_id": plan.id, "event_id": event_id}
    session.add(Placement(**placed, starts_at=starts_at, ends_at=ends_at, costs={"days": 3, "times": 4}))
    session.flush()
    session.add(PlacementVenue(**placed, venue_id=venue_id))
    session.flush()


def make_crew(session: Session, name: str) -> Crew:
    crew = Crew(city_code=schedule.JINAN, name_zh=name, name_en=name, staff=4)
    session.add(crew)
    session.flush()
    return crew


def export(engine: Engine, out: Path, format: Format = Format.CSV, **choices: Any) -> ExportReport:  # noqa: A002, ANN401
    with reading(engine) as session:
        return export_quarter(
            session, quarter=QUARTER, format=format, out=out, public_url="https://fair.example", **choices
        )


def read_csv(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"), newline="")))


@pytest.fixture
def published(engine: Engine) -> Engine:
    """Publish a fair in two halls with a crew, a cancelled one without a hall, and one elsewhere."""
    with transaction(engine) as session:
        schedule.add_reference(session)
        halls = (schedule.make_venue(session), schedule.make_venue(session, name_zh="二厅"))
        fair = schedule.make_event(session, 1, venues=halls, campaign_code="spring", industry_code="C36")
        later = fair.visible_changed_at and fair.visible_changed_at + timedelta(days=5)
        cancelled: dict[str, Any] = {"state": EventState.CANCELLED, "cancel_reason": "=HYPERLINK(1)"}
        schedule.make_event(session, 2, starts_at=later, **cancelled)
        schedule.make_event(session, 3, starts_at=later, **OTHER)
        schedule.make_event(session, 4, **DRAFT)
        crew = make_crew(session, "一队")
        held = {"resource": Resource.CREW, "resource_id": crew.id, "day_on": fair.window_first_on}
        session.add(Hold(event_id=fair.id, period="morning", **held))
        place(session, make_plan(session, PlanState.PUBLISHED), fair.id, halls[0].id, PLANNED_AT)
        make_plan(session)
    return engine


def test_one_row_for_each_event_and_venue(published: Engine, tmp_path: Path) -> None:
    report = export(published, tmp_path / "q.csv")
    rows = read_csv(report.path)
    assert (report.events, report.rows, report.is_draft) == (3, 4, False)
    assert [(row["event"], row["venue"], row["state"]) for row in rows] == [
        ("event-1@example.org", "历下示例大厅", "published"),
        ("event-1@example.org", "二厅", "published"),
        ("event-2@example.org", "", "cancelled"),
        ("event-3@example.org", "", "published"),
    ]
    fair = rows[0]
    assert (fair["starts_at"], fair["ends_at"]) == ("2027-01-05T09:00:00+08:00", "2027-01-05T11:30:00+08:00")
    assert (fair["kind"], fair["region_code"], fair["crew"], fair["cost"]) == (
        *("professional", "370102", "一队"),
        "7",
    )


def test_every_format_says_the_same(published: Engine, tmp_path: Path) -> None:
    for format in Format:  # noqa: A001 — the word that users type
        export(published, tmp_path / f"q.{format}", format)
    as_json = json.loads((tmp_path / "q.json").read_text("utf-8"))["rows"]
    sheet = CalamineWorkbook.from_path(tmp_path / "q.xlsx").get_sheet_by_name("2027Q1").to_python()
    as_csv = read_csv(tmp_path / "q.csv")
    assert sheet[0] == list(COLUMNS)
    assert [[str(cell) for cell in row[:3]] for row in sheet[1:]] == [
        [row["event"], row["kind"], row["title"]] for row in as_json
    ]
    assert [row["event"] for row in as_csv] == [row["event"] for row in as_json]
    calendar = (tmp_path / "q.ics").read_bytes()
    assert (lint(calendar), calendar.count(b"BEGIN:VEVENT")) == ([], 3)


def test_a_scope_narrows_the_file(published: Engine, tmp_path: Path) -> None:
    report = export(published, tmp_path / "q.csv", scope_code="370200")
    assert [row["event"] for row in read_csv(report.path)] == ["event-3@example.org"]


def test_before_anything_is_published_the_newest_draft_is_exported(engine: Engine, tmp_path: Path) -> None:
    with transaction(engine) as session:
        schedule.add_reference(session)
        hall = schedule.make_venue(session)
        event = schedule.make_event(session, 1, **DRAFT)
        old, new = make_plan(session), make_plan(session)
        place(session, old, event.id, hall.id, datetime(2027, 2, 1, 1, tzinfo=UTC))
        place(session, new, event.id, hall.id, datetime(2027, 2, 2, 1, tzinfo=UTC))
        crews = [make_crew(session, "一队"), make_crew(session, "二队")]
        for crew, period in zip(crews, ("morning", "afternoon"), strict=True):
            on_duty = {"resource": Resource.CREW, "resource_id": crew.id, "day_on": event.window_first_on}
            session.add(Shift(plan_id=new.id, event_id=event.id, period=period, **on_duty))
    report = export(engine, tmp_path / "q.csv")
    row = read_csv(report.path)[0]
    assert (report.is_draft, report.plan_id, row["plan"], row["state"]) == (True, 2, "2", "planned")
    assert (row["starts_at"], row["venue"], row["crew"]) == (
        *("2027-02-02T09:00:00+08:00", "历下示例大厅"),
        "一队；二队",
    )
    calendar = export(engine, tmp_path / "q.ics", Format.ICS).path.read_bytes()
    assert lint(calendar) == []
    assert b"STATUS:TENTATIVE\r\n" in calendar
    older = export(engine, tmp_path / "old.csv", plan_id=1)
    assert read_csv(older.path)[0]["starts_at"] == "2027-02-01T09:00:00+08:00"


def test_a_quarter_without_anything_is_refused_and_no_file_is_left(engine: Engine, tmp_path: Path) -> None:
    with pytest.raises(NothingToExport):
        export(engine, tmp_path / "q.csv")
    assert list(tmp_path.glob("*q.csv*")) == []


def test_a_file_that_cannot_be_written_leaves_the_old_one_alone(
    published: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "q.csv"
    out.write_text("old")

    def full(_path: Path, _content: bytes) -> int:
        raise OSError("disk full")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OSError, match="disk full"):
        export(published, out)
    assert (out.read_text(), list(tmp_path.glob(".q*"))) == ("old", [])


@time_machine.travel(PLANNED_AT)
def test_the_same_rows_make_the_same_octets(published: Engine, tmp_path: Path) -> None:
    for format in Format:  # noqa: A001
        first = export(published, tmp_path / "a", format).path.read_bytes()
        with time_machine.travel(PLANNED_AT + timedelta(days=400)):
            assert export(published, tmp_path / "b", format).path.read_bytes() == first


def test_a_text_that_looks_like_a_formula_is_a_text(published: Engine, tmp_path: Path) -> None:
    comma = read_csv(export(published, tmp_path / "q.csv").path)
    assert [row["cancel_reason"] for row in comma] == ["", "", "'=HYPERLINK(1)", ""]
    export(published, tmp_path / "q.xlsx", Format.XLSX)
    sheet = CalamineWorkbook.from_path(tmp_path / "q.xlsx").get_sheet_by_index(0).to_python()
    assert sheet[3][COLUMNS.index("cancel_reason")] == "=HYPERLINK(1)"


@pytest.mark.parametrize(
    "text", ["=1", "+1", "-1", "@x", "\t=1", "\r=1", "\n1", " =1", "＝1", "＋86", "－1", "＠x", "\x0b=1"]
)
def test_what_could_run_gets_a_quote_and_loses_nothing(text: str) -> None:
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("cell", ["招聘会", "5=5", "'=1", "", 7, -7, None, 1.5])
def test_what_cannot_run_stays_as_it_is(cell: str | float | None) -> None:
    assert harmless(cell) == cell


@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=30), min_size=1, max_size=5))
def test_any_text_survives_csv_and_never_starts_a_formula(texts: list[str]) -> None:
    out = io.StringIO()
    csv.writer(out).writerow([harmless(text) for text in texts])
    back = next(csv.reader(io.StringIO(out.getvalue(), newline="")), [""])
    assert [cell.removeprefix("'") for cell in back] == [text.removeprefix("'") for text in texts]
    assert [cell for cell in back if cell.lstrip()[:1] in set("=+-@＝＋－＠")] == []
