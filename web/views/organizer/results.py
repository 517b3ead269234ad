"""What came of a fair: who has said it, who has not, letters to those, and the table as a file."""

from flask import Response, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from scheduler.errors import Refusal
from scheduler.exporting.fair_results import results_table
from scheduler.exporting.tables import as_comma, as_workbook
from scheduler.models import Event, Role
from scheduler.quarters import Quarter
from scheduler.queries.fair_day.results import FIGURES, results
from scheduler.queries.workbench.events import venues_of
from scheduler.services import fair_day
from scheduler.services.meanwhile import SavedMeanwhile
from web.downloads import as_table_file
from web.policy import organizer, policy
from web.schemas.account import Nothing
from web.schemas.base import asked, attempted, posted
from web.schemas.fair_days import MOST_PEOPLE, ResultForm, ResultsQuery
from web.schemas.organizer import PageQuery
from web.site import reader, settings, writing
from web.views.organizer.desk import blueprint, desk, member, show
from web.views.organizer.fair_day import event_of

WRITERS = (Role.CHECK_IN, Role.PLANNER)


@blueprint.get("/events/<int:event_id>/results")
@policy(organizer)
def fair_results(event_id: int) -> str:
    """Show what came of a fair, and with an enterprise the form to enter it."""
    return _page(event_of(event_id), asked(ResultsQuery)["firm"])


@blueprint.get("/events/<int:event_id>/results.csv")
@policy(organizer)
def results_csv(event_id: int) -> Response:
    """Hand the table out as CSV."""
    asked(PageQuery)
    event = event_of(event_id)
    table = results_table(results(reader(), event_id=event.id))
    return as_table_file(as_comma(table), name=f"results-{event.id}.csv")


@blueprint.get("/events/<int:event_id>/results.xlsx")
@policy(organizer)
def results_xlsx(event_id: int) -> Response:
    """Hand the table out as a workbook."""
    asked(PageQuery)
    event = event_of(event_id)
    table = results_table(results(reader(), event_id=event.id))
    return as_table_file(as_workbook(table), name=f"results-{event.id}.xlsx")


@blueprint.post("/events/<int:event_id>/results/remind")
@policy(organizer, *WRITERS)
def remind_of_results(event_id: int) -> ResponseReturnValue:
    """Write to those who have said nothing yet."""
    posted(Nothing)
    event = event_of(event_id)
    try:
        with writing() as session:
            count = fair_day.remind(session, event_id=event.id)
    except (fair_day.ResultsNotOpen, fair_day.ResultsClosed) as refusal:
        return _page(event, None, refusal), refusal.status
    flash(gettext("已向 %(count)s 家单位写了提醒邮件；同一天不会重复发送。", count=count))
    return redirect(url_for("organizer.fair_results", event_id=event_id))


@blueprint.post("/events/<int:event_id>/results/<int:firm_id>")
@policy(organizer, *WRITERS)
def enter_result(event_id: int, firm_id: int) -> ResponseReturnValue:
    """Enter what an enterprise has said by telephone or on paper."""
    event = event_of(event_id)
    values, faults = attempted(ResultForm)
    if faults:
        return _page(event, firm_id, faults=faults), 422
    try:
        with writing() as session:
            fair_day.report(
                session,
                event_id=event.id,
                enterprise_id=firm_id,
                seen=values.pop("seen"),
                counts=fair_day.Counts(**values),
                entered_by=member().account_id,
            )
    except (fair_day.ResultsNotOpen, SavedMeanwhile) as refusal:
        return _page(event, firm_id, refusal), refusal.status
    flash(gettext("已保存成效。"))
    return redirect(url_for("organizer.fair_results", event_id=event_id))


def _page(
    event: Event,
    firm_id: int | None,
    refusal: Refusal | None = None,
    faults: frozenset[str] = frozenset(),
) -> str:
    place = desk(Quarter.parse(event.quarter))
    meanwhile = refusal if isinstance(refusal, SavedMeanwhile) else None
    found = results(reader(), event_id=event.id)
    chosen = next((line for line in found.lines if line.enterprise.id == firm_id), None)
    return show(
        "results.html",
        place,
        event=event,
        venues=venues_of(reader(), [event.id], None).get(event.id, ()),
        found=found,
        chosen=chosen,
        link=_address(event, chosen.enterprise.id) if chosen else "",
        until=fair_day.closes_at(event),
        may_write=any(place.actor.holds(role) for role in WRITERS),
        given=request.form if faults or meanwhile else None,
        faults=faults,
        figures=FIGURES,
        most=MOST_PEOPLE,
        refusal=refusal,
        meanwhile=meanwhile,
    )


def _address(event: Event, enterprise_id: int) -> str:
    """Return the address under which an enterprise reports, to be handed on where no letter reaches it."""
    link = fair_day.result_link(settings().secret_key, event_id=event.id, enterprise_id=enterprise_id)
    return settings().public_url + url_for("results.show", result=link)
