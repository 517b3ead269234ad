"""What an enterprise says of an opening, and how it looks for one."""

from typing import Any

from marshmallow import fields, validate

from scheduler.models import Insurance
from scheduler.postings import WageUnit
from scheduler.queries.openings.library import Shelf
from scheduler.services.openings.cells import HIGHEST_WAGE, LONGEST_REQUIREMENTS, MOST_PEOPLE
from web.schemas.base import Form, Seen, Text, Whole
from web.schemas.organizer import LAST_PAGE, RegionField
from web.security import HIGHEST_ID

LONGEST_PASTED = 200_000
"""In letters: as many rows as are taken at once, each with a long paragraph."""
HIGHEST_RANK = 20


class LibraryQuery(Form):
    """Which openings are looked for."""

    q = Text(longest=60, load_default="")
    shelf = fields.Enum(Shelf, by_value=True, load_default=Shelf.STANDING)
    page = Whole(least=1, most=LAST_PAGE, load_default=1)


class CopyQuery(Form):
    """Which opening a new one begins as a copy of."""

    copy = Whole(least=1, most=HIGHEST_ID, load_default=None)


class ConfirmForm(Form):
    """An opening that still holds; with the shelf it was on, where it was confirmed in the list."""

    shelf = fields.Enum(Shelf, by_value=True, load_default=None)


class OpeningForm(Form):
    """An opening as its form says it; the names are those of the facts."""

    title_zh = Text(longest=80, required=True, validate=validate.Length(min=1))
    occupation_code = Text(longest=8, required=True, validate=validate.Length(min=1))
    skill_rank = Whole(least=1, most=HIGHEST_RANK, load_default=None)
    headcount = Whole(least=1, most=MOST_PEOPLE, required=True)
    hired = Whole(least=0, most=MOST_PEOPLE, load_default=0)
    wage_min = Whole(least=1, most=HIGHEST_WAGE, load_default=None)
    wage_max = Whole(least=1, most=HIGHEST_WAGE, load_default=None)
    wage_unit = fields.Enum(WageUnit, by_value=True, load_default=WageUnit.MONTH)
    division_code = RegionField(required=True)
    workplace_zh = Text(longest=120, load_default="")
    hours_zh = Text(longest=80, load_default="")
    insurance = fields.Enum(Insurance, by_value=True, load_default=None)
    requirements_zh = Text(longest=LONGEST_REQUIREMENTS, lines=True, load_default="")


class OpeningChangeForm(OpeningForm):
    """The same of an opening that is there, and what the form was made from."""

    seen = Seen()


class Pasted(fields.String):
    """A table copied out of a spreadsheet, tabs and all: whoever reads it cleans every cell."""

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(validate=validate.Length(max=LONGEST_PASTED), **kwargs)


class ImportForm(Form):
    """A table, pasted; empty where a file is given."""

    table = Pasted(load_default="")
