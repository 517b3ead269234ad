"""A worker's clock says now and then that it ticks, so that a watcher notices one that stands still."""

from contextlib import suppress

from sqlalchemy import insert, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from scheduler.database import changed
from scheduler.models import WorkerBeat
from scheduler.times import now


def beat(session: Session, *, name: str) -> None:
    """Remember that a worker's clock has just ticked."""
    again = update(WorkerBeat).where(WorkerBeat.name == name).values(beat_at=now())
    if changed(session, again, synchronize="auto"):
        return
    with suppress(IntegrityError), session.begin_nested():  # another worker here was first
        session.execute(insert(WorkerBeat), {"name": name, "beat_at": now()})
