"""What came of a fair, said by an enterprise through its link: no sign-in, one page, until the last day."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from scheduler.errors import Refusal
from scheduler.queries.fair_day.results import FIGURES, ResultPage, result_page
from scheduler.services import fair_day
from scheduler.services.meanwhile import SavedMeanwhile
from web.policy import policy, visitor
from web.schemas.base import attempted
from web.schemas.fair_days import MOST_PEOPLE, ResultForm
from web.site import reader, settings, writing

blueprint = Blueprint("results", __name__)


@blueprint.get("/results/<result>")
@policy(visitor)
def show(result: str) -> ResponseReturnValue:
    """Ask what came of a fair, with what was said before; after the last day show that alone."""
    found = _page(result)
    try:
        fair_day.require_open(found.event)
    except (fair_day.ResultsNotOpen, fair_day.ResultsClosed) as refusal:
        return _answer(result, found, refusal=refusal), refusal.status
    return _answer(result, found)


@blueprint.post("/results/<result>")
@policy(visitor)
def say(result: str) -> ResponseReturnValue:
    """Keep what came of a fair; a number that is none is said beside its field, and nothing is lost."""
    found = _page(result)
    values, faults = attempted(ResultForm)
    if faults:
        return _answer(result, found, faults=faults), 422
    try:
        with writing() as session:
            fair_day.report(
                session,
                event_id=found.event.id,
                enterprise_id=found.enterprise.id,
                seen=values.pop("seen"),
                counts=fair_day.Counts(**values),
            )
    except SavedMeanwhile as meanwhile:
        return _answer(result, _page(result), meanwhile=meanwhile), meanwhile.status
    except (fair_day.ResultsNotOpen, fair_day.ResultsClosed) as refusal:
        return _answer(result, _page(result), refusal=refusal), refusal.status
    flash(gettext("已保存，谢谢。截止前可以随时修改。"))
    return redirect(url_for("results.show", result=result))


def _page(link: str) -> ResultPage:
    event_id, enterprise_id = fair_day.linked_result(settings().secret_key, link)
    return result_page(reader(), event_id=event_id, enterprise_id=enterprise_id)


def _answer(
    link: str,
    found: ResultPage,
    *,
    refusal: Refusal | None = None,
    meanwhile: SavedMeanwhile | None = None,
    faults: frozenset[str] = frozenset(),
) -> str:
    return render_template(
        "public/result.html",
        link=link,
        event=found.event,
        firm=found.enterprise,
        result=found.result,
        until=fair_day.closes_at(found.event),
        given=request.form if faults or meanwhile else None,
        faults=faults,
        figures=FIGURES,
        most=MOST_PEOPLE,
        refusal=refusal,
        meanwhile=meanwhile,
    )
