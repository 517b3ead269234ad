"""What the page on what bureaus prefer may be asked, and what its form may say."""

from marshmallow import fields
from marshmallow.validate import OneOf

from web.schemas.base import Form, Whole
from web.schemas.organizer import PageQuery
from web.security import HIGHEST_ID

WEEKDAYS = range(1, 8)


class PreferencesQuery(PageQuery):
    """The page: whose are changed."""

    bureau = Whole(least=1, most=HIGHEST_ID, load_default=None)


class _PreferencesForm(Form):
    bureau = Whole(least=1, most=HIGHEST_ID, required=True)
    staff = Whole(least=0, most=HIGHEST_ID, load_default=None)


PreferencesForm = _PreferencesForm.from_dict(
    {f"on_{number}": fields.String(load_default="", validate=OneOf(["", "1"])) for number in WEEKDAYS},
    name="PreferencesForm",
)
"""What one bureau prefers; the service judges the number of people."""
