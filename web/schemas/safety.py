"""What the forms of an event's safety may say."""

from marshmallow import fields
from marshmallow.validate import Length

from scheduler.models import Strictness
from scheduler.models.safety import SafetyState
from web.schemas.base import Form, Seen, Text, Whole
from web.schemas.members import DayField
from web.security import HIGHEST_ID


class StepForm(Form):
    """How far a matter has come; a paper is beside the form. No owner is 0, no day of its own is empty."""

    state = fields.Enum(SafetyState, by_value=True, required=True)
    owner = Whole(least=0, most=HIGHEST_ID, load_default=0)
    due = DayField(load_default=None)
    number = Text(longest=60, load_default="")
    note = Text(longest=300, load_default="")
    seen = Seen()


class SafetyRulesForm(Form):
    """What late matters do to publishing, and when regular fairs are filed each year; month 0: never."""

    publishing = fields.Enum(Strictness, by_value=True, required=True)
    annual_month = Whole(least=0, most=12, load_default=0)
    annual_day = Whole(least=1, most=31, load_default=1)


class YearForm(Form):
    """A year whose regular fairs are meant."""

    year = Whole(least=2000, most=2099, required=True)


class FiledForm(YearForm):
    """That its plan is filed: when, and under what number."""

    filed_on = DayField(required=True)
    number = Text(longest=60, required=True, validate=Length(min=1))
