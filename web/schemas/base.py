"""What may come in: forms and queries that refuse every field they do not name."""

import re
from collections.abc import Mapping
from typing import Any, Self

from flask import request
from marshmallow import RAISE, Schema, ValidationError, fields, missing
from marshmallow.validate import Regexp
from werkzeug.datastructures import MultiDict

from scheduler.errors import Refusal
from scheduler.texts import UnfitText, cleaned

BESIDE_FORMS = {"csrf_token"}
BESIDE_QUERIES = {"lang"}
LONGEST_SECRET = 1_000


class BadForm(Refusal):
    """A form or query with a field that is missing, unknown or cannot be read."""

    status = 400
    code = "bad_form"
    zh = "“{field}”的内容无法使用。请返回上一页，检查后重新提交；未保存任何内容。"
    en = "“{field}” cannot be used. Go back, check it and send it again; nothing was saved."

    def __init__(self, *, field: str, faults: Mapping[str, fields.Field[Any] | None] | None = None) -> None:
        """Keep every field at fault, by the name under which it was sent, with how the form declares it."""
        super().__init__(field=field)
        self.faults = faults or {field: None}

    @classmethod
    def of(cls, form: Schema, error: ValidationError) -> Self:
        """Return the refusal of a form by what marshmallow found."""
        declared = {one.data_key or name: one for name, one in form.fields.items()}
        names = [str(name) for name in error.messages] if isinstance(error.messages, Mapping) else []
        faults = {name: declared.get(name) for name in names}
        return cls(field=shown(next(iter(names), "")), faults=faults)


class Form(Schema):
    """A form or query: what it does not name is refused."""

    class Meta:
        """Refuse unknown fields."""

        unknown = RAISE


class Text(fields.String):
    """One line of text: NFC, without marks nobody sees, at most `longest` characters."""

    def __init__(self, *, longest: int, lines: bool = False, **kwargs: Any) -> None:  # noqa: ANN401
        self.longest, self.lines = longest, lines
        super().__init__(metadata={"maxLength": longest}, **kwargs)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:  # noqa: ANN401
        text = str(super()._deserialize(value, attr, data, **kwargs))
        try:
            return cleaned(text, longest=self.longest, lines=self.lines)
        except UnfitText as error:
            raise ValidationError("too long, or with characters that cannot be seen") from error


class Seen(fields.String):
    """What a form was made from (scheduler/services/meanwhile.py), as the page wrote it."""

    def __init__(self) -> None:
        super().__init__(load_default=None, validate=Regexp(r"[0-9a-f]{1,16}\Z"))


class Secret(fields.String):
    """What is typed unseen, such as a password: kept as it was typed, and not endless."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:  # noqa: ANN401
        text = str(super()._deserialize(value, attr, data, **kwargs))
        if len(text) > LONGEST_SECRET:
            raise ValidationError("too long")
        return text


class Whole(fields.Integer):
    """A whole number in ASCII digits, from `least` to `most`."""

    def __init__(self, *, least: int, most: int, **kwargs: Any) -> None:  # noqa: ANN401
        self.least, self.most = least, most
        super().__init__(metadata={"minimum": least, "maximum": most}, **kwargs)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> int:  # noqa: ANN401
        if not re.fullmatch(r"[0-9]{1,10}", str(value), re.ASCII):
            raise ValidationError("not a whole number")
        if not self.least <= int(value) <= self.most:
            raise ValidationError("out of range")
        return int(value)


def posted(form: type[Schema]) -> dict[str, Any]:
    """Return what the request's form says; raises BadForm naming the fields at fault."""
    return _loaded(form, request.form, BESIDE_FORMS)


def attempted(form: type[Schema]) -> tuple[dict[str, Any], frozenset[str]]:
    """Return what the request's form says and the fields at fault, for a page that says so beside each.

    With a field at fault nothing is returned of the others. Raises BadForm for a field that no page sends.
    """
    try:
        values = _read(form(), _single(request.form, BESIDE_FORMS))
    except ValidationError as error:
        faults = frozenset(error.messages) if isinstance(error.messages, Mapping) else frozenset()
        unknown = faults - form().fields.keys()
        if unknown:
            raise BadForm(field=shown(min(unknown))) from error
        return {}, faults
    return values, frozenset()


def asked(query: type[Form]) -> dict[str, Any]:
    """Return what the request's query says, empty values left out; raises BadForm."""
    return _loaded(query, request.args, BESIDE_QUERIES, empty_is_missing=True)


def _loaded(
    form: type[Schema], given: MultiDict[str, str], beside: set[str], *, empty_is_missing: bool = False
) -> dict[str, Any]:
    values = _single(given, beside)
    if empty_is_missing:
        values = {name: value for name, value in values.items() if value}
    filled = form()
    try:
        return _read(filled, values)
    except ValidationError as error:
        raise BadForm.of(filled, error) from error


def _read(form: Schema, values: Mapping[str, str]) -> dict[str, Any]:
    """Read values without what was left empty and may be missing: a browser sends it as "".

    Raises ValidationError.
    """
    spare = {name for name, field in form.fields.items() if field.load_default is not missing}
    read: dict[str, Any] = form.load(
        {name: value for name, value in values.items() if value or name not in spare}
    )
    return read


def _single(given: MultiDict[str, str], beside: set[str]) -> dict[str, str]:
    """Return the values by name; raises BadForm for a name that was sent twice."""
    twice = [name for name, found in given.lists() if len(found) > 1]
    if twice:
        raise BadForm(field=shown(twice[0]))
    return {name: value for name, value in given.items() if name not in beside}


def shown(name: str) -> str:
    """Return a name somebody sent, fit to be shown in a sentence."""
    return "".join(letter for letter in name[:40] if letter.isprintable())
