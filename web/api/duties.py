"""Duties: what is owed with its source, how every county stands, and letting one off."""

from typing import Any

from flask import Response
from marshmallow import Schema, fields
from sqlalchemy.orm import Session

from scheduler.models import DutyWaiver, Role, TokenScope
from scheduler.queries.duties import DutyBoard, duty_board, duty_list, waivers_within
from scheduler.queries.scope import get_scoped
from scheduler.services.duties import waive_duty, withdraw_waiver
from web.api.cursors import page_of, whole
from web.api.once import create
from web.api.shapes import day, flag, many, moment, number, one, text
from web.api.subject import Subject
from web.api.tags import require_match
from web.policy import organizer, policy
from web.schemas.base import Form
from web.schemas.organizer import QuarterField, RegionField, WaiverForm
from web.site import reader, writing
from web.views.organizer.desk import member, region_of

subject = Subject("Duties", "Duties with their sources, the board of figures, and waivers.")


class BoardQuery(Form):
    """Which quarter, and which division with all below it."""

    quarter = QuarterField(required=True)
    region = RegionField(load_default="")


class Duty(Schema):
    """A duty: who owes how many events of what kind in which period, by which clause."""

    code = text(attribute="duty.code")
    document = text(attribute="duty.document")
    clause = text(attribute="duty.clause")
    quote_zh = text(attribute="duty.quote_zh")
    level = text(attribute="duty.level")
    count = number(attribute="duty.count")
    period = text(attribute="duty.period")
    strength = text(attribute="duty.strength")
    valid_from = day(attribute="duty.valid_from", allow_none=True)
    valid_to = day(attribute="duty.valid_to", allow_none=True)
    validity = text()
    planned = flag()


class FiguresShape(Schema):
    """Events required, and what there is of them."""

    required = number()
    planned = number()
    published = number()
    held = number()
    waived = number()
    missing = number()


class ColumnShape(Schema):
    """One period of one duty."""

    duty = text(attribute="item.code")
    period = text(attribute="period.label")
    first_on = day(attribute="period.first_on")
    last_on = day(attribute="period.last_on")
    without_workday = flag()


class CellShape(Schema):
    """One county in one column; `reason` is why the duty is waived there."""

    figures = one(FiguresShape)
    reason = text(allow_none=True)


class RowShape(Schema):
    """One county: its cells in the order of the columns, their sum, and its light (red, yellow, green)."""

    division_code = text(attribute="division.code")
    light = text()
    total = one(FiguresShape)
    cells = many(CellShape)


class Board(Schema):
    """The whole board; `sums` are the columns added up."""

    quarter = fields.Function(lambda board: str(board.quarter), required=True)
    division_code = text(attribute="scope.code")
    columns = many(ColumnShape)
    rows = many(RowShape)
    sums = many(FiguresShape)
    total = one(FiguresShape)


class Waiver(Schema):
    """A division, with all below it, is let off a duty in a period."""

    id = number()
    duty_code = text()
    division_code = text()
    period = text()
    reason = text()
    created_at = moment()


@subject.operation("GET", "/duties", policy(organizer), scope=TokenScope.READ, answer=page_of(Duty))
def list_duties() -> dict[str, Any]:
    """List every duty with its source, expired ones too."""
    return whole(duty_list(reader()))


@subject.operation("GET", "/board", policy(organizer), scope=TokenScope.READ, query=BoardQuery, answer=Board)
def get_board(asked: dict[str, Any]) -> DutyBoard:
    """Return how every county of a division stands in a quarter."""
    region = region_of(asked["region"], member().scope_code)
    return duty_board(reader(), quarter=asked["quarter"], scope_code=region)


@subject.operation("GET", "/waivers", policy(organizer), scope=TokenScope.READ, answer=page_of(Waiver))
def list_waivers() -> dict[str, Any]:
    """List the waivers of your division and everything below it."""
    return whole(waivers_within(reader(), scope_code=member().scope_code))


@subject.operation("GET", "/waivers/<int:waiver_id>", policy(organizer), scope=TokenScope.READ, answer=Waiver)
def get_waiver(waiver_id: int) -> DutyWaiver:
    """Return one waiver of your division."""
    return _waiver(reader(), waiver_id)


@subject.operation(
    "POST",
    "/waivers",
    policy(organizer, Role.PUBLISHER),
    scope=TokenScope.PUBLISH,
    body=WaiverForm,
    answer=Waiver,
    status=201,
    creates=True,
)
def create_waiver(body: dict[str, Any]) -> Response:
    """Let a division off one duty in one period, with the reason."""
    region = region_of(body["region"], member().scope_code)

    def waive(session: Session) -> DutyWaiver:
        return waive_duty(
            session,
            quarter=body["quarter"],
            duty_code=body["duty"],
            division_code=region,
            period=body["period"],
            reason=body["reason"],
        )

    return create(waive, Waiver)


@subject.operation(
    "DELETE",
    "/waivers/<int:waiver_id>",
    policy(organizer, Role.PUBLISHER),
    scope=TokenScope.PUBLISH,
    status=204,
    edits=True,
)
def delete_waiver(waiver_id: int) -> Response:
    """Take a waiver back, so that the duty binds again."""
    with writing() as session:
        require_match(Waiver, _waiver(session, waiver_id))
        withdraw_waiver(session, waiver_id=waiver_id)
    return Response(status=204)


def _waiver(session: Session, waiver_id: int) -> DutyWaiver:
    """Return a waiver; raises NotFound outside the member's scope."""
    found: DutyWaiver = get_scoped(session, DutyWaiver, waiver_id, member())
    return found
