"""The filter that lists, calendars, maps and feeds share, with one spelling for one meaning."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Self
from urllib.parse import urlencode

from scheduler.models import PROVINCE, EventKind
from scheduler.queries import refusals
from scheduler.texts import hides_something

LONGEST_TEXT = 60
NAMES = ("region", "from", "to", "kind", "industry", "campaign", "q")
# What WeChat and others hang on a link that somebody shares; "from" is also our own word.
TRACKERS = frozenset({"isappinstalled", "scene", "clicktime", "enterid", "sharer_shareid", "nsukey"})
SHARED_FROM = frozenset({"singlemessage", "groupmessage", "timeline", "message", "qzone", "weibo"})


@dataclass(frozen=True, slots=True)
class EventFilter:
    """Which public events are wanted; a field that is None (or an empty text) asks for nothing.

    `region` is a division's code, `industry` a section ("C", with all its divisions) or a division
    ("C36"); `from_on` and `to_on` are Shanghai days, both included.
    """

    region: str | None = None
    from_on: date | None = None
    to_on: date | None = None
    kind: EventKind | None = None
    industry: str | None = None
    campaign: str | None = None
    text: str = ""

    @classmethod
    def parse(cls, values: Mapping[str, str], *, beside: Collection[str] = ()) -> Self:
        """Read the query parameters named in NAMES; empty ones ask for nothing.

        `beside` names the page's other parameters (view, page, lang …). A misspelt name is refused, not
        ignored: it would silently answer with the whole province. Raises a subclass of BadFilter.
        """
        for name in values:
            if name not in NAMES and name not in beside and not _is_tracker(name):
                raise refusals.UnknownParameter(name=refusals.shown(name))
        from_on = None if values.get("from") in SHARED_FROM else _day("from", values)
        to_on = _day("to", values)
        if from_on and to_on and from_on > to_on:
            raise refusals.DaysReversed(first=from_on, last=to_on)
        return cls(
            region=_region(values),
            from_on=from_on,
            to_on=to_on,
            kind=_kind(values),
            industry=_matching("industry", r"[A-T](\d\d)?", values, refusals.BadIndustry),
            campaign=_matching("campaign", r"[a-z0-9_-]{1,40}", values, refusals.BadCampaign),
            text=_text(values),
        )

    def to_query(self) -> str:
        """Return the one spelling of this filter as a query string: "" for everything."""
        pairs = (
            ("region", self.region),
            ("from", self.from_on and self.from_on.isoformat()),
            ("to", self.to_on and self.to_on.isoformat()),
            ("kind", self.kind and self.kind.value),
            ("industry", self.industry),
            ("campaign", self.campaign),
            ("q", self.text),
        )
        return urlencode([(name, value) for name, value in pairs if value])


EVERYTHING = EventFilter()


def _is_tracker(name: str) -> bool:
    return name in TRACKERS or name.startswith("utm_")


def _matching(
    name: str, pattern: str, values: Mapping[str, str], refusal: type[refusals.BadFilter]
) -> str | None:
    value = values.get(name, "").strip()
    if value and not re.fullmatch(pattern, value, re.ASCII):
        raise refusal(value=refusals.shown(value))
    return value or None


def _region(values: Mapping[str, str]) -> str | None:
    code = _matching("region", r"[1-9]\d{5}", values, refusals.BadRegion)
    return None if code == PROVINCE else code  # the whole province is no restriction


def _kind(values: Mapping[str, str]) -> EventKind | None:
    value = values.get("kind", "").strip()
    try:
        return EventKind(value) if value else None
    except ValueError:
        raise refusals.BadKind(value=refusals.shown(value), kinds=", ".join(EventKind)) from None


def _day(name: str, values: Mapping[str, str]) -> date | None:
    value = _matching(name, r"(20\d\d|2100)-\d\d-\d\d", values, refusals.BadDay)
    try:
        return date.fromisoformat(value) if value else None
    except ValueError:
        raise refusals.BadDay(value=value) from None


def _text(values: Mapping[str, str]) -> str:
    value = " ".join(values.get("q", "").split())
    if len(value) > LONGEST_TEXT or hides_something(value):
        raise refusals.BadText(longest=LONGEST_TEXT)
    return value
