"""Creating over the API: each POST carries a key, and the same key never creates twice."""

import hashlib
import json
import re
from collections.abc import Callable
from typing import Any

from flask import Response, current_app, request
from marshmallow import Schema
from sqlalchemy.orm import Session

from scheduler.database import Clash
from scheduler.errors import Refusal
from scheduler.services.once import Asked, Kept, keep, kept_answer
from web.actors import signed_in
from web.api.parsing import body_or_nothing
from web.api.shapes import made
from web.site import asking, writing

KEY = re.compile(r"[A-Za-z0-9_-]{8,64}")
CREATED = 201


class KeyMissing(Refusal):
    """A creating POST without a usable key."""

    status = 400
    code = "idempotency_key_missing"
    zh = "请在 Idempotency-Key 中带上自拟的键（8–64 位字母、数字、- 或 _），重试时使用同一个键。"
    en = "Send an Idempotency-Key of your own (8–64 letters, digits, - or _), the same one when you retry."


def create(
    deed: Callable[[Session], Any],
    shape: type[Schema],
    *,
    kept: Callable[[dict[str, Any]], dict[str, Any]] | None = None,
    status: int = CREATED,
) -> Response:
    """Do a deed in one transaction with its key, and answer what `shape` shows of its result.

    The key is kept last, so what comes once costs one statement more; what comes a second time is done,
    clashes with the first, and is taken back.

    `kept` makes of the first answer what a retry gets instead: it leaves out secrets. A refusal keeps
    nothing, so that it may be tried again. Raises KeyMissing, OtherRequest, InFlight, and what the deed does.
    """
    key = request.headers.get("Idempotency-Key", "")
    if not KEY.fullmatch(key):
        raise KeyMissing
    asked = Asked(signed_in().account_id, key, _fingerprint())
    try:
        with writing() as session:
            found: dict[str, Any] = made(shape).dump(deed(session))
            answer = _written(found)
            keep(session, asked, Kept(status, _written(kept(found)) if kept else answer))
    except (Refusal, Clash):  # perhaps because it was done before
        with asking() as session:
            before = kept_answer(session, asked)
        if before is None:
            raise
        return _answer(before.answer, before.status, is_replay=True)
    return _answer(answer, status, is_replay=False)


def _fingerprint() -> str:
    """Return a fingerprint of what is asked: the method, the address, and what the body means."""
    body = json.dumps(body_or_nothing(), sort_keys=True)
    asked = "\n".join((request.method, request.full_path, body))
    return hashlib.sha256(asked.encode()).hexdigest()


def _written(values: dict[str, Any]) -> str:
    return current_app.json.dumps(values)


def _answer(text: str, status: int, *, is_replay: bool) -> Response:
    response = Response(text + "\n", status, mimetype="application/json")
    if is_replay:
        response.headers["Idempotent-Replayed"] = "true"
    return response
