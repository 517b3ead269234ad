"""An enterprise leaves events: noted with its reason, and the schedule mended with the freedom if asked."""

from typing import Any

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy.orm import Session

from scheduler.errors import NotFound, Refusal
from scheduler.models import Event, Role
from scheduler.queries.scope import get_scoped
from scheduler.queries.workbench.repairs import waiting_ids
from scheduler.queries.workbench.withdrawals import attended
from scheduler.services.planning import request_repair
from scheduler.services.withdrawing import withdraw_enterprise
from web.policy import organizer, policy
from web.schemas.base import posted
from web.schemas.repair import WithdrawalForm
from web.site import writing
from web.views.organizer.desk import blueprint, desk, member
from web.views.organizer.repairs import order_of, repair_form


@blueprint.post("/withdrawals")
@policy(organizer, Role.PLANNER)
def withdraw_attendance() -> ResponseReturnValue:
    """Withdraw registrations, and start a repair that uses the freedom: both, or neither."""
    form = posted(WithdrawalForm)
    try:
        with writing() as session:
            events = _events(session, form)
            withdraw_enterprise(
                session,
                enterprise_id=form["leaving"].enterprise_id,
                event_ids=events,
                reason=form["why"],
                withdrawn_by=member().account_id,
            )
            run_id = _mend(session, form, events) if form["mend"] else None
    except Refusal as refusal:
        if isinstance(refusal, NotFound):
            raise
        values = {**form, "reason": "withdrawal"}
        return repair_form(desk(form["quarter"]), values, refusal), refusal.status
    left = gettext("已退出活动 %(count)s 场。", count=len(events))
    if run_id is None:
        flash(left)
        return redirect(
            url_for("organizer.repair_page", quarter=form["quarter"], reason="withdrawal", q=form["q"])
        )
    flash(left + gettext("正在查找可以改进的安排。"))
    return redirect(url_for("organizer.run", run_id=run_id))


def _events(session: Session, form: dict[str, Any]) -> list[int]:
    """Return the events that the enterprise leaves; raises NotFound for one outside the member's scope."""
    firm, event_id = form["leaving"]
    if event_id is not None:
        get_scoped(session, Event, event_id, member())
    code, quarter = member().scope_code, str(form["quarter"])
    events = attended(session, scope_code=code, quarter=quarter, enterprise_id=firm)
    if event_id is None:
        return events
    return [event_id] if event_id in events else []


def _mend(session: Session, form: dict[str, Any], events: list[int]) -> int:
    code, quarter = member().scope_code, str(form["quarter"])
    wanted = waiting_ids(session, scope_code=code, quarter=quarter) if form["place_waiting"] else ()
    order = order_of(
        form, "withdrawal", wanted=wanted, about=tuple(events), enterprise_id=form["leaving"].enterprise_id
    )
    return request_repair(
        session,
        quarter=form["quarter"],
        scope_code=code,
        order=order,
        requested_by=member().account_id,
    ).id
