"""Faults that show in the octets before a calendar is understood."""

import re

from scheduler.calendar_lint.faults import Fault

LARGEST = 1_000_000
LONGEST_LINE = 75
UNWANTED = re.compile(
    "[\x00-\x08\x0a-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]"
)


def check_octets(calendar: bytes, largest: int) -> list[Fault]:
    """Return the faults of size, line breaks, folds and characters."""
    faults = [Fault("too-large", 1, f"{len(calendar)} octets")] if len(calendar) > largest else []
    lines = calendar.split(b"\r\n")
    if lines.pop() != b"":
        faults.append(Fault("line-break", len(lines) + 1, "the last line"))
    for number, line in enumerate(lines, start=1):
        following = lines[number] if number < len(lines) else b""
        faults += [Fault(rule, number, found) for rule, found in _line(line, following)]
    return faults


def _line(line: bytes, following: bytes) -> list[tuple[str, str]]:
    faults = []
    if b"\n" in line or b"\r" in line:
        faults.append(("line-break", ""))
    if not line:
        faults.append(("blank-line", ""))
    if len(line) > LONGEST_LINE:
        faults.append(("line-length", f"{len(line)} octets"))
    if following[:1] in {b" ", b"\t"} and (len(line) - len(line.rstrip(b"\\"))) % 2:
        faults.append(("fold-after-backslash", ""))
    return faults + _characters(line)


def _characters(line: bytes) -> list[tuple[str, str]]:
    try:
        unwanted = UNWANTED.search(line.decode().replace("\r", "").replace("\n", ""))
    except UnicodeDecodeError as error:
        return [("utf-8", str(error.reason))]
    return [("control-character", f"U+{ord(unwanted[0]):04X}")] if unwanted else []
