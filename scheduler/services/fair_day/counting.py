"""Counting who goes in and out at gates without being checked in; a count handed in again counts once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from scheduler.models.fair_days import Passage
from scheduler.services.fair_day.checking import Door
from scheduler.times import now


@dataclass(frozen=True, slots=True)
class Passing:
    """So many people went in (positive) or out (negative) at a moment of the device's clock."""

    client_id: str
    people: int
    passed_at: datetime


def count(session: Session, *, door: Door, passings: Iterable[Passing]) -> list[str]:
    """Note how many passed; returns the ids that are noted now, those of before too."""
    return [_note(session, door, passing) for passing in passings]


def _note(session: Session, door: Door, passing: Passing) -> str:
    row = Passage(
        client_id=passing.client_id,
        event_id=door.event_id,
        gate_id=door.gate_id,
        people=passing.people,
        passed_at=passing.passed_at,
        received_at=now(),
    )
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError:
        pass  # it was handed in before
    return passing.client_id
