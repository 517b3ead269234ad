"""What a benchmark prints and keeps."""

import argparse
import json
from pathlib import Path

import pytest

from benchmarks import report
from scheduler.times import today

ROWS: list[report.Figures] = [
    {"seed": 1, "gap": 1.0, "trace": [1]},
    {"seed": 2, "gap": 3.0},
    {"seed": 3, "gap": 1.5},
]
COURSES: dict[str, report.Course] = {"seed 1": [(0.5, 9, None, "first plan"), (1.0, 7, 6, "areas")]}


def options(**files: object) -> argparse.Namespace:
    return argparse.Namespace(**({"json": None, "plot": None, "keep": None} | files))


def test_several_runs_are_shown_side_by_side_with_their_median() -> None:
    assert report.table(ROWS).splitlines()[2:] == ["| seed | 1 | 2 | 3 |  |", "| gap | 1 | 3 | 1.5 | 1.5 |"]


def test_one_run_makes_flat_figures(tmp_path: Path) -> None:
    report.publish(options(json=tmp_path / "figures.json"), ROWS[:1])
    assert json.loads((tmp_path / "figures.json").read_text()) == ROWS[0]


def test_what_is_kept_is_dated_and_says_how_it_was_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(report, "RESULTS", tmp_path)
    monkeypatch.setattr("sys.orig_argv", ["/usr/bin/python3", "-m", "benchmarks.booths", "--keep", "solve"])
    report.publish(options(keep="solve"), ROWS, COURSES)
    kept = {path.suffix: path for path in tmp_path.iterdir()}
    assert {path.name for path in kept.values()} == {
        f"{today()}-solve{suffix}" for suffix in (".md", ".json", ".png")
    }
    assert json.loads(kept[".json"].read_text())["median"] == {"gap": 1.5}
    assert "`python -m benchmarks.booths --keep solve`" in kept[".md"].read_text()
    assert kept[".png"].read_bytes().startswith(b"\x89PNG")
