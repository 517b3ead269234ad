"""Competition files: a .tim becomes a problem, a plan becomes a .sln, and a fault is named by its line."""

from pathlib import Path

import pytest

from solver.__main__ import main
from solver.enrolment import read_sln, read_tim, write_sln
from solver.exchange import read_problem
from solver.plain import FormatError
from solver.timetable import Attendee, Need, Placement, Precedence, violations
from tests.solver.factories import make_event, make_problem

EVERY_SLOT = " ".join(["1"] * 45)
LINES = [
    "3 2 1 2",  # three events, two rooms, one feature, two students
    *("1", "2"),  # a small room and a large one
    *("1 1 0", "0 1 1"),  # the first student attends events 0 and 1, the second 1 and 2
    *("1", "0"),  # only the small room has the feature
    *("1", "0", "0"),  # which event 0 needs
    *(EVERY_SLOT, EVERY_SLOT, "0 0 1 1" + " 0" * 41),  # event 2 may only be in the slots 2 and 3
    *("0 0 0", "0 0 -1", "0 1 0"),  # event 2 comes before event 1
]
TIM = "\n".join(LINES)


def changed(line: int, text: str) -> str:
    """Return the file with one line, counted from 1, replaced."""
    return "\n".join([*LINES[: line - 1], text, *LINES[line:]])


def test_a_file_becomes_a_problem() -> None:
    problem = read_tim(TIM)
    assert [event.needs for event in problem.events] == [
        (Need(people=1, features=frozenset({"feature0"})),),
        (Need(people=2),),
        (Need(people=1),),
    ]
    assert problem.events[2].starts == frozenset({2, 3})
    assert [(room.people, sorted(room.features)) for room in problem.venues] == [(1, ["feature0"]), (2, [])]
    assert problem.attendees == (
        Attendee("student0", ("event0", "event1"), "student"),
        Attendee("student1", ("event1", "event2"), "student"),
    )
    assert problem.precedences == (Precedence("event2", "event1"),)
    assert (problem.calendar.days, problem.calendar.slots) == (5, 45)


def test_line_breaks_mean_nothing() -> None:
    assert read_tim("\n".join(TIM.split())) == read_tim(TIM)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "line 1: the file ends where number of events should follow"),
        (changed(1, "0 2 1 2"), "line 1: number of events: 0 is not from 1 to 5000"),
        (changed(1, "3 2 1 100000"), "line 1: number of students: 100000 is not from 0 to 50000"),
        (changed(2, "one"), "line 2: capacity of room 0: 'one' is not a whole number"),
        (changed(2, "0"), "line 2: capacity of room 0: 0 is not from 1 to 50000"),
        (changed(4, "1 2 0"), "line 4: events of student 0: 2 is not from 0 to 1"),
        (changed(6, "-1"), "line 6: features of room 0: -1 is not from 0 to 1"),
        (changed(14, "0 0 7"), "line 14: order of events 0 and 2: 7 is not from -1 to 1"),
        (changed(14, "1 0 0"), "line 14: events 0 and 0 are each to come before the other"),
        (changed(16, "0 -1 0"), "line 16: events 2 and 1 are each to come before the other"),
        ("\n".join(LINES[:-1]), "line 15: the file ends where order of events 2 and 0 should follow"),
        (TIM + "\n\n9", "line 18: '9' stands behind the last number announced"),
        (
            "\n".join([*LINES[:13], "0 1 -1", "-1 0 1", "1 -1 0"]),
            "problem: precedences contradict one another",
        ),
    ],
)
def test_a_fault_is_named_by_its_line(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        read_tim(text)


def test_a_plan_is_written_and_read_again() -> None:
    problem = read_tim(TIM)
    placements = (Placement("event1", 4, ("room1",)), Placement("event2", 2, ("room0",)))
    text = write_sln(problem, placements)
    assert text == "-1 -1\n4 1\n2 0\n"
    solution = read_sln(problem, text)
    assert solution.placements == placements
    assert [one.event for one in solution.left_out] == ["event0"]
    assert violations(problem, solution) == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("0 0\n1 1\n", "line 2: the file ends where slot of event2 should follow"),
        ("45 0\n1 1\n2 0\n", "line 1: slot of event0: 45 is not from -1 to 44"),
        ("0 2\n1 1\n2 0\n", "line 1: room of event0: 2 is not from -1 to 1"),
        ("0 0\n-1 1\n2 0\n", "line 2: event1 has a slot or a room, but not both"),
        ("0 0\n1 1\n2 0\n3", "line 4: '3' stands behind"),
    ],
)
def test_a_fault_of_a_plan_is_named_by_its_line(text: str, message: str) -> None:
    with pytest.raises(FormatError, match=message):
        read_sln(read_tim(TIM), text)


def test_a_plan_of_several_venues_an_event_has_no_such_form() -> None:
    with pytest.raises(FormatError, match="'a' needs 2"):
        write_sln(make_problem(make_event("a", needs=(Need(), Need()))), ())


def test_the_commands_take_competition_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tim, plain, sln = (tmp_path / name for name in ("a.tim", "a.json", "a.sln"))
    tim.write_text(TIM)
    assert main(["convert", str(tim), str(plain)]) == 0
    assert read_problem(plain.read_text()) == read_tim(TIM)
    assert main(["solve", str(tim), "--seconds", "10", "--out", str(sln)]) == 0
    assert main(["check", str(tim), str(sln)]) == 0
    sln.write_text("2 0\n2 1\n3 0\n")
    capsys.readouterr()
    assert main(["check", str(tim), str(sln)]) == 1
    assert [line.split(":")[0] for line in capsys.readouterr().out.splitlines()] == [
        "attendee_free",
        "precedence",
    ]
