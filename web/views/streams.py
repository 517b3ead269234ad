"""Livestreams for everybody: who is on air when, each opening's page, and the index of the recording."""

from urllib.parse import urlsplit

from flask import render_template

from scheduler.errors import NotFound
from scheduler.queries import public as schedule
from scheduler.queries.livestreams.public import on_air, opening_on_air
from web import addresses
from web.policy import policy, public
from web.qr import qr_code
from web.site import reader, settings
from web.views.events import blueprint

__all__ = ["blueprint"]

SEEKABLE = "bilibili.com"
"""Platforms whose addresses take a second as `?t=`; others are given the fragment of media files."""


@blueprint.get("/events/<stream_uid>/replay")
@policy(public)
def replay(stream_uid: str) -> str:
    """Show at which second of the recording each opening is spoken of."""
    event = schedule.get_event(reader(), uid=stream_uid)
    stream = on_air(reader(), event=event)
    if stream is None or not stream.replay_url:
        raise NotFound
    return render_template("public/replay.html", event=event, stream=stream, jump=jump)


@blueprint.get("/events/<stream_uid>/openings/<int:shown_id>")
@policy(public)
def opening(stream_uid: str, shown_id: int) -> str:
    """Show an opening with when it is on air, where to watch, and where to see it again."""
    event = schedule.get_event(reader(), uid=stream_uid)
    line, found = opening_on_air(reader(), event=event, opening_id=shown_id)
    return render_template(
        "public/opening.html",
        event=event,
        line=line,
        opening=found,
        stream=on_air(reader(), event=event),
        jump=jump,
        qr=qr_code(settings().public_url + addresses.opening(stream_uid, shown_id)),
    )


def jump(address: str, second: int) -> str:
    """Return a recording's address that begins at a second, as far as the platform knows how."""
    host = urlsplit(address).hostname or ""
    if host == SEEKABLE or host.endswith(f".{SEEKABLE}"):
        return f"{address}{'&' if '?' in address else '?'}t={second}"
    return f"{address.partition('#')[0]}#t={second}"
