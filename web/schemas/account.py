"""The sign-in form."""

from marshmallow import fields

from web.schemas.base import Form, Text


class SignInForm(Form):
    """Login and password; `next` names the page to go to by its route, never by an address."""

    login = Text(longest=80, required=True)
    password = fields.String(required=True)
    next = Text(longest=40, load_default="")


class SignInQuery(Form):
    """Where to go after signing in, by the name of a route."""

    next = Text(longest=40, load_default="")


class Nothing(Form):
    """A form that is only a button."""
