"""A no on the API is a problem document (RFC 9457): a code for programs, sentences in both languages."""

from typing import Any

from flask import Response, current_app, g, request
from werkzeug.http import HTTP_STATUS_CODES

from scheduler.errors import Refusal
from web.language import current

PREFIX = "/api/"
MEDIA_TYPE = "application/problem+json"


class BadFields(Refusal):
    """A body or query with a field that is missing, unknown or cannot be used; names every one."""

    status = 422
    code = "bad_fields"
    zh = "请求中有无法使用的内容：{field}。请对照 fields 逐项改正后重新提交；未保存任何内容。"
    en = "The request cannot be used: {field}. Mend what `fields` names and send it again; nothing was saved."


class BadBody(Refusal):
    """A body that is no JSON, or nested deeper than anything we ask for."""

    status = 400
    code = "bad_body"
    zh = "请求正文不是可用的 JSON（应为 UTF-8、嵌套不超过 {deepest} 层）。请检查后重新提交。"
    en = "The body is no usable JSON (UTF-8, at most {deepest} levels deep). Check it and send it again."


class WrongMediaType(Refusal):
    """A body that does not say it is JSON."""

    status = 415
    code = "wrong_media_type"
    zh = "请求正文的类型应为 application/json。"
    en = "The body must be sent as application/json."


def is_ours() -> bool:
    """Tell whether the request is for the API, whose answers are never pages."""
    return request.path.startswith(PREFIX)


def of_refusal(refusal: Refusal) -> Response:
    """Return a refusal as a problem; what it knows of single fields goes with it."""
    sentences = {"zh": refusal.text("zh"), "en": refusal.text("en")}
    fields = refusal.values.get("fields")
    response = problem(refusal.status, refusal.code, sentences, fields=fields)
    if "seconds" in refusal.values:
        response.headers["Retry-After"] = str(refusal.values["seconds"])
    if refusal.status == 401:  # noqa: PLR2004
        response.headers["WWW-Authenticate"] = 'Bearer realm="fair"'
    return response


def problem(status: int, code: str, sentences: dict[str, str], *, fields: object = None) -> Response:
    """Return a problem document; `sentences` say what happened and what to do, by language."""
    document: dict[str, Any] = {
        "type": f"urn:fair-scheduler:problem:{code}",
        "title": HTTP_STATUS_CODES.get(status, "Error"),
        "status": status,
        "detail": sentences[current()],
        "code": code,
        "sentences": sentences,
        "request_id": g.get("request_id"),
    }
    if fields:
        document["fields"] = fields
    return Response(current_app.json.dumps(document) + "\n", status, mimetype=MEDIA_TYPE)
