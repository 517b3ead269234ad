"""Chinese first, English beside it: which language an answer is in, and the link to the other one."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask, Response, g, request
from flask_babel import Babel, force_locale

from scheduler.errors import LANGUAGES, Language
from web import wishes


def install(app: Flask) -> None:
    """Make templates speak the request's language, and remember one that was asked for."""
    Babel(app, default_locale="zh", default_timezone="Asia/Shanghai", locale_selector=current)
    app.jinja_env.globals.update(language=current, switch_url=switch_url)
    app.after_request(_remember)


def current() -> Language:
    """Return the language asked for by `?lang=`, the cookie or the browser, in this order; else Chinese."""
    if "language" not in g:
        g.language = _known(wishes.wished("lang")) or _of_browser()
    language: Language = g.language
    return language


@contextmanager
def speaking(language: Language) -> Iterator[None]:
    """Speak another language for a while: a paper's need not be the page's."""
    before, g.language = current(), language
    try:
        with force_locale(language):
            yield
    finally:
        g.language = before


def switch_url(language: Language) -> str:
    """Return the address of this page in a language; the filter stays."""
    return wishes.wish_url(lang=language)


def _asked() -> Language | None:
    return _known(request.args.get("lang"))


def _known(text: str | None) -> Language | None:
    return next((language for language in LANGUAGES if language == text), None)


def _of_browser() -> Language:
    # not best_match(): with "en-GB,zh;q=0.5" it prefers the exact "zh" to the wanted "en"
    wanted = (tag.partition("-")[0].lower() for tag in request.accept_languages.values())
    return next(filter(None, map(_known, wanted)), "zh")


def _remember(response: Response) -> Response:
    if "language" in g:
        response.vary.update(("Accept-Language", "Cookie"))
    asked = _asked()
    if asked:
        wishes.keep(response, "lang", asked)
    return response
