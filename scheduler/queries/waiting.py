"""Places on waiting lists, with their rank: whatever is waited for, the list is counted the same way."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import ScalarSelect, func, select
from sqlalchemy.orm import Session, aliased

from scheduler.models import Waiting, WaitingFor, WaitingState
from scheduler.models.waiting import ON_LIST
from scheduler.queries.actors import Employer
from scheduler.queries.scope import scoped


@dataclass(frozen=True, slots=True)
class Place:
    """A place on a waiting list; `rank` 1 is offered next, 0 means that it waits no more."""

    waiting: Waiting
    rank: int


def rank() -> ScalarSelect[int]:
    """Return how many wait before a waiting, itself counted; 0 for one that waits no more."""
    before = aliased(Waiting)
    return (
        select(func.count())
        .where(
            before.event_id == Waiting.event_id,
            before.wanted == Waiting.wanted,
            before.state == WaitingState.WAITING,
            before.id <= Waiting.id,
            Waiting.state == WaitingState.WAITING,
        )
        .scalar_subquery()
    )


def places_of(session: Session, *, actor: Employer, event_id: int | None = None) -> tuple[Place, ...]:
    """Return the enterprise's places on waiting lists, those that are over last."""
    question = (
        select(Waiting, rank())
        .where(scoped(Waiting, actor))
        .order_by(Waiting.ended_at.is_not(None), Waiting.id)
    )
    if event_id is not None:
        question = question.where(Waiting.event_id == event_id)
    return tuple(Place(waiting, number) for waiting, number in session.execute(question))


def open_places(session: Session, *, actor: Employer, wanted: WaitingFor) -> Mapping[int, Place]:
    """Return where the enterprise waits or has an offer, by event."""
    question = select(Waiting, rank()).where(
        scoped(Waiting, actor), Waiting.wanted == wanted, Waiting.state.in_(ON_LIST)
    )
    return {row.event_id: Place(row, number) for row, number in session.execute(question)}


def rank_of(session: Session, *, event_id: int, enterprise_id: int) -> int | None:
    """Return an enterprise's place among those who wait for a booth at an event; None: it does not wait."""
    question = select(rank()).where(
        Waiting.event_id == event_id,
        Waiting.wanted == WaitingFor.BOOTH,
        Waiting.enterprise_id == enterprise_id,
        Waiting.state == WaitingState.WAITING,
    )
    return session.scalar(question)


def list_length(session: Session, *, event_id: int, wanted: WaitingFor) -> int:
    """Return how many wait at an event or have an offer."""
    question = select(func.count()).where(
        Waiting.event_id == event_id, Waiting.wanted == wanted, Waiting.state.in_(ON_LIST)
    )
    return session.scalar(question) or 0
