"""The duty board: counties as rows, weeks and months as columns, and what each still misses."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.models import PROVINCE, CalendarDay, Division, EventState, Level
from scheduler.quarters import Quarter
from scheduler.queries.duties.figures import Cell, Column, DutyBoard, Figures, Light, Row, add_up
from scheduler.queries.duties.ledger import Ledger, ledger
from scheduler.queries.duties.periods import Period, Windows, periods
from scheduler.queries.duties.requirements import Requirement, requirements, windows
from scheduler.queries.duties.scope import Scope, Waivers, scope, waivers
from scheduler.queries.working_days import WORKED
from scheduler.times import days_between, today


@dataclass(frozen=True, slots=True)
class _Desk:
    """What every row is worked out from."""

    columns: tuple[Column, ...]
    book: Ledger
    waived: Waivers
    area: Scope
    as_of: date


def duty_board(
    session: Session, *, quarter: Quarter, scope_code: str = PROVINCE, as_of: date | None = None
) -> DutyBoard:
    """Return how every county of a scope stands in a quarter, in a fixed number of queries.

    A county is red when a period that ended before `as_of` (today) lacks an event and was not waived,
    yellow when only running or coming periods do. Raises NotFound for an unknown scope.
    """
    area, columns = scope(session, scope_code), _columns(session, quarter)
    book = _book(session, quarter, columns, area)
    desk = _Desk(columns, book, waivers(session), area, as_of or today())
    rows = tuple(_row(desk, division) for division in area.at(Level.COUNTY))
    sums = tuple(add_up(row.cells[place].figures for row in rows) for place in range(len(columns)))
    return DutyBoard(quarter, area.tree[scope_code], columns, rows, sums, add_up(sums))


def _columns(session: Session, quarter: Quarter) -> tuple[Column, ...]:
    known = windows(session)
    owed = [item for item in requirements(session) if item.level is Level.COUNTY and not item.programme]
    due = [(item, period) for item in owed for period in _due(item, quarter, known)]
    resting = _days_off(session, [period for _, period in due])
    return tuple(Column(item, period, _rests(period, resting)) for item, period in due)


def _due(item: Requirement, quarter: Quarter, known: Windows) -> list[Period]:
    found = periods(item.period, quarter, known, item.theme.campaign_code)
    return [period for period in found if item.valid_in(period)]


def _days_off(session: Session, due: list[Period]) -> set[date]:
    if not due:
        return set()
    first_on, last_on = min(period.first_on for period in due), max(period.last_on for period in due)
    days = select(CalendarDay.day_on).where(
        CalendarDay.day_on.between(first_on, last_on), CalendarDay.kind.not_in(WORKED)
    )
    return set(session.scalars(days))


def _rests(period: Period, resting: set[date]) -> bool:
    return all(day in resting for day in days_between(period.first_on, period.last_on))


def _book(session: Session, quarter: Quarter, columns: Iterable[Column], area: Scope) -> Ledger:
    due = [column.period for column in columns]
    first_on = min([quarter.first_on, *(period.first_on for period in due)])
    last_on = max([quarter.last_on, *(period.last_on for period in due)])
    return ledger(session, first_on=first_on, last_on=last_on, cities=area.cities)


def _row(desk: _Desk, division: Division) -> Row:
    cells = tuple(_cell(desk, column, division) for column in desk.columns)
    missing = [
        column.period for column, cell in zip(desk.columns, cells, strict=True) if cell.figures.missing
    ]
    late = any(period.last_on < desk.as_of for period in missing)
    light = Light.RED if late else Light.YELLOW if missing else Light.GREEN
    return Row(division, cells, add_up(cell.figures for cell in cells), light)


def _cell(desk: _Desk, column: Column, division: Division) -> Cell:
    item, period = column.item, column.period
    states = [event.state for event in desk.book.counting(item, division, period)]
    reason = desk.waived.reason(item.code, desk.area.line(division), period.label)
    gap = max(0, item.count - len(states))
    figures = Figures(
        required=item.count,
        planned=states.count(EventState.PLANNED),
        published=states.count(EventState.PUBLISHED),
        held=states.count(EventState.HELD),
        waived=gap if reason else 0,
        missing=0 if reason else gap,
    )
    return Cell(figures, reason, {"region": division.code, "duty": item.code, "period": period.label})
