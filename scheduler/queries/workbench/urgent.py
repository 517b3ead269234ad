"""Urgent requests that wait for an answer, by their clock."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from scheduler.models import (
    Division,
    Enterprise,
    Event,
    EventState,
    Placement,
    Plan,
    PlanState,
    UrgentRequest,
)
from scheduler.queries.public_rows import Named
from scheduler.queries.scope import scoped
from scheduler.times import now


@dataclass(frozen=True, slots=True)
class UrgentLine:
    """A request, its event, and the newest draft that has a place for it."""

    request: UrgentRequest
    quarter: str
    title: Named
    home: Named
    enterprise_zh: str
    draft_id: int | None

    @property
    def overdue(self) -> bool:
        """Tell whether the time to answer is over."""
        return self.request.due_at < now()

    @property
    def hours_left(self) -> int:
        """Return the whole hours that are left to answer."""
        return max(0, int((self.request.due_at - now()).total_seconds() // 3600))


def waiting_requests(session: Session, *, scope_code: str) -> Sequence[UrgentLine]:
    """Return the requests whose events nobody can see yet, those due first at the top."""
    draft = (
        select(func.max(Plan.id))
        .join(Placement, Placement.plan_id == Plan.id)
        .where(Placement.event_id == UrgentRequest.event_id, Plan.state == PlanState.DRAFT)
        .scalar_subquery()
    )
    query = (
        select(UrgentRequest, Event, Division, Enterprise.name_zh, draft)
        .join(Event, Event.id == UrgentRequest.event_id)
        .join(Division, Division.code == Event.division_code)
        .outerjoin(Enterprise, Enterprise.id == UrgentRequest.enterprise_id)
        .where(scoped(UrgentRequest, scope_code), Event.state == EventState.PLANNED)
        .order_by(UrgentRequest.due_at, UrgentRequest.event_id)
    )
    return [
        UrgentLine(
            request,
            event.quarter,
            Named(str(event.id), event.title_zh, event.title_en),
            Named(home.code, home.name_zh, home.name_en),
            name or "",
            plan_id,
        )
        for request, event, home, name, plan_id in session.execute(query)
    ]
