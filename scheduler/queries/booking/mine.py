"""What an enterprise has: its registrations, its bookings and its places on waiting lists."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from scheduler.errors import NotFound
from scheduler.models import (
    Booking,
    BoothWish,
    Event,
    Registration,
    RegistrationOpening,
    Waiting,
    WaitingFor,
    WaitingState,
)
from scheduler.queries.actors import Employer
from scheduler.queries.keyset import Key
from scheduler.queries.scope import scoped


@dataclass(frozen=True, slots=True)
class Entry:
    """A registration with what was said along with it."""

    registration: Registration
    uid: str
    opening_ids: tuple[int, ...]
    wishes: tuple[BoothWish, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A place on a waiting list; `rank` 1 is offered next, 0 means that it waits no more."""

    waiting: Waiting
    rank: int


def entries_behind(session: Session, *, actor: Employer, after: Key | None, size: int) -> tuple[Entry, ...]:
    """Return a page of the enterprise's registrations, by event."""
    question = (
        select(Registration, Event.uid)
        .join(Event, Event.id == Registration.event_id)
        .where(scoped(Registration, actor), Registration.event_id > (after.id if after else 0))
        .order_by(Registration.event_id)
        .limit(size)
    )
    rows = session.execute(question).all()
    return tuple(_entry(session, registration, uid) for registration, uid in rows)


def entry_of(session: Session, *, actor: Employer, event_id: int) -> Entry:
    """Return the enterprise's registration for an event; raises NotFound."""
    question = (
        select(Registration, Event.uid)
        .join(Event, Event.id == Registration.event_id)
        .where(scoped(Registration, actor), Registration.event_id == event_id)
    )
    row = session.execute(question).one_or_none()
    if row is None:
        raise NotFound
    return _entry(session, *row)


def bookings_behind(session: Session, *, actor: Employer, after: Key | None, size: int) -> Sequence[Booking]:
    """Return a page of the enterprise's bookings, oldest first."""
    question = (
        select(Booking)
        .where(scoped(Booking, actor), Booking.id > (after.id if after else 0))
        .order_by(Booking.id)
        .limit(size)
    )
    return session.scalars(question).all()


def places_of(session: Session, *, actor: Employer, event_id: int | None = None) -> tuple[Place, ...]:
    """Return the enterprise's places on waiting lists for booths, those that are over last."""
    before = aliased(Waiting)
    rank = (
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
    question = (
        select(Waiting, rank)
        .where(scoped(Waiting, actor), Waiting.wanted == WaitingFor.BOOTH)
        .order_by(Waiting.ended_at.is_not(None), Waiting.id)
    )
    if event_id is not None:
        question = question.where(Waiting.event_id == event_id)
    return tuple(Place(waiting, number) for waiting, number in session.execute(question))


def rank_of(session: Session, *, event_id: int, enterprise_id: int) -> int | None:
    """Return an enterprise's place among those who wait for a booth at an event; None: it does not wait."""
    line = select(Waiting.enterprise_id).where(
        Waiting.event_id == event_id,
        Waiting.wanted == WaitingFor.BOOTH,
        Waiting.state == WaitingState.WAITING,
    )
    in_order = list(session.scalars(line.order_by(Waiting.id)))
    return in_order.index(enterprise_id) + 1 if enterprise_id in in_order else None


def _entry(session: Session, row: Registration, uid: str) -> Entry:
    here = (BoothWish.event_id == row.event_id, BoothWish.enterprise_id == row.enterprise_id)
    openings = select(RegistrationOpening.opening_id).where(
        RegistrationOpening.event_id == row.event_id, RegistrationOpening.enterprise_id == row.enterprise_id
    )
    return Entry(
        row,
        uid,
        tuple(session.scalars(openings.order_by(RegistrationOpening.opening_id))),
        tuple(session.scalars(select(BoothWish).where(*here).order_by(BoothWish.rank))),
    )
