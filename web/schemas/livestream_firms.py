"""What an enterprise's forms on its turn in a livestream may say."""

from collections.abc import Sequence
from typing import Any

from marshmallow import fields
from marshmallow.validate import OneOf

from scheduler.models import Insurance
from scheduler.services.livestreams import MOST_SHOWN
from web.schemas.base import Form, Text, Whole

INSURANCES = ["", *Insurance]


class TakeForm(Form):
    """Take a turn: for how many minutes."""

    USUAL = 20
    minutes = Whole(least=5, most=60, load_default=USUAL)


class PresentationForm(Form):
    """What the host may say about the firm, and answers to what seekers ask."""

    about = Text(longest=400, lines=True, load_default="")
    questions = Text(longest=1_200, lines=True, load_default="")


class AcceptForm(Form):
    """That the firm keeps to the rules of livestreams."""

    accepted = fields.String(required=True, validate=OneOf(["yes"]))


def openings_form(ids: Sequence[int]) -> type[Form]:
    """Return the form of a firm's openings: place in the turn (0: not shown), hours and insurance of each."""
    found: dict[str, fields.Field[Any]] = {}
    for key in ids:
        found[f"place-{key}"] = Whole(least=0, most=MOST_SHOWN, load_default=0)
        found[f"hours-{key}"] = Text(longest=80, load_default="")
        found[f"insurance-{key}"] = fields.String(load_default="", validate=OneOf(INSURANCES))
    return Form.from_dict(found, name="TurnOpeningsForm")  # type: ignore[return-value]
