"""The forms of a fair's day: places, gates, conflicts, the paper sheet."""

import re
from typing import Any

from marshmallow import ValidationError, fields

from scheduler.services.fair_day import LONGEST_HOURS
from web.schemas.base import Form, Text, Whole

MOST_PLACES = 999_999
LONGEST_SHEET = 6_000
SEPARATORS = re.compile(r"[\s,，、;；]+")


class PlacesForm(Form):
    """How many places an event has."""

    capacity = Whole(least=0, most=MOST_PLACES, required=True)


class GateForm(Form):
    """Open a gate."""

    name = Text(longest=40, required=True)
    zone = Text(longest=40, load_default="")
    hours = Whole(least=1, most=LONGEST_HOURS, required=True)


class SettleForm(Form):
    """Say how a conflict was settled."""

    settlement = Text(longest=200, required=True)


class BoothCodes(fields.Field[tuple[str, ...]]):
    """Booth codes as somebody copies them from paper, with whatever stands between them."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> tuple[str, ...]:  # noqa: ANN401
        text = str(Text(longest=LONGEST_SHEET, lines=True).deserialize(value, attr, data, **kwargs))
        codes = tuple(dict.fromkeys(code.upper() for code in SEPARATORS.split(text) if code))
        if any(len(code) > 12 for code in codes):  # noqa: PLR2004 — as booths are called
            raise ValidationError("no booth is called so")
        return codes


class SheetForm(Form):
    """What a paper sheet says."""

    sheet = Text(longest=20, required=True)
    booths = BoothCodes(load_default=())
    visitors = Whole(least=0, most=999, load_default=0)
