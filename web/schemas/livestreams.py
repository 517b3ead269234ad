"""What pages on livestreams may be asked, and what their forms may say; the services judge the numbers."""

from typing import Any

from marshmallow import fields
from marshmallow.validate import OneOf

from scheduler.models import Platform, Strictness
from scheduler.runsheets.edits import EDITS
from web.schemas.base import Form, Seen, Text, Whole
from web.schemas.organizer import LAST_PAGE, MomentField, PageQuery, RegionField, WeekField
from web.security import HIGHEST_ID

LONGEST_LINK = 300


class Signed(fields.Integer):
    """A whole number of minutes, also below nothing."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> int:  # noqa: ANN401
        text = str(value)
        found = Whole(least=0, most=10_000).deserialize(text.removeprefix("-"), attr, data, **kwargs)
        return -int(found) if text.startswith("-") else int(found)


class StreamsQuery(PageQuery):
    """The quarter's livestreams: which."""

    region = RegionField(load_default="")
    week = WeekField(load_default=None)
    q = Text(longest=60, load_default="")
    page = Whole(least=1, most=LAST_PAGE, load_default=1)


class TurnsForm(Form):
    """Open a livestream to firms: how many turns, and until when."""

    turns = Whole(least=1, most=HIGHEST_ID, load_default=None)
    closes_at = MomentField(load_default=None)
    cancel_until = MomentField(load_default=None)


class ChannelForm(Form):
    """Give a livestream a channel; empty: none."""

    channel = Text(longest=12, load_default="")


class NewChannelForm(Form):
    """A channel of a city."""

    city = RegionField(required=True)
    platform = fields.Enum(Platform, by_value=True, required=True)
    name_zh = Text(longest=80, required=True)
    name_en = Text(longest=160, load_default="")
    verified = fields.String(load_default="", validate=OneOf(["", "1"]))


class LinksForm(Form):
    """Where a livestream is seen, and where its recording."""

    stream_url = Text(longest=LONGEST_LINK, load_default="")
    replay_url = Text(longest=LONGEST_LINK, load_default="")
    seen = Seen()


class SheetForm(Form):
    """One change of a run sheet, made looking at a revision; `index` counts from 0."""

    revision = Whole(least=0, most=HIGHEST_ID, required=True)
    do = fields.String(required=True, validate=OneOf(sorted(EDITS)))
    index = Whole(least=0, most=1_000, load_default=0)
    to = Whole(least=0, most=1_000, load_default=0)
    by = Signed(load_default=0)
    host = Whole(least=1, most=HIGHEST_ID, load_default=None)
    firm = Whole(least=1, most=HIGHEST_ID, load_default=None)


class RevisionForm(Form):
    """A deed on the draft that was looked at."""

    revision = Whole(least=0, most=HIGHEST_ID, required=True)


class RulesForm(Form):
    """A bureau's rules of livestreams."""

    least_minutes = Whole(least=0, most=HIGHEST_ID, required=True)
    most_minutes = Whole(least=0, most=HIGHEST_ID, required=True)
    lead_minutes = Whole(least=0, most=HIGHEST_ID, required=True)
    closes_lead_days = Whole(least=0, most=HIGHEST_ID, required=True)
    cancel_lead_days = Whole(least=0, most=HIGHEST_ID, required=True)
    checklist = fields.Enum(Strictness, by_value=True, required=True)
