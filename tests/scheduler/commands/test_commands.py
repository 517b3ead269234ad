"""The command line answers in the user's language, with exit codes that a script can trust."""

import io
import json
import stat
from pathlib import Path

import pytest
from sqlalchemy import Engine, select, update

from scheduler.__main__ import main
from scheduler.commands.console import Console
from scheduler.database import reading, transaction
from scheduler.models import Event, Hold, Plan, PlanState
from scheduler.services.planning import request_plan
from tests.scheduler.planning.plans import Q1
from tests.scheduler.planning.world import add_event, add_regions, add_venue


@pytest.fixture
def site(engine: Engine, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Engine:
    """Point the commands at the test's database, with one event to place; they speak English."""
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setenv("FAIR_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    with transaction(engine) as session:
        add_regions(session)
        add_venue(session)
        add_event(session)
    return engine


def test_alone_it_explains_itself_and_counts_as_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert (main([]), main(["--help"]), main(["nonsense"])) == (2, 0, 2)
    assert "load-sample" in capsys.readouterr().out


def test_upgrade_may_be_repeated(
    empty_database_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", empty_database_url)
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    assert (main(["upgrade"]), main(["upgrade"])) == (0, 0)
    assert capsys.readouterr().out == "数据库已升级。\n数据库已是最新。\n"


def test_a_database_that_is_not_ready_is_named_with_the_way_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'new.db'}")
    monkeypatch.setenv("LC_ALL", "C")
    assert main(["plan", "2027Q1"]) == 2
    assert capsys.readouterr().err == (
        "The database cannot be used: no such table: division. Check DATABASE_URL and run upgrade first.\n"
    )


def test_plan_tells_everything_as_json_and_publishes(
    site: Engine, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = tmp_path / "plan.json"
    assert main(["plan", "2027Q1", "--seconds", "5", "--seed", "3", "--publish", "--json", str(report)]) == 0
    found = json.loads(report.read_text("utf-8"))
    expected = {
        "state": "done",
        "published": True,
        "provisional": True,
        "outcome": "proven",
        "events": 1,
        "placed": 1,
        "left_out": [],
        "broken_rules": [],
        "gap": 0.0,
        "seed": 3,
        "difference": {"new": 1, "moved": 0, "unchanged": 0, "gone": 0},
    }
    assert {name: found[name] for name in expected} == expected
    assert (found["cost"], len(found["problem_hash"])) == (sum(found["costs"].values()), 64)
    assert capsys.readouterr().out.splitlines()[0] == "plan 2027Q1: done"
    with reading(site) as session:
        assert session.scalars(select(Plan.state)).all() == [PlanState.PUBLISHED]


def test_plan_refuses_what_it_cannot_do(site: Engine, capsys: pytest.CaptureFixture[str]) -> None:
    with transaction(site) as session:
        request_plan(session, quarter=Q1, seconds=10, seed=1)
    wrong = [["2027Q1"], ["2027Q9"], ["2027Q1", "--seconds", "0"]]
    assert [main(["plan", *words]) for words in wrong] == [2, 2, 2]
    assert capsys.readouterr().err.splitlines() == [
        "2027Q1 is being planned already (run 1). Wait for it, or cancel it first.",
        "“2027Q9” is not a quarter. Write it like 2027Q1 (years 2000–2100, quarters 1–4).",
        "“seconds” must be a whole number from 1 to 3600.",
    ]


def test_a_plan_without_events_is_a_no_with_its_reason(
    site: Engine, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = tmp_path / "plan.json"
    assert main(["plan", "2026Q4", "--json", str(report)]) == 1
    assert json.loads(report.read_text("utf-8"))["state"] == "failed"
    assert capsys.readouterr().err.splitlines()[-1] == (
        "There is no event to place in 2026Q4. Expand its duties first, or check the quarter and region."
    )


def test_export_writes_the_published_events(
    site: Engine, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "quarter.csv"
    assert main(["export", "2027Q1", "--format", "csv", "--out", str(out)]) == 2
    main(["plan", "2027Q1", "--seconds", "5", "--publish"])
    assert main(["export", "2027Q1", "--format", "csv", "--out", str(out)]) == 0
    assert main(["export", "2027Q1", "--format", "csv", "--out", str(tmp_path / "none" / "x.csv")]) == 2
    assert len(out.read_text("utf-8-sig").splitlines()) == 2
    assert f"{out}: 1 events, 1 rows" in capsys.readouterr().out


def test_lint_is_silent_about_a_sound_site_and_names_each_fault(
    site: Engine, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["plan", "2027Q1", "--seconds", "5", "--publish"])
    capsys.readouterr()
    main(["lint"])
    sound = capsys.readouterr().out.splitlines()
    with transaction(site) as session:
        session.execute(update(Event).values(revision=9, booths=999))
        uid, title = session.execute(select(Event.uid, Event.title_en)).one()
        session.delete(session.scalars(select(Hold)).one())
    assert main(["lint"]) == 1
    found = capsys.readouterr().out.splitlines()
    assert sound == ["there are no duties", "there are no calendar days"]
    assert sorted(set(found) - set(sound)) == [
        f"event {uid} does not hold its venue 1",
        f"event {uid}: its calendar entry is missing or outdated",
        f"venue Sample hall is too small for {title}",
    ]


def test_the_sample_comes_with_accounts_for_their_owner_only_and_only_once(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setenv("FAIR_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    assert main(["load-sample", "--size", "small", "--seed", "1"]) == 0
    accounts = tmp_path / "sample-accounts.json"
    first = json.loads(accounts.read_text("utf-8"))
    assert stat.S_IMODE(accounts.stat().st_mode) == 0o600
    assert {"login", "password", "role", "role_zh"} <= first[0].keys()
    assert main(["load-sample", "--size", "small"]) == 2
    assert json.loads(accounts.read_text("utf-8")) == first
    assert "The database already holds" in capsys.readouterr().err


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def test_a_terminal_gets_a_bar_and_a_pipe_plain_lines() -> None:
    terminal, pipe, out = Terminal(), io.StringIO(), io.StringIO()
    for stream in (terminal, pipe):
        console = Console("en", out, stream)
        console.progress(0.5, "half")
        console.progress(1.0, "all")
        console.say("done")
    assert pipe.getvalue() == "half\nall\n"
    assert terminal.getvalue() == (
        f"\r\x1b[K[{'█' * 12}{'·' * 12}] half\r\x1b[K[{'█' * 24}] all\n"  # one line, drawn over itself
    )


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "de_DE.UTF-8", "LC_MESSAGES": "zh_CN"}, "zh"),
        ({}, "en"),
    ],
)
def test_the_console_speaks_the_users_language(environment: dict[str, str], language: str) -> None:
    assert Console.of_terminal(environment).language == language
