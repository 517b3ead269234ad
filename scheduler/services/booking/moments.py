"""From a bureau's rules and an event's hours to its deadlines."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from scheduler.queries.booking.rules import Rules
from scheduler.queries.working_days import business_ends_before, is_working_day, working_day_before
from scheduler.times import local, moment

MIDNIGHT = 24 * 60
LATE_MINUTES = 30
"""How long after its beginning an event waits for its enterprises that begins after the usual check-in."""


@dataclass(frozen=True, slots=True)
class Deadlines:
    """Until when an event's booths can be booked and cancelled, and from when until when one checks in.

    `check_in_from` is None where the rules do not say it.
    """

    closes_at: datetime
    cancel_until: datetime
    check_in_from: datetime | None
    check_in_until: datetime


def deadlines(session: Session, *, starts_at: datetime, ends_at: datetime, rules: Rules) -> Deadlines:
    """Return the deadlines of an event: booking closes at the close of business, cancelling at midnight,
    so many working days before; check-in at the usual minute of such a day, or soon after a later beginning.
    """
    day = local(starts_at).date()
    closes_at = business_ends_before(session, starts_at, rules.closes_lead_days)
    cancel_on = working_day_before(session, day, rules.cancel_lead_days)
    cancel_until = moment(cancel_on, MIDNIGHT) if rules.cancel_lead_days else starts_at
    usual = moment(day, _check_in_minute(session, day, rules))
    late = starts_at + timedelta(minutes=LATE_MINUTES)
    check_in_until = min(usual if usual > starts_at else late, ends_at)
    first = rules.check_in_from_minute
    check_in_from = moment(day, first) if first is not None else None
    if check_in_from is not None and check_in_from >= check_in_until:
        check_in_from = None  # an event in the evening: the morning's window says nothing about it
    return Deadlines(closes_at, min(cancel_until, starts_at), check_in_from, check_in_until)


def _check_in_minute(session: Session, day: date, rules: Rules) -> int:
    rest = rules.rest_day_check_in_minute
    return rules.check_in_minute if rest is None or is_working_day(session, day) else rest
