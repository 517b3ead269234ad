"""Every broken feed is flagged by the rule that it breaks, and a sound one by none."""

from collections.abc import Callable

import pytest

from scheduler.calendar_lint import RULES, lint

Mutation = Callable[[bytes], bytes]

EVENT = (
    "BEGIN:VEVENT\r\n"
    "SUMMARY:春季招聘会\\, 全省\r\n"
    "DTSTART;TZID=Asia/Shanghai:20270105T090000\r\n"
    "DTEND;TZID=Asia/Shanghai:20270105T113000\r\n"
    "DTSTAMP:20270101T020000Z\r\n"
    "UID:event-1@example.org\r\n"
    "SEQUENCE:3\r\n"
    "CATEGORIES:专业性招聘,春风行动\r\n"
    "DESCRIPTION:主办：历下区人社局\\n用人单位 1 家\\; 岗位\r\n"
    "  2 个\\, 招聘 4 人\r\n"
    "GEO:36.65;117.12\r\n"
    "LAST-MODIFIED:20270101T020000Z\r\n"
    "STATUS:CONFIRMED\r\n"
    "URL:https://fair.example.org/events/event-1@example.org\r\n"
    "END:VEVENT\r\n"
).encode()
ZONE = (
    b"BEGIN:VTIMEZONE\r\nTZID:Asia/Shanghai\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\n"
    b"TZOFFSETFROM:+0800\r\nTZOFFSETTO:+0800\r\nTZNAME:CST\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"
)
HEADER = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Fair//ZH\r\nX-WR-CALNAME:济南市\r\n"
    "REFRESH-INTERVAL;VALUE=DURATION:PT1H\r\nX-PUBLISHED-TTL:PT1H\r\n"
).encode()
SOUND = HEADER + ZONE + EVENT + b"END:VCALENDAR\r\n"


def swap(old: str, new: str) -> Mutation:
    def mutate(calendar: bytes) -> bytes:
        assert old.encode() in calendar
        return calendar.replace(old.encode(), new.encode(), 1)

    return mutate


def without(line: str) -> Mutation:
    return swap(f"{line}\r\n", "")


def added(line: str) -> Mutation:
    return swap("END:VEVENT\r\n", f"{line}\r\nEND:VEVENT\r\n")


def cut_in_character(calendar: bytes) -> bytes:
    first = "春".encode()
    return calendar.replace(first, first[:1] + b"\r\n " + first[1:], 1)


MUTANTS: list[tuple[str, str, Mutation]] = [
    ("line-break", "LF everywhere", lambda calendar: calendar.replace(b"\r\n", b"\n")),
    ("line-break", "one lone CR", swap("招聘 4", "招聘\r4")),
    ("line-break", "no break at the end", lambda calendar: calendar.removesuffix(b"\r\n")),
    ("blank-line", "an empty line", swap("SEQUENCE", "\r\nSEQUENCE")),
    ("line-length", "an unfolded line of 400 octets", added("COMMENT:" + "x" * 400)),
    ("line-length", "a line of 76 octets", added("X-NOTE:" + "x" * 69)),
    ("utf-8", "a fold within a character", cut_in_character),
    ("utf-8", "octets that are not UTF-8", lambda calendar: calendar.replace("春".encode(), b"\xff")),
    ("fold-after-backslash", "a fold within an escape", swap("\\; 岗位", "\\\r\n ; 岗位")),
    ("control-character", "NUL", swap("春季", "春\x00季")),
    ("control-character", "a vertical tab", swap("春季", "春\x0b季")),
    ("control-character", "U+0085", swap("春季", "春\x85季")),
    ("control-character", "U+2028", swap("春季", "春\u2028季")),
    ("control-character", "a bidi override", swap("春季", "春\u202e季")),
    ("control-character", "a byte order mark", lambda calendar: b"\xef\xbb\xbf" + calendar),
    ("malformed-line", "a line without a colon", added("X-NOTE nothing")),
    ("nesting", "an event without an end", without("END:VEVENT")),
    ("nesting", "two calendars", lambda calendar: calendar * 2),
    ("nesting", "no calendar", lambda _calendar: EVENT),
    ("header", "no version", without("VERSION:2.0")),
    ("header", "no product", without("PRODID:-//Fair//ZH")),
    ("method", "METHOD without ORGANIZER", swap("VERSION:2.0", "VERSION:2.0\r\nMETHOD:PUBLISH")),
    ("refresh", "two intervals", swap("X-PUBLISHED-TTL:PT1H", "X-PUBLISHED-TTL:PT4H")),
    ("duration", "an hour written as P1H", lambda calendar: calendar.replace(b"PT1H", b"P1H")),
    ("alarm", "an alarm", added("BEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER:-PT15M\r\nEND:VALARM")),
    ("recurrence", "a rule", added("RRULE:FREQ=WEEKLY;COUNT=3")),
    ("timezone-missing", "no VTIMEZONE", lambda calendar: calendar.replace(ZONE, b"")),
    ("timezone-missing", "another TZID", swap("DTEND;TZID=Asia/Shanghai", "DTEND;TZID=China")),
    ("timezone-repeated", "two VTIMEZONEs", lambda calendar: calendar.replace(ZONE, ZONE * 2)),
    ("uid", "no UID", without("UID:event-1@example.org")),
    ("uid", "an empty UID", swap("UID:event-1@example.org", "UID:")),
    ("uid-repeated", "the same UID twice", lambda calendar: calendar.replace(EVENT, EVENT * 2)),
    ("dtstamp", "no DTSTAMP", without("DTSTAMP:20270101T020000Z")),
    ("dtstamp", "a local DTSTAMP", swap("DTSTAMP:20270101T020000Z", "DTSTAMP:20270101T020000")),
    ("moment", "no start", without("DTSTART;TZID=Asia/Shanghai:20270105T090000")),
    ("moment", "the 31st of February", swap(":20270105T09", ":20270231T09")),
    ("moment", "a local LAST-MODIFIED", swap("MODIFIED:20270101T020000Z", "MODIFIED:20270101T020000")),
    ("floating-time", "a start without a zone", swap("DTSTART;TZID=Asia/Shanghai:", "DTSTART:")),
    ("end-before-start", "an end before its start", swap("20270105T113000", "20270105T080000")),
    ("end-before-start", "an end at its start", swap("20270105T113000", "20270105T090000")),
    ("sequence", "no SEQUENCE", without("SEQUENCE:3")),
    ("sequence", "a negative SEQUENCE", swap("SEQUENCE:3", "SEQUENCE:-1")),
    ("sequence", "a SEQUENCE beyond 32 bits", swap("SEQUENCE:3", "SEQUENCE:2147483648")),
    ("status", "an unknown STATUS", swap("CONFIRMED", "PUBLISHED")),
    ("unescaped", "a bare comma", swap("\\, 全省", ", 全省")),
    ("unescaped", "a bare semicolon", swap("\\; 岗位", "; 岗位")),
    ("unescaped", "an escape of nothing", swap("\\n用人", "\\t用人")),
    ("unescaped", "a semicolon in a list", swap("招聘,春风", "招聘;春风")),
    ("summary", "no SUMMARY", without("SUMMARY:春季招聘会\\, 全省")),
    ("geo", "degrees beyond the pole", swap("36.65;117.12", "117.12;36.65")),
    ("geo", "one number", swap("36.65;117.12", "36.65")),
    ("url", "a URL with a space", swap("events/event-1", "events/ event-1")),
    ("url", "a script", swap("https://fair", "javascript://fair")),
    ("repeated", "two titles", added("SUMMARY:另一个")),
]


def test_a_sound_calendar_has_no_fault() -> None:
    assert lint(SOUND) == []


@pytest.mark.parametrize(("rule", "mutant", "mutate"), MUTANTS, ids=[name for _, name, _ in MUTANTS])
def test_every_mutant_is_flagged_by_its_rule(rule: str, mutant: str, mutate: Mutation) -> None:
    assert rule in {fault.rule for fault in lint(mutate(SOUND))}, mutant


def test_a_calendar_of_more_than_a_megabyte_is_too_large() -> None:
    large = SOUND.replace(EVENT, b"".join(EVENT.replace(b"event-1", b"e-%d" % n) for n in range(2_500)))
    assert {fault.rule for fault in lint(large)} == {"too-large"}
    assert lint(large, largest=len(large)) == []


def test_every_rule_has_a_mutant() -> None:
    assert {rule for rule, _, _ in MUTANTS} | {"too-large"} == set(RULES)


def test_a_fault_says_where_and_what() -> None:
    faults = lint(swap("SEQUENCE:3", "SEQUENCE:x")(SOUND))
    assert [str(fault) for fault in faults] == [
        "line 16: sequence: SEQUENCE is missing or not a number from 0 to 2147483647 (x)"
    ]
