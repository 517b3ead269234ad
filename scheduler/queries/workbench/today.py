"""What needs a decision today, by its deadline."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from scheduler.models import Division, Event, EventState, Plan, PlanRun, RunState
from scheduler.models.safety import SafetyKind
from scheduler.queries.booking.allocations import Due, allocations_due
from scheduler.queries.booking.left_behind import LeftBehind, left_behind
from scheduler.queries.permits import FILED, FilingRule, PermitRule, filing_rule, permit_rule
from scheduler.queries.public_rows import Named
from scheduler.queries.safety import seen_to
from scheduler.queries.scope import scoped
from scheduler.queries.workbench.events import placed_lines
from scheduler.queries.workbench.plans import PlanView, RunView, waiting_drafts
from scheduler.queries.workbench.rows import EventLine, Sight, WorkFilter
from scheduler.queries.workbench.urgent import UrgentLine, waiting_requests
from scheduler.times import moment, now, today

RECENT = timedelta(days=7)
SOON, FILED_SOON = timedelta(days=30), timedelta(days=7)
FEW, MOST_TODAY = 8, 30
ALL = 100_000
UNHAPPY = (RunState.INTERRUPTED, RunState.FAILED)


@dataclass(frozen=True, slots=True)
class Permits:
    """Large published events that still lie ahead; the first few by the day to apply for the permit."""

    rule: PermitRule
    lines: tuple[EventLine, ...]
    total: int
    overdue: int
    soon: int


@dataclass(frozen=True, slots=True)
class Filings:
    """How many published events have to be filed within the next days, and the rule that says so."""

    rule: FilingRule
    soon: int


@dataclass(frozen=True, slots=True)
class Today:
    """What a member has to decide, and how many events the quarter has in each state."""

    on: date
    running: tuple[RunView, ...]
    stopped: tuple[RunView, ...]
    drafts: tuple[PlanView, ...]
    permits: Permits
    filings: Filings
    states: dict[EventState, int]
    urgent: Sequence[UrgentLine] = ()
    allocations: Sequence[Due] = ()
    left_behind: Sequence[LeftBehind] = ()
    held_today: Sequence[Event] = ()

    @property
    def unplanned(self) -> int:
        """Return how many events of the quarter the public does not know yet."""
        return self.states.get(EventState.PLANNED, 0)


def today_board(session: Session, *, scope_code: str, quarter: str) -> Today:
    """Return the decisions that wait in a member's scope."""
    return Today(
        on=today(),
        running=_runs(session, scope_code, [RunState.QUEUED, RunState.RUNNING]),
        stopped=_runs(session, scope_code, UNHAPPY),
        drafts=tuple(waiting_drafts(session, scope_code=scope_code)),
        permits=_permits(session, scope_code, quarter),
        filings=_filings(session, scope_code),
        states=_states(session, scope_code, quarter),
        urgent=waiting_requests(session, scope_code=scope_code),
        allocations=allocations_due(session, scope=scope_code),
        left_behind=left_behind(session, scope=scope_code),
        held_today=_held_today(session, scope_code),
    )


def _held_today(session: Session, scope_code: str) -> Sequence[Event]:
    """Return the first of the published events that are held today, in the order of their beginning."""
    query = (
        select(Event)
        .where(
            scoped(Event, scope_code),
            Event.state == EventState.PUBLISHED,
            Event.starts_at >= moment(today(), 0),
            Event.starts_at < moment(today() + timedelta(days=1), 0),
        )
        .order_by(Event.starts_at, Event.id)
        .limit(MOST_TODAY)
    )
    return session.scalars(query).all()


def _runs(session: Session, scope_code: str, states: Collection[RunState]) -> tuple[RunView, ...]:
    query = (
        select(PlanRun, Division, Plan.id)
        .join(Division, Division.code == PlanRun.scope_code)
        .outerjoin(Plan, Plan.run_id == PlanRun.id)
        .where(PlanRun.state.in_(states), scoped(PlanRun, scope_code), PlanRun.requested_at > now() - RECENT)
        .order_by(PlanRun.id.desc())
        .limit(FEW)
    )
    return tuple(
        RunView(run, Named(division.code, division.name_zh, division.name_en), plan_id)
        for run, division, plan_id in session.execute(query)
    )


def _permits(session: Session, scope_code: str, quarter: str) -> Permits:
    wanted = WorkFilter(large=True, first_on=today())
    page = placed_lines(session, Sight(scope_code, quarter), wanted, size=ALL)
    ahead = [line for line in page.lines if line.state is EventState.PUBLISHED]
    asked = set(session.scalars(seen_to(SafetyKind.PERMIT)))
    days = [line.permit_by for line in ahead if line.permit_by is not None and line.id not in asked]
    return Permits(
        rule=permit_rule(session),
        lines=tuple(ahead[:FEW]),
        total=len(ahead),
        overdue=sum(day < today() for day in days),
        soon=sum(today() <= day <= today() + SOON for day in days),
    )


def _filings(session: Session, scope_code: str) -> Filings:
    rule = filing_rule(session)
    first_on = today() + timedelta(days=rule.days)
    due = (
        select(func.count())
        .select_from(Event)
        .where(
            scoped(Event, scope_code),
            Event.state == EventState.PUBLISHED,
            Event.kind.in_(FILED),
            Event.id.not_in(seen_to(SafetyKind.FILING)),
            Event.starts_at >= moment(first_on, 0),
            Event.starts_at < moment(first_on + FILED_SOON, 0),
        )
    )
    return Filings(rule, (session.scalar(due) or 0) if rule.days else 0)


def _states(session: Session, scope_code: str, quarter: str) -> dict[EventState, int]:
    query = (
        select(Event.state, func.count())
        .where(Event.quarter == quarter, scoped(Event, scope_code))
        .group_by(Event.state)
    )
    return {state: int(count) for state, count in session.execute(query)}
