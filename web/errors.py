"""Every no has a page: what happened, what to do, in both languages."""

import logging
from http import HTTPStatus

from flask import Flask, Response, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import LazyString, force_locale, lazy_gettext
from werkzeug.exceptions import HTTPException

from scheduler.database import Clash, NoneLeft, RefusedValue, Stale, Unreachable, is_in_the_way
from scheduler.errors import LANGUAGES, Crowded, Refusal
from web import coming_back, problems
from web.language import current
from web.schemas.base import BadForm

log = logging.getLogger(__name__)

SENTENCES = {
    400: lazy_gettext("地址或表单中有无法识别的内容。请返回上一页重新选择。"),
    404: lazy_gettext("没有找到这个页面。它可能已被撤下，或地址不完整。"),
    405: lazy_gettext("这个地址不接受这种操作。请从页面上的按钮进入。"),
    409: lazy_gettext("内容刚刚被别人改动，这次提交没有生效。请刷新页面后再试。"),
    413: lazy_gettext("提交的内容太大。请缩短后重新提交。"),
    429: lazy_gettext("操作过于频繁。请稍候再试。"),
    500: lazy_gettext("系统出现故障，已记录。请稍后再试；已发布的安排不受影响。"),
    503: lazy_gettext("数据库暂时无法连接。请过一分钟再试；已发布的安排不受影响。"),
}
UNUSABLE = 400
CONFLICT = 409
MALFUNCTION = 500
AWAY = 503
AWAY_SECONDS = 60


def install(app: Flask) -> None:
    """Answer refusals and errors with a page, or with one line to what is not a browser."""
    app.register_error_handler(Refusal, _answer_refusal)
    app.register_error_handler(HTTPException, _answer_http)
    for unusable in (RefusedValue, OverflowError, RecursionError):
        app.register_error_handler(unusable, _answer_unusable)
    for clash in (Clash, Stale):
        app.register_error_handler(clash, _answer_clash)
    for away in (Unreachable, NoneLeft):
        app.register_error_handler(away, _answer_away)
    app.register_error_handler(Exception, _answer_malfunction)


def has_no_page(refusal: Refusal) -> bool:
    """Tell whether a refusal cannot be said on the page it is about: there is none for whoever asked."""
    return refusal.status in {HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND}


def _answer_refusal(refusal: Refusal) -> Response:
    if problems.is_ours():
        return problems.of_refusal(refusal)
    if isinstance(refusal, BadForm) and request.accept_mimetypes.accept_html:
        page = coming_back.page_of(refusal)
        return make_response(page, refusal.status) if page else _answer(refusal.status, SENTENCES[UNUSABLE])
    return _answer(refusal.status, refusal.text(current()))


def _answer_http(error: HTTPException) -> ResponseReturnValue:
    if error.code is None or error.code < UNUSABLE:  # a redirect is no error
        return error.get_response()
    kind = error.code if error.code in SENTENCES else error.code // 100 * 100
    response = _answer(error.code, SENTENCES[kind])
    kept = {"Allow", "Retry-After"}
    response.headers.extend((name, value) for name, value in error.get_headers() if name in kept)
    return response


def _answer_unusable(error: Exception) -> Response:
    log.warning("refused %s %s: %s", request.method, request.endpoint, type(error).__name__)
    return _answer(UNUSABLE, SENTENCES[UNUSABLE])


def _answer_clash(error: Exception) -> Response:
    log.warning("clash in %s %s: %s", request.method, request.endpoint, type(error).__name__)
    return _answer(CONFLICT, SENTENCES[CONFLICT])


def _answer_away(error: Exception) -> Response:
    if isinstance(error, Unreachable) and is_in_the_way(error):
        log.warning("in the way: %s %s", request.method, request.endpoint)
        return _answer_refusal(Crowded(seconds=1))
    log.error("the database is away: %s %s", request.method, request.endpoint)
    response = _answer(AWAY, SENTENCES[AWAY])
    response.headers["Retry-After"] = str(AWAY_SECONDS)
    return response


def _answer_malfunction(error: Exception) -> Response:
    # the endpoint, not the address: a query may hold what somebody typed
    log.error("failed %s %s", request.method, request.endpoint, exc_info=error)
    return _answer(MALFUNCTION, SENTENCES[MALFUNCTION])


def _answer(status: int, sentence: str | LazyString) -> Response:
    if problems.is_ours():
        return problems.problem(status, HTTPStatus(status).name.lower(), _in_both(sentence))
    wants_page = request.accept_mimetypes.accept_html and not request.path.endswith(".ics")
    if wants_page:
        return make_response(render_template("errors/error.html", status=status, sentence=sentence), status)
    return Response(f"{sentence}\n", status, mimetype="text/plain")


def _in_both(sentence: str | LazyString) -> dict[str, str]:
    found: dict[str, str] = {}
    for language in LANGUAGES:
        with force_locale(language):
            found[language] = str(sentence)
    return found
