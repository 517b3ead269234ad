"""A made-up fair is the same every time, and its benchmark judges what it measures."""

import json
from pathlib import Path

from benchmarks import booths
from benchmarks.booth_fairs import make_fair


def test_the_same_seed_makes_the_same_fair() -> None:
    assert make_fair(60, 90, 1) == make_fair(60, 90, 1)
    assert make_fair(60, 90, 1) != make_fair(60, 90, 2)


def test_its_figures_are_written_and_beat_first_come(tmp_path: Path) -> None:
    path = tmp_path / "figures.json"
    assert booths.main(["--booths", "60", "--requests", "90", "--seconds", "10", "--json", str(path)]) == 0
    figures = json.loads(path.read_text("utf-8"))
    assert (figures["broken_rules"], figures["repair_moves"], figures["booths"]) == (0, 0, 60)
    assert figures["bound"] <= figures["cost"] < figures["greedy_cost"]
