"""Faults of meaning: what a calendar and its events must and must not say."""

from collections import Counter
from collections.abc import Iterator

from scheduler.calendar_lint import values
from scheduler.calendar_lint.components import Component
from scheduler.calendar_lint.faults import Fault

ONCE = ("UID", "DTSTART", "DTEND", "SEQUENCE", "STATUS", "SUMMARY", "LAST-MODIFIED", "URL", "GEO", "LOCATION")
RECURRENCE = ("RRULE", "RDATE", "EXDATE", "RECURRENCE-ID")
LARGEST_SEQUENCE = 2**31 - 1
STATES = {"TENTATIVE", "CONFIRMED", "CANCELLED"}


def check_calendar(calendar: Component) -> list[Fault]:
    """Return the faults of a VCALENDAR and all that it holds."""
    events = calendar.within("VEVENT")
    faults = [*_header(calendar), *_timezones(calendar), *_uids(events)]
    faults += [Fault("alarm", alarm.line) for alarm in calendar.within("VALARM")]
    faults += values.check_values(calendar)
    for event in events:
        faults += _event(event)
    return faults


def _header(calendar: Component) -> Iterator[Fault]:
    if calendar.value("VERSION") != "2.0" or not calendar.value("PRODID"):
        yield Fault("header", calendar.line)
    if calendar.value("METHOD") and not all(event.value("ORGANIZER") for event in calendar.within("VEVENT")):
        yield Fault("method", calendar.line)
    if calendar.value("REFRESH-INTERVAL") != calendar.value("X-PUBLISHED-TTL"):
        yield Fault("refresh", calendar.line)


def _timezones(calendar: Component) -> Iterator[Fault]:
    defined = Counter(zone.value("TZID") or "" for zone in calendar.within("VTIMEZONE"))
    for name, times in defined.items():
        if times > 1:
            yield Fault("timezone-repeated", calendar.line, name)
    for event in calendar.within("VEVENT"):
        for found in event.properties:
            zone = found.parameters.get("TZID")
            if zone is not None and zone not in defined:
                yield Fault("timezone-missing", found.line, zone)


def _uids(events: list[Component]) -> Iterator[Fault]:
    seen: set[str] = set()
    for event in events:
        uid = event.value("UID")
        if not uid:
            yield Fault("uid", event.line)
        elif uid in seen:
            yield Fault("uid-repeated", event.line, uid)
        seen.add(uid or "")


def _event(event: Component) -> Iterator[Fault]:
    for name in ONCE:
        if len(event.named(name)) > 1:
            yield Fault("repeated", event.line, name)
    for name in RECURRENCE:
        if event.named(name):
            yield Fault("recurrence", event.line, name)
    stamps = event.named("DTSTAMP")
    if len(stamps) != 1 or not values.is_utc(stamps[0].value):
        yield Fault("dtstamp", event.line)
    if not values.is_number(event.value("SEQUENCE"), LARGEST_SEQUENCE):
        yield Fault("sequence", event.line, event.value("SEQUENCE") or "")
    if event.value("STATUS") not in STATES:
        yield Fault("status", event.line, event.value("STATUS") or "")
    if not event.value("SUMMARY"):
        yield Fault("summary", event.line)
    yield from _times(event)


def _times(event: Component) -> Iterator[Fault]:
    moments = []
    for name in ("DTSTART", "DTEND"):
        found = event.named(name)
        at = values.moment(found[0].value) if found else None
        if at is None:
            yield Fault("moment", event.line, name)
            continue
        if not (found[0].parameters.get("TZID") or found[0].value.endswith("Z")):
            yield Fault("floating-time", found[0].line, name)
        moments.append(at)
    if len(moments) == len(("DTSTART", "DTEND")) and moments[1] <= moments[0]:
        yield Fault("end-before-start", event.line)
