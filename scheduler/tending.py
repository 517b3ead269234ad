"""Tends what runs out, at every tick: holds end, free booths go to those who wait.

Each event has a transaction of its own, so that one in trouble holds up no other.
"""

import logging

from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError

from scheduler.database import reading, transaction
from scheduler.errors import Refusal
from scheduler.services.booking import events_to_promote, promote, sweep_holds
from scheduler.services.fair_day import due_releases, release_no_shows
from scheduler.services.quotas import forget_windows

log = logging.getLogger(__name__)


def tend_bookings(engine: Engine) -> int:
    """Do what is due; returns how many holds ended, booths were released and offers were made."""
    with transaction(engine) as session:
        forget_windows(session)
        done = sweep_holds(session)
    done += _release(engine)
    with reading(engine) as session:
        events = events_to_promote(session)
    for event_id in events:
        try:
            with transaction(engine) as session:
                done += promote(session, event_id=event_id)
        except (OperationalError, Refusal) as error:  # in somebody's way; the next tick tries again
            log.warning("offers of event %s: %s", event_id, type(error).__name__)
    return done


def _release(engine: Engine) -> int:
    """Release the booths of those who did not check in in time; returns how many bookings ended."""
    done = 0
    with reading(engine) as session:
        events = due_releases(session)
    for event_id in events:
        try:
            with transaction(engine) as session:
                done += release_no_shows(session, event_id=event_id)
        except (OperationalError, Refusal) as error:  # in somebody's way; the next tick tries again
            log.warning("release of event %s: %s", event_id, type(error).__name__)
    return done
