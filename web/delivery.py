"""Small public answers over the wire: a tag to ask again with, and gzip."""

import gzip

from flask import Flask, Response, request

from web.policy import Audience, current_policy

SMALLEST_TO_PACK = 1024
PACKED_TYPES = ("text/", "image/svg+xml", "application/json", "application/javascript")
GOOD = {200, 304}


def install(app: Flask) -> None:
    """Tag and pack public answers; install it first, so that it sees the finished answer."""
    app.after_request(_deliver)


def _deliver(response: Response) -> Response:
    declared = current_policy()
    # A page with a secret in it must not be packed beside what a stranger typed: its length would
    # tell the secret. So personal answers leave as they are.
    if declared is None or declared.audience is not Audience.PUBLIC or response.status_code not in GOOD:
        return response
    if request.method in {"GET", "HEAD"} and (response.mimetype or "").startswith(PACKED_TYPES):
        _tag(response)
        _pack(response)
    return response


def _tag(response: Response) -> None:
    if "ETag" not in response.headers:
        _read(response)
        response.add_etag(weak=True)
    response.make_conditional(request)


def _pack(response: Response) -> None:
    response.vary.add("Accept-Encoding")
    if not request.accept_encodings["gzip"] or "Content-Encoding" in response.headers:
        return
    body = _read(response)
    if response.status_code == 200 and len(body) >= SMALLEST_TO_PACK:  # noqa: PLR2004
        etag, _ = response.get_etag()
        response.set_data(gzip.compress(body, 6, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
        if etag:
            response.set_etag(etag, weak=True)  # the same page in other bytes


def _read(response: Response) -> bytes:
    """Return the body, with the file behind it closed."""
    streamed = response.direct_passthrough
    response.direct_passthrough = False
    body = response.get_data()
    if streamed:
        response.close()
    return body
