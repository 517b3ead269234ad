"""How many events each further choice would leave, and what a filter is called."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from scheduler.models import Campaign, Division, Event, Industry
from scheduler.queries.filters import EventFilter
from scheduler.queries.public_rows import Named
from scheduler.queries.visibility import visible_events

Nameable = type[Division] | type[Industry] | type[Campaign]
SECTION = func.substr(Event.industry_code, 1, 1)


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that a filter could take, its names, and how many visible events it would leave."""

    value: Named
    events: int


@dataclass(frozen=True, slots=True)
class Facets:
    """The choices beside a filter; a facet's own value never narrows its own choices.

    `counties` lists the divisions below the chosen city (or below the city of the chosen county). `kinds`
    maps an EventKind's value to its number of events.
    """

    cities: tuple[Choice, ...]
    counties: tuple[Choice, ...]
    kinds: dict[str, int]
    sections: tuple[Choice, ...]
    campaigns: tuple[Choice, ...]


def facets(session: Session, event_filter: EventFilter, *, as_of: datetime | None = None) -> Facets:
    """Return what the filter could be narrowed or changed to, without choices that leave nothing."""

    def counted(column: Any, **changed: str | None) -> dict[str, int]:  # noqa: ANN401 — any column
        return _counted(session, column, replace(event_filter, **changed), as_of)  # type: ignore[arg-type]

    city = event_filter.region and f"{event_filter.region[:4]}00"
    return Facets(
        cities=_choices(session, Division, counted(Event.city_code, region=None)),
        counties=_choices(session, Division, counted(Event.division_code, region=city) if city else {}),
        kinds=dict(sorted(counted(Event.kind, kind=None).items())),
        sections=_choices(session, Industry, counted(SECTION, industry=None)),
        campaigns=_choices(session, Campaign, counted(Event.campaign_code, campaign=None)),
    )


def _counted(
    session: Session,
    column: Any,  # noqa: ANN401 — a column or an expression
    event_filter: EventFilter,
    as_of: datetime | None,
) -> dict[str, int]:
    condition = visible_events(event_filter, as_of=as_of)
    query = select(column, func.count(Event.id)).where(condition, column.is_not(None)).group_by(column)
    return {str(value): events for value, events in session.execute(query)}


def _choices(session: Session, table: Nameable, counts: dict[str, int]) -> tuple[Choice, ...]:
    names = _names(session, table, list(counts))
    return tuple(Choice(name, counts[name.code]) for name in names)


def _names(session: Session, table: Nameable, codes: list[str]) -> list[Named]:
    query = select(table.code, table.name_zh, table.name_en).where(table.code.in_(codes))
    return [Named(*row) for row in session.execute(query.order_by(table.code))]


@dataclass(frozen=True, slots=True)
class FilterNames:
    """What the codes of a filter are called; `unknown` names the fields whose code nothing bears."""

    region: Named | None
    industry: Named | None
    campaign: Named | None
    unknown: tuple[str, ...]


def filter_names(session: Session, event_filter: EventFilter) -> FilterNames:
    """Return the names behind a filter's codes."""
    found: dict[str, Named | None] = {}
    unknown = []
    for field, table in (("region", Division), ("industry", Industry), ("campaign", Campaign)):
        code = getattr(event_filter, field)
        names = _names(session, table, [code]) if code else []
        found[field] = names[0] if names else None
        if code and not names:
            unknown.append(field)
    return FilterNames(**found, unknown=tuple(unknown))
