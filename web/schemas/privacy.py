"""The forms of the privacy notice and the privacy centre."""

from marshmallow import fields

from scheduler.models import Purpose
from web.schemas.account import Email, Flag
from web.schemas.base import Form, Secret, Text, Whole
from web.security import HIGHEST_ID


class NoticeQuery(Form):
    """Which version of the notice: the one in force by default."""

    version = Whole(least=1, most=HIGHEST_ID, load_default=None)


class NameForm(Form):
    """Under what name colleagues see somebody."""

    display_name = Text(longest=80, required=True)


class AddressForm(Form):
    """A new address; the present password proves that it is the person."""

    email = Email(required=True)
    proof = Secret(load_default="")


class ConsentForm(Form):
    """Agree to a purpose, or no more."""

    purpose = fields.Enum(Purpose, by_value=True, required=True)
    agree = Flag()


class EraseForm(Form):
    """Erase the own account: the box is ticked, and the password or a code proves that it is the person."""

    sure = Flag()
    proof = Secret(load_default="")
