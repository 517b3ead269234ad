"""The forms of an administrator: members, delegations, sharing, looking for support."""

from typing import Any

from marshmallow import ValidationError, fields
from marshmallow.validate import OneOf

from scheduler.models import DELEGABLE, EnterpriseRole, Role, Shareable
from web.schemas.account import Email, Flag
from web.schemas.base import Form, Text, Whole
from web.schemas.organizer import PageQuery, RegionField
from web.security import HIGHEST_ID


class DayField(fields.Date):
    """A day between 2000 and 2100, as a date field of a page sends it."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:  # noqa: ANN401
        day = super()._deserialize(value, attr, data, **kwargs)
        if not 2000 <= day.year < 2100:  # noqa: PLR2004 — see the sentence above
            raise ValidationError("too far away")
        return day


class MembersQuery(PageQuery):
    """Whose members: a bureau by its id, the own one by default."""

    bureau = Whole(least=1, most=HIGHEST_ID, load_default=None)


class RolesForm(Form):
    """A member's roles: a checkbox each, for a form that names a field twice is refused."""

    role_planner = Flag()
    role_publisher = Flag()
    role_reviewer = Flag()
    role_check_in = Flag()
    role_auditor = Flag()
    role_administrator = Flag()


class InviteForm(RolesForm):
    """Invite a member of a bureau."""

    bureau = Whole(least=1, most=HIGHEST_ID, required=True)
    display_name = Text(longest=80, required=True)
    email = Email(load_default="")


class MoveForm(Form):
    """The bureau to move a member to."""

    bureau = Whole(least=1, most=HIGHEST_ID, required=True)


class DelegationForm(Form):
    """Lend a right to a bureau below."""

    bureau = Whole(least=1, most=HIGHEST_ID, required=True)
    division = RegionField(required=True)
    role = fields.Enum(Role, by_value=True, required=True, validate=OneOf(DELEGABLE))
    last_on = DayField(required=True)
    reason = Text(longest=200, required=True)


class ReserveForm(Form):
    """Reserve publishing of a bureau below, or give it back."""

    bureau = Whole(least=1, most=HIGHEST_ID, required=True)
    reserved = Flag()


class ShareForm(Form):
    """Share one kind of rows with the circle, or no more."""

    what = fields.Enum(Shareable, by_value=True, required=True)
    shared = Flag()


class WorkInForm(Form):
    """The territory to work in."""

    division = RegionField(required=True)


class LookForm(Form):
    """Why an administrator looks through somebody's eyes."""

    reason = Text(longest=200, required=True)


class InviteStaffForm(Form):
    """Invite a member of the own enterprise."""

    display_name = Text(longest=80, required=True)
    email = Email(load_default="")
    role = fields.Enum(EnterpriseRole, by_value=True, required=True)


def roles_of(form: dict[str, Any]) -> frozenset[Role]:
    """Return the roles whose boxes are ticked."""
    return frozenset(role for role in Role if form[f"role_{role}"])
