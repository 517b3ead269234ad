"""Content lines: unfolded, and taken apart into name, parameters and value."""

import re
from dataclasses import dataclass

from scheduler.calendar_lint.faults import Fault

NAME = r"[A-Za-z0-9-]+"
PARAMETER = rf';({NAME})=((?:"[^"\x00-\x08\x0a-\x1f]*"|[^";:,]*)(?:,(?:"[^"]*"|[^";:,]*))*)'
LINE = re.compile(rf"({NAME})((?:{PARAMETER})*):(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Property:
    """A content line; `line` is the physical line (from 1) on which it begins."""

    name: str
    parameters: dict[str, str]
    value: str
    line: int


def logical_lines(calendar: bytes) -> list[tuple[int, str]]:
    """Return the unfolded lines with the number of their first physical line.

    Line breaks are read leniently here: check_octets has already named the wrong ones.
    """
    lines: list[tuple[int, bytearray]] = []
    for number, line in enumerate(calendar.replace(b"\r\n", b"\n").split(b"\n"), start=1):
        if line[:1] in {b" ", b"\t"} and lines:
            lines[-1][1].extend(line[1:])
        elif line:
            lines.append((number, bytearray(line)))
    return [(number, bytes(line).decode(errors="replace")) for number, line in lines]


def properties(lines: list[tuple[int, str]]) -> tuple[list[Property], list[Fault]]:
    """Return the lines as properties, and a fault for each that is none."""
    found, faults = [], []
    for number, line in lines:
        match = LINE.fullmatch(line)
        if match is None:
            faults.append(Fault("malformed-line", number, line[:20]))
            continue
        parameters = {name.upper(): value for name, value in re.findall(PARAMETER, match[2])}
        found.append(Property(match[1].upper(), parameters, match[5], number))
    return found, faults
