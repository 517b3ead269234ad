"""What a bureau settles about a livestream: turns and their dates, its channel, where it is seen."""

from flask.typing import ResponseReturnValue
from flask_babel import gettext

from scheduler.models import Role
from scheduler.services import livestreams
from web.policy import organizer, policy
from web.schemas.account import Nothing
from web.schemas.base import BadForm, asked, posted
from web.schemas.livestreams import ChannelForm, LinksForm, TurnsForm
from web.schemas.organizer import PageQuery
from web.security import HIGHEST_ID
from web.site import settings
from web.views.organizer.desk import blueprint
from web.views.organizer.livestreams.page import done, stream_page


@blueprint.get("/livestreams/<int:stream_id>")
@policy(organizer)
def livestream(stream_id: int) -> str:
    """Show a livestream with its firms and its run sheet."""
    asked(PageQuery)
    return stream_page(stream_id)


@blueprint.post("/livestreams/<int:stream_id>/turns")
@policy(organizer, Role.PLANNER)
def open_turns(stream_id: int) -> ResponseReturnValue:
    """Open a livestream to firms, or change how."""
    form = posted(TurnsForm)
    return done(
        stream_id,
        lambda session: livestreams.open_turns(session, event_id=stream_id, **form),
        said=gettext("已开放场次，企业可以报名。"),
    )


@blueprint.post("/livestreams/<int:stream_id>/turns/close")
@policy(organizer, Role.PLANNER)
def close_turns(stream_id: int) -> ResponseReturnValue:
    """Take no further firms."""
    posted(Nothing)
    return done(
        stream_id,
        lambda session: livestreams.close_turns(session, event_id=stream_id),
        said=gettext("已截止场次报名。"),
    )


@blueprint.post("/livestreams/<int:stream_id>/turns/<int:firm_id>/release")
@policy(organizer, Role.PLANNER)
def release_turn(stream_id: int, firm_id: int) -> ResponseReturnValue:
    """Take a firm's turn back."""
    posted(Nothing)
    return done(
        stream_id,
        lambda session: livestreams.release_turn(session, event_id=stream_id, enterprise_id=firm_id),
        said=gettext("已取消该单位的场次。"),
        anchor="firms",
    )


@blueprint.post("/livestreams/<int:stream_id>/channel")
@policy(organizer, Role.PLANNER)
def assign_channel(stream_id: int) -> ResponseReturnValue:
    """Give a livestream a platform channel, or none."""
    chosen = posted(ChannelForm)["channel"]
    if chosen and not (chosen.isascii() and chosen.isdecimal() and 0 < int(chosen[:11]) <= HIGHEST_ID):
        raise BadForm(field="channel")
    return done(
        stream_id,
        lambda session: livestreams.assign_channel(
            session, event_id=stream_id, channel_id=int(chosen) if chosen else None
        ),
        said=gettext("已保存平台账号。"),
    )


@blueprint.post("/livestreams/<int:stream_id>/links")
@policy(organizer, Role.PLANNER)
def set_links(stream_id: int) -> ResponseReturnValue:
    """Keep where a livestream is seen, and where its recording."""
    form = posted(LinksForm)
    return done(
        stream_id,
        lambda session: livestreams.set_links(
            session, event_id=stream_id, allowed=settings().stream_hosts, **form
        ),
        said=gettext("已保存链接。"),
    )
