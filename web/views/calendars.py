"""Calendars to subscribe to and events to save: any filter, no account, no session, never a redirect."""

import gzip
import re

from flask import Blueprint, Response, current_app, request
from flask.blueprints import BlueprintSetupState

from scheduler.feeds import event_bytes
from scheduler.queries.filters import EventFilter
from scheduler.queries.refusals import BadFilter
from web.feed_cache import FeedCache, PackedFeed
from web.policy import policy, public
from web.site import reader, settings

blueprint = Blueprint("calendars", __name__)

LIVE_SECONDS = 60  # between us and the client; clients themselves ask hourly or seldomer
DEAD_SECONDS = 24 * 60 * 60
CALENDAR = "text/calendar; charset=utf-8"


@blueprint.record
def install(state: BlueprintSetupState) -> None:
    """Give the app a cache of its own."""
    extensions = state.app.extensions
    extensions["feeds"] = FeedCache(extensions["engine"], extensions["settings"].public_url)


@blueprint.get("/calendar.ics")
@policy(public)
def feed() -> Response:
    """Answer the feed of a filter; what does not exist is an empty calendar, what cannot be read a 400."""
    try:
        event_filter = EventFilter.parse(request.args)
    except BadFilter as refusal:
        text = f"{refusal.text('zh')}\n{refusal.text('en')}\n"
        return Response(text, refusal.status, content_type="text/plain; charset=utf-8")
    cache: FeedCache = current_app.extensions["feeds"]
    return _answer(cache.get(event_filter), "calendar.ics", "inline")


@blueprint.get("/events/<uid>.ics")
@policy(public)
def event_file(uid: str) -> Response:
    """Answer one event as a file to save; raises NotFound for every event the public does not see."""
    calendar = event_bytes(reader(), uid=uid, public_url=settings().public_url)
    name = re.sub(r"[^A-Za-z0-9._-]", "-", uid.partition("@")[0])
    return _answer(PackedFeed.of(calendar), f"{name}.ics", "attachment")


def _answer(calendar: PackedFeed, name: str, disposition: str) -> Response:
    """Answer 304 to who has it, packed octets to who can unpack them, plain ones to everybody else."""
    is_packed = bool(request.accept_encodings["gzip"])
    known = request.if_none_match
    if known.contains(calendar.tag) or known.contains(f"{calendar.tag}-gzip"):
        response = Response(status=304)
        del response.headers["Content-Type"]
    else:
        body = calendar.packed if is_packed else gzip.decompress(calendar.packed)
        response = Response(body, content_type=CALENDAR)
        response.headers["Content-Disposition"] = f'{disposition}; filename="{name}"'
        if is_packed:
            response.headers["Content-Encoding"] = "gzip"
    response.set_etag(f"{calendar.tag}-gzip" if is_packed else calendar.tag)
    response.last_modified = calendar.changed_at
    response.vary.add("Accept-Encoding")
    response.cache_control.public = True
    response.cache_control.max_age = DEAD_SECONDS if calendar.is_dead else LIVE_SECONDS
    return response
