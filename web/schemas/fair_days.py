"""The forms of a fair's day: places, gates, conflicts, the paper sheet."""

import re
import unicodedata
from typing import Any

from marshmallow import ValidationError, fields
from marshmallow.validate import Length, OneOf, Regexp

from scheduler.models import BookingState
from scheduler.queries.fair_day.absences import Which
from scheduler.services.fair_day import LONGEST_HOURS
from web.schemas.base import Form, Seen, Text, Whole
from web.schemas.members import DayField
from web.schemas.organizer import LAST_PAGE, PageQuery
from web.security import HIGHEST_ID

MOST_PLACES, MOST_PEOPLE = 999_999, 99_999
LONGEST_SHEET = 6_000
SAID = Length(min=1)
SEPARATORS = re.compile(r"[\s,，、;；]+")


class PlacesForm(Form):
    """How many places an event has."""

    capacity = Whole(least=0, most=MOST_PLACES, required=True)


class GateForm(Form):
    """Open a gate."""

    name = Text(longest=40, required=True, validate=SAID)
    zone = Text(longest=40, load_default="")
    hours = Whole(least=1, most=LONGEST_HOURS, required=True)


class SettleForm(Form):
    """Say how a conflict was settled."""

    settlement = Text(longest=200, required=True, validate=SAID)


class BoothCodes(fields.Field[tuple[str, ...]]):
    """Booth codes as somebody copies them from paper, with whatever stands between them."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> tuple[str, ...]:  # noqa: ANN401
        text = str(Text(longest=LONGEST_SHEET, lines=True).deserialize(value, attr, data, **kwargs))
        codes = tuple(dict.fromkeys(code.upper() for code in SEPARATORS.split(text) if code))
        if any(len(code) > 12 for code in codes):  # noqa: PLR2004 — as booths are called
            raise ValidationError("no booth is called so")
        return codes


class SheetForm(Form):
    """What a paper sheet says."""

    sheet = Text(longest=20, required=True, validate=SAID)
    booths = BoothCodes(load_default=())
    visitors = Whole(least=0, most=999, load_default=0)


class DayQuery(PageQuery):
    """The day of a fair: which enterprises are listed, and one booking looked at."""

    booking = Whole(least=1, most=HIGHEST_ID, load_default=None)
    q = Text(longest=60, load_default="")
    state = fields.Enum(BookingState, by_value=True, load_default=None)


class UndoForm(Form):
    """Why a check-in or an absence is undone; for an absence also other booths, where those are gone."""

    reason = Text(longest=200, required=True, validate=SAID)
    codes = Text(longest=200, load_default="")
    booking = Whole(least=1, most=HIGHEST_ID, load_default=None)


class AbsencesQuery(PageQuery):
    """Which records of absence are looked at."""

    which = fields.Enum(Which, by_value=True, load_default=Which.APPEALED)
    page = Whole(least=1, most=LAST_PAGE, load_default=1)


class AnswerAppealForm(Form):
    """Whether a record is lifted or kept, and why."""

    answer = fields.String(required=True, validate=OneOf(["lift", "keep"]))
    reason = Text(longest=200, required=True, validate=SAID)


class ReasonedForm(Form):
    """Why a record is lifted, or made; the enterprise reads it."""

    reason = Text(longest=200, required=True, validate=SAID)


class UndoEntryForm(ReasonedForm):
    """Whose ticket was read by mistake, by how its number begins, and why."""

    ticket = Text(longest=32, required=True, validate=Regexp(r"[0-9A-Fa-f]{8,32}\Z"))


class AppealForm(Form):
    """Why an enterprise did not come."""

    appeal = Text(longest=600, lines=True, required=True, validate=SAID)


class PermitForm(Form):
    """What a granted permit says."""

    number = Text(longest=60, required=True, validate=SAID)
    people = Whole(least=1, most=MOST_PLACES, required=True)
    handed_in = DayField(required=True)
    decided = DayField(required=True)


class Figure(Whole):
    """A count of people as somebody types it, with full-width digits too."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> int:  # noqa: ANN401
        text = unicodedata.normalize("NFKC", str(value)).strip()
        return super()._deserialize(text, attr, data, **kwargs)


class ResultForm(Form):
    """What came of a fair for an enterprise."""

    visitors = Figure(least=0, most=MOST_PEOPLE, required=True)
    resumes = Figure(least=0, most=MOST_PEOPLE, required=True)
    intents = Figure(least=0, most=MOST_PEOPLE, required=True)
    hires = Figure(least=0, most=MOST_PEOPLE, required=True)
    remark = Text(longest=200, load_default="")
    seen = Seen()


class ResultsQuery(PageQuery):
    """The results of a fair, with one enterprise looked at."""

    firm = Whole(least=1, most=HIGHEST_ID, load_default=None)
