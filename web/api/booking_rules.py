"""The rules by which the booths of a bureau's events are booked."""

from typing import Any

from marshmallow import Schema, fields

from scheduler.models import TokenScope
from scheduler.queries.booking.rules import FIELDS, rules_for
from scheduler.queries.organizers import division_of, organizer_at
from web.api.shapes import flag, number, text
from web.api.subject import Subject
from web.policy import organizer, policy
from web.schemas.base import Form
from web.schemas.organizer import RegionField
from web.site import reader
from web.views.organizer.desk import member, region_of

subject = Subject("BookingRules", "By which rules the booths of a bureau's events are booked.")


class RulesQuery(Form):
    """Of which division's bureau; your own where none is named."""

    region = RegionField(load_default="")


class BookingRules(Schema):
    """The rules that hold for a bureau from the next event on whose booking it opens.

    `set_by` is the division whose bureau has set them, null where nobody has and the product's hold. Minutes
    of a day count from midnight, lead days are working days, 0 is without a limit for the counts and sizes of
    fairs; `shares` are percentages of the booths by tier, `kept` the tiers for which the rest is kept.
    """

    division_code = text()
    set_by = text(allow_none=True)
    way = text()
    booths_each = number()
    needs_review = flag()
    branch_authorised = flag()
    hold_minutes = number()
    closes_lead_days = number()
    cancel_lead_days = number()
    check_in_minute = number()
    rest_day_check_in_minute = number(allow_none=True)
    check_in_from_minute = number(allow_none=True)
    no_show_limit = number()
    no_show_bar = text()
    fairs_a_month = number()
    consecutive = flag()
    walk_in = flag()
    most_booths = number()
    most_people = number()
    shares = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    kept = fields.List(fields.String(), required=True)
    fresh_days = number()
    wage_check = text()
    word_check = text()
    stale_check = text()


@subject.operation(
    "GET", "/booking-rules", policy(organizer), scope=TokenScope.READ, query=RulesQuery, answer=BookingRules
)
def booking_rules(asked: dict[str, Any]) -> dict[str, Any]:
    """Read the rules of booking that hold for a bureau of your division or below."""
    code = region_of(asked["region"], member().scope_code)
    bureau = organizer_at(reader(), division_code=code)
    rules = rules_for(reader(), division_code=bureau.division_code)
    set_by = division_of(reader(), organizer_id=rules.organizer_id)
    return {"division_code": code, "set_by": set_by} | {name: getattr(rules, name) for name in FIELDS}
