"""One subject of the API: a blueprint whose operations cannot be written without saying who may use them."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import request
from flask_smorest import Blueprint
from marshmallow import Schema

from scheduler.models import TokenScope
from web.api.parsing import StrictParser
from web.api.shapes import made
from web.policy import OPEN, View, declared_by
from web.schemas.account import Nothing
from web.schemas.base import Form

ROOT = "/api/v1"
SCOPES: dict[Callable[..., Any], TokenScope] = {}
IF_MATCH = {
    "name": "If-Match",
    "in": "header",
    "required": True,
    "schema": {"type": "string"},
    "description": "The ETag of what you have read; 412 when it has changed since.",
}
IDEMPOTENCY_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": True,
    "schema": {"type": "string", "pattern": "^[A-Za-z0-9_-]{8,64}$"},
    "description": "Drawn by you, new for every deed; sent again it gives the same answer, no second deed.",
}


class Undeclared(Exception):  # noqa: N818 — names what was found
    """An operation for members that does not say which scope a token needs."""


class Subject(Blueprint):  # type: ignore[misc] # flask-smorest has no types
    """A blueprint below /api/v1 with operations in place of routes."""

    ARGUMENTS_PARSER = StrictParser()

    def __init__(self, name: str, description: str) -> None:
        super().__init__(name, __name__, url_prefix=ROOT, description=description)

    def operation(  # noqa: PLR0913 — an operation is all of this
        self,
        method: str,
        rule: str,
        declare: Callable[[View], View],
        *,
        scope: TokenScope | None = None,
        answer: type[Schema] | None = None,
        status: int = 200,
        query: type[Form] | None = None,
        body: type[Form] | None = None,
        edits: bool = False,
        creates: bool = False,
    ) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
        """Declare a view as an operation; it is called with its query and its body, where it has them.

        `declare` is its policy, `scope` what a token must allow; `edits` documents If-Match and `creates`
        the idempotency key. Raises Undeclared at import when one for members names no scope.
        """

        def decorate(view: Callable[..., Any]) -> Callable[..., Any]:
            shown = self.response(status, answer)(view) if answer else view
            if body:
                shown = self.arguments(made(body))(shown)
            shown = self._asked(query, shown)
            headers = [header for header, used in ((IF_MATCH, edits), (IDEMPOTENCY_KEY, creates)) if used]
            shown = self.doc(**_documented(headers, scope), operationId=view.__name__)(shown)
            declared = declare(shown)
            if declared_by(declared).audience not in OPEN and scope is None:
                raise Undeclared(view.__name__)
            if scope:
                SCOPES[declared] = scope
            self.add_url_rule(
                rule,
                view.__name__,
                declared,
                methods=[method],
                provide_automatic_options=False,
            )
            return view

        return decorate

    def _asked(self, query: type[Form] | None, view: Callable[..., Any]) -> Callable[..., Any]:
        """Read the query first; an operation without one refuses every parameter."""
        if query:
            asked: Callable[..., Any] = self.arguments(made(query), location="query")(view)
            return asked

        @wraps(view)
        def strict(*args: Any, **kwargs: Any) -> Any:  # noqa: ANN401
            if request.query_string:
                self.ARGUMENTS_PARSER.parse(made(Nothing), request, location="query")
            return view(*args, **kwargs)

        return strict


def _documented(headers: list[dict[str, Any]], scope: TokenScope | None) -> dict[str, Any]:
    problem = {"$ref": "#/components/schemas/Problem"}
    found: dict[str, Any] = {
        "responses": {
            "default": {
                "description": "A problem (RFC 9457)",
                "content": {"application/problem+json": {"schema": problem}},
            }
        },
        "security": [{"token": [scope.value]}] if scope else [],
    }
    if headers:
        found["parameters"] = headers
    return found
