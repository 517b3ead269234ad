"""The form that makes an access token."""

from typing import Any

from marshmallow import fields, post_load
from marshmallow.validate import OneOf

from scheduler.models import TokenScope
from scheduler.services.tokens import LONGEST_DAYS
from web.schemas.base import Form, Text, Whole


class TokenForm(Form):
    """A name, for how many days, and a box for each scope."""

    name = Text(longest=60, required=True)
    days = Whole(least=1, most=LONGEST_DAYS, required=True)
    read = fields.String(load_default="", validate=OneOf(["1"]))
    plan = fields.String(load_default="", validate=OneOf(["1"]))
    publish = fields.String(load_default="", validate=OneOf(["1"]))
    book = fields.String(load_default="", validate=OneOf(["1"]))
    tokens = fields.String(load_default="", validate=OneOf(["1"]))
    webhooks = fields.String(load_default="", validate=OneOf(["1"]))

    @post_load
    def gather(self, values: dict[str, Any], **_: Any) -> dict[str, Any]:  # noqa: ANN401
        """Return the scopes as a list."""
        return {
            "name": values["name"],
            "days": values["days"],
            "scopes": [scope for scope in TokenScope if values[scope.value]],
        }
