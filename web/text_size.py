"""Large text for who asks for it: 21 px in place of 17."""

from flask import Flask, Response, request

from web import wishes

SIZES = ("normal", "large")


def install(app: Flask) -> None:
    """Let templates ask for the size and remember a size that was asked for."""
    app.jinja_env.globals.update(text_size=text_size, text_url=text_url)
    app.after_request(_remember)


def text_size() -> str:
    """Return "large" for a reader who asked for it."""
    return "large" if wishes.wished("text") == "large" else "normal"


def text_url(size: str) -> str:
    """Return the address of this page in a size of text; the filter stays."""
    return wishes.wish_url(text=size)


def _remember(response: Response) -> Response:
    asked = request.args.get("text")
    if asked in SIZES:
        wishes.keep(response, "text", asked)
    return response
