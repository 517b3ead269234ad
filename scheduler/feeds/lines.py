"""Content lines as octets: cleaned, escaped and folded so that no calendar client stumbles."""

from icalendar import vText

from scheduler.texts import UNSEEN

LONGEST_LINE = 75  # octets, without the line break (RFC 5545 §3.1)
CRLF = b"\r\n"
BACKSLASH = ord("\\")
CONTINUES = 0b10  # the two high bits of every octet of a UTF-8 character but its first


def clean(text: str) -> str:
    """Return text without what makes clients drop a feed or draw it backwards.

    Line breaks of every kind become LF; other C0 and C1 controls, U+2028, U+2029, bidi controls and lone
    surrogates go. icalendar writes most of these raw.
    """
    lines = "\n".join(text.splitlines())
    return "\n".join(UNSEEN.sub("", line) for line in lines.split("\n"))


def text_line(name: str, value: str) -> bytes:
    """Return a property with a TEXT value (RFC 5545 §3.3.11) as folded octets with their CRLF."""
    return fold(name.encode() + b":" + vText(clean(value)).to_ical())


def fold(line: bytes) -> bytes:
    """Return a content line cut into lines of at most 75 octets, each ended by CRLF.

    A cut lies between two UTF-8 characters (RFC 5545 §3.1) and never between a backslash and the letter it
    escapes: some clients unescape before they unfold, and one of them then drops the whole feed.
    """
    pieces = []
    begin, room = 0, LONGEST_LINE
    while len(line) - begin > room:
        end = _border(line, begin, begin + room)
        pieces.append(line[begin:end])
        begin, room = end, LONGEST_LINE - 1  # the space that marks a continuation counts
    return (CRLF + b" ").join([*pieces, line[begin:]]) + CRLF


def _border(line: bytes, begin: int, end: int) -> int:
    """Return the last place at or before `end` where the line may be cut."""
    while line[end] >> 6 == CONTINUES:
        end -= 1
    backslashes = end - begin - len(line[begin:end].rstrip(b"\\"))
    return end - backslashes % 2
