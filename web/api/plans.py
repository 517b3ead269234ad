"""Plans: what a run found, the events as it places them, and putting it in force."""

from typing import Any

from flask import Response
from marshmallow import Schema, fields
from sqlalchemy.orm import Session

from scheduler.errors import Forbidden
from scheduler.models import EventKind, Publication, Role, TokenScope
from scheduler.queries.keyset import Key
from scheduler.queries.workbench import plans
from scheduler.queries.workbench.events import left_out_lines, lines_behind
from scheduler.queries.workbench.rows import EventLine, Sight, WorkFilter
from scheduler.services.publishing import publish_plan
from web.api.cursors import Paged, page, page_of, whole
from web.api.once import create
from web.api.runs import QuarterQuery
from web.api.shapes import Name, day, many, moment, number, one, text
from web.api.subject import Subject
from web.api.tags import require_match
from web.policy import organizer, policy
from web.schemas.base import Text
from web.schemas.organizer import RegionField
from web.site import reader, settings
from web.views.organizer.desk import desk, member, region_of

subject = Subject("Plans", "Plans: drafts and those in force, with cost, proof and placements.")
ALL = 100_000


class LinesQuery(Paged):
    """A page of events, narrowed by region, kind and words of the title."""

    region = RegionField(load_default="")
    kind = fields.Enum(EventKind, by_value=True, load_default=None)
    q = Text(longest=60, load_default="")


class Plan(Schema):
    """A plan with its price and its proof; `in_your_division` counts placements within your scope."""

    id = number(attribute="plan.id")
    quarter = text(attribute="plan.quarter")
    scope = one(Name)
    state = text(attribute="plan.state")
    outcome = text(attribute="plan.outcome")
    events = number(attribute="plan.events")
    placed = number(attribute="plan.placed")
    in_your_division = number(attribute="mine")
    cost = number(attribute="plan.cost")
    bound = number(attribute="plan.bound", allow_none=True)
    gap_percent = fields.Float(required=True, attribute="gap", allow_none=True)
    costs_by_goal = fields.Dict(
        required=True, attribute="plan.costs_by_goal", keys=fields.String(), values=fields.Integer()
    )
    seed = number(attribute="plan.seed")
    provisional = fields.Boolean(required=True, attribute="plan.provisional")
    created_at = moment(attribute="plan.created_at")
    published_at = moment(attribute="plan.published_at", allow_none=True)
    run_id = number(attribute="plan.run_id", allow_none=True)


class PlacedVenue(Schema):
    """A venue of an event, with what it offers."""

    id = number()
    zh = text()
    en = text()
    booths = number()
    people = number()
    division_code = text()


class Line(Schema):
    """An event with its time and place, in a plan or in force; `permit_by` is the last day to apply."""

    id = number()
    uid = text()
    kind = text()
    state = text()
    title_zh = text()
    title_en = text()
    division = one(Name)
    city = one(Name)
    theme = one(Name, allow_none=True)
    booths = number()
    people = number()
    priority = number()
    window_first_on = fields.Function(lambda line: line.window[0].isoformat(), required=True)
    window_last_on = fields.Function(lambda line: line.window[1].isoformat(), required=True)
    starts_at = moment(allow_none=True)
    ends_at = moment(allow_none=True)
    venues = many(PlacedVenue)
    crew = one(Name, allow_none=True)
    host = one(Name, allow_none=True)
    permit_by = day(allow_none=True)


class LeftOut(Line):
    """An event for which a plan found no place: the rule in the way, and a sentence in each language."""

    reason = text()
    sentences = fields.Dict(required=True, attribute="facts", keys=fields.String(), values=fields.String())


class PublicationShape(Schema):
    """A plan was put in force."""

    id = number()
    plan_id = number(allow_none=True)
    published_at = moment()


def filter_of(asked: dict[str, Any]) -> WorkFilter:
    """Return the filter of a query; raises NotFound for a region outside the member's scope."""
    region = region_of(asked["region"], member().scope_code) if asked["region"] else ""
    return WorkFilter(region=region, kind=asked["kind"], text=asked["q"])


def line_key(line: EventLine) -> Key:
    """Return the place of an event in a list by time."""
    return Key(line.starts_at.isoformat() if line.starts_at else "", line.id)


@subject.operation(
    "GET", "/plans", policy(organizer), scope=TokenScope.READ, query=QuarterQuery, answer=page_of(Plan)
)
def list_plans(asked: dict[str, Any]) -> dict[str, Any]:
    """List the plans of a quarter that concern your division, oldest first."""
    return page(
        asked,
        lambda after, size: plans.plans_behind(
            reader(), scope_code=member().scope_code, quarter=str(asked["quarter"]), after=after, size=size
        ),
        lambda view: Key("", view.plan.id),
    )


@subject.operation("GET", "/plans/<int:plan_id>", policy(organizer), scope=TokenScope.READ, answer=Plan)
def get_plan(plan_id: int) -> plans.PlanView:
    """Return one plan; its ETag is what publishing asks for."""
    return plans.find_plan(reader(), plan_id=plan_id, scope_code=member().scope_code)


@subject.operation(
    "GET",
    "/plans/<int:plan_id>/events",
    policy(organizer),
    scope=TokenScope.READ,
    query=LinesQuery,
    answer=page_of(Line),
)
def list_plan_events(asked: dict[str, Any], plan_id: int) -> dict[str, Any]:
    """List the events of your division as a plan places them, by time."""
    view = plans.find_plan(reader(), plan_id=plan_id, scope_code=member().scope_code)
    sight = Sight(member().scope_code, view.plan.quarter, plan_id)
    wanted = filter_of(asked)
    return page(
        asked, lambda after, size: lines_behind(reader(), sight, wanted, after=after, size=size), line_key
    )


@subject.operation(
    "GET", "/plans/<int:plan_id>/left-out", policy(organizer), scope=TokenScope.READ, answer=page_of(LeftOut)
)
def list_left_out(plan_id: int) -> dict[str, Any]:
    """List the events of your division that a plan could not place, the most important first."""
    view = plans.find_plan(reader(), plan_id=plan_id, scope_code=member().scope_code)
    sight = Sight(member().scope_code, view.plan.quarter, plan_id)
    return whole(left_out_lines(reader(), sight, WorkFilter(), size=ALL).lines)


@subject.operation(
    "POST",
    "/plans/<int:plan_id>/publication",
    policy(organizer, Role.PUBLISHER),
    scope=TokenScope.PUBLISH,
    answer=PublicationShape,
    status=201,
    edits=True,
    creates=True,
)
def publish(plan_id: int) -> Response:
    """Put a draft in force; refused when its inputs have changed since it was made."""
    place = desk()

    def publish_it(session: Session) -> Publication:
        view = plans.find_plan(session, plan_id=plan_id, scope_code=place.scope_code)
        if not place.may_publish(view.plan.scope_code):
            raise Forbidden
        require_match(Plan, view)
        return publish_plan(
            session,
            plan_id=plan_id,
            published_by=place.actor.account_id,
            public_url=settings().public_url,
        )

    return create(publish_it, PublicationShape)
