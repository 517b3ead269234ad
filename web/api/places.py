"""Divisions and campaigns: the codes that filters are made of."""

from typing import Any

from marshmallow import Schema

from scheduler.queries.public_campaigns import campaign_lines
from scheduler.queries.public_regions import every_division
from scheduler.times import today
from web.api.cursors import page_of, whole
from web.api.shapes import Name, day, flag, many, number, one, text
from web.api.subject import Subject
from web.policy import policy, public
from web.site import reader

subject = Subject("Places", "Divisions and campaigns, the codes of filters. No token is needed.")


class Division(Schema):
    """A province, city, county or functional zone; `parent_code` is what it lies in."""

    code = text()
    zh = text(attribute="name_zh")
    en = text(attribute="name_en")
    level = text()
    parent_code = text(allow_none=True)


class CampaignDays(Schema):
    """The days of a campaign in one year, both ends included."""

    starts_on = day()
    ends_on = day()
    provisional = flag()


class Campaign(Schema):
    """A campaign that runs or is to come, and how many of its events are."""

    name = one(Name)
    target_groups = text()
    windows = many(CampaignDays)
    events = number()


@subject.operation("GET", "/divisions", policy(public), answer=page_of(Division))
def list_divisions() -> dict[str, Any]:
    """List all divisions by code: cities before their counties."""
    return whole(every_division(reader()))


@subject.operation("GET", "/campaigns", policy(public), answer=page_of(Campaign))
def list_campaigns() -> dict[str, Any]:
    """List the campaigns that run or are to come: most events first, then soonest."""
    return whole(campaign_lines(reader(), from_on=today()))
