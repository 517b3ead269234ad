"""Whether the database answers, how fresh the public schedule is, and whether the worker keeps up."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from scheduler.models import (
    Delivery,
    DeliveryState,
    Message,
    MessageState,
    PlanRun,
    Publication,
    RunState,
    Sweeping,
    WorkerBeat,
)
from scheduler.times import now


@dataclass(frozen=True, slots=True)
class Backlog:
    """What waits in an outbox, since how many seconds the first of it is due, and what was given up there."""

    waiting: int
    lag_seconds: int
    given_up: int


@dataclass(frozen=True, slots=True)
class Swept:
    """How many rows have been erased by rule because their time was over, and how late the latest rule is."""

    rows: dict[str, int]
    late_seconds: int


@dataclass(frozen=True, slots=True)
class Health:
    """How the site stands; `worker_age_seconds` is None before any worker's clock has ticked."""

    publication: int | None
    worker_age_seconds: int | None
    runs_queued: int
    runs_running: int
    messages: Backlog
    deliveries: Backlog
    swept: Swept


def newest_publication(session: Session) -> int | None:
    """Return the id of the newest publication, the version of the public schedule; None before any."""
    return session.scalar(select(func.max(Publication.id)))


def health(session: Session) -> Health:
    """Return what a watcher has to know, in a handful of queries."""
    ticked_at = session.scalar(select(func.max(WorkerBeat.beat_at)))
    counted = select(PlanRun.state, func.count()).group_by(PlanRun.state)
    runs = {state: int(count) for state, count in session.execute(counted)}
    return Health(
        publication=newest_publication(session),
        worker_age_seconds=None if ticked_at is None else _age(ticked_at),
        runs_queued=runs.get(RunState.QUEUED, 0),
        runs_running=runs.get(RunState.RUNNING, 0),
        messages=_backlog(session, Message, MessageState.FAILED),
        deliveries=_backlog(session, Delivery, DeliveryState.DEAD),
        swept=_swept(session),
    )


def _swept(session: Session) -> Swept:
    rules = session.execute(select(Sweeping.rule, Sweeping.rows_total, Sweeping.due_at)).all()
    late = max((_age(due_at) for _, _, due_at in rules), default=0)
    return Swept({rule: total for rule, total, _ in rules}, late)


def _backlog(
    session: Session, model: type[Message | Delivery], given_up: MessageState | DeliveryState
) -> Backlog:
    due = select(func.count(), func.min(model.due_at)).where(model.state.in_(["waiting", "sending"]))
    waiting, due_at = session.execute(due).one()
    lost = session.scalar(select(func.count()).where(model.state == given_up)) or 0
    return Backlog(waiting, 0 if due_at is None else _age(due_at), lost)


def _age(moment: datetime) -> int:
    return max(0, int((now() - moment).total_seconds()))
