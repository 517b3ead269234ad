"""Carries the sweeping: asks what is due and erases it batch by batch, each in a transaction of its own."""

import logging

from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError

from scheduler.database import settle, transaction
from scheduler.services.privacy import due_rules, keep_notice, postpone, sweep

MOST_BATCHES = 100  # a tick must end: what is left over is due again at the next one

log = logging.getLogger(__name__)


def sweep_due(engine: Engine, *, contact: str, batches: int = MOST_BATCHES) -> int:
    """Erase what has been kept long enough; returns how many rows. One rule that fails stops no other."""
    with transaction(engine) as session:
        keep_notice(session, contact=contact)
        waiting = list(due_rules(session))
    total = 0
    while waiting and batches > 0:
        rule, batches = waiting[0], batches - 1
        rows = _sweep(engine, rule)
        total += rows
        if not rows:
            waiting.pop(0)
    if total:
        settle(engine)
        log.info("swept", extra={"rows": total})
    return total


def _sweep(engine: Engine, rule: str) -> int:
    try:
        with transaction(engine) as session:
            return sweep(session, rule=rule)
    except OperationalError:
        raise
    except Exception:
        log.exception("the rule %s failed and rests", rule)
        with transaction(engine) as session:
            postpone(session, rule=rule)
        return 0
