"""What many answers of the API are made of; every answer lists its fields, so nothing leaves by accident."""

from functools import cache
from typing import Any

from flask import Response, current_app
from marshmallow import Schema, fields


@cache
def made(shape: type[Schema]) -> Schema:
    """Return a shape ready to show values: to copy all its fields anew costs more than to show a row."""
    return shape()


def shown(shape: type[Schema], value: Any) -> Response:  # noqa: ANN401 — whatever the shape shows
    """Return what a shape shows of a value as an answer, while the value's transaction is still open."""
    text = current_app.json.dumps(made(shape).dump(value), separators=(",", ":"))
    return Response(text + "\n", mimetype="application/json")


def text(**kwargs: Any) -> fields.String:  # noqa: ANN401
    """Return a text that is always there."""
    return fields.String(required=True, **kwargs)


def number(**kwargs: Any) -> fields.Integer:  # noqa: ANN401
    """Return a whole number that is always there."""
    return fields.Integer(required=True, **kwargs)


def flag() -> fields.Boolean:
    """Return a yes or no that is always there."""
    return fields.Boolean(required=True)


def moment(**kwargs: Any) -> fields.DateTime:  # noqa: ANN401
    """Return a moment that is always there, in UTC."""
    return fields.DateTime(required=True, format="iso", **kwargs)


def day(**kwargs: Any) -> fields.Date:  # noqa: ANN401
    """Return a day in Shanghai that is always there."""
    return fields.Date(required=True, **kwargs)


def one(shape: type[Schema], **kwargs: Any) -> fields.Nested:  # noqa: ANN401
    """Return an object that is always there."""
    return fields.Nested(shape, required=True, **kwargs)


def many(shape: type[Schema]) -> fields.List[Any]:
    """Return a list of objects that is always there."""
    return fields.List(fields.Nested(shape), required=True)


class Name(Schema):
    """A thing with a code and its name in both languages."""

    code = text()
    zh = text()
    en = text()


class Problem(Schema):
    """Why a request was refused (RFC 9457): `code` for programs, `sentences` for people."""

    type = text()
    title = text()
    status = number()
    detail = text()
    code = text()
    sentences = fields.Dict(keys=fields.String(), values=fields.String(), required=True)
    fields_ = fields.Dict(data_key="fields", keys=fields.String())
    request_id = fields.String(allow_none=True, required=True)
