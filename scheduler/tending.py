"""Tends what runs out, at every tick: holds end, what is free goes to those who wait.

Each event has a transaction of its own, so that one in trouble holds up no other.
"""

import logging
from collections.abc import Callable, Sequence
from typing import Protocol

from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from scheduler.database import reading, transaction
from scheduler.errors import Refusal
from scheduler.services.booking import events_to_promote, promote, sweep_holds
from scheduler.services.fair_day import due_releases, release_no_shows
from scheduler.services.livestreams import promote_turns, streams_to_promote
from scheduler.services.offering_places import places_to_promote, promote_places
from scheduler.services.quotas import forget_windows

log = logging.getLogger(__name__)


class Deed(Protocol):
    """Something that is done to one event; it returns how many rows that concerned."""

    def __call__(self, session: Session, *, event_id: int) -> int:
        """Do it."""


def tend_bookings(engine: Engine) -> int:
    """Do what is due; returns how many holds ended, booths were released and offers were made."""
    with transaction(engine) as session:
        forget_windows(session)
        done = sweep_holds(session)
    done += _each(engine, "release", due_releases, release_no_shows)
    done += _each(engine, "offers", events_to_promote, promote)
    done += _each(engine, "offers", streams_to_promote, promote_turns)
    return done + _each(engine, "offers", places_to_promote, promote_places)


def _each(engine: Engine, name: str, due: Callable[[Session], Sequence[int]], deed: Deed) -> int:
    """Do a deed for every event for which it is due; returns what came of it in all."""
    done = 0
    with reading(engine) as session:
        events = due(session)
    for event_id in events:
        try:
            with transaction(engine) as session:
                done += deed(session, event_id=event_id)
        except (OperationalError, Refusal) as error:  # in somebody's way; the next tick tries again
            log.warning("%s of event %s: %s", name, event_id, type(error).__name__)
    return done
