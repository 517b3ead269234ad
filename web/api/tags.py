"""ETags: what is read carries one, and an edit must name the one it was made from (If-Match)."""

import hashlib
from typing import Any

from flask import Flask, Response, request
from marshmallow import Schema

from scheduler.errors import Refusal
from web.api.shapes import shown
from web.problems import is_ours


class MatchMissing(Refusal):
    """An edit that does not say from what it was made."""

    status = 428
    code = "if_match_missing"
    zh = "修改前请先读取，并在 If-Match 中带上读到的 ETag，以免覆盖他人的改动。"
    en = "Read it first and send its ETag as If-Match, so that nobody's change is overwritten."


class ChangedMeanwhile(Refusal):
    """An edit of what has changed since it was read."""

    status = 412
    code = "changed_meanwhile"
    zh = "内容在您读取之后已被改动，本次修改没有生效。请重新读取后再试。"
    en = "It has changed since you read it; nothing was saved. Read it again, then try again."


def install(app: Flask) -> None:
    """Put a tag on all that is read over the API, and answer 304 to whom it is known."""
    app.after_request(_tag)


def require_match(shape: type[Schema], value: Any) -> None:  # noqa: ANN401 — whatever the shape shows
    """Make sure that the request was made from what is there now; raises MatchMissing, ChangedMeanwhile."""
    if not request.if_match or request.if_match.star_tag:  # "whatever is there" protects nobody
        raise MatchMissing
    if not request.if_match.contains(tag_of(shown(shape, value).get_data())):
        raise ChangedMeanwhile


def tag_of(body: bytes) -> str:
    """Return the tag of an answer."""
    return hashlib.sha256(body).hexdigest()[:32]


def _tag(response: Response) -> Response:
    if is_ours() and request.method in {"GET", "HEAD"} and response.status_code == 200:  # noqa: PLR2004
        if not response.is_streamed and "ETag" not in response.headers:
            response.set_etag(tag_of(response.get_data()))
        response.make_conditional(request)
    return response
