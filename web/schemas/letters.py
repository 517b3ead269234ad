"""What the page of an event's letters may be asked."""

from marshmallow import fields
from marshmallow.validate import OneOf

from scheduler.mailing.writing import SUBJECTS
from scheduler.models import MessageState
from web.schemas.base import Whole
from web.schemas.organizer import LAST_PAGE, PageQuery
from web.security import HIGHEST_ID


class EventLettersQuery(PageQuery):
    """Which letters of an event are listed, and which one is opened."""

    kind = fields.String(load_default=None, validate=OneOf(list(SUBJECTS)))
    state = fields.Enum(MessageState, by_value=True, load_default=None)
    letter = Whole(least=1, most=HIGHEST_ID, load_default=None)
    page = Whole(least=1, most=LAST_PAGE, load_default=1)
