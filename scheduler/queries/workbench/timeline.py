"""A week of events as rows of half-day cells, by county or by venue, at most forty rows a page."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.models import Division, Level, Venue
from scheduler.queries.paging import pages_of
from scheduler.queries.public_rows import Named
from scheduler.queries.tree import prefix
from scheduler.queries.workbench.context import regions
from scheduler.queries.workbench.events import placed_lines
from scheduler.queries.workbench.rows import EventLine, Sight, WorkFilter
from scheduler.times import local

ROWS = 40
HALF_DAYS = 14
NOON = 12
ALL = 100_000


@dataclass(frozen=True, slots=True)
class Bar:
    """An event from one half-day cell over `span` cells; cells count from 0, Monday morning."""

    line: EventLine
    first: int
    span: int


@dataclass(frozen=True, slots=True)
class Row:
    """A county or venue with its events in lanes: no two bars of a lane share a cell.

    `note` tells a county's city, or a venue's booths.
    """

    name: Named
    note: Named | None
    lanes: tuple[tuple[Bar, ...], ...]
    count: int


@dataclass(frozen=True, slots=True)
class Timeline:
    """One page of a week's rows; `total` counts the events of all pages."""

    rows: tuple[Row, ...]
    total: int
    number: int
    pages: int


def timeline(
    session: Session, sight: Sight, wanted: WorkFilter, *, by_venue: bool = False, number: int = 1
) -> Timeline:
    """Return a page of the week whose Monday is the first day of `wanted`.

    Counties without an event are rows too: what is missing is what an organizer looks for.
    """
    found = placed_lines(session, sight, wanted, size=ALL)
    grouped = _grouped(found.lines, by_venue=by_venue)
    region = wanted.region or sight.scope_code
    named = _venues(session, grouped) if by_venue else _regions(session, sight.scope_code, region)
    pages = pages_of(len(named), ROWS)
    number = min(max(number, 1), pages)
    monday_on = wanted.first_on or date.min
    rows = tuple(
        Row(name, note, _lanes(grouped[name.code], monday_on), len(grouped[name.code]))
        for name, note in named[(number - 1) * ROWS : number * ROWS]
    )
    return Timeline(rows, found.total, number, pages)


def _grouped(lines: Iterable[EventLine], *, by_venue: bool) -> dict[str, list[EventLine]]:
    grouped: dict[str, list[EventLine]] = defaultdict(list)
    for line in lines:
        codes = [str(venue.id) for venue in line.venues] if by_venue else [line.division.code]
        for code in codes:
            grouped[code].append(line)
    return grouped


def _regions(session: Session, scope_code: str, region: str) -> list[tuple[Named, Named | None]]:
    found = regions(session, scope_code=scope_code)
    cities = {row.code: _named(row) for row in found if row.level is Level.CITY}
    return [
        (_named(row), cities.get(row.parent_code or ""))
        for row in found
        if row.code.startswith(prefix(region))
    ]


def _venues(session: Session, grouped: dict[str, list[EventLine]]) -> list[tuple[Named, Named | None]]:
    """Return the venues that are used, by division, with their booths; they may lie outside the scope."""
    query = (
        select(Venue)
        .where(Venue.id.in_([int(code) for code in grouped]))
        .order_by(Venue.division_code, Venue.id)
    )
    return [
        (Named(str(venue.id), venue.name_zh, venue.name_en), Named("", str(venue.booths), str(venue.booths)))
        for venue in session.scalars(query)
    ]


def _named(division: Division) -> Named:
    return Named(division.code, division.name_zh, division.name_en)


def _lanes(lines: list[EventLine], monday_on: date) -> tuple[tuple[Bar, ...], ...]:
    """Put each bar into the first lane that is free from its first cell on; an empty row has one lane."""
    lanes: list[list[Bar]] = []
    for bar in (_bar(line, monday_on) for line in lines):
        free = (lane for lane in lanes if lane[-1].first + lane[-1].span <= bar.first)
        lane = next(free, None)
        if lane is None:
            lanes.append([bar])
        else:
            lane.append(bar)
    return tuple(tuple(lane) for lane in lanes) or ((),)


def _bar(line: EventLine, monday_on: date) -> Bar:
    if line.starts_at is None or line.ends_at is None:
        raise ValueError(f"event {line.id} has no time")
    first = max(0, _cell(local(line.starts_at).date(), local(line.starts_at).hour, monday_on))
    last = min(HALF_DAYS - 1, _cell(local(line.ends_at).date(), local(line.ends_at).hour - 1, monday_on))
    return Bar(line, first, max(1, last - first + 1))


def _cell(day: date, hour: int, monday_on: date) -> int:
    return (day - monday_on).days * 2 + (1 if hour >= NOON else 0)
