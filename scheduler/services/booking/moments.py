"""From a bureau's rules and an event's hours to its deadlines."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from scheduler.queries.booking.rules import Rules
from scheduler.queries.booking.working_days import working_day_before
from scheduler.times import local, moment

CLOSE_OF_BUSINESS = 17 * 60
MIDNIGHT = 24 * 60
LATE_MINUTES = 30
"""How long after its beginning an event waits for its enterprises that begins after the usual check-in."""


@dataclass(frozen=True, slots=True)
class Deadlines:
    """Until when an event's booths can be booked and cancelled, and when one has to be there."""

    closes_at: datetime
    cancel_until: datetime
    check_in_until: datetime


def deadlines(session: Session, *, starts_at: datetime, ends_at: datetime, rules: Rules) -> Deadlines:
    """Return the deadlines of an event: booking closes at the close of business, cancelling at midnight,
    so many working days before; check-in at the usual minute, or soon after a later beginning.
    """
    day = local(starts_at).date()
    closes_on = working_day_before(session, day, rules.closes_lead_days)
    cancel_on = working_day_before(session, day, rules.cancel_lead_days)
    closes_at = moment(closes_on, CLOSE_OF_BUSINESS) if rules.closes_lead_days else starts_at
    cancel_until = moment(cancel_on, MIDNIGHT) if rules.cancel_lead_days else starts_at
    usual = moment(day, rules.check_in_minute)
    late = starts_at + timedelta(minutes=LATE_MINUTES)
    check_in_until = min(usual if usual > starts_at else late, ends_at)
    return Deadlines(min(closes_at, starts_at), min(cancel_until, starts_at), check_in_until)
