"""The forms of signing in, of setting up an account, and of the own account."""

import re
from typing import Any

from marshmallow import ValidationError, fields
from marshmallow.validate import OneOf

from scheduler.errors import LANGUAGES
from web.schemas.base import Form, Secret, Text

EMAIL = re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,5}", re.ASCII)
LONGEST_EMAIL, LONGEST_PATH = 120, 200


class Email(Text):
    """An e-mail address in ASCII, as letters take it; empty where it is not required."""

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(longest=LONGEST_EMAIL, **kwargs)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:  # noqa: ANN401
        text = super()._deserialize(value, attr, data, **kwargs)
        if (text or self.required) and EMAIL.fullmatch(text) is None:
            raise ValidationError("not an address")
        return text


class Following(fields.String):
    """The path of the page to go on to; what cannot be one is none."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:  # noqa: ANN401
        text = str(super()._deserialize(value, attr, data, **kwargs))
        return text if len(text) <= LONGEST_PATH and text.isascii() and text.isprintable() else ""


class Flag(fields.Field[bool]):
    """A checkbox: there, or not there."""

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(load_default=False, **kwargs)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> bool:  # noqa: ANN401
        if value != "yes":
            raise ValidationError("not a choice")
        return True


class SignInForm(Form):
    """Login and password; `next` is the path of the page to go to."""

    login = Text(longest=80, required=True)
    password = Secret(required=True)
    next = Following(load_default="")


class SignInQuery(Form):
    """Where to go after signing in: the path of a page."""

    next = Following(load_default="")


class CodeForm(Form):
    """A code of the authenticator app, or a recovery code."""

    code = Text(longest=40, required=True)
    next = Following(load_default="")


class LanguageForm(Form):
    """The language of the letters to the own account."""

    language = Text(longest=2, required=True, validate=OneOf(LANGUAGES))


class JoinForm(Form):
    """Set up the account of an invitation."""

    login = Text(longest=80, required=True)
    display_name = Text(longest=80, required=True)
    password = Secret(required=True)


class AgreeingForm(JoinForm):
    """Set up the account of an invitation, with what the person agrees to."""

    agree = Flag()
    reminders = Flag()


class RegisterForm(Form):
    """Ask for a seeker's account."""

    email = Email(required=True)
    agree = Flag()


class ForgottenForm(Form):
    """Ask for a reset letter."""

    login = Text(longest=80, required=True)


class NewPasswordForm(Form):
    """Set a new password through a link."""

    password = Secret(required=True)


class ChangePasswordForm(Form):
    """Replace the own password; the present one proves that it is the person."""

    present = Secret(required=True)
    password = Secret(required=True)


class PresentPasswordForm(Form):
    """A deed that the present password has to allow."""

    present = Secret(required=True)


class ProviderAnswer(Form):
    """What the identity provider sends back with the browser."""

    class Meta:
        """Providers add parameters of their own, such as `session_state` and `iss`."""

        unknown = "exclude"

    state = Text(longest=200, load_default="")
    code = Text(longest=2_000, load_default="")
    error = Text(longest=200, load_default="")


class Nothing(Form):
    """A form that is only a button."""
