"""What stands beside a list of events: the choices, what is chosen, and how to drop each choice."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from flask import Flask
from flask_babel import gettext

from scheduler.models import EventKind
from scheduler.queries.filters import EVERYTHING, EventFilter
from scheduler.queries.public_facets import FilterNames
from scheduler.queries.public_rows import Named
from scheduler.times import today
from web import wording
from web.grids import monday_of, month_of, next_month


@dataclass(frozen=True, slots=True)
class Span:
    """A span of days with a name; both are None in the span without limits."""

    label: str
    from_on: date | None
    to_on: date | None

    def on(self, wanted: EventFilter) -> EventFilter:
        """Return the filter with this span instead of its own."""
        return replace(wanted, from_on=self.from_on, to_on=self.to_on)

    def is_of(self, wanted: EventFilter) -> bool:
        """Tell whether the filter has this span."""
        return (self.from_on, self.to_on) == (wanted.from_on, wanted.to_on)


@dataclass(frozen=True, slots=True)
class Chosen:
    """A choice that is in force, and the filter without it."""

    label: str
    without: EventFilter


def install(app: Flask) -> None:
    """Give templates the filters that change one choice and keep the others."""
    app.jinja_env.globals.update(nothing=EVERYTHING)
    app.jinja_env.filters.update(
        emptied=lambda _wanted: EVERYTHING,
        only_region=lambda wanted: EventFilter(region=wanted.region),
        dateless=lambda wanted: replace(wanted, from_on=None, to_on=None),
        on_day=lambda wanted, day: replace(wanted, from_on=day, to_on=day),
        in_region=lambda wanted, code: replace(wanted, region=code),
        of_kind=lambda wanted, kind: replace(wanted, kind=EventKind(kind)),
        of_campaign=lambda wanted, code: replace(wanted, campaign=code),
    )


def spans() -> list[Span]:
    """Return the spans that a seeker asks for most."""
    monday, (first, last) = monday_of(today()), month_of(today())
    week = timedelta(days=6)
    following = month_of(next_month(first))
    return [
        Span(gettext("近期"), None, None),
        Span(gettext("本周"), monday, monday + week),
        Span(gettext("本周末"), monday + timedelta(days=5), monday + week),
        Span(gettext("下周"), monday + timedelta(days=7), monday + timedelta(days=7) + week),
        Span(gettext("本月"), first, last),
        Span(gettext("下月"), *following),
    ]


def upcoming(wanted: EventFilter) -> EventFilter:
    """Return the filter as lists use it: who names no days looks from today on."""
    if wanted.from_on or wanted.to_on:
        return wanted
    return replace(wanted, from_on=today())


def chosen(wanted: EventFilter, names: FilterNames) -> list[Chosen]:
    """Return every choice of the filter in words, each with the filter that remains without it."""
    found = []
    if wanted.region:
        found.append(Chosen(_word(names.region, wanted.region), replace(wanted, region=None)))
    if wanted.industry:
        found.append(Chosen(_word(names.industry, wanted.industry), replace(wanted, industry=None)))
    if wanted.campaign:
        found.append(Chosen(_word(names.campaign, wanted.campaign), replace(wanted, campaign=None)))
    if wanted.kind:
        found.append(Chosen(wording.kind(wanted.kind), replace(wanted, kind=None)))
    if wanted.from_on or wanted.to_on:
        found.append(Chosen(days(wanted), replace(wanted, from_on=None, to_on=None)))
    if wanted.text:
        found.append(Chosen(f"“{wanted.text}”", replace(wanted, text="")))
    return found


def _word(name: Named | None, code: str) -> str:
    return wording.named(name) if name else code


def days(wanted: EventFilter) -> str:
    """Return the filter's days in words."""
    first = wording.day(wanted.from_on) if wanted.from_on else ""
    last = wording.day(wanted.to_on) if wanted.to_on else ""
    return first if first == last else f"{first} – {last}".strip()
