"""The forms of signing an enterprise up, of its verification, and of what reviewers decide about it."""

from typing import Any

from marshmallow import fields
from marshmallow.validate import OneOf

from scheduler.models import ReviewReason, Tier, Verification
from scheduler.queries.reviews import Lacking, Which
from web.schemas.account import Email, Flag
from web.schemas.base import Form, Text, Whole
from web.schemas.members import DayField
from web.schemas.organizer import LAST_PAGE, PageQuery, RegionField
from web.security import HIGHEST_ID


class SignUpForm(Form):
    """Ask to sign an enterprise up."""

    credit_code = Text(longest=60, required=True)
    name_zh = Text(longest=120, required=True)
    division = RegionField(required=True)
    industry = Text(longest=8, required=True)
    contact_name = Text(longest=80, required=True)
    contact_phone = Text(longest=40, required=True)
    email = Email(required=True)
    consent = Flag()


class FactsForm(Form):
    """What an enterprise says of itself when it asks to be verified."""

    name_zh = Text(longest=120, required=True)
    division = RegionField(required=True)
    industry = Text(longest=8, required=True)
    licence_to = DayField(load_default=None)
    agency_licence = Text(longest=40, load_default="")
    agency_licence_to = DayField(load_default=None)
    parent_code = Text(longest=60, load_default="")
    authorised_to = DayField(load_default=None)


class ContactForm(Form):
    """Whom to call at an enterprise."""

    contact_name = Text(longest=80, required=True)
    contact_phone = Text(longest=40, required=True)
    email = Email(required=True)
    consent = Flag()


class QueueQuery(PageQuery):
    """The review queue: which cases, and the one in the panel."""

    which = fields.Enum(Which, by_value=True, load_default=Which.OPEN)
    case = Whole(least=1, most=HIGHEST_ID, load_default=None)
    page = Whole(least=1, most=LAST_PAGE, load_default=1)


class EnterprisesQuery(PageQuery):
    """The list of enterprises: which."""

    q = Text(longest=60, load_default="")
    state = fields.Enum(Verification, by_value=True, load_default=None)
    tier = fields.Enum(Tier, by_value=True, load_default=None)
    lacking = fields.Enum(Lacking, by_value=True, load_default=None)
    page = Whole(least=1, most=LAST_PAGE, load_default=1)


class ApproveForm(Form):
    """Approve a case as it was seen."""

    revision = Whole(least=1, most=HIGHEST_ID, required=True)
    replace_members = Flag()


class ReasonsForm(Form):
    """Reasons, a checkbox each, and words."""

    note = Text(longest=500, lines=True, load_default="")
    reason_code_mismatch = Flag()
    reason_name_mismatch = Flag()
    reason_licence_unreadable = Flag()
    reason_licence_expired = Flag()
    reason_wrong_division = Flag()
    reason_duplicate = Flag()
    reason_agency_licence = Flag()
    reason_parent_letter = Flag()
    reason_not_entitled = Flag()
    reason_dissolved = Flag()
    reason_unlawful = Flag()
    reason_other = Flag()


class SendBackForm(ReasonsForm):
    """Refuse a case as it was seen, or ask for a correction."""

    revision = Whole(least=1, most=HIGHEST_ID, required=True)
    deed = fields.String(required=True, validate=OneOf(["refused", "correction_asked"]))


class ResumeForm(Form):
    """Let a suspended enterprise take part again."""

    note = Text(longest=500, load_default="")


class TiersForm(Form):
    """Tiers, a checkbox and a source each."""

    tier_key_industrial = Flag()
    tier_above_scale = Flag()
    tier_chain_leader = Flag()
    tier_specialised = Flag()
    tier_craft = Flag()
    source_key_industrial = Text(longest=200, load_default="")
    source_above_scale = Text(longest=200, load_default="")
    source_chain_leader = Text(longest=200, load_default="")
    source_specialised = Text(longest=200, load_default="")
    source_craft = Text(longest=200, load_default="")


class AssignForm(Form):
    """The officer of an enterprise; 0 for none."""

    officer = Whole(least=0, most=HIGHEST_ID, required=True)


class AppointForm(Form):
    """Make a member of a bureau a service officer."""

    account = Whole(least=1, most=HIGHEST_ID, required=True)
    office_phone = Text(longest=40, required=True)


class MergeForm(Form):
    """The enterprise that was entered a second time, by its code, and why the two are one."""

    credit_code = Text(longest=60, required=True)
    reason = Text(longest=200, required=True)


def reasons_of(form: dict[str, Any]) -> frozenset[ReviewReason]:
    """Return the reasons whose boxes are ticked."""
    return frozenset(reason for reason in ReviewReason if form.get(f"reason_{reason}"))


def tiers_of(form: dict[str, Any]) -> dict[Tier, str]:
    """Return the tiers whose boxes are ticked, with their sources."""
    return {tier: form[f"source_{tier}"] for tier in Tier if form[f"tier_{tier}"]}
