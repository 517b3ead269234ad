"""Venues, crews, hosts and organizers: what a division has to work with."""

from typing import Any

from marshmallow import Schema, fields

from scheduler.models import TokenScope
from scheduler.queries.keyset import Key
from scheduler.queries.organizers import organizers_within
from scheduler.queries.workbench import resources
from scheduler.queries.workbench.rows import WorkFilter
from web.api.cursors import Paged, page, page_of, whole
from web.api.shapes import Name, day, flag, many, number, one, text
from web.api.subject import Subject
from web.policy import organizer, policy
from web.schemas.base import Form, Text
from web.schemas.organizer import QuarterField, RegionField
from web.site import reader
from web.views.organizer.desk import member, region_of

subject = Subject("Resources", "Venues, crews, hosts and organizers of your division.")


class TakenQuery(Form):
    """In which quarter to count the slots that are taken."""

    quarter = QuarterField(required=True)


class VenuesQuery(Paged, TakenQuery):
    """A page of venues, narrowed by region and words of the name."""

    region = RegionField(load_default="")
    q = Text(longest=60, load_default="")


class OpeningHours(Schema):
    """A weekday's opening time, in minutes since midnight; a weekday that is missing is closed."""

    iso_weekday = number()
    opens_minute = number()
    closes_minute = number()


class Closure(Schema):
    """Days on which a venue cannot be used, both ends included."""

    first_on = day()
    last_on = day()
    reason_zh = text()


class Venue(Schema):
    """A venue with what it offers, when it is open, and how many slots of the quarter are taken."""

    id = number(attribute="venue.id")
    zh = text(attribute="venue.name_zh")
    en = text(attribute="venue.name_en")
    type = one(Name)
    division = one(Name)
    address_zh = text(attribute="venue.address_zh")
    lon = fields.Float(required=True, attribute="venue.lon")
    lat = fields.Float(required=True, attribute="venue.lat")
    booths = number(attribute="venue.booths")
    people = number(attribute="venue.people")
    equipment = fields.List(fields.String(), required=True, attribute="venue.equipment")
    setup_minutes = number(attribute="venue.setup_minutes")
    teardown_minutes = number(attribute="venue.teardown_minutes")
    is_sample = fields.Boolean(required=True, attribute="venue.is_sample")
    openings = many(OpeningHours)
    closures = many(Closure)
    taken = number()


class Team(Schema):
    """A crew (with its head count) or a host of a city, and the slots of the quarter it is taken for."""

    id = fields.Function(lambda team: int(team.name.code), required=True)
    zh = text(attribute="name.zh")
    en = text(attribute="name.en")
    city = one(Name)
    staff = number(allow_none=True)
    taken = number()
    is_sample = flag()


class Organizer(Schema):
    """A public employment bureau."""

    division_code = text()
    zh = text(attribute="name_zh")
    en = text(attribute="name_en")


@subject.operation(
    "GET", "/venues", policy(organizer), scope=TokenScope.READ, query=VenuesQuery, answer=page_of(Venue)
)
def list_venues(asked: dict[str, Any]) -> dict[str, Any]:
    """List the venues of your division, by division."""
    scope_code = member().scope_code
    wanted = WorkFilter(region=region_of(asked["region"], scope_code), text=asked["q"])
    return page(
        asked,
        lambda after, size: resources.venues_behind(
            reader(), scope_code=scope_code, quarter=asked["quarter"], wanted=wanted, after=after, size=size
        ),
        lambda view: Key(view.venue.division_code, view.venue.id),
    )


@subject.operation(
    "GET", "/crews", policy(organizer), scope=TokenScope.READ, query=TakenQuery, answer=page_of(Team)
)
def list_crews(asked: dict[str, Any]) -> dict[str, Any]:
    """List the crews of your division's cities."""
    return whole(resources.crews(reader(), scope_code=member().scope_code, quarter=asked["quarter"]))


@subject.operation(
    "GET", "/hosts", policy(organizer), scope=TokenScope.READ, query=TakenQuery, answer=page_of(Team)
)
def list_hosts(asked: dict[str, Any]) -> dict[str, Any]:
    """List the livestream hosts of your division's cities, by working name."""
    return whole(resources.hosts(reader(), scope_code=member().scope_code, quarter=asked["quarter"]))


@subject.operation("GET", "/organizers", policy(organizer), scope=TokenScope.READ, answer=page_of(Organizer))
def list_organizers() -> dict[str, Any]:
    """List the bureaus of your division and everything below it."""
    return whole(organizers_within(reader(), scope_code=member().scope_code))
