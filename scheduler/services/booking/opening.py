"""Opens the booking of an event: its terms are fixed by the bureau's rules, its lottery's seed is drawn."""

import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TypedDict, Unpack

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from scheduler.errors import NotFound, Refusal
from scheduler.models import BookingTerms, Event, EventState, Organizer, Tier, Way
from scheduler.queries.booking.booths import free_booths
from scheduler.queries.booking.rules import Rules, rules_for
from scheduler.services.booking.moments import deadlines
from scheduler.services.booking.offering import floor_for_event
from scheduler.services.booking.telling import tell_opened
from scheduler.times import local, now
from solver.booths import commit_of

SEED_BYTES = 32
OPEN_ALREADY = ("预订已经开放", "it is open already")
OF_RULES = (
    "booths_each",
    "hold_minutes",
    "needs_review",
    "branch_authorised",
    "walk_in",
    "no_show_limit",
    "no_show_bar",
    "fairs_a_month",
    "consecutive",
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """The moments of one event's terms; None follows the bureau's rules."""

    opens_at: datetime
    closes_at: datetime | None
    cancel_until: datetime | None
    check_in_until: datetime | None


@dataclass(frozen=True, slots=True)
class Reserved:
    """How many booths an allocation reserves for tiers, where that is not as the bureau's rules say.

    `kept` are the tiers for which what they do not claim is kept; None follows the rules.
    """

    shares: Mapping[Tier, int] = field(default_factory=dict)
    kept: Collection[Tier] | None = None


BY_RULES = Reserved()


class WordTooEarly(Refusal):
    """Whoever knows the public word while requests can come in knows what the lottery will do to them."""

    status = 409
    code = "public_word_too_early"
    zh = "请填写公开词的公布日期：须晚于报名截止日（{closes}），早于活动当天（{day}）。"
    en = (
        "Give the day on which the public word comes to be known: later than {closes}, when booking closes, "
        "and before the event on {day}."
    )


class NotOpenable(Refusal):
    """Only an event that is published, to come and has booths opens its booking, and only once."""

    status = 409
    code = "booking_not_openable"
    zh = "“{title_zh}”不能开放预订：{reason_zh}。"
    en = "Booking for “{title_en}” cannot be opened: {reason_en}."


class Choices(TypedDict, total=False):
    """What an event may say of its terms; `terms_for` says what each means."""

    way: Way | None
    opens_at: datetime | None
    closes_at: datetime | None
    cancel_until: datetime | None
    check_in_until: datetime | None
    reserved: Reserved
    public_rule: str | None
    drawn_on: date | None


def open_booking(session: Session, *, event_id: int, **wanted: Unpack[Choices]) -> BookingTerms:
    """Let the booths of a published event be booked on the terms that `terms_for` proposes for what is
    wanted, and write to the enterprises that are registered already. Raises what `terms_for` does.
    """
    terms = terms_for(session, event_id=event_id, **wanted)
    try:
        with session.begin_nested():
            session.add(terms)
    except IntegrityError as error:  # somebody else was quicker
        raise _not_openable(session.get_one(Event, event_id), *OPEN_ALREADY) from error
    tell_opened(session, terms=terms)
    return terms


def terms_for(  # noqa: PLR0913 — whatever the rules leave to the event
    session: Session,
    *,
    event_id: int,
    way: Way | None = None,
    opens_at: datetime | None = None,
    closes_at: datetime | None = None,
    cancel_until: datetime | None = None,
    check_in_until: datetime | None = None,
    reserved: Reserved = BY_RULES,
    public_rule: str | None = None,
    drawn_on: date | None = None,
) -> BookingTerms:
    """Return the terms on which the booths of a published event would be booked, now or from a moment on;
    none are written yet, but the event has plans of its halls from now on.

    What is not said follows the bureau's rules; how large a fair may be is not left to the event. Only an
    allocation has reserved booths, and a `public_rule`: the public fact that its lottery will depend on,
    which is known on `drawn_on`. Raises NotFound, NotOpenable and WordTooEarly.
    """
    event = session.get(Event, event_id)
    if event is None:
        raise NotFound
    if session.get(BookingTerms, event_id, populate_existing=True) is not None:
        raise _not_openable(event, *OPEN_ALREADY)
    organizer = session.get_one(Organizer, event.organizer_id)
    rules = rules_for(session, division_code=organizer.division_code)
    wanted = Wanted(opens_at or now(), closes_at, cancel_until, check_in_until)
    terms = _terms(session, event, rules, wanted)
    terms.way = way or rules.way
    if rules.most_people and event.people > rules.most_people:
        raise _not_openable(
            event,
            f"预计 {event.people} 人，超过本机构每场上限 {rules.most_people} 人",
            f"{event.people} people are expected, more than the bureau's {rules.most_people} for a fair",
        )
    if not floor_for_event(session, event_id):
        raise _not_openable(event, "活动场地没有可用的展位图", "its venue has no floor plan that is ready")
    booths = len(free_booths(session, event_id=event_id))
    if rules.most_booths and booths > rules.most_booths:
        raise _not_openable(
            event,
            f"展位图有 {booths} 个展位，超过本机构每场上限 {rules.most_booths} 个，请选用较小的展位图",
            f"its plan has {booths} booths, more than the bureau's {rules.most_booths}: choose a smaller one",
        )
    _reserve(event, terms, rules, reserved, booths)
    _announce(event, terms, public_rule, drawn_on)
    return terms


def _reserve(event: Event, terms: BookingTerms, rules: Rules, reserved: Reserved, booths: int) -> None:
    """Write down how many booths are reserved, and for whom what is left over is kept; raises NotOpenable."""
    by_rules = rules.shares_of(booths) if terms.way is Way.ALLOCATION else {}
    shares = {**by_rules, **reserved.shares}
    terms.shares = {tier.value: shares[tier] for tier in Tier if shares.get(tier)}
    kept = rules.kept if reserved.kept is None else reserved.kept
    terms.kept = [tier for tier in terms.shares if tier in kept]
    if terms.shares and terms.way is not Way.ALLOCATION:
        raise _not_openable(event, "预留份额只用于统一分配", "shares are reserved only in an allocation")
    if sum(terms.shares.values()) > booths:
        raise _not_openable(event, "预留份额多于展位总数", "more booths are reserved than there are")


def _announce(event: Event, terms: BookingTerms, public_rule: str | None, drawn_on: date | None) -> None:
    """Write down which public fact the lottery depends on, if on any; raises NotOpenable and WordTooEarly."""
    if not public_rule or event.starts_at is None:
        return
    terms.public_rule, terms.drawn_on = public_rule, drawn_on
    if terms.way is not Way.ALLOCATION:
        raise _not_openable(event, "公开词只用于统一分配", "a public word belongs to an allocation")
    closes_on, held_on = local(terms.closes_at).date(), local(event.starts_at).date()
    if drawn_on is None or not closes_on < drawn_on < held_on:
        raise WordTooEarly(closes=closes_on, day=held_on)


def _terms(session: Session, event: Event, rules: Rules, wanted: Wanted) -> BookingTerms:
    public = event.state is EventState.PUBLISHED and event.starts_at is not None and event.ends_at is not None
    if not public or event.starts_at is None or event.ends_at is None or event.starts_at <= now():
        raise _not_openable(event, "活动未发布或已经开始", "it is not published, or has begun")
    found = deadlines(session, starts_at=event.starts_at, ends_at=event.ends_at, rules=rules)
    closes_at = wanted.closes_at or found.closes_at
    if closes_at <= max(wanted.opens_at, now()) or closes_at > event.starts_at:
        raise _not_openable(
            event, "截止时间须晚于开放时间、不晚于活动开始", "it must close after it opens, before the event"
        )
    cancel_until = wanted.cancel_until or found.cancel_until
    check_in_until = wanted.check_in_until or found.check_in_until
    if cancel_until > event.starts_at or not event.starts_at < check_in_until <= event.ends_at:
        raise _not_openable(
            event,
            "取消截止不能晚于活动开始，签到截止须在活动时间之内",
            "cancelling must end before the event begins, and check-in while it lasts",
        )
    seed = secrets.token_hex(SEED_BYTES)
    return BookingTerms(
        event_id=event.id,
        way=rules.way,
        opens_at=wanted.opens_at,
        closes_at=closes_at,
        cancel_until=cancel_until,
        check_in_from=found.check_in_from,
        check_in_until=check_in_until,
        seed=seed,
        seed_hash=commit_of(seed),
        **{name: getattr(rules, name) for name in OF_RULES},
    )


def _not_openable(event: Event, zh: str, en: str) -> NotOpenable:
    return NotOpenable(**event.titles, reason_zh=zh, reason_en=en)
