"""The published events: the list with the public filters, and one event with who comes to it."""

from typing import Any

from marshmallow import Schema, fields

from scheduler.queries import public as schedule
from scheduler.queries.filters import EventFilter
from scheduler.queries.keyset import Key
from scheduler.queries.public_rows import VisibleEvent
from web import addresses
from web.api.cursors import Paged, page, page_of, whole
from web.api.shapes import Name, flag, many, moment, number, one, text
from web.api.subject import Subject
from web.policy import policy, public
from web.schemas.base import Form, Text
from web.site import reader, settings

subject = Subject("Events", "Published events, as everybody sees them. No token is needed.")


def _url(path: str) -> str:
    return settings().public_url + path


class Filter(Form):
    """The filter that pages, calendars and the API share; what is left out asks for nothing."""

    region = Text(longest=6)
    from_ = Text(longest=10, data_key="from", attribute="from")
    to = Text(longest=10)
    kind = Text(longest=24)
    industry = Text(longest=3)
    campaign = Text(longest=40)
    q = Text(longest=60)


class EventsQuery(Paged, Filter):
    """A page of the events that a filter wants."""


class PublicVenue(Schema):
    """Where an event takes place; degrees in WGS 84."""

    id = number()
    zh = text()
    en = text()
    type_code = text()
    division_code = text()
    address_zh = text()
    lon = fields.Float(required=True)
    lat = fields.Float(required=True)
    is_sample = flag()


class Coming(Schema):
    """Who comes: approved employers, their openings, and the people these look for."""

    employers = number()
    openings = number()
    headcount = number()


class PublicEvent(Schema):
    """An event that is or was public; `provisional`: its day's official calendar is not known yet."""

    uid = text()
    kind = text()
    state = text()
    title_zh = text()
    title_en = text()
    starts_at = moment()
    ends_at = moment()
    provisional = flag()
    division = one(Name)
    city = one(Name)
    organizer = one(Name)
    campaign = one(Name, allow_none=True)
    industry = one(Name, allow_none=True)
    venues = many(PublicVenue)
    booths = number()
    people = number()
    attendance = one(Coming)
    cancel_reason = text(allow_none=True)
    revision = number()
    changed_at = moment()
    page_url = fields.Function(lambda event: _url(addresses.event(event.uid)), required=True)
    ics_url = fields.Function(lambda event: _url(addresses.event_ics(event.uid)), required=True)


class Opening(Schema):
    """An opening; wages are yuan for `wage_unit` (month, day, hour, year), null where they are not stated."""

    title_zh = text()
    headcount = number()
    wage_min = number(allow_none=True)
    wage_max = number(allow_none=True)
    wage_unit = text()


class Employer(Schema):
    """An employer that comes to an event."""

    name_zh = text()
    industry = one(Name)
    openings = many(Opening)


class Feed(Schema):
    """A calendar's address: to be copied, and as phones open it by themselves."""

    ics_url = text()
    webcal_url = text()


@subject.operation("GET", "/events", policy(public), query=EventsQuery, answer=page_of(PublicEvent))
def list_events(asked: dict[str, Any]) -> dict[str, Any]:
    """List published events by time, narrowed by the filter."""
    limits = {"limit", "cursor"}
    wanted = EventFilter.parse({name: value for name, value in asked.items() if name not in limits})
    return page(
        asked,
        lambda after, size: schedule.events_behind(reader(), wanted, after=after, size=size),
        lambda event: Key(event.starts_at.isoformat(), event.id),
    )


@subject.operation("GET", "/events/<uid>", policy(public), answer=PublicEvent)
def get_event(uid: str) -> VisibleEvent:
    """Return one published event."""
    return schedule.get_event(reader(), uid=uid)


@subject.operation("GET", "/events/<uid>/employers", policy(public), answer=page_of(Employer))
def list_employers(uid: str) -> dict[str, Any]:
    """List the employers that come to a published event, with their openings, by name."""
    event = schedule.get_event(reader(), uid=uid)
    return whole(schedule.employers(reader(), event_id=event.id))


@subject.operation("GET", "/feeds", policy(public), query=Filter, answer=Feed)
def get_feed(asked: dict[str, Any]) -> dict[str, str]:
    """Return the address of the calendar that follows a filter."""
    wanted = EventFilter.parse(asked)
    return {"ics_url": addresses.feed(wanted), "webcal_url": addresses.webcal(wanted)}
