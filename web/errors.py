"""Every no has a page: what happened, what to do, in both languages."""

import logging

from flask import Flask, Response, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext
from werkzeug.exceptions import HTTPException

from scheduler.database import REFUSED_VALUES
from scheduler.errors import Refusal
from web.language import current

log = logging.getLogger(__name__)

SENTENCES = {
    400: lazy_gettext("地址或表单中有无法识别的内容。请返回上一页重新选择。"),
    404: lazy_gettext("没有找到这个页面。它可能已被撤下，或地址不完整。"),
    405: lazy_gettext("这个地址不接受这种操作。请从页面上的按钮进入。"),
    413: lazy_gettext("提交的内容太大。请缩短后重新提交。"),
    429: lazy_gettext("操作过于频繁。请稍候再试。"),
    500: lazy_gettext("系统出现故障，已记录。请稍后再试；已发布的安排不受影响。"),
}
UNUSABLE = 400
MALFUNCTION = 500


def install(app: Flask) -> None:
    """Answer refusals and errors with a page, or with one line to what is not a browser."""
    app.register_error_handler(Refusal, _answer_refusal)
    app.register_error_handler(HTTPException, _answer_http)
    for unusable in (*REFUSED_VALUES, OverflowError, RecursionError):
        app.register_error_handler(unusable, _answer_unusable)
    app.register_error_handler(Exception, _answer_malfunction)


def _answer_refusal(refusal: Refusal) -> Response:
    return _answer(refusal.status, refusal.text(current()))


def _answer_http(error: HTTPException) -> ResponseReturnValue:
    if error.code is None or error.code < UNUSABLE:  # a redirect is no error
        return error.get_response()
    response = _answer(error.code, str(SENTENCES.get(error.code, error.description or "")))
    kept = {"Allow", "Retry-After"}
    response.headers.extend((name, value) for name, value in error.get_headers() if name in kept)
    return response


def _answer_unusable(error: Exception) -> Response:
    log.warning("refused %s %s: %s", request.method, request.endpoint, type(error).__name__)
    return _answer(UNUSABLE, str(SENTENCES[UNUSABLE]))


def _answer_malfunction(error: Exception) -> Response:
    # the endpoint, not the address: a query may hold what somebody typed
    log.error("failed %s %s", request.method, request.endpoint, exc_info=error)
    return _answer(MALFUNCTION, str(SENTENCES[MALFUNCTION]))


def _answer(status: int, sentence: str) -> Response:
    wants_page = request.accept_mimetypes.accept_html and not request.path.endswith(".ics")
    if wants_page:
        return make_response(render_template("errors/error.html", status=status, sentence=sentence), status)
    return Response(sentence + "\n", status, mimetype="text/plain")
