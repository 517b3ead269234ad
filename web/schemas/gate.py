"""What a gate hands in: who arrived, how many passed, and which arrivals it takes back."""

from datetime import UTC, datetime
from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields, post_load
from marshmallow.validate import Length, OneOf, Range

from scheduler.models.fair_days import CheckInMeans
from scheduler.services.fair_day import Arrival, Passing
from web.schemas.base import Form, Text, Whole
from web.security import HIGHEST_ID

MOST_AT_ONCE = 100
LONGEST_CODE = 160
MOST_PEOPLE, MOST_PASSING = 99, 999
ID_LENGTH = 36
FIRST_MOMENT, LAST_MOMENT = datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)


class Moment(fields.AwareDateTime):
    """A moment with its zone, between 2000 and 2100."""

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(format="iso", default_timezone=None, **kwargs)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> datetime:  # noqa: ANN401
        found = super()._deserialize(value, attr, data, **kwargs)
        if not FIRST_MOMENT <= found < LAST_MOMENT:
            raise ValidationError("too far away")
        return found.replace(microsecond=0)


class Strict(Schema):
    """An object that holds what it names and nothing else."""

    class Meta:
        """Refuse unknown fields."""

        unknown = RAISE


class ArrivalShape(Strict):
    """Somebody at the gate: a code, or a booking found in the list."""

    client_id = Text(longest=ID_LENGTH, required=True, validate=Length(min=8))
    means = fields.Enum(CheckInMeans, by_value=True, required=True, validate=OneOf(list(CheckInMeans)[:2]))
    checked_at = Moment(required=True)
    code = Text(longest=LONGEST_CODE, load_default="")
    booking_id = Whole(least=1, most=HIGHEST_ID, load_default=None, allow_none=True)
    people = Whole(least=0, most=MOST_PEOPLE, load_default=1)
    let_in = fields.Boolean(load_default=False, truthy={True}, falsy={False})

    @post_load
    def _made(self, values: dict[str, Any], **_: Any) -> Arrival:  # noqa: ANN401 — marshmallow's own
        return Arrival(**values)


class PassingShape(Strict):
    """So many went in, or out."""

    client_id = Text(longest=ID_LENGTH, required=True, validate=Length(min=8))
    people = fields.Integer(required=True, strict=True, validate=Range(-MOST_PASSING, MOST_PASSING))
    passed_at = Moment(required=True)

    @post_load
    def _made(self, values: dict[str, Any], **_: Any) -> Passing:  # noqa: ANN401 — marshmallow's own
        if not values["people"]:
            raise ValidationError("nobody passed", "people")
        return Passing(**values)


class HandInShape(Strict):
    """Everything a gate has noted since it handed in last, some at a time."""

    arrivals = fields.List(fields.Nested(ArrivalShape), load_default=list, validate=Length(max=MOST_AT_ONCE))
    passings = fields.List(fields.Nested(PassingShape), load_default=list, validate=Length(max=MOST_AT_ONCE))
    undoings = fields.List(
        Text(longest=ID_LENGTH, validate=Length(min=8)), load_default=list, validate=Length(max=MOST_AT_ONCE)
    )


class ListQuery(Form):
    """A gate's list: whole, or what is new since a moment."""

    since = Moment(load_default=None)
