"""Renders one event as VEVENT octets, from its row alone: no clock, no chance, no server zone."""

from urllib.parse import quote

from icalendar import Event
from icalendar.prop import vGeo

from scheduler.feeds import words
from scheduler.feeds.lines import clean, fold
from scheduler.queries.public_rows import VisibleEvent
from scheduler.times import local

DRAFT = "TENTATIVE"


def render_event(event: VisibleEvent, *, public_url: str, is_draft: bool = False) -> bytes:
    """Return the VEVENT of an event: folded octets that end with CRLF.

    UID, SEQUENCE (the revision) and DTSTAMP = LAST-MODIFIED (the last visible change) come from the row:
    icalendar's own defaults are a random UID and the present moment, and would change every poll's bytes.
    A draft is marked TENTATIVE.
    """
    vevent = Event()
    vevent.add("uid", clean(event.uid))
    vevent.add("dtstamp", event.changed_at)
    vevent.add("last-modified", event.changed_at)
    vevent.add("sequence", event.revision)
    vevent.add("dtstart", local(event.starts_at))
    vevent.add("dtend", local(event.ends_at))
    vevent.add("summary", clean(words.summary(event)))
    vevent.add("description", clean(words.description(event)))
    vevent.add("status", _status(event, is_draft=is_draft))
    vevent.add("transp", "TRANSPARENT")  # following a province must not make a person look busy
    vevent.add("categories", [clean(word) for word in words.categories(event)])
    vevent.add("url", event_url(event.uid, public_url))
    if event.venues:
        vevent.add("location", clean(words.places(event)))
        vevent.add("geo", vGeo((round(event.venues[0].lat, 6), round(event.venues[0].lon, 6))))
    return b"".join(fold(line.encode()) for line in vevent.content_lines() if line)


def event_url(uid: str, public_url: str) -> str:
    """Return the address of an event's page."""
    return f"{public_url}/events/{quote(uid, safe='@')}"


def _status(event: VisibleEvent, *, is_draft: bool) -> str:
    if event.is_cancelled:
        return "CANCELLED"
    return DRAFT if is_draft else "CONFIRMED"
