"""Reads a calendar octet by octet and names what calendar clients are known to choke on."""

from scheduler.calendar_lint.components import Component, nested
from scheduler.calendar_lint.content import Property, logical_lines, properties
from scheduler.calendar_lint.events import check_calendar
from scheduler.calendar_lint.faults import RULES, Fault
from scheduler.calendar_lint.octets import LARGEST, check_octets

__all__ = ["RULES", "Component", "Fault", "Property", "lint"]


def lint(calendar: bytes, *, largest: int = LARGEST) -> list[Fault]:
    """Return every fault of a public feed or event file, in the order of its lines; [] for a sound one.

    `largest` is the number of octets above which a feed is too large.

    The validators of calendar libraries disagree (of 17 broken feeds the best saw 7, and none saw a
    duplicate UID), so this one shares no code with any of them, nor with what renders our feeds.
    """
    faults = check_octets(calendar, largest)
    found, malformed = properties(logical_lines(calendar))
    calendars, unbalanced = nested(found)
    faults += malformed + unbalanced
    for component in calendars:
        faults += check_calendar(component)
    return sorted(faults, key=lambda fault: (fault.line, fault.rule))
