"""What a site holds: the start script and `status` build on it."""

import json
from pathlib import Path

import pytest
from sqlalchemy import Engine

from scheduler.__main__ import main
from scheduler.database import reading
from scheduler.queries.site import SiteState, site_state


def test_a_new_site_holds_nothing(engine: Engine) -> None:
    with reading(engine) as session:
        assert site_state(session) == SiteState(enterprises=0, published=())


def test_the_start_script_reads_it_as_json(
    sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    monkeypatch.setenv("FAIR_DATA_DIR", str(tmp_path))
    assert main(["status", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"current": True, "enterprises": 0, "published": []}


def test_a_database_that_is_not_made_yet_is_said_to_need_an_upgrade(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'new.db'}")
    monkeypatch.setenv("FAIR_DATA_DIR", str(tmp_path))
    assert main(["status"]) == 1
    assert main(["status", "--json"]) == 0
    assert json.loads(capsys.readouterr().out.splitlines()[-1]) == {
        "current": False,
        "enterprises": 0,
        "published": [],
    }
