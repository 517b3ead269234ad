"""What an enterprise has: its registrations and its bookings."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from scheduler.errors import NotFound
from scheduler.models import (
    Booking,
    BoothWish,
    Event,
    Registration,
    RegistrationOpening,
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


def entries_behind(session: Session, *, actor: Employer, after: Key | None, size: int) -> tuple[Entry, ...]:
    """Return a page of the enterprise's registrations, by event."""
    question = _entries(actor).where(Registration.event_id > (after.id if after else 0))
    rows = session.execute(question.order_by(Registration.event_id).limit(size)).all()
    return tuple(_entry(session, registration, uid) for registration, uid in rows)


def entry_of(session: Session, *, actor: Employer, event_id: int) -> Entry:
    """Return the enterprise's registration for an event; raises NotFound."""
    row = session.execute(_entries(actor).where(Registration.event_id == event_id)).one_or_none()
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


def _entries(actor: Employer) -> Select[Registration, str]:
    return (
        select(Registration, Event.uid)
        .join(Event, Event.id == Registration.event_id)
        .where(scoped(Registration, actor))
    )


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
