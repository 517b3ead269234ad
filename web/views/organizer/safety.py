"""The safety of an event: what it owes by when, what is noted of it, its papers in one file, and the rule."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from flask import Response, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from scheduler.errors import Forbidden, NotFound, Refusal
from scheduler.models import Event, Role, Strictness
from scheduler.models.safety import SafetyKind, SafetyState
from scheduler.printing import pack
from scheduler.quarters import Quarter
from scheduler.queries.annual_filing import annual_task_by
from scheduler.queries.safety import (
    owners_of,
    safety_rule,
    safety_rules_for,
    steps_of,
    strictness_for,
    strictness_of,
    waiting_steps,
)
from scheduler.queries.scope import get_scoped
from scheduler.queries.stands import stands_of
from scheduler.services import files, safety
from scheduler.services.meanwhile import SavedMeanwhile
from scheduler.times import today
from web import addresses
from web.downloads import download
from web.papers import chosen
from web.policy import organizer, policy
from web.qr import qr_svg
from web.safety_words import matter
from web.schemas.account import Nothing
from web.schemas.base import asked, posted
from web.schemas.organizer import PageQuery
from web.schemas.papers import PaperQuery
from web.schemas.safety import SafetyRulesForm, StepForm
from web.site import reader, settings, writing
from web.uploads import given, takes_files
from web.views.organizer.desk import blueprint, desk, event_for, member, show

UNFIT = (
    safety.NotOwed,
    safety.ReasonMissing,
    safety.UnknownOwner,
    safety.DueTooLate,
    SavedMeanwhile,
    files.UnknownFile,
    files.UnfitFile,
)
SHOWN = 200
NOTHING: Mapping[str, Any] = {}

blueprint.add_app_template_global(matter, "matter")


@blueprint.get("/safety")
@policy(organizer)
def safety_board() -> str:
    """List what is due within a week or late at the events of the scope, and the rules."""
    return board_page(quarter=asked(PageQuery)["quarter"])


def board_page(
    refusal: Refusal | None = None, typed: Mapping[str, Any] = NOTHING, *, quarter: Quarter | None = None
) -> str:
    """Return the list of what is due, with the yearly filing and the rules; after a refusal, as typed."""
    place = desk(quarter)
    waiting = waiting_steps(reader(), scope=place.actor)
    rules = safety_rules_for(reader(), division_code=place.scope_code)
    return show(
        "safety_board.html",
        place,
        waiting=waiting[:SHOWN],
        many=len(waiting),
        annual=annual_task_by(reader(), rules=rules, division_code=place.scope_code),
        on=today(),
        may_file=place.actor.may(Role.PLANNER, place.scope_code),
        rules=rules,
        strictness=strictness_of(rules),
        choices=list(Strictness),
        may_rule=place.actor.holds(Role.PUBLISHER) and place.scope_code == place.actor.home_code,
        refusal=refusal,
        typed=typed,
    )


@blueprint.post("/safety/rules")
@policy(organizer, Role.PUBLISHER)
def set_safety_rules() -> ResponseReturnValue:
    """Say what late matters do to publishing, and when regular fairs are filed, here and below."""
    form = posted(SafetyRulesForm)
    if member().scope_code != member().home_code:
        raise Forbidden
    month = form["annual_month"]
    try:
        with writing() as session:
            safety.set_safety_rules(
                session,
                organizer_id=member().organizer_id,
                publishing=form["publishing"],
                annual=safety.DayOfYear(month, form["annual_day"]) if month else None,
            )
    except safety.NoSuchDay as refusal:
        return board_page(refusal, form), refusal.status
    flash(gettext("已保存规则。"), "at-rule")
    return redirect(url_for("organizer.safety_board", _anchor="rule"))


@blueprint.post("/safety/rules/withdraw")
@policy(organizer, Role.PUBLISHER)
def drop_safety_rules() -> ResponseReturnValue:
    """Go back to the rule of the bureau above."""
    posted(Nothing)
    with writing() as session:
        safety.drop_safety_rules(session, organizer_id=member().organizer_id)
    flash(gettext("已恢复上级规则。"), "at-rule")
    return redirect(url_for("organizer.safety_board", _anchor="rule"))


@blueprint.get("/events/<int:event_id>/safety")
@policy(organizer)
def event_safety(event_id: int) -> str:
    """Show what an event owes, how far each matter is, and who sees to it."""
    asked(Nothing)
    return _page(event_id)


@blueprint.post("/events/<int:event_id>/safety/<kind>")
@policy(organizer, Role.PLANNER)
@takes_files()
def note_safety(event_id: int, kind: str) -> ResponseReturnValue:
    """Note how far a matter is, with a paper where there is one."""
    form, papers = posted(StepForm), given("paper")
    what = _kind(kind)
    said = safety.Said(form["state"], form["owner"] or None, form["due"], form["number"], form["note"])
    try:
        with writing() as session:
            event = event_for(session, event_id, Role.PLANNER)
            safety.note_step(
                session,
                event=event,
                kind=what,
                said=said,
                paper=papers["paper"],
                by=member().account_id,
                seen=form["seen"],
            )
    except UNFIT as refusal:
        return _page(event_id, refusal, (what, said), form["seen"]), refusal.status
    flash(gettext("已记录“%(matter)s”。", matter=matter(what)[0]), f"at-{what}")
    return redirect(url_for("organizer.event_safety", event_id=event_id, _anchor=what))


@blueprint.get("/events/<int:event_id>/safety/<kind>/paper")
@policy(organizer)
def safety_paper(event_id: int, kind: str) -> Response:
    """Give the paper of a matter to be saved."""
    event: Event = get_scoped(reader(), Event, event_id, member())
    found = {step.kind: step.file for step in steps_of(reader(), event)}.get(_kind(kind))
    if found is None:
        raise NotFound
    return download(found)


@blueprint.get("/events/<int:event_id>/pack.zip")
@policy(organizer)
def event_pack(event_id: int) -> Response:
    """Give an event's papers in one file."""
    language = chosen(asked(PaperQuery)["language"])
    session = reader()
    stands = stands_of(session, event_id=event_id, scope=member())
    content = pack(
        stands,
        steps_of(session, stands.event),
        language=language,
        rule=safety_rule(session),
        qr_svg=qr_svg(settings().public_url + addresses.event(stands.event.uid)),
    )
    response = Response(content, content_type="application/zip")
    title = language.text(stands.event.title_zh, stands.event.title_en)
    name = quote(f"{language.text('资料包', 'papers')} {title}.zip")
    response.headers["Content-Disposition"] = (
        f"attachment; filename=event-{event_id}.zip; filename*=UTF-8''{name}"
    )
    return response


def _kind(text: str) -> SafetyKind:
    try:
        return SafetyKind(text)
    except ValueError as error:
        raise NotFound from error


def _page(
    event_id: int,
    refusal: Refusal | None = None,
    typed: tuple[SafetyKind, safety.Said] | None = None,
    seen: str | None = None,
) -> str:
    """Return the page, after a refusal with what was said of a matter in its form, and looking at what."""
    event: Event = get_scoped(reader(), Event, event_id, member())
    steps = steps_of(reader(), event)
    return show(
        "safety.html",
        desk(Quarter.parse(event.quarter)),
        event=event,
        steps=steps,
        settled=sum(step.is_settled for step in steps),
        owners=owners_of(reader(), event),
        states=list(SafetyState),
        strictness=strictness_for(reader(), division_code=event.division_code),
        may_note=member().may(Role.PLANNER, event.division_code),
        refusal=refusal,
        typed=dict([typed] if typed else []),
        meanwhile=isinstance(refusal, SavedMeanwhile),
        seen=seen,
    )
