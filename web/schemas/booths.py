"""What the pages of an event's booths may be asked, and what their forms may say."""

from typing import Any

from marshmallow import fields
from marshmallow.validate import Length, OneOf

from scheduler.models import Bar, Strictness, Tier, Way
from web.schemas.base import Form, Text, Whole
from web.schemas.organizer import MomentField, PageQuery
from web.security import HIGHEST_ID

MINUTES_A_DAY = 1_440
LONGEST_NAME = 120
MOST = 20
MOST_BOOTHS = 20_000
MOST_PEOPLE = 1_000_000


class BoothsQuery(PageQuery):
    """An event's booths: which booking is looked at, and to which booth it might go."""

    booking = Whole(least=1, most=HIGHEST_ID, load_default=None)
    to = Whole(least=1, most=HIGHEST_ID, load_default=None)


class OpenForm(Form):
    """How and from when an event gives its booths; what is empty follows the bureau's rules."""

    way = fields.Enum(Way, by_value=True, load_default=None)
    opens = MomentField(load_default=None)
    closes = MomentField(load_default=None)
    cancel = MomentField(load_default=None)
    check_in = MomentField(load_default=None)
    share_key_industrial = Whole(least=0, most=MOST_BOOTHS, load_default=0)
    share_above_scale = Whole(least=0, most=MOST_BOOTHS, load_default=0)
    share_chain_leader = Whole(least=0, most=MOST_BOOTHS, load_default=0)
    share_specialised = Whole(least=0, most=MOST_BOOTHS, load_default=0)
    share_craft = Whole(least=0, most=MOST_BOOTHS, load_default=0)


def shares_of(form: dict[str, Any]) -> dict[Tier, int]:
    """Return how many booths are reserved for each tier."""
    return {tier: form[f"share_{tier}"] for tier in Tier}


class AllocationQuery(PageQuery):
    """An event's allocation: which enterprise is looked at, by its credit code."""

    firm = Text(longest=18, load_default=None)


class AnswerForm(Form):
    """Which registration is answered, or all of verified enterprises, how, and why."""

    enterprise = Whole(least=1, most=HIGHEST_ID, load_default=None)
    answer = fields.String(required=True, validate=OneOf(["approve", "refuse"]))
    reason = Text(longest=200, load_default="")


class CodesForm(Form):
    """Booths by their codes, with commas or spaces between them."""

    codes = Text(longest=200, required=True)


class SwapForm(Form):
    """The other booking of an exchange."""

    other = Whole(least=1, most=HIGHEST_ID, required=True)


class PinForm(Form):
    """Whether a booking is pinned to its booths."""

    pinned = fields.String(load_default="", validate=OneOf(["", "1"]))


class ReasonForm(Form):
    """Why somebody leaves, or does what the rules do not foresee."""

    reason = Text(longest=200, load_default="")


class GiveForm(CodesForm, ReasonForm):
    """An enterprise by its name or credit code, the booths it gets, and why."""

    firm = Text(longest=LONGEST_NAME, required=True, validate=Length(min=1))


class ClockField(fields.Field[int]):
    """A time of day such as 09:30, in minutes since midnight."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> int:  # noqa: ANN401
        hours, _, minutes = str(value).partition(":")
        return 60 * Whole(least=0, most=23).deserialize(hours) + Whole(least=0, most=59).deserialize(minutes)


class RulesForm(Form):
    """A bureau's rules of booking."""

    way = fields.Enum(Way, by_value=True, required=True)
    booths_each = Whole(least=1, most=MOST, required=True)
    hold_minutes = Whole(least=1, most=MINUTES_A_DAY, required=True)
    closes_lead_days = Whole(least=0, most=30, required=True)
    cancel_lead_days = Whole(least=0, most=30, required=True)
    check_in_minute = ClockField(required=True)
    rest_day_check_in_minute = ClockField(load_default=None)
    check_in_from_minute = ClockField(load_default=None)
    most_booths = Whole(least=0, most=MOST_BOOTHS, load_default=0)
    most_people = Whole(least=0, most=MOST_PEOPLE, load_default=0)
    no_show_limit = Whole(least=1, most=10, required=True)
    no_show_bar = fields.Enum(Bar, by_value=True, required=True)
    fairs_a_month = Whole(least=0, most=31, required=True)
    fresh_days = Whole(least=1, most=365, required=True)
    wage_check = fields.Enum(Strictness, by_value=True, required=True)
    word_check = fields.Enum(Strictness, by_value=True, required=True)
    stale_check = fields.Enum(Strictness, by_value=True, required=True)
    needs_review = fields.Boolean(load_default=False)
    consecutive = fields.Boolean(load_default=False)
    walk_in = fields.Boolean(load_default=False)
