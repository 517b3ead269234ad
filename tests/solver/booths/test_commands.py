"""The commands do what docs/booths.md says, with exit codes that scripts can rely on."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from benchmarks.booth_fairs import make_fair
from solver.__main__ import main
from solver.booths import Problem, allocate
from solver.booths.exchange import (
    Record,
    read_allocation,
    read_problem,
    read_receipt,
    write_allocation,
    write_problem,
    write_record,
)
from solver.plain import FormatError

FAIR = make_fair(30, 45, 2)


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    """Return the paths of a problem and of its allocation."""
    paths = tmp_path / "problem.json", tmp_path / "allocation.json"
    paths[0].write_text(write_problem(FAIR), "utf-8")
    paths[1].write_text(write_allocation(allocate(FAIR, seconds=10)), "utf-8")
    return str(paths[0]), str(paths[1])


def changed(path: str, *steps: str | int, to: object) -> None:
    """Change one value of a JSON file."""
    plain = json.loads(Path(path).read_text("utf-8"))
    place: Any = plain
    for step in steps[:-1]:
        place = place[step]
    place[steps[-1]] = to
    Path(path).write_text(json.dumps(plain), "utf-8")


def test_problem_and_allocation_are_read_as_they_were_written() -> None:
    found = allocate(FAIR, seconds=10)
    assert read_problem(write_problem(FAIR)) == FAIR
    assert read_allocation(write_allocation(found)) == found


@pytest.mark.parametrize(
    ("steps", "to", "message"),
    [
        (("format",), "fair-booths-problem/9", "format: expected 'fair-booths-problem/1'"),
        (("boths",), [], "problem.boths: unknown field"),
        (("booths", 3, "colour"), "red", "problem.booths[3].colour: unknown field"),
        (("booths", 3, "x_mm"), "3", "problem.booths[3].x_mm: expected int, found str"),
        (("requests", 2, "wishes"), [{"bed": "1"}], "problem.requests[2].wishes[0].bed: unknown field"),
        (("requests", 2, "last_time"), "lost", "problem.requests[2].last_time: 'lost' is none of"),
        (("requests", 2, "booths"), 0, "problem.requests[2]: request of '00000000000000002F': booths is 0"),
        (("shares", 0, "booths"), 31, "problem: problem: shares reserve"),
    ],
)
def test_a_wrong_value_is_refused_by_its_path(
    tmp_path: Path, steps: tuple[str | int, ...], to: object, message: str
) -> None:
    path = tmp_path / "problem.json"
    path.write_text(write_problem(FAIR), "utf-8")
    changed(str(path), *steps, to=to)
    with pytest.raises(FormatError) as refused:
        read_problem(path.read_text("utf-8"))
    assert str(refused.value).startswith(message)


def test_allocate_writes_what_check_and_verify_find_right(
    tmp_path: Path, files: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out.json"
    assert main(["booths", "allocate", files[0], "--seconds", "10", "--out", str(out)]) == 1  # some wait
    assert "admitted" in capsys.readouterr().err
    assert main(["booths", "check", files[0], str(out)]) == 0
    assert main(["booths", "verify", files[0], str(out)]) == 0
    assert capsys.readouterr().out == "OK\n"


def test_a_broken_allocation_is_told_line_by_line(
    files: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    second = json.loads(Path(files[1]).read_text("utf-8"))["grants"][1]["booths"]
    changed(files[1], "grants", 0, "booths", to=second)
    assert main(["booths", "check", *files]) == 1
    assert "one_enterprise: booth " in capsys.readouterr().out
    assert main(["booths", "verify", *files]) == 1


def test_receipts_are_verified_alone_and_against_the_whole(
    tmp_path: Path, files: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "receipts"
    assert main(["booths", "receipts", *files, str(folder)]) == 0
    handed = sorted(folder.iterdir())
    assert len(handed) == 45
    receipt = read_receipt(handed[7].read_text("utf-8"))
    assert handed[7].stem == receipt.enterprise
    assert main(["booths", "verify", str(handed[7])]) == 0
    assert f"OK: ticket {receipt.ticket}, number {receipt.place} of 45" in capsys.readouterr().out
    assert main(["booths", "verify", str(handed[7]), *files]) == 0
    changed(str(handed[7]), "place", to=receipt.place % 45 + 1)
    capsys.readouterr()
    assert main(["booths", "verify", str(handed[7]), *files]) == 1
    assert f"receipt.place: it should be {receipt.place}" in capsys.readouterr().out


def test_a_record_is_problem_and_allocation_in_one_file(tmp_path: Path, files: tuple[str, str]) -> None:
    problem, allocation = (Path(path).read_text("utf-8") for path in files)
    record = tmp_path / "record.json"
    record.write_text(write_record(Record(read_problem(problem), read_allocation(allocation))), "utf-8")
    assert main(["booths", "verify", str(record)]) == 0
    assert main(["booths", "verify", str(record), files[0]]) == 2
    changed(str(record), "problem", "requests", 3, "no_shows", to=9)
    assert main(["booths", "verify", str(record)]) == 1


@pytest.mark.parametrize("places", [(0,), (1,), (0, 0)])
def test_verify_refuses_what_it_cannot_compare(files: tuple[str, str], places: tuple[int, ...]) -> None:
    assert main(["booths", "verify", *(files[place] for place in places)]) == 2


def test_everybody_is_explained(files: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    for request in FAIR.requests:
        assert main(["booths", "explain", *files, request.enterprise]) == 0
    told = capsys.readouterr().out
    assert told.count(" of 45 in the published order") == 45
    assert "admitted by: share of key; booths " in told
    assert "waits as number 1: " in told
    assert main(["booths", "explain", *files, "nobody"]) == 2


def test_repair_says_who_comes_in_and_writes_the_problem_it_is_of(
    tmp_path: Path, files: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    first = read_allocation(Path(files[1]).read_text("utf-8")).grants[0].enterprise
    left: Problem = replace(FAIR, requests=tuple(one for one in FAIR.requests if one.enterprise != first))
    now, after, report = (tmp_path / name for name in ("now.json", "after.json", "report.json"))
    now.write_text(write_problem(left), "utf-8")
    words = ["booths", "repair", str(now), files[1], "--out", str(report), "--problem-out", str(after)]
    assert main(words) == 1
    told = capsys.readouterr().out
    assert f"{first}: " in told
    assert "has withdrawn" in told
    whole = json.loads(report.read_text("utf-8"))
    assert whole["format"] == "fair-booths-repair/1"
    mended = tmp_path / "mended.json"
    mended.write_text(json.dumps({"format": "fair-booths-allocation/1", **whole["allocation"]}), "utf-8")
    assert main(["booths", "verify", str(after), str(mended)]) == 0
