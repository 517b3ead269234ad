"""Repairing the published schedule: what has happened, how much may change, and taking outages back."""

from collections.abc import Sequence
from typing import Any

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy.orm import Session

from scheduler.errors import Forbidden, Refusal
from scheduler.models import Crew, CrewAbsence, EventKind, Plan, Role, Venue, VenueClosure
from scheduler.queries.permits import filing_rule, permit_rule
from scheduler.queries.scope import get_scoped
from scheduler.queries.workbench.context import regions
from scheduler.queries.workbench.repairs import outages, repair_choices
from scheduler.queries.workbench.urgent import waiting_requests
from scheduler.queries.workbench.withdrawals import Found, attendances
from scheduler.services import outages as outage_services
from scheduler.services import planning
from web.policy import organizer, policy
from web.schemas.account import Nothing
from web.schemas.base import BadForm, asked, posted
from web.schemas.repair import RepairForm, RepairQuery
from web.site import reader, writing
from web.views.organizer.desk import Desk, blueprint, desk, member, show
from web.views.organizer.words import EQUIPMENT

PROPOSED: dict[str, Any] = {"frozen_days": 3, "mend": "1", "place_waiting": "1"}


@blueprint.get("/repair")
@policy(organizer, Role.PLANNER)
def repair_page() -> str:
    """Ask what has happened and how much of the schedule may change."""
    values = asked(RepairQuery)
    return repair_form(desk(values["quarter"]), {**PROPOSED, **values})


@blueprint.post("/repairs")
@policy(organizer, Role.PLANNER)
def start_repair() -> ResponseReturnValue:
    """Note what has happened, and start a run that mends the schedule: both, or neither."""
    form = posted(RepairForm)
    try:
        with writing() as session:
            _note(session, form)
            run_id = planning.request_repair(
                session,
                quarter=form["quarter"],
                scope_code=member().scope_code,
                order=_order(form),
                requested_by=member().account_id,
            ).id
    except Refusal as refusal:
        if isinstance(refusal, BadForm):
            raise
        return repair_form(desk(form["quarter"]), form, refusal), refusal.status
    return redirect(url_for("organizer.run", run_id=run_id))


@blueprint.post("/closures/<int:closure_id>/withdraw")
@policy(organizer, Role.PLANNER)
def withdraw_closure(closure_id: int) -> ResponseReturnValue:
    """Open a venue again."""
    posted(Nothing)
    with writing() as session:
        closure: VenueClosure = get_scoped(session, VenueClosure, closure_id, member())
        _own(session, Venue, closure.venue_id)
        outage_services.reopen_venue(session, closure_id=closure_id)
    flash(gettext("已撤回停用。"))
    return redirect(url_for("organizer.repair_page"))


@blueprint.post("/absences/<int:absence_id>/withdraw")
@policy(organizer, Role.PLANNER)
def withdraw_absence(absence_id: int) -> ResponseReturnValue:
    """Have a crew back."""
    posted(Nothing)
    with writing() as session:
        absence: CrewAbsence = get_scoped(session, CrewAbsence, absence_id, member())
        _own(session, Crew, absence.crew_id)
        outage_services.call_crew_back(session, absence_id=absence_id)
    flash(gettext("已撤回停用。"))
    return redirect(url_for("organizer.repair_page"))


@blueprint.post("/plans/<int:plan_id>/discard")
@policy(organizer, Role.PLANNER)
def discard(plan_id: int) -> ResponseReturnValue:
    """Throw a draft away."""
    posted(Nothing)
    with writing() as session:
        plan: Plan = get_scoped(session, Plan, plan_id, member())
        if not member().may(Role.PLANNER, plan.scope_code):
            raise Forbidden
        quarter = plan.quarter
        planning.discard_plan(session, plan_id=plan_id)
    flash(gettext("已丢弃草案，现行安排不变。"))
    return redirect(url_for("organizer.planning_page", quarter=quarter))


def _note(session: Session, form: dict[str, Any]) -> None:
    """Write down the outage that a form tells of, if any."""
    days = {}
    if form["reason"] in {"closure", "absence"}:
        days = {name: _required(form, name) for name in ("first_on", "last_on")}
    if form["reason"] == "closure":
        venue_id = _own(session, Venue, _required(form, "venue"))
        outage_services.close_venue(session, venue_id=venue_id, reason=form["why"], **days)
    elif form["reason"] == "absence":
        crew_id = _own(session, Crew, _required(form, "crew"))
        outage_services.send_crew_away(session, crew_id=crew_id, reason=form["why"], **days)


def _order(form: dict[str, Any]) -> planning.RepairOrder:
    wanted = (_required(form, "event"),) if form["reason"] == "insertion" else ()
    return order_of(form, form["reason"], wanted=wanted)


def order_of(
    form: dict[str, Any],
    reason: str,
    *,
    wanted: Sequence[int] = (),
    about: Sequence[int] = (),
    enterprise_id: int | None = None,
) -> planning.RepairOrder:
    """Return the order for a repair within the budget that a form names."""
    return planning.RepairOrder(
        reason=reason,
        wanted=tuple(wanted),
        frozen_days=form["frozen_days"],
        most_moves=form["most_moves"],
        only_unpublished=bool(form["only_unpublished"]),
        only_city=form["only_city"] or None,
        note=form["why"],
        about=tuple(about),
        enterprise_id=enterprise_id,
    )


def _required(form: dict[str, Any], field: str) -> Any:  # noqa: ANN401 — whatever the field holds
    if form[field] is None:
        raise BadForm(field=field)
    return form[field]


def _own(session: Session, model: type[Venue | Crew], key: int) -> int:
    """Return the row's id; raises NotFound outside the member's scope, Forbidden where it may not plan."""
    found = get_scoped(session, model, key, member())
    if not member().may(Role.PLANNER, found.division_code if isinstance(found, Venue) else found.city_code):
        raise Forbidden
    return key


def repair_form(place: Desk, values: dict[str, Any], refusal: Refusal | None = None) -> str:
    """Return the page that asks what has happened, filled in with what was said so far."""
    session, code = reader(), place.scope_code
    known = regions(session, scope_code=code)
    return show(
        "repair.html",
        place,
        values=values,
        choices=repair_choices(session, scope_code=code, quarter=place.quarter),
        outages=outages(session, scope_code=code),
        cities=[division for division in known if division.level == "city"],
        homes=[division for division in known if division.level != "province"],
        kinds=list(EventKind),
        equipment=EQUIPMENT,
        permit=permit_rule(session),
        filing=filing_rule(session),
        found=_found(place, values) if values["reason"] == "withdrawal" else None,
        urgent=waiting_requests(session, scope_code=code) if values["reason"] == "urgent" else (),
        refusal=refusal,
    )


def _found(place: Desk, values: dict[str, Any]) -> Found:
    return attendances(
        reader(),
        scope_code=place.scope_code,
        quarter=place.quarter,
        event_id=values["event"],
        text=values["q"],
    )
