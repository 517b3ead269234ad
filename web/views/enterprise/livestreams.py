"""An enterprise's turns in livestreams: taken, filled, given back in time."""

from collections.abc import Callable

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy.orm import Session

from scheduler.errors import Refusal
from scheduler.models import Insurance
from scheduler.queries.livestreams.of_enterprise import firm_view, my_turns, open_streams
from scheduler.runsheets.words import FORBIDDEN
from scheduler.services import livestreams
from scheduler.services.livestreams import MOST_SHOWN
from web.errors import has_no_page
from web.policy import enterprise, policy
from web.schemas.account import Nothing
from web.schemas.base import posted
from web.schemas.livestream_firms import AcceptForm, PresentationForm, TakeForm, openings_form
from web.site import reader, writing
from web.views.enterprise.base import blueprint, employer, show

MOST_LISTED = 50
"""So many openings fit into one form."""


@blueprint.get("/livestreams")
@policy(enterprise)
def streams() -> str:
    """List the own turns, and the livestreams that take firms."""
    return _list()


@blueprint.post("/livestreams/<int:stream_id>/take")
@policy(enterprise)
def take_turn(stream_id: int) -> ResponseReturnValue:
    """Take a turn in a livestream."""
    form, actor = posted(TakeForm), employer()
    try:
        with writing() as session:
            livestreams.take_turn(
                session,
                event_id=stream_id,
                enterprise_id=actor.enterprise_id,
                minutes_wanted=form["minutes"],
            )
    except Refusal as refusal:
        if has_no_page(refusal):
            raise
        return _list(refusal), refusal.status
    flash(gettext("已占用一个场次。请在截止前补全清单，播出时间以流程单为准。"))
    return redirect(url_for("enterprise.stream", stream_id=stream_id))


@blueprint.post("/livestreams/<int:stream_id>/wait")
@policy(enterprise)
def wait_for_turn(stream_id: int) -> ResponseReturnValue:
    """Join the list of a livestream whose turns are all taken."""
    return _listed(stream_id, livestreams.join_turn_list, gettext("已登记候补。"))


@blueprint.post("/livestreams/<int:stream_id>/wait/leave")
@policy(enterprise)
def leave_turn_list(stream_id: int) -> ResponseReturnValue:
    """Leave a livestream's list, or decline what it offers."""
    return _listed(stream_id, livestreams.leave_turn_list, gettext("已退出候补。"))


@blueprint.get("/livestreams/<int:stream_id>")
@policy(enterprise)
def stream(stream_id: int) -> str:
    """Show the own turn: when it is on air, and what is still lacking."""
    return _page(stream_id)


@blueprint.post("/livestreams/<int:stream_id>/presentation")
@policy(enterprise)
def present(stream_id: int) -> ResponseReturnValue:
    """Keep what the host may say about the firm."""
    form = posted(PresentationForm)
    return _done(
        stream_id,
        lambda session, firm: livestreams.present_firm(
            session,
            event_id=stream_id,
            enterprise_id=firm,
            about_zh=form["about"],
            questions_zh=form["questions"],
        ),
    )


@blueprint.post("/livestreams/<int:stream_id>/openings")
@policy(enterprise)
def show_openings(stream_id: int) -> ResponseReturnValue:
    """Choose which openings are shown, in which order, and say their hours and insurance."""
    view = firm_view(reader(), event_id=stream_id, actor=employer())
    ids = [opening.id for opening in view.openings[:MOST_LISTED]]
    form = posted(openings_form(ids))
    places = sorted((form[f"place-{key}"], key) for key in ids if form[f"place-{key}"])

    def keep(session: Session, firm: int) -> None:
        for key in ids:
            chosen = form[f"insurance-{key}"]
            livestreams.describe_opening(
                session,
                opening_id=key,
                hours_zh=form[f"hours-{key}"],
                insurance=Insurance(chosen) if chosen else None,
            )
        livestreams.choose_openings(
            session, event_id=stream_id, enterprise_id=firm, opening_ids=[key for _, key in places]
        )

    return _done(stream_id, keep)


@blueprint.post("/livestreams/<int:stream_id>/rules")
@policy(enterprise)
def accept_rules(stream_id: int) -> ResponseReturnValue:
    """Keep to the rules of livestreams."""
    posted(AcceptForm)
    return _done(
        stream_id,
        lambda session, firm: livestreams.accept_rules(session, event_id=stream_id, enterprise_id=firm),
    )


@blueprint.post("/livestreams/<int:stream_id>/leave")
@policy(enterprise)
def give_turn_back(stream_id: int) -> ResponseReturnValue:
    """Give the turn back, as long as there is time."""
    posted(Nothing)
    actor = employer()
    try:
        with writing() as session:
            livestreams.give_turn_back(session, event_id=stream_id, enterprise_id=actor.enterprise_id)
    except livestreams.TurnTooLate as refusal:
        return _page(stream_id, refusal), refusal.status
    flash(gettext("已取消场次。"))
    return redirect(url_for("enterprise.streams"))


def _listed(stream_id: int, deed: Callable[..., object], said: str) -> ResponseReturnValue:
    """Do a deed on a livestream's list, and answer with the list of livestreams."""
    posted(Nothing)
    try:
        with writing() as session:
            deed(session, event_id=stream_id, enterprise_id=employer().enterprise_id)
    except Refusal as refusal:
        if has_no_page(refusal):
            raise
        return _list(refusal), refusal.status
    flash(said)
    return redirect(url_for("enterprise.streams"))


def _done(stream_id: int, deed: Callable[[Session, int], None]) -> ResponseReturnValue:
    """Do a deed on the own turn, and answer with its page, also when it is refused."""
    try:
        with writing() as session:
            deed(session, employer().enterprise_id)
    except Refusal as refusal:
        if has_no_page(refusal):
            raise
        return _page(stream_id, refusal), refusal.status
    flash(gettext("已保存。"))
    return redirect(url_for("enterprise.stream", stream_id=stream_id))


def _list(refusal: Refusal | None = None) -> str:
    actor = employer()
    return show(
        "livestreams.html",
        turns=my_turns(reader(), actor=actor),
        streams=open_streams(reader(), actor=actor),
        usual_minutes=TakeForm.USUAL,
        refusal=refusal,
    )


def _page(stream_id: int, refusal: Refusal | None = None) -> str:
    view = firm_view(reader(), event_id=stream_id, actor=employer())
    shown = {line.opening.id: line.shown.position for line in view.firm.openings}
    return show(
        "livestream.html",
        view=view,
        shown=shown,
        listed=view.openings[:MOST_LISTED],
        most_shown=MOST_SHOWN,
        insurances=list(Insurance),
        forbidden=FORBIDDEN,
        refusal=refusal,
    )
