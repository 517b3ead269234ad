"""The solver from the shell: what it prints, and an exit code a script can trust."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from solver.__main__ import main
from solver.exchange import read_solution, write_problem, write_solution
from solver.timetable import Closure
from tests.solver.factories import at, make_event, make_plan, make_problem, make_venue

PROBLEM = make_problem(make_event("a", pin_start=0), make_event("b"))


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """Return a folder with a problem, a plan that keeps the rules and one that does not."""
    (tmp_path / "problem.json").write_text(write_problem(PROBLEM))
    (tmp_path / "good.json").write_text(write_solution(make_plan(at("a", 0), at("b", 1))))
    (tmp_path / "bad.json").write_text(write_solution(make_plan(at("a", 0), at("b", 0))))
    (tmp_path / "alien.json").write_text(write_solution(make_plan(at("z", 0))))
    return tmp_path


def run(folder: Path, *words: str) -> int:
    """Run a command; words that name a file of the folder become its path."""
    return main([str(folder / word) if word.endswith(".json") else word for word in words])


def test_solve_writes_a_solution_that_check_accepts(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(files, "solve", "problem.json", "--seconds", "5", "--out", "plan.json") == 0
    solution = read_solution((files / "plan.json").read_text())
    assert capsys.readouterr().err == (
        f"proven: 2 placed, 0 left out, cost 2, bound 2, gap 0.00%, {solution.seconds:.1f} s\n"
    )
    assert run(files, "check", "problem.json", "plan.json") == 0
    assert capsys.readouterr().out == ""


def test_solve_tells_who_is_left_out(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    crowded = replace(PROBLEM, events=(PROBLEM.events[0], make_event("b", pin_start=0)))
    (files / "crowded.json").write_text(write_problem(crowded))
    assert run(files, "solve", "crowded.json", "--seconds", "5") == 1
    captured = capsys.readouterr()
    assert json.loads(captured.out)["left_out"][0]["rule"] == "venue_free"
    assert "venue_free: suitable venues are taken, most often by" in captured.err


def test_check_names_each_broken_rule(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(files, "check", "problem.json", "bad.json") == 1
    assert capsys.readouterr().out == (
        "venue_free: venue hall holds b and a at once / 场地 hall 同时有 b 和 a 两场活动\n"
    )


def test_compare_lists_what_moves(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(files, "compare", "good.json", "good.json") == 0
    assert run(files, "compare", "good.json", "bad.json") == 1
    assert capsys.readouterr().out.splitlines() == [
        "0 events differ; cost 0 -> 0",
        "b: time: slot 1 hall -> slot 0 hall",
        "1 events differ; cost 0 -> 0",
    ]


def test_explain_prices_or_blocks_every_other_place(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(files, "explain", "problem.json", "good.json", "b") == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 20
    assert lines[0] == "slot 2 hall: free: same cost"
    assert lines[-1] == "slot 0 hall: venue hall holds b and a at once / 场地 hall 同时有 b 和 a 两场活动"


def test_what_if_lists_the_chain_of_moves_and_its_price(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (files / "free.json").write_text(write_problem(make_problem(make_event("a"), make_event("b"))))
    assert run(files, "what-if", "free.json", "good.json", "b", "0", "hall") == 0
    assert capsys.readouterr().out.splitlines() == [
        "b: time: slot 1 hall -> slot 0 hall",
        "a: time: slot 0 hall -> slot 1 hall",
        "2 events change; same cost; no way with fewer moves",
    ]


def test_what_if_says_why_a_place_is_impossible(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(files, "what-if", "problem.json", "good.json", "b", "0") == 1
    assert capsys.readouterr().out == (
        "impossible: venue hall holds b and a at once / 场地 hall 同时有 b 和 a 两场活动\n"
    )


def test_clash_names_the_rules_and_the_ways_out(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    both = make_problem(make_event("a", pin_start=0), make_event("b", pin_start=0))
    (files / "both.json").write_text(write_problem(both))
    assert run(files, "clash", "problem.json") == 0
    assert run(files, "clash", "both.json") == 1
    lines = [line.split(" / ")[0] for line in capsys.readouterr().out.splitlines()]
    assert lines == [
        "all events can be placed together",
        "held: a must be held",
        "pin: a is pinned to its slot or venue",
        "venue_fit: a can use 1 venues: hall",
        "held: b must be held",
        "pin: b is pinned to its slot or venue",
        "venue_fit: b can use 1 venues: hall",
        "venue_free: venue hall holds one event at a time",
        "resolve (1): unpin a",
        "resolve (1): unpin b",
        "resolve (8): 1 more venues like hall from 2027-01-04 to 2027-01-10",
        "resolve (20): waive a, with a reason",
        "resolve (20): waive b, with a reason",
        "7 rules about 2 events clash; each of these is needed for the clash",
    ]


def test_bottleneck_lists_the_scarcest_first(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(files, "bottleneck", "problem.json", "good.json", "--most", "1") == 0
    assert capsys.readouterr().out.splitlines() == [
        "venues county hall, week of 2027-01-04: 2.0 asked, 2 used of 21 slots (10%): hall"
    ]


def test_solve_starts_from_the_plan_in_force(files: Path) -> None:
    assert (
        run(files, "solve", "problem.json", "--previous", "good.json", "--seconds", "0", "--out", "p.json")
        == 0
    )
    assert run(files, "compare", "good.json", "p.json") == 0


def test_without_another_plan_the_one_the_problem_names_is_in_force(files: Path) -> None:
    named = replace(PROBLEM, in_force=(at("b", 7),))
    (files / "named.json").write_text(write_problem(named))
    assert run(files, "solve", "named.json", "--seconds", "0", "--out", "p.json") == 1
    assert [one.start for one in read_solution((files / "p.json").read_text()).placements] == [7]


@pytest.mark.parametrize("content", [b"", b"\xff\xfe{", b"[" * 100_000, b"null", b'{"format": NaN}'])
@pytest.mark.parametrize("command", ["solve", "check"])
def test_what_is_no_problem_is_refused_in_one_line(
    files: Path, content: bytes, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (files / "odd.json").write_bytes(content)
    assert run(files, command, "odd.json", *["good.json"][: command == "check"]) == 2
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.parametrize("seconds", ["nan", "inf", "-1", "soon"])
def test_a_time_limit_is_a_number_of_seconds(files: Path, seconds: str) -> None:
    with pytest.raises(SystemExit) as refused:
        run(files, "solve", "problem.json", "--seconds", seconds)
    assert refused.value.code == 2


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("check", "problem.json", "problem.json"), "format: expected 'fair-timetable-solution/1'"),
        (("explain", "problem.json", "good.json", "c"), "event: no event 'c' in the problem"),
        (("clash", "problem.json", "--event", "c"), "event: no event 'c' in the problem"),
        (("clash", "problem.json", "--seconds", "0"), "not decided in 0 s: give it more --seconds"),
        (("bottleneck", "problem.json", "alien.json"), "solution.placements[0].event: no event 'z'"),
        (("what-if", "problem.json", "good.json", "b", "99"), "slot: 99 is not from 0 to 20"),
        (("what-if", "problem.json", "good.json", "b", "3", "barn"), "venues: no venue 'barn'"),
        (("explain", "problem.json", "alien.json", "a"), "solution.placements[0].event: no event 'z'"),
        (("explain", "problem.json", "bad.json", "a"), "b breaks a hard rule where it stands"),
        (("check", "missing.json", "good.json"), "missing.json: No such file or directory"),
    ],
)
def test_a_wrong_file_is_refused(
    files: Path, words: tuple[str, ...], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(files, *words) == 2
    assert message in capsys.readouterr().err


def test_repair_prints_what_moves_and_why_and_writes_the_plan(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    closed = replace(PROBLEM, venues=(make_venue(closures=(Closure(0, 5),)),), events=(make_event("b"),))
    (files / "closed.json").write_text(write_problem(closed))
    words = ("repair", "closed.json", "good.json", "--out", "mended.json", "--report", "report.json")
    assert run(files, *words) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[:2] == [
        "a: removed: slot 0 hall -> nowhere",
        "  why: withdrawn: event a was withdrawn / 活动 a 已撤销",
    ]
    assert lines[3] == "b: time: slot 1 hall -> slot 18 hall"
    assert lines[4].startswith("  why: venue_closed: venue hall is closed during b (2027-01-04) / ")
    assert lines[6].startswith(
        "1 events hit, 1 moves (proven fewest), 0 of them published, 0 left out; cost "
    )
    assert run(files, "check", "closed.json", "mended.json") == 0
    report = json.loads((files / "report.json").read_text())
    assert (report["format"], report["moves"], report["hit"]) == ("fair-timetable-repair/1", 1, ["b"])


def test_repair_within_a_budget_says_what_would_do(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    closed = replace(PROBLEM, venues=(make_venue(closures=(Closure(0, 5),)),), events=(make_event("b"),))
    (files / "closed.json").write_text(write_problem(closed))
    assert run(files, "repair", "closed.json", "good.json", "--most-moves", "0") == 1
    out = capsys.readouterr().out
    assert "most_moves: the change budget of at most 0 moves is used up" in out
    assert out.endswith("a budget of 1 moves of events would keep every event\n")


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (("--most-moves", "-1"), "budget: most_moves is -1"),
        (("--only-area", "moon"), "budget: only_area names 'moon', which does not exist"),
    ],
)
def test_repair_refuses_a_budget_that_means_nothing(
    files: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, str], complaint: str
) -> None:
    assert run(files, "repair", "problem.json", "good.json", *words) == 2
    assert capsys.readouterr().err.startswith(complaint)
