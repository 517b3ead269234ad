"""What may come in with the wish for a paper: its language, and the quarter of the desk around it."""

from enum import StrEnum

from marshmallow import fields

from scheduler.printing import PaperLanguage
from web.schemas.organizer import PageQuery


class PaperQuery(PageQuery):
    """A paper: in which language, the page's own where none is said."""

    language = fields.Enum(PaperLanguage, by_value=True, load_default=None)


class CardsOf(StrEnum):
    """The booths whose cards are wanted."""

    TAKEN = "taken"
    ALL = "all"


class CardsQuery(PaperQuery):
    """The cards of booths: of those that somebody has, as long as there are any, or of all."""

    booths = fields.Enum(CardsOf, by_value=True, load_default=CardsOf.TAKEN)
