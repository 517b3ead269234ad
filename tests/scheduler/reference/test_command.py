"""`load-reference` loads a site's own file and says what it kept."""

from pathlib import Path

import pytest

from scheduler.__main__ import main
from scheduler.database import connect, transaction
from scheduler.models import Parameter
from tests.scheduler.reference.folders import spoil


@pytest.fixture(autouse=True)
def site(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    monkeypatch.setenv("LC_ALL", "en")


def test_it_loads_what_the_product_ships(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["load-reference"]) == 0
    first = capsys.readouterr().out
    assert main(["load-reference"]) == 0
    rows = first.partition(" ")[0]
    assert capsys.readouterr().out == f"0 rows new, 0 updated, {rows} the same, 0 local edits kept.\n"


def test_it_names_each_edit_it_kept(
    sqlite_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["load-reference"])
    engine = connect(sqlite_url)
    with transaction(engine) as session:
        session.get_one(Parameter, "booths_specialised").default = "35"
    engine.dispose()
    capsys.readouterr()
    own = spoil(tmp_path, "parameters.csv", 2, default="40")
    assert main(["load-reference", str(own)]) == 0
    assert capsys.readouterr().out.splitlines()[0] == (
        "kept as edited here: parameters.csv booths_specialised default = 35 (the file says 40)"
    )


def test_a_wrong_file_ends_with_exit_code_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own = spoil(tmp_path, "calendar.csv", 4, day_on="2026-13-01")
    assert main(["load-reference", str(own)]) == 2
    assert capsys.readouterr().err == (
        "calendar.csv, row 4, column “day_on”: “2026-13-01” is no day of the calendar. "
        "Correct it and load again; nothing was written.\n"
    )
