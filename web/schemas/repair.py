"""What the pages on repairing the schedule may be asked, and what their forms may say."""

from typing import Any

from marshmallow import fields
from marshmallow.validate import OneOf, Regexp

from scheduler.services.planning import REASONS
from web.schemas.base import Form, Text, Whole
from web.schemas.organizer import PageQuery, QuarterField
from web.security import HIGHEST_ID


class WholeOrNothing(fields.Field[int | None]):
    """A whole number that the organizer may leave empty."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> int | None:  # noqa: ANN401
        if value == "":
            return None
        return int(Whole(least=0, most=HIGHEST_ID).deserialize(value, attr, data, **kwargs))


class RepairQuery(PageQuery):
    """The repair page: what has happened."""

    reason = fields.String(load_default="closure", validate=OneOf(REASONS))


class RepairForm(Form):
    """Mend the schedule: what has happened, and how much may change; the service judges the numbers."""

    quarter = QuarterField(required=True)
    reason = fields.String(required=True, validate=OneOf(REASONS))
    venue = Whole(least=1, most=HIGHEST_ID, load_default=None)
    crew = Whole(least=1, most=HIGHEST_ID, load_default=None)
    event = Whole(least=1, most=HIGHEST_ID, load_default=None)
    first_on = fields.Date(format="%Y-%m-%d", load_default=None)
    last_on = fields.Date(format="%Y-%m-%d", load_default=None)
    why = Text(longest=120, load_default="")
    frozen_days = Whole(least=0, most=HIGHEST_ID, required=True)
    most_moves = WholeOrNothing(load_default=None)
    only_unpublished = fields.String(load_default="", validate=OneOf(["", "1"]))
    only_city = fields.String(load_default="", validate=Regexp(r"([1-9][0-9]{5})?\Z"))
