"""The plan of next year's regular fairs: by when a bureau files it, whether it has, and what stands in it."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from scheduler.models import Account, Duty, Event, EventDuty, EventState, Organizer
from scheduler.models.safety import AnnualFiling, SafetyRules
from scheduler.queries.owed_fairs import MONTHLY, WEEKLY
from scheduler.queries.permits import FILED
from scheduler.queries.safety import AHEAD, safety_rules_for
from scheduler.queries.scope import Scope, scoped
from scheduler.times import moment, today


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnualTask:
    """The plan of a year's regular fairs, which a bureau files by a day of the year before."""

    year: int
    due_on: date
    filed: AnnualFiling | None
    noted_by: str

    @property
    def is_late(self) -> bool:
        """Tell whether its day has passed and it is not filed."""
        return self.filed is None and self.due_on < today()

    @property
    def waits(self) -> bool:
        """Tell whether it is to be filed before long, or should have been."""
        return self.filed is None and self.due_on <= today() + AHEAD


@dataclass(frozen=True, slots=True)
class RegularFair:
    """A regular fair, and whether its duty comes back each week, else each month."""

    event: Event
    is_weekly: bool


def annual_task(session: Session, *, division_code: str) -> AnnualTask | None:
    """Return the plan that the bureau of a division has to file; None where no rule asks for one."""
    rules = safety_rules_for(session, division_code=division_code)
    return annual_task_by(session, rules=rules, division_code=division_code)


def annual_task_by(session: Session, *, rules: SafetyRules | None, division_code: str) -> AnnualTask | None:
    """Do what `annual_task` does where the rules that hold for the division were read already.

    Its day is looked ahead to and, once it has passed, looked back at for so long; then comes next year's.
    """
    if rules is None or rules.annual_month is None or rules.annual_day is None:
        return None
    year = (today() - AHEAD).year
    days = (date(one, rules.annual_month, rules.annual_day) for one in (year, year + 1))
    due_on = next(day for day in days if day + AHEAD >= today())
    row = session.execute(
        select(AnnualFiling, Account.display_name)
        .join(Organizer, Organizer.id == AnnualFiling.organizer_id)
        .outerjoin(Account, Account.id == AnnualFiling.noted_by)
        .where(Organizer.division_code == division_code, AnnualFiling.year == due_on.year + 1)
    ).one_or_none()
    filed, name = row or (None, None)
    return AnnualTask(year=due_on.year + 1, due_on=due_on, filed=filed, noted_by=name or "")


def regular_fairs(session: Session, *, year: int, scope: Scope) -> tuple[RegularFair, ...]:
    """Return the regular fairs of a year as far as they are planned, by their day, or by the first day of
    their window where they have none yet.
    """
    first_on, last_on = date(year, 1, 1), date(year, 12, 31)
    of_year = or_(
        and_(Event.starts_at >= moment(first_on, 0), Event.starts_at < moment(date(year + 1, 1, 1), 0)),
        and_(Event.starts_at.is_(None), Event.window_first_on.between(first_on, last_on)),
    )
    often = (
        select(EventDuty.event_id, func.max(Duty.period).label("period"))
        .join(Duty, Duty.code == EventDuty.duty_code)
        .where(Duty.period.in_((WEEKLY, MONTHLY)))
        .group_by(EventDuty.event_id)
        .subquery()
    )
    rows = session.execute(
        select(Event, often.c.period)
        .join(often, often.c.event_id == Event.id)
        .where(scoped(Event, scope), Event.kind.in_(FILED), Event.state != EventState.CANCELLED, of_year)
        .options(joinedload(Event.division), joinedload(Event.organizer), selectinload(Event.venues))
        .order_by(Event.window_first_on, Event.starts_at, Event.id)
    )
    return tuple(RegularFair(event, period == WEEKLY) for event, period in rows)
