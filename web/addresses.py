"""Addresses that keep a filter: of pages, of feeds, and as calendar programs want them."""

from urllib.parse import quote, urlencode, urlsplit

from scheduler.queries.filters import EventFilter
from web.site import settings

Extra = str | int | None


def with_query(path: str, wanted: EventFilter, **beside: Extra) -> str:
    """Return a path with the one spelling of the filter, and the page's own parameters after it."""
    own = urlencode([(name, value) for name, value in beside.items() if value])
    query = "&".join(part for part in (wanted.to_query(), own) if part)
    return f"{path}?{query}" if query else path


def events(wanted: EventFilter, *, view: str = "list", on: str | None = None, page: int = 1) -> str:
    """Return the address of a view of the filtered events; `on` is a day of the week or month shown."""
    shown = None if view == "list" else view
    return with_query("/events", wanted, view=shown, on=on, page=page if page > 1 else None)


def event(uid: str) -> str:
    """Return the address of an event's page."""
    return f"/events/{quote(uid, safe='@')}"


def employer(uid: str, enterprise_id: int) -> str:
    """Return the address of an employer at an event: what the code on its booth's card leads to."""
    return f"{event(uid)}/employers/{enterprise_id}"


def event_ics(uid: str) -> str:
    """Return the address of an event's calendar file."""
    return f"{event(uid)}.ics"


def event_floor(uid: str) -> str:
    """Return the address of an event's floor plans."""
    return f"{event(uid)}/floor"


def feed(wanted: EventFilter) -> str:
    """Return the full https address of the filter's feed, to be copied into a calendar program."""
    return settings().public_url + with_query("/calendar.ics", wanted)


def webcal(wanted: EventFilter) -> str:
    """Return the filter's feed as an address that a phone's calendar opens by itself."""
    return feed(wanted).replace(urlsplit(feed(wanted)).scheme, "webcal", 1)


def opening(uid: str, opening_id: int) -> str:
    """Return the address of an opening that is shown in a livestream."""
    return f"{event(uid)}/openings/{opening_id}"


def replay(uid: str) -> str:
    """Return the address of the index of a livestream's recording."""
    return f"{event(uid)}/replay"
