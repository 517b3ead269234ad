"""What the audit's page and file may be asked."""

from marshmallow import fields
from marshmallow.validate import OneOf

from scheduler.queries.audit import SUBJECTS
from web.schemas.base import Text, Whole
from web.schemas.members import DayField
from web.schemas.organizer import LAST_PAGE, PageQuery


class AuditQuery(PageQuery):
    """Which entries of the audit."""

    subject = fields.String(load_default="", validate=OneOf(["", *SUBJECTS]))
    login = Text(longest=80, load_default="")
    first_on = DayField(load_default=None, allow_none=True)
    last_on = DayField(load_default=None, allow_none=True)
    page = Whole(least=1, most=LAST_PAGE, load_default=1)
