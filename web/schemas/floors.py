"""What the forms of floor plans may say: lengths in metres, which become millimetres."""

import re
from typing import Any

from marshmallow import ValidationError, fields

from web.schemas.base import Form, Text, Whole
from web.security import HIGHEST_ID


class Metres(fields.Field[int]):
    """A length such as 42 or 2.5, to the millimetre; the form's value becomes whole millimetres."""

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(metadata={"type": "string", "pattern": "^[0-9]{1,3}([.][0-9]{1,3})?$"}, **kwargs)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> int:  # noqa: ANN401
        match = re.fullmatch(r"(\d{1,3})(?:\.(\d{1,3}))?", str(value), re.ASCII)
        if not match:
            raise ValidationError("not a length in metres")
        return int(match[1]) * 1_000 + int((match[2] or "0").ljust(3, "0"))


class GenerateForm(Form):
    """Make a plan from a hall's numbers; the service judges them. An unticked box is not sent."""

    name = Text(longest=80, required=True)
    width = Metres(required=True)
    depth = Metres(required=True)
    booths = Whole(least=0, most=HIGHEST_ID, required=True)
    booth_width = Metres(required=True)
    booth_depth = Metres(required=True)
    aisle = Metres(required=True)
    main_aisle = Metres(required=True)
    doors = Whole(least=0, most=HIGHEST_ID, required=True)
    stage = fields.Boolean(load_default=False)


class RevisionForm(Form):
    """A deed on a plan as it was seen."""

    revision = Whole(least=1, most=HIGHEST_ID, required=True)
