"""Opens the booking of an event: its terms are fixed by the bureau's rules, its lottery's seed is drawn."""

import hashlib
import secrets
from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from scheduler.errors import NotFound, Refusal
from scheduler.models import BookingTerms, Event, EventState, Organizer, Tier, Way
from scheduler.queries.booking.booths import free_booths
from scheduler.queries.booking.rules import Rules, rules_for
from scheduler.services.booking.moments import deadlines
from scheduler.services.booking.offering import floor_for_event
from scheduler.times import now

SEED_BYTES = 32
OF_RULES = (
    "booths_each",
    "hold_minutes",
    "needs_review",
    "walk_in",
    "no_show_limit",
    "no_show_bar",
    "fairs_a_month",
    "consecutive",
)


class NotOpenable(Refusal):
    """Only an event that is published, to come and has booths opens its booking, and only once."""

    status = 409
    code = "booking_not_openable"
    zh = "“{title_zh}”不能开放预订：{reason_zh}。"
    en = "Booking for “{title_en}” cannot be opened: {reason_en}."


def open_booking(  # noqa: PLR0913 — whatever the rules leave to the event
    session: Session,
    *,
    event_id: int,
    way: Way | None = None,
    opens_at: datetime | None = None,
    closes_at: datetime | None = None,
    shares: Mapping[Tier, int] = MappingProxyType({}),
) -> BookingTerms:
    """Let the booths of a published event be booked, now or from a moment on.

    What is not said follows the bureau's rules. `shares` are the booths that an allocation reserves for
    enterprises of a tier. Raises NotFound and NotOpenable.
    """
    event = session.get(Event, event_id)
    if event is None:
        raise NotFound
    organizer = session.get_one(Organizer, event.organizer_id)
    rules = rules_for(session, division_code=organizer.division_code)
    terms = _terms(session, event, rules, opens_at=opens_at or now(), closes_at=closes_at)
    terms.way = way or rules.way
    if not floor_for_event(session, event_id):
        raise _not_openable(event, "活动场地没有可用的展位图", "its venue has no floor plan that is ready")
    terms.shares = {tier.value: shares[tier] for tier in Tier if shares.get(tier)}
    if terms.shares and terms.way is not Way.ALLOCATION:
        raise _not_openable(event, "预留份额只用于统一分配", "shares are reserved only in an allocation")
    if sum(terms.shares.values()) > len(free_booths(session, event_id=event_id)):
        raise _not_openable(event, "预留份额多于展位总数", "more booths are reserved than there are")
    try:
        with session.begin_nested():
            session.add(terms)
    except IntegrityError as error:
        raise _not_openable(event, "预订已经开放", "it is open already") from error
    return terms


def seed_hash(seed: str) -> str:
    """Return what is published of a seed before the lottery."""
    return hashlib.sha256(seed.encode()).hexdigest()


def _terms(
    session: Session, event: Event, rules: Rules, *, opens_at: datetime, closes_at: datetime | None
) -> BookingTerms:
    public = event.state is EventState.PUBLISHED and event.starts_at is not None and event.ends_at is not None
    if not public or event.starts_at is None or event.ends_at is None or event.starts_at <= now():
        raise _not_openable(event, "活动未发布或已经开始", "it is not published, or has begun")
    found = deadlines(session, starts_at=event.starts_at, ends_at=event.ends_at, rules=rules)
    closes_at = closes_at or found.closes_at
    if closes_at <= max(opens_at, now()) or closes_at > event.starts_at:
        raise _not_openable(
            event, "截止时间须晚于开放时间、不晚于活动开始", "it must close after it opens, before the event"
        )
    seed = secrets.token_hex(SEED_BYTES)
    return BookingTerms(
        event_id=event.id,
        way=rules.way,
        opens_at=opens_at,
        closes_at=closes_at,
        cancel_until=found.cancel_until,
        check_in_until=found.check_in_until,
        seed=seed,
        seed_hash=seed_hash(seed),
        **{name: getattr(rules, name) for name in OF_RULES},
    )


def _not_openable(event: Event, zh: str, en: str) -> NotOpenable:
    return NotOpenable(title_zh=event.title_zh, title_en=event.title_en, reason_zh=zh, reason_en=en)
