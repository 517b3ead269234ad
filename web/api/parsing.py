"""What comes in over the API: strict JSON and strict queries, refused with every field at fault."""

import json
import re
from typing import Any, NoReturn

from flask import Request, request
from marshmallow import RAISE, Schema, ValidationError
from webargs.flaskparser import FlaskParser

from web.problems import BadBody, BadFields, WrongMediaType
from web.schemas.base import shown

DEEPEST = 12
STRINGS = re.compile(rb'"(?:[^"\\]|\\.)*"', re.DOTALL)
BRACKETS = re.compile(rb"[\[\]{}]")
SHOWN_FIELDS = 20


class StrictParser(FlaskParser):
    """Reads bodies and queries; what a schema does not name is refused, and nothing may be said twice."""

    DEFAULT_UNKNOWN_BY_LOCATION = {"json": RAISE, "query": RAISE}  # noqa: RUF012 — webargs reads it

    def load_json(self, req: Request, schema: Schema) -> Any:  # noqa: ANN401 — whatever JSON holds
        """Return the body; raises WrongMediaType and BadBody."""
        if not req.is_json:
            raise WrongMediaType
        return read_json(req.get_data())

    def load_querystring(self, req: Request, schema: Schema) -> dict[str, str]:
        """Return the query, empty values left out; raises BadFields for a name that comes twice."""
        values = {}
        for name, found in req.args.lists():
            if len(found) > 1:
                raise BadFields(field=shown(name), fields={shown(name): ["given more than once"]})
            if found[0]:
                values[name] = found[0]
        return values

    def handle_error(
        self,
        error: ValidationError,
        req: Request,
        schema: Schema,
        *,
        error_status_code: int | None,
        error_headers: Any,  # noqa: ANN401 — webargs' own
    ) -> NoReturn:
        """Raise BadFields with what is wrong with each field."""
        messages: dict[str, Any] = error.normalized_messages()  # type: ignore[no-untyped-call]
        found = next(iter(messages.values()))
        faults = dict(list(found.items())[:SHOWN_FIELDS]) if isinstance(found, dict) else {"body": found}
        named = {shown(str(name)): fault for name, fault in faults.items()}
        raise BadFields(field=", ".join(named), fields=named) from error


def read_json(body: bytes) -> Any:  # noqa: ANN401 — whatever JSON holds
    """Return what a JSON text holds; raises BadBody for what is broken, too deep, or no JSON number."""
    try:
        if _depth(body) > DEEPEST:
            raise BadBody(deepest=DEEPEST)
        return DECODER.decode(body.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise BadBody(deepest=DEEPEST) from error


def _depth(body: bytes) -> int:
    """Return how deep brackets are nested, strings aside."""
    depth = deepest = 0
    for found in BRACKETS.finditer(STRINGS.sub(b"", body)):
        depth += 1 if found[0] in b"[{" else -1
        deepest = max(deepest, depth)
    return deepest


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no JSON")


DECODER = json.JSONDecoder(parse_constant=_refuse)


def body_or_nothing() -> Any:  # noqa: ANN401 — whatever JSON holds
    """Return the request's body, None where there is none; raises BadBody."""
    body = request.get_data()
    return read_json(body) if body else None
