"""Why an event stands where it does, as a picture of its days; what if; changing a draft by hand."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from scheduler.errors import Forbidden, Refusal
from scheduler.models import Role
from scheduler.queries.workbench.plans import find_plan
from scheduler.services import explaining
from scheduler.services.explaining import Choice, WhatIf
from scheduler.times import local
from web.language import current
from web.policy import organizer, policy
from web.schemas.base import posted
from web.schemas.organizer import MoveForm, UndoForm
from web.site import reader, writing
from web.views.organizer.desk import blueprint, member

WEEK = 7
SHOWN = 12
"""Places listed for the chosen slot; what is beyond these is dearer or blocked by more."""


@dataclass(frozen=True, slots=True)
class DayCell:
    """A day of the picture: the best place at each of its starts, none on a day the event may not be held."""

    on: date
    best: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Explained:
    """What the panel says: the weeks of the picture, the places at the chosen slot, and what if."""

    weeks: tuple[tuple[DayCell, ...], ...]
    free: int
    least: int | None
    here: Choice | None
    places: tuple[Choice, ...]
    what_if: WhatIf | None
    refusal: Refusal | None


def explained(plan_id: int, values: dict[str, Any]) -> Explained | None:
    """Return the answer to what the page was asked about the event in its panel, None if nothing."""
    if not values["event"] or not values["ask"]:
        return None
    try:
        choices = explaining.why_here(reader(), plan_id=plan_id, event_id=values["event"], language=current())
        found = _what_if(plan_id, values) if values["at"] else None
    except Refusal as refusal:
        return Explained((), 0, None, None, (), None, refusal)
    free = [choice.cost for choice in choices if choice.state == "free"]
    return Explained(
        weeks=tuple(_weeks(choices)),
        free=len(free),
        least=min(free, default=None),
        here=next((choice for choice in choices if choice.is_here), None),
        places=tuple(choice for choice in choices if choice.starts_at == values["at"])[:SHOWN],
        what_if=found,
        refusal=None,
    )


@blueprint.post("/plans/<int:plan_id>/moves")
@policy(organizer, Role.PLANNER)
def move(plan_id: int) -> ResponseReturnValue:
    """Make the moves that were shown in a draft."""
    form = posted(MoveForm)
    _require_mine(plan_id)
    back = {"plan_id": plan_id, "event": form["event"], "ask": "why"}
    try:
        with writing() as session:
            explaining.apply_what_if(
                session,
                plan_id=plan_id,
                event_id=form["event"],
                starts_at=form["at"],
                venues=form["venues"],
                seen=form["seen"],
                made_by=member().account_id,
                wide=bool(form["wide"]),
            )
    except Refusal as refusal:
        flash(refusal.text(current()), "stop")
        return redirect(url_for("organizer.plan", **back))
    flash(gettext("已在草案中调整，尚未公开。可以撤销。"))
    return redirect(url_for("organizer.plan", **back))


@blueprint.post("/plans/<int:plan_id>/undo")
@policy(organizer, Role.PLANNER)
def undo(plan_id: int) -> ResponseReturnValue:
    """Take the change by hand back that was the last one when the page was shown."""
    number = posted(UndoForm)["number"]
    _require_mine(plan_id)
    try:
        with writing() as session:
            change = explaining.undo_change(
                session, plan_id=plan_id, number=number, made_by=member().account_id
            )
            event_id = change.event_id
    except Refusal as refusal:
        flash(refusal.text(current()), "stop")
        return redirect(url_for("organizer.plan", plan_id=plan_id))
    flash(gettext("已撤销上一次人工调整。"))
    return redirect(url_for("organizer.plan", plan_id=plan_id, event=event_id))


def _what_if(plan_id: int, values: dict[str, Any]) -> WhatIf:
    return explaining.ask_what_if(
        reader(),
        plan_id=plan_id,
        event_id=values["event"],
        starts_at=values["at"],
        venues=values["venues"],
        language=current(),
        wide=bool(values["wide"]),
    )


def _require_mine(plan_id: int) -> None:
    """Raise NotFound outside the member's scope, Forbidden where the plan is another bureau's."""
    actor = member()
    view = find_plan(reader(), plan_id=plan_id, scope_code=actor.scope_code)
    if not actor.may(Role.PLANNER, view.plan.scope_code):
        raise Forbidden


def _weeks(choices: Sequence[Choice]) -> Iterator[tuple[DayCell, ...]]:
    """Yield the weeks from the first to the last day with a place, seven days each."""
    by_day = {
        day: tuple(next(group) for _, group in groupby(some, key=lambda one: one.starts_at))
        for day, some in groupby(choices, key=lambda one: local(one.starts_at).date())
    }
    if not by_day:
        return
    monday = min(by_day) - timedelta(days=min(by_day).weekday())
    while monday <= max(by_day):
        days = (monday + timedelta(days=number) for number in range(WEEK))
        week = tuple(DayCell(day, by_day.get(day, ())) for day in days)
        if any(cell.best for cell in week):
            yield week
        monday += timedelta(days=WEEK)
