"""What an enterprise says about an event: its registration, the booths it wants, why it leaves."""

from typing import Any

from marshmallow import fields
from marshmallow.validate import OneOf

from scheduler.models import EventKind, Opening
from web.schemas.base import Form, Text, Whole
from web.schemas.members import DayField

MOST = 20


class FindQuery(Form):
    """Which events are looked for."""

    q = Text(longest=60, load_default="")
    kind = fields.Enum(EventKind, by_value=True, load_default=None)
    from_on = DayField(data_key="from", load_default=None)
    to_on = DayField(data_key="to", load_default=None)
    anywhere = fields.String(load_default="", validate=OneOf(["", "1"]))


class RegisterForm(Form):
    """A registration: booths and what they need, wishes by code or zone, whom to avoid, which openings."""

    booths = Whole(least=1, most=MOST, load_default=1)
    power = fields.String(load_default="", validate=OneOf(["", "1"]))
    network = fields.String(load_default="", validate=OneOf(["", "1"]))
    wishes = Text(longest=200, load_default="")
    avoided = Text(longest=600, load_default="")


class QuantityForm(Form):
    """For how many booths side by side somebody waits."""

    quantity = Whole(least=1, most=MOST, load_default=1)


def registering(openings: Any) -> type[Form]:  # noqa: ANN401 — rows
    """Return the form of a registration with a box for each of the enterprise's openings."""
    boxes = {
        box_of(opening): fields.String(load_default="", validate=OneOf(["", "1"])) for opening in openings
    }
    return type("RegisterForm", (RegisterForm,), boxes)


def box_of(opening: Opening) -> str:
    """Return the name of the box of an opening."""
    return f"opening_{opening.id}"
