"""What the forms of an event's safety may say."""

from marshmallow import fields

from scheduler.models import Strictness
from scheduler.models.safety import SafetyState
from web.schemas.base import Form, Text, Whole
from web.schemas.members import DayField
from web.security import HIGHEST_ID


class StepForm(Form):
    """How far a matter has come; a paper is beside the form. No owner is 0, no day of its own is empty."""

    state = fields.Enum(SafetyState, by_value=True, required=True)
    owner = Whole(least=0, most=HIGHEST_ID, load_default=0)
    due = DayField(load_default=None)
    number = Text(longest=60, load_default="")
    note = Text(longest=300, load_default="")


class SafetyRulesForm(Form):
    """What late matters do to publishing; empty goes back to the bureau above."""

    publishing = fields.Enum(Strictness, by_value=True, required=True)
