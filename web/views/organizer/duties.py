"""The duty board, the sum each county can check, and the duties with their sources."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from scheduler.models import PROVINCE, DutyWaiver, Role
from scheduler.queries.duties import (
    Column,
    CountySum,
    DutyBoard,
    Row,
    counted_events,
    duty_arithmetic,
    duty_board,
    duty_list,
    waiver_of,
)
from scheduler.queries.scope import get_scoped
from scheduler.queries.workbench.context import regions
from scheduler.services.duties import waive_duty, withdraw_waiver
from scheduler.times import today
from web.policy import organizer, policy
from web.schemas.base import asked, posted
from web.schemas.organizer import BoardQuery, DutyListQuery, WaiverForm, WithdrawForm
from web.site import reader, writing
from web.views.organizer.desk import blueprint, desk, member, region_of, show
from web.wording import named


@blueprint.get("/duties")
@policy(organizer)
def board() -> str:
    """Show counties as rows and weeks or months as columns; a cell opens its events."""
    values = asked(BoardQuery)
    place = desk(values["quarter"])
    region = region_of(values["region"], place.scope_code)
    found = duty_board(reader(), quarter=place.context.quarter, scope_code=region)
    events = waiver = None
    if values["duty"] and values["period"]:
        events = counted_events(
            reader(),
            quarter=place.context.quarter,
            duty_code=values["duty"],
            period=values["period"],
            scope_code=region,
        )
        waiver = waiver_of(reader(), duty_code=values["duty"], division_code=region, period=values["period"])
    return show(
        "board.html",
        place,
        board=found,
        columns=_columns(found, values["by"]),
        cities=_by_city(found.rows),
        duties={line.duty.code: line.duty for line in duty_list(reader())},
        regions=regions(reader(), scope_code=place.scope_code),
        values=values,
        events=events,
        waiver=waiver,
        today_on=today(),
    )


@blueprint.post("/duties/waivers")
@policy(organizer, Role.PUBLISHER)
def waive() -> ResponseReturnValue:
    """Let a division off one duty in one period, with the reason."""
    form = posted(WaiverForm)
    region = region_of(form["region"], member().scope_code)
    with writing() as session:
        waive_duty(
            session,
            quarter=form["quarter"],
            duty_code=form["duty"],
            division_code=region,
            period=form["period"],
            reason=form["reason"],
        )
    flash(gettext("已登记豁免。"))
    return redirect(url_for("organizer.board", quarter=form["quarter"], region=region))


@blueprint.post("/duties/waivers/<int:waiver_id>/withdraw")
@policy(organizer, Role.PUBLISHER)
def withdraw(waiver_id: int) -> ResponseReturnValue:
    """Take a waiver back, so that the duty binds again."""
    form = posted(WithdrawForm)
    waiver: DutyWaiver = get_scoped(reader(), DutyWaiver, waiver_id, member())
    region = waiver.division_code  # afterwards there is no row to ask
    with writing() as session:
        withdraw_waiver(session, waiver_id=waiver_id)
    flash(gettext("已撤回豁免。"))
    return redirect(url_for("organizer.board", quarter=form["quarter"], region=region))


@blueprint.get("/duties/sums")
@policy(organizer)
def sums() -> str:
    """Show for every county how its number comes about: weeks × 1 + months × 1."""
    values = asked(BoardQuery)
    place = desk(values["quarter"])
    region = region_of(values["region"], place.scope_code)
    rows = duty_arithmetic(reader(), quarter=place.context.quarter, scope_code=region)
    duties = {line.duty.code: line.duty for line in duty_list(reader())}
    return show("sums.html", place, rows=rows, cities=_by_city(rows), duties=duties)


@blueprint.get("/duties/list")
@policy(organizer)
def duties() -> str:
    """Show every duty with document, clause, quote, strength and validity."""
    values = asked(DutyListQuery)
    place = desk(values["quarter"])
    lines = duty_list(reader())
    shown = [line for line in lines if not values["valid"] or line.validity == "valid"]
    return show("duties.html", place, lines=shown, total=len(lines), values=values)


def _by_city(rows: Sequence[Row | CountySum]) -> list[dict[str, Any]]:
    """Return the rows city by city: several cities have a county of the same name."""
    names = {city.code: named(city) for city in regions(reader(), scope_code=PROVINCE)}
    groups = groupby(rows, key=lambda row: row.division.parent_code)
    return [{"name": names.get(code or "", ""), "rows": list(group)} for code, group in groups]


def _columns(board: DutyBoard, kind: str) -> list[tuple[int, Column]]:
    """Return the columns of a kind with their places in the rows' cells."""
    return [(place, column) for place, column in enumerate(board.columns) if column.period.kind == kind]
