"""What the pages of an event's booths may be asked, and what their forms may say."""

from enum import StrEnum
from typing import Any

from marshmallow import fields
from marshmallow.validate import Length, OneOf

from scheduler.models import Bar, Strictness, Tier, Way
from scheduler.queries.booking.outcomes import Got
from web.schemas.base import Form, Text, Whole
from web.schemas.members import DayField
from web.schemas.organizer import LAST_PAGE, MomentField, PageQuery
from web.security import HIGHEST_ID

MINUTES_A_DAY = 1_440
LONGEST_NAME = 120
MOST = 20
MOST_BOOTHS = 20_000
MOST_PEOPLE = 1_000_000


class BoothsQuery(PageQuery):
    """An event's booths: which booking is looked at, and to which booth, or booths by codes, it might go."""

    booking = Whole(least=1, most=HIGHEST_ID, load_default=None)
    to = Whole(least=1, most=HIGHEST_ID, load_default=None)
    codes = Text(longest=200, load_default="")


def _many(most: int = MOST_BOOTHS) -> Whole:
    return Whole(least=0, most=most, load_default=None)


def _tick() -> fields.Boolean:
    return fields.Boolean(load_default=False)


class OpenStep(StrEnum):
    """How far somebody is who opens a booking: looks at what would happen, changes it, or does it."""

    LOOK = "look"
    CHANGE = "change"
    OPEN = "open"


class OpenForm(Form):
    """How and from when an event gives its booths; what is empty follows the bureau's rules."""

    step = fields.Enum(OpenStep, by_value=True, load_default=OpenStep.LOOK)
    way = fields.Enum(Way, by_value=True, load_default=None)
    opens = MomentField(load_default=None)
    closes = MomentField(load_default=None)
    cancel = MomentField(load_default=None)
    check_in = MomentField(load_default=None)
    public_rule = Text(longest=200, load_default="")
    drawn_on = DayField(load_default=None)
    share_key_industrial, keep_key_industrial = _many(), _tick()
    share_above_scale, keep_above_scale = _many(), _tick()
    share_chain_leader, keep_chain_leader = _many(), _tick()
    share_specialised, keep_specialised = _many(), _tick()
    share_craft, keep_craft = _many(), _tick()


def shares_of(form: dict[str, Any]) -> dict[Tier, int]:
    """Return how many booths are reserved for each tier of which a form says that."""
    return {tier: form[f"share_{tier}"] for tier in Tier if form[f"share_{tier}"] is not None}


def kept_of(form: dict[str, Any]) -> tuple[Tier, ...]:
    """Return the tiers for which a form says that what they do not claim is kept."""
    return tuple(tier for tier in Tier if form[f"keep_{tier}"])


class WordForm(Form):
    """What the public fact turned out to be on which a lottery depends."""

    word = Text(longest=100, required=True, validate=Length(min=1))


class AllocationQuery(PageQuery):
    """An event's allocation: which part of its list, which enterprise, and whether a large plan is drawn."""

    firm = Text(longest=18, load_default=None)
    q = Text(longest=60, load_default="")
    got = fields.Enum(Got, by_value=True, load_default=None)
    plan = fields.Boolean(load_default=None)
    page = Whole(least=1, most=LAST_PAGE, load_default=1)


class AnswerForm(Form):
    """Which registration is answered, or all of verified enterprises, how, and why."""

    enterprise = Whole(least=1, most=HIGHEST_ID, load_default=None)
    answer = fields.String(required=True, validate=OneOf(["approve", "refuse"]))
    reason = Text(longest=200, load_default="")


class CodesForm(Form):
    """Booths by their codes, with commas or spaces between them."""

    codes = Text(longest=200, required=True)


class BoothIds(fields.Field[tuple[int, ...]]):
    """In which booths the page showed a booking, by their ids."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> tuple[int, ...]:  # noqa: ANN401
        return tuple(Whole(least=1, most=HIGHEST_ID).deserialize(one) for one in str(value)[:400].split(","))


class MoveForm(CodesForm):
    """Where a booking goes, by the codes of booths, and from where."""

    at = BoothIds(load_default=None)


class SwapForm(Form):
    """The other booking of an exchange, and where both were seen."""

    other = Whole(least=1, most=HIGHEST_ID, required=True)
    at = BoothIds(load_default=None)
    other_at = BoothIds(load_default=None)


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
    branch_authorised = fields.Boolean(load_default=False)
    share_key_industrial, keep_key_industrial = _many(100), _tick()
    share_above_scale, keep_above_scale = _many(100), _tick()
    share_chain_leader, keep_chain_leader = _many(100), _tick()
    share_specialised, keep_specialised = _many(100), _tick()
    share_craft, keep_craft = _many(100), _tick()
    consecutive = fields.Boolean(load_default=False)
    walk_in = fields.Boolean(load_default=False)


def rules_of(form: dict[str, Any]) -> dict[str, Any]:
    """Return a bureau's rules as a form says them."""
    beside = {name: value for name, value in form.items() if not name.startswith(("share_", "keep_"))}
    shares = {tier.value: many for tier, many in shares_of(form).items() if many}
    return {**beside, "shares": shares, "kept": [tier.value for tier in kept_of(form) if tier in shares]}
