"""What the pages on repairing the schedule may be asked, and what their forms may say."""

import re
from typing import Any, NamedTuple

from marshmallow import ValidationError, fields
from marshmallow.validate import OneOf, Regexp

from scheduler.models import EventKind
from scheduler.services.planning import REASONS
from web.schemas.base import Form, Text, Whole
from web.schemas.organizer import PageQuery, QuarterField, RegionField
from web.security import HIGHEST_ID

MOST_BOOTHS, MOST_PEOPLE = 5_000, 1_000_000


class Leaving(NamedTuple):
    """An enterprise that leaves one event, or every event (None) of the quarter."""

    enterprise_id: int
    event_id: int | None


class LeavingField(fields.Field[Leaving]):
    """Who leaves what, such as 345-12; 345-all for every event."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Leaving:  # noqa: ANN401
        match = re.fullmatch(r"([1-9][0-9]{0,8})-(all|[1-9][0-9]{0,8})", str(value), re.ASCII)
        if not match:
            raise ValidationError("neither one event nor all")
        return Leaving(int(match[1]), None if match[2] == "all" else int(match[2]))


class RepairQuery(PageQuery):
    """The repair page: what has happened; of an enterprise that leaves, its name, code or event."""

    reason = fields.String(load_default="closure", validate=OneOf(REASONS))
    event = Whole(least=1, most=HIGHEST_ID, load_default=None)
    q = Text(longest=60, load_default="")


class BudgetForm(Form):
    """How much of the schedule may change; the service judges the numbers."""

    quarter = QuarterField(required=True)
    frozen_days = Whole(least=0, most=HIGHEST_ID, required=True)
    most_moves = Whole(least=0, most=HIGHEST_ID, load_default=None)
    only_unpublished = fields.String(load_default="", validate=OneOf(["", "1"]))
    only_city = fields.String(load_default="", validate=Regexp(r"([1-9][0-9]{5})?\Z"))


class RepairForm(BudgetForm):
    """Mend the schedule: what has happened."""

    reason = fields.String(required=True, validate=OneOf(["closure", "absence", "insertion", "check"]))
    venue = Whole(least=1, most=HIGHEST_ID, load_default=None)
    crew = Whole(least=1, most=HIGHEST_ID, load_default=None)
    event = Whole(least=1, most=HIGHEST_ID, load_default=None)
    first_on = fields.Date(format="%Y-%m-%d", load_default=None)
    last_on = fields.Date(format="%Y-%m-%d", load_default=None)
    why = Text(longest=120, load_default="")


class NotingForm(BudgetForm):
    """Note something, and mend the schedule at once if asked to; a county only notes."""

    mend = fields.String(load_default="", validate=OneOf(["", "1"]))
    why = Text(longest=200, load_default="")


class WithdrawalForm(NotingForm):
    """An enterprise leaves; `q` and `event` are what was looked for, `place_waiting`: use the freedom."""

    leaving = LeavingField(required=True)
    place_waiting = fields.String(load_default="", validate=OneOf(["", "1"]))
    event = Whole(least=0, most=HIGHEST_ID, load_default=None)
    q = Text(longest=60, load_default="")


class UrgentForm(NotingForm):
    """An event is wanted at once; the service judges its days and sizes."""

    kind = fields.Enum(EventKind, by_value=True, required=True)
    title = Text(longest=100, load_default="")
    division = RegionField(required=True)
    first_on = fields.Date(format="%Y-%m-%d", required=True)
    last_on = fields.Date(format="%Y-%m-%d", required=True)
    booths = Whole(least=0, most=MOST_BOOTHS, required=True)
    people = Whole(least=0, most=MOST_PEOPLE, required=True)
    credit_code = Text(longest=18, load_default="")
    has_sound = fields.String(load_default="", validate=OneOf(["", "1"]))
    has_projector = fields.String(load_default="", validate=OneOf(["", "1"]))
    has_livestream = fields.String(load_default="", validate=OneOf(["", "1"]))
