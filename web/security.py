"""What every answer carries to keep browsers, caches and forged requests in check."""

from flask import Flask, Response, abort, current_app, request
from werkzeug.routing import IntegerConverter, Map

from scheduler.texts import hides_something
from web.policy import Audience, current_policy
from web.site import settings

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "font-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    # not no-referrer: the forgery check compares the referrer of our own pages
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
TWO_YEARS = 2 * 365 * 24 * 60 * 60
LONGEST_VALUE = 200
HIGHEST_ID = 2**31 - 1


class RowNumber(IntegerConverter):
    """An id in an address: ASCII digits that a database column can hold; anything else is not found."""

    regex = "[1-9][0-9]{0,9}"

    def __init__(self, map: Map) -> None:  # noqa: A002 — werkzeug's name
        """Take numbers up to the highest id."""
        super().__init__(map, max=HIGHEST_ID)


def install(app: Flask) -> None:
    """Refuse unprintable addresses, and put the headers on every answer."""
    app.url_map.converters["int"] = RowNumber
    app.before_request(_refuse_unprintable)
    app.before_request(_refuse_many_fields)
    app.after_request(_put_headers)


def _refuse_unprintable() -> None:
    parts = [request.path, *request.args.keys(), *request.args.values()]
    if any(hides_something(part) or len(part) > LONGEST_VALUE for part in parts):
        abort(400)


def _refuse_many_fields() -> None:
    """Werkzeug counts the parts of a multipart form only; each field costs memory and a moment."""
    if request.mimetype == "application/x-www-form-urlencoded":
        fields = request.get_data(cache=True, parse_form_data=False).count(b"&") + 1
        if fields > current_app.config["MAX_FORM_PARTS"]:
            abort(413)


def _put_headers(response: Response) -> Response:
    present = {name.lower() for name, _ in response.headers}
    response.headers.extend((name, value) for name, value in HEADERS.items() if name.lower() not in present)
    if settings().production:
        response.headers["Strict-Transport-Security"] = f"max-age={TWO_YEARS}"
    _say_who_may_keep_it(response)
    return response


def _say_who_may_keep_it(response: Response) -> None:
    """Let caches keep public answers as long as they ask again; keep everything else out of them."""
    declared = current_policy()
    if declared is None or declared.audience is not Audience.PUBLIC:
        response.headers["Cache-Control"] = "private, no-store"
    elif "Cache-Control" not in response.headers:
        fine = response.status_code == 200 and request.method in {"GET", "HEAD"}  # noqa: PLR2004
        response.headers["Cache-Control"] = "public, no-cache" if fine else "no-store"
