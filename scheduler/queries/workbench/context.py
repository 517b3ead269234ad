"""What the bar above every workbench page says: region, quarter, plan in force, provisional days."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from scheduler.models import CalendarDay, Division, Event, EventState, Level, Plan, PlanState
from scheduler.quarters import Quarter
from scheduler.queries.public_rows import Named
from scheduler.queries.scope import scoped
from scheduler.queries.tree import prefix
from scheduler.queries.working_days import is_worked
from scheduler.times import now, today


@dataclass(frozen=True, slots=True)
class Context:
    """Where a member stands: scope, quarter, the quarters to choose from, and the plan in force."""

    scope: Named
    level: Level
    quarter: Quarter
    quarters: tuple[str, ...]
    in_force_id: int | None
    published_at: datetime | None
    provisional_days: int


def context(session: Session, *, scope_code: str, quarter: Quarter | None, plans: bool = False) -> Context:
    """Return the context of a quarter, or of the next one in which the division has something to do when none
    is named: for who `plans` first where events want a place, for everybody else where events are to come.
    """
    division = session.get_one(Division, scope_code)
    known = _quarters(session)
    chosen = quarter or _to_do(session, scope_code, plans=plans) or _next(known) or Quarter.of(today())
    plan = session.scalars(
        select(Plan)
        .where(Plan.quarter == str(chosen), Plan.state == PlanState.PUBLISHED, scoped(Plan, scope_code))
        .order_by(Plan.published_at.desc())
        .limit(1)
    ).first()
    return Context(
        scope=Named(division.code, division.name_zh, division.name_en),
        level=division.level,
        quarter=chosen,
        quarters=tuple(sorted({*known, str(chosen)})),
        in_force_id=plan.id if plan else None,
        published_at=plan.published_at if plan else None,
        provisional_days=_provisional(session, chosen),
    )


def published_in(session: Session, *, scope_code: str) -> list[tuple[str, int]]:
    """Return the quarters in which a division has published events, and how many."""
    query = (
        select(Event.quarter, func.count())
        .where(scoped(Event, scope_code), Event.state == EventState.PUBLISHED)
        .group_by(Event.quarter)
        .order_by(Event.quarter)
    )
    return [(quarter, count) for quarter, count in session.execute(query)]


def regions(session: Session, *, scope_code: str) -> list[Division]:
    """Return the divisions of a member's scope, by code: cities before their counties."""
    below = Division.code.startswith(prefix(scope_code))
    return list(session.scalars(select(Division).where(below).order_by(Division.code)))


def day_kinds(session: Session, *, first_on: date, last_on: date) -> dict[date, CalendarDay]:
    """Return what is known of the days of a span; a day that is missing is an ordinary one."""
    query = select(CalendarDay).where(CalendarDay.day_on.between(first_on, last_on))
    return {day.day_on: day for day in session.scalars(query)}


def is_free(day: date, known: dict[date, CalendarDay]) -> bool:
    """Tell whether people are off work: a weekend or holiday that is no make-up workday."""
    return not is_worked(day, known[day].kind if day in known else None)


def _quarters(session: Session) -> list[str]:
    return sorted(session.scalars(select(Event.quarter).distinct()))


def _to_do(session: Session, scope_code: str, *, plans: bool) -> Quarter | None:
    """Return the next quarter in which a division's events want a place, are to come, or were planned."""
    own = select(Event.quarter).where(scoped(Event, scope_code)).distinct()
    unplaced = own.where(Event.state == EventState.PLANNED)
    coming = own.where(Event.state == EventState.PUBLISHED, Event.ends_at > now())
    planned = select(Plan.quarter).where(scoped(Plan, scope_code)).distinct()
    for question in (unplaced, coming, planned) if plans else (coming, unplaced, planned):
        if found := _next(sorted(session.scalars(question))):
            return found
    return None


def _next(known: list[str]) -> Quarter | None:
    current = str(Quarter.of(today()))
    return next((Quarter.parse(quarter) for quarter in known if quarter >= current), None)


def _provisional(session: Session, quarter: Quarter) -> int:
    """Count the days that are provisional, or of which nothing official is known."""
    weeks = quarter.weeks
    first_on, last_on = weeks[0].monday_on, weeks[-1].sunday_on
    query = select(func.count()).where(
        CalendarDay.day_on.between(first_on, last_on), CalendarDay.provisional.is_(False)
    )
    return (last_on - first_on).days + 1 - (session.scalar(query) or 0)
