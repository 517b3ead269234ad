"""Folding and cleaning, over any text that somebody may type."""

import icalendar
from hypothesis import given
from hypothesis import strategies as st

from scheduler.calendar_lint import lint
from scheduler.feeds.lines import clean, fold, text_line

NASTY = st.text(
    st.sampled_from("招聘会，,;\\\n\r\x00\x0b\x1b\x85\u2028\u2029\u202e\ufeff😀 aé:\"'n"), max_size=200
)


def unfolded(lines: bytes) -> bytes:
    return lines.replace(b"\r\n ", b"")


@given(st.text(st.characters(codec="utf-8", exclude_characters="\r\n"), max_size=300))
def test_unfolding_gives_the_line_back(text: str) -> None:
    assert unfolded(fold(text.encode())) == text.encode() + b"\r\n"


@given(NASTY)
def test_a_folded_text_has_no_fault(text: str) -> None:
    line = text_line("X-NOTE", text)
    faults = {fault.rule for fault in lint(line)}
    assert (
        faults & {"line-length", "line-break", "utf-8", "fold-after-backslash", "control-character"} == set()
    )


@given(NASTY)
def test_text_is_read_back_as_it_was_cleaned(text: str) -> None:
    event = b"BEGIN:VEVENT\r\n" + text_line("SUMMARY", text) + b"END:VEVENT\r\n"
    assert str(icalendar.Event.from_ical(event)["summary"]) == clean(text)


def test_lines_are_as_long_as_they_may_be() -> None:
    assert [len(line) for line in fold(b"x" * 200).split(b"\r\n")] == [75, 75, 52, 0]


def test_an_escape_is_never_cut() -> None:
    line = b"x" * 74 + b"\\n" + b"y"
    assert fold(line) == b"x" * 74 + b"\r\n \\ny\r\n"


def test_an_escaped_backslash_may_end_a_line() -> None:
    line = b"x" * 73 + b"\\\\" + b"y"
    assert fold(line) == b"x" * 73 + b"\\\\\r\n y\r\n"


def test_cleaning_keeps_line_breaks_and_drops_what_is_unseen() -> None:
    assert clean("甲\r\n乙\r丙\u2028丁\x00\x1b\u202e戊\ufeff") == "甲\n乙\n丙\n丁戊"
