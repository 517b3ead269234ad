"""What the workbench's pages may be asked, and what its forms may say."""

import re
from datetime import date, datetime
from typing import Any

from marshmallow import ValidationError, fields
from marshmallow.validate import OneOf, Regexp

from scheduler.models import EventKind, Importance
from scheduler.quarters import Quarter, UnknownQuarter, Week
from scheduler.queries.workbench.rows import Change
from scheduler.services.planning import CUSTOMARY
from scheduler.times import moment
from web.schemas.base import Form, Text, Whole
from web.security import HIGHEST_ID

LAST_PAGE = 100_000


class QuarterField(fields.Field[Quarter]):
    """A quarter such as 2027Q1."""

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(metadata={"type": "string", "pattern": "^20[0-9]{2}Q[1-4]$"}, **kwargs)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Quarter:  # noqa: ANN401
        try:
            return Quarter.parse(str(value))
        except UnknownQuarter as refusal:
            raise ValidationError("not a quarter") from refusal


class WeekField(fields.Field[Week]):
    """An ISO week such as 2027-W03."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Week:  # noqa: ANN401
        match = re.fullmatch(r"(20\d\d)-W(\d\d)", str(value), re.ASCII)
        if not match:
            raise ValidationError("not a week")
        try:
            return Week(date.fromisocalendar(int(match[1]), int(match[2]), 1))
        except ValueError as error:
            raise ValidationError("no such week") from error


class RegionField(fields.String):
    """A six-digit division code."""

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(metadata={"pattern": "^[1-9][0-9]{5}$"}, **kwargs)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:  # noqa: ANN401
        if not re.fullmatch(r"[1-9][0-9]{5}", str(value), re.ASCII):
            raise ValidationError("not a division code")
        return str(value)


class MomentField(fields.Field[datetime]):
    """A Shanghai day and time to the minute, such as 2027-01-05T08:30."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> datetime:  # noqa: ANN401
        match = re.fullmatch(r"(20\d\d-\d\d-\d\d)T([01]\d|2[0-3]):([0-5]\d)", str(value), re.ASCII)
        if not match:
            raise ValidationError("not a time")
        try:
            return moment(date.fromisoformat(match[1]), int(match[2]) * 60 + int(match[3]))
        except ValueError as error:
            raise ValidationError("no such day") from error


class IdsField(fields.Field[tuple[int, ...]]):
    """Row ids with commas between them, such as 12,13."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> tuple[int, ...]:  # noqa: ANN401
        if not re.fullmatch(r"\d{1,9}(,\d{1,9}){0,19}", str(value), re.ASCII):
            raise ValidationError("not a list of ids")
        return tuple(int(part) for part in str(value).split(","))


class PageQuery(Form):
    """Any page: which quarter."""

    quarter = QuarterField(load_default=None)


class MonthQuery(PageQuery):
    """A month as 2027-01; the present one where none is named."""

    month = fields.String(load_default="", validate=Regexp(r"(20[0-9]{2}-(0[1-9]|1[0-2]))?\Z"))


class BoardQuery(PageQuery):
    """The duty board: which region, weeks or months, and the cell whose events are shown."""

    region = RegionField(load_default="")
    by = fields.String(load_default="week", validate=OneOf(["week", "calendar_month"]))
    duty = Text(longest=8, load_default="")
    period = Text(longest=48, load_default="")


class DutyListQuery(PageQuery):
    """The list of duties: all, or only those that bind today."""

    valid = fields.String(load_default="", validate=OneOf(["", "1"]))


class EventsQuery(PageQuery):
    """A plan's or the quarter's events: which, how shown, and the one in the panel."""

    region = RegionField(load_default="")
    kind = fields.Enum(EventKind, by_value=True, load_default=None)
    week = WeekField(load_default=None)
    q = Text(longest=60, load_default="")
    large = fields.String(load_default="", validate=OneOf(["", "1"]))
    change = fields.Enum(Change, by_value=True, load_default=None)
    view = fields.String(load_default="list", validate=OneOf(["list", "calendar", "left-out"]))
    rows = fields.String(load_default="regions", validate=OneOf(["regions", "venues"]))
    page = Whole(least=1, most=LAST_PAGE, load_default=1)
    event = Whole(least=1, most=HIGHEST_ID, load_default=None)


class PlanQuery(EventsQuery):
    """A plan: as the events, and what is asked about the one in the panel; `at` and `venues` are what if.

    `wide`: events of other cities may move too.
    """

    ask = fields.String(load_default="", validate=OneOf(["", "why"]))
    wide = fields.String(load_default="", validate=OneOf(["", "1"]))
    at = MomentField(load_default=None)
    venues = IdsField(load_default=())


class MoveForm(Form):
    """Put an event elsewhere in a draft, with the moves that were `seen`."""

    event = Whole(least=1, most=HIGHEST_ID, required=True)
    at = MomentField(required=True)
    venues = IdsField(load_default=())
    seen = Text(longest=16, required=True)
    wide = fields.String(load_default="", validate=OneOf(["", "1"]))


class UndoForm(Form):
    """Take a change by hand back, by its number within the plan."""

    number = Whole(least=1, most=HIGHEST_ID, required=True)


class ResourcesQuery(PageQuery):
    """Venues, crews or hosts."""

    what = fields.String(load_default="venues", validate=OneOf(["venues", "crews", "hosts"]))
    region = RegionField(load_default="")
    q = Text(longest=60, load_default="")
    page = Whole(least=1, most=LAST_PAGE, load_default=1)


class RunForm(Form):
    """Start a run; the service judges the numbers."""

    quarter = QuarterField(required=True)
    scope = RegionField(required=True)
    seconds = Whole(least=0, most=HIGHEST_ID, required=True)
    seed = Whole(least=0, most=HIGHEST_ID, required=True)


WeighedRunForm = RunForm.from_dict(
    {
        f"weigh_{goal}": fields.Enum(Importance, by_value=True, load_default=level)
        for goal, level in CUSTOMARY.items()
    },
    name="WeighedRunForm",
)
"""A run with how much each goal matters; a goal that is not named matters as is customary."""


class WaiverForm(Form):
    """Let a division off one duty in one period: why."""

    quarter = QuarterField(required=True)
    region = RegionField(required=True)
    duty = Text(longest=8, required=True)
    period = Text(longest=48, required=True)
    reason = Text(longest=200, required=True)


class WithdrawForm(Form):
    """Take a waiver back: for which board, and that it is meant."""

    quarter = QuarterField(required=True)
    confirmed = fields.String(required=True, validate=OneOf(["yes"]))


class CancelForm(Form):
    """Cancel a published event: why."""

    reason = Text(longest=200, lines=True, required=True)
