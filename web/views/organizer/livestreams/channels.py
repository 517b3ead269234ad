"""A city's platform channels, and the rules by which a bureau holds its livestreams."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from scheduler.errors import Forbidden, NotFound, Refusal
from scheduler.models import Level, Platform, Role, StreamChannel, Strictness
from scheduler.quarters import Quarter
from scheduler.queries.livestreams.listing import channel_lines
from scheduler.queries.livestreams.rules import FIELDS, Terms, terms_for
from scheduler.queries.scope import get_scoped
from scheduler.queries.tree import covers
from scheduler.queries.workbench.context import regions
from scheduler.services import livestreams
from web.policy import organizer, policy
from web.schemas.account import Nothing
from web.schemas.base import asked, posted
from web.schemas.livestreams import NewChannelForm, RulesForm
from web.schemas.organizer import PageQuery
from web.site import reader, writing
from web.views.organizer.desk import blueprint, desk, member, show


@blueprint.get("/livestreams/channels")
@policy(organizer)
def channels() -> str:
    """List the channels of the scope's cities, and the rules that hold."""
    values = asked(PageQuery)
    return _page(values["quarter"])


@blueprint.post("/livestreams/channels")
@policy(organizer, Role.PLANNER)
def add_channel() -> ResponseReturnValue:
    """Add a channel to a city in the scope."""
    form = posted(NewChannelForm)
    if not covers(member().scope_code, form["city"]):
        raise NotFound
    try:
        with writing() as session:
            livestreams.add_channel(
                session,
                city_code=form["city"],
                platform=form["platform"],
                name_zh=form["name_zh"],
                name_en=form["name_en"],
                is_verified=bool(form["verified"]),
            )
    except livestreams.ChannelKnown as refusal:
        return _page(refusal=refusal), refusal.status
    flash(gettext("已登记平台账号。"))
    return redirect(url_for("organizer.channels"))


@blueprint.post("/livestreams/channels/<int:channel_id>/retire")
@policy(organizer, Role.PLANNER)
def retire_channel(channel_id: int) -> ResponseReturnValue:
    """Use a channel for no further livestream."""
    posted(Nothing)
    with writing() as session:
        found: StreamChannel = get_scoped(session, StreamChannel, channel_id, member().scope_code)
        livestreams.retire_channel(session, channel_id=found.id)
    flash(gettext("已停用平台账号，已安排的直播不受影响。"))
    return redirect(url_for("organizer.channels"))


@blueprint.post("/livestreams/channels/<int:channel_id>/verify")
@policy(organizer, Role.PLANNER)
def verify_channel(channel_id: int) -> ResponseReturnValue:
    """Note that the platform has confirmed who stands behind a channel."""
    posted(Nothing)
    with writing() as session:
        found: StreamChannel = get_scoped(session, StreamChannel, channel_id, member().scope_code)
        livestreams.verify_channel(session, channel_id=found.id)
    flash(gettext("已记录实名认证。"))
    return redirect(url_for("organizer.channels"))


@blueprint.post("/livestreams/rules")
@policy(organizer, Role.PUBLISHER)
def set_stream_rules() -> ResponseReturnValue:
    """Set the rules of the own bureau."""
    form = posted(RulesForm)
    if member().scope_code != member().home_code:
        raise Forbidden
    terms = Terms(**{name: form[name] for name in FIELDS})
    try:
        with writing() as session:
            livestreams.set_stream_rules(session, organizer_id=member().organizer_id, terms=terms)
    except livestreams.UnfitStreamRules as refusal:
        return _page(refusal=refusal), refusal.status
    flash(gettext("已保存直播规则，今后开放的场次按此执行。"))
    return redirect(url_for("organizer.channels", _anchor="rules"))


@blueprint.post("/livestreams/rules/withdraw")
@policy(organizer, Role.PUBLISHER)
def drop_stream_rules() -> ResponseReturnValue:
    """Go back to the rules of the bureau above."""
    posted(Nothing)
    with writing() as session:
        livestreams.drop_stream_rules(session, organizer_id=member().organizer_id)
    flash(gettext("已恢复上级规则。"))
    return redirect(url_for("organizer.channels", _anchor="rules"))


def _page(quarter: Quarter | None = None, refusal: Refusal | None = None) -> str:
    place = desk(quarter)
    code = place.scope_code
    return show(
        "livestreams/channels.html",
        place,
        channels=channel_lines(reader(), scope_code=code, quarter=place.context.quarter),
        cities=[one for one in regions(reader(), scope_code=code) if one.level is Level.CITY],
        platforms=list(Platform),
        terms=terms_for(reader(), division_code=code),
        strictness=list(Strictness),
        refusal=refusal,
    )
