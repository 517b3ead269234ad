"""One log line a request: who asked for which route and how it went; ids only, nothing anybody typed."""

import logging
import time
import uuid

import structlog
from flask import Flask, Response, g, request

log = logging.getLogger(__name__)


def install(app: Flask) -> None:
    """Give every request an id, which its log lines, its answer and a problem document carry."""
    app.before_request(_begin)
    app.after_request(_end)


def _begin() -> None:
    g.request_id, g.begun = uuid.uuid4().hex, time.monotonic()
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(request_id=g.request_id)


def _end(response: Response) -> Response:
    if "request_id" not in g:
        return response
    response.headers["X-Request-Id"] = g.request_id
    actor = g.get("actor")
    log.info(
        "request",
        extra={
            "method": request.method,
            "route": request.endpoint,
            "status": response.status_code,
            "milliseconds": round((time.monotonic() - g.begun) * 1_000),
            "account_id": actor.account_id if actor else None,
        },
    )
    return response
