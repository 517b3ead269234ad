"""What an organizer sees of an event's booths: terms, bookings, registrations, and who waits."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from scheduler.models import (
    STANDING,
    Booking,
    BookingTerms,
    Enterprise,
    Event,
    EventState,
    EventVenue,
    Industry,
    NoShow,
    Registration,
    RegistrationState,
    Verification,
    Waiting,
    WaitingFor,
)
from scheduler.models.waiting import ON_LIST
from scheduler.queries.booking.lists import holders_of
from scheduler.queries.booking.records import REMEMBERED, remembered
from scheduler.queries.booking.rules import Rules, rules_for
from scheduler.queries.floors import PlanView, codes_of, plans_of_event
from scheduler.queries.public_rows import Named
from scheduler.queries.scope import Scope, get_scoped, scoped
from scheduler.times import now

MOST_ENDED = 50


@dataclass(frozen=True, slots=True)
class BookedLine:
    """A booking with its enterprise and the codes of its booths."""

    booking: Booking
    enterprise: Enterprise
    codes: tuple[str, ...]

    @property
    def stands(self) -> bool:
        """Tell whether the booking has its booths."""
        return self.booking.state in STANDING


@dataclass(frozen=True, slots=True)
class Asking:
    """A registration with its enterprise; `missed` counts the absences that are remembered."""

    registration: Registration
    enterprise: Enterprise
    industry: Named
    missed: int

    @property
    def is_verified(self) -> bool:
        """Tell whether a bureau has verified the enterprise."""
        return self.enterprise.verification is Verification.VERIFIED


@dataclass(frozen=True, slots=True)
class Waits:
    """An enterprise on the waiting list; `rank` 1 is offered a booth first."""

    rank: int
    waiting: Waiting
    enterprise: Enterprise


@dataclass(frozen=True, slots=True)
class BoothDesk:
    """Everything about the booths of one event.

    `codes` are those of all booths by their ids, `free` those of the booths in use that nobody has;
    `holders` are the bookings that have booths, by the booths' ids; `seatless` are the names of those that
    were let in and have none.
    """

    event: Event
    rules: Rules
    terms: BookingTerms | None
    plans: tuple[PlanView, ...]
    codes: Mapping[int, str]
    holders: Mapping[int, BookedLine]
    free: Mapping[int, str]
    bookings: tuple[BookedLine, ...]
    ended: tuple[BookedLine, ...]
    asking: tuple[Asking, ...]
    answered: Mapping[RegistrationState, int]
    seatless: tuple[str, ...]
    waiting: tuple[Waits, ...]

    def line(self, booking_id: int | None) -> BookedLine | None:
        """Return one booking of the event; None where there is no such one."""
        return next((one for one in (*self.bookings, *self.ended) if one.booking.id == booking_id), None)


def booth_desk(session: Session, *, event_id: int, scope: Scope) -> BoothDesk:
    """Return the desk of an event of the division; raises NotFound."""
    event: Event = get_scoped(session, Event, event_id, scope)
    plans = plans_of_event(session, event_id=event_id)
    codes = codes_of(plans)
    lines = _lines(session, event_id, codes)
    standing = tuple(line for line in lines if line.stands)
    holders = {booth_id: line for line in standing for booth_id in line.booking.booth_ids}
    return BoothDesk(
        event=event,
        rules=rules_for(session, division_code=event.division_code),
        terms=session.scalar(select(BookingTerms).where(BookingTerms.event_id == event_id)),
        plans=plans,
        codes=codes,
        holders=holders,
        free=_free(session, event_id, plans, holders),
        bookings=standing,
        ended=tuple(line for line in reversed(lines) if not line.stands)[:MOST_ENDED],
        asking=_asking(session, event_id),
        answered=registrations_by_state(session, event_id=event_id),
        seatless=_seatless(session, event_id),
        waiting=_waiting(session, event_id),
    )


def _free(
    session: Session, event_id: int, plans: Iterable[PlanView], holders: Mapping[int, BookedLine]
) -> dict[int, str]:
    homes = set(session.scalars(select(EventVenue.venue_id).where(EventVenue.event_id == event_id)))
    usable = {
        plan.booth_ids[booth.code]: booth.code
        for plan in plans
        if plan.venue_id in homes
        for booth in plan.drawing.booths
        if booth.usable
    }
    return {key: code for key, code in usable.items() if key not in holders}


def _lines(session: Session, event_id: int, codes: Mapping[int, str]) -> Sequence[BookedLine]:
    held: dict[int, list[int]] = {}
    for booth_id, booking_id in holders_of(session, event_id=event_id).items():
        held.setdefault(booking_id, []).append(booth_id)
    rows = session.execute(
        select(Booking, Enterprise)
        .join(Enterprise, Enterprise.id == Booking.enterprise_id)
        .where(Booking.event_id == event_id)
        .order_by(Booking.updated_at, Booking.id)
    )
    return [
        BookedLine(
            booking,
            enterprise,
            tuple(sorted(codes.get(key, "?") for key in held.get(booking.id, booking.booth_ids))),
        )
        for booking, enterprise in rows
    ]


def _asking(session: Session, event_id: int) -> tuple[Asking, ...]:
    """Return the registrations that nobody has answered, in the order in which they came."""
    missed = (
        select(func.count())
        .where(
            NoShow.enterprise_id == Enterprise.id,
            NoShow.lifted_at.is_(None),
            remembered(NoShow.recorded_at, since=now() - REMEMBERED, event_id=event_id),
        )
        .scalar_subquery()
    )
    rows = session.execute(
        select(Registration, Enterprise, Industry, missed)
        .join(Enterprise, Enterprise.id == Registration.enterprise_id)
        .join(Industry, Industry.code == Enterprise.industry_code)
        .where(Registration.event_id == event_id, Registration.state == RegistrationState.REQUESTED)
        .order_by(Registration.requested_at, Enterprise.id)
    )
    return tuple(
        Asking(registration, enterprise, Named(industry.code, industry.name_zh, industry.name_en), times)
        for registration, enterprise, industry, times in rows
    )


def registrations_by_state(session: Session, *, event_id: int) -> dict[RegistrationState, int]:
    """Return how many registrations of an event stand how."""
    counting = select(Registration.state, func.count()).where(Registration.event_id == event_id)
    return dict(session.execute(counting.group_by(Registration.state)).all())


def _seatless(session: Session, event_id: int) -> tuple[str, ...]:
    """Return the names of the enterprises that were let in and have no booth yet."""
    seated = select(Booking.enterprise_id).where(Booking.event_id == event_id, Booking.state.in_(STANDING))
    question = (
        select(Enterprise.name_zh)
        .join(Registration, Registration.enterprise_id == Enterprise.id)
        .where(
            Registration.event_id == event_id,
            Registration.state == RegistrationState.APPROVED,
            Enterprise.id.not_in(seated),
        )
    )
    return tuple(session.scalars(question.order_by(Enterprise.name_zh)))


def _waiting(session: Session, event_id: int) -> tuple[Waits, ...]:
    rows = session.execute(
        select(Waiting, Enterprise)
        .join(Enterprise, Enterprise.id == Waiting.enterprise_id)
        .where(
            Waiting.event_id == event_id,
            Waiting.wanted == WaitingFor.BOOTH,
            Waiting.state.in_(ON_LIST),
        )
        .order_by(Waiting.joined_at, Waiting.id)
    )
    return tuple(Waits(rank, waiting, enterprise) for rank, (waiting, enterprise) in enumerate(rows, 1))


class Unanswered(NamedTuple):
    """An event to come, and how many enterprises wait to hear whether they may come."""

    event: Event
    enterprises: int


def unanswered(session: Session, *, scope: Scope) -> Sequence[Unanswered]:
    """Return the published events to come of a division whose registrations wait, the next event first."""
    many = (
        select(Registration.event_id, func.count().label("enterprises"))
        .where(Registration.state == RegistrationState.REQUESTED)
        .group_by(Registration.event_id)
        .subquery()
    )
    rows = session.execute(
        select(Event, many.c.enterprises)
        .join(many, many.c.event_id == Event.id)
        .where(scoped(Event, scope), Event.state == EventState.PUBLISHED, Event.ends_at > now())
        .order_by(Event.starts_at, Event.id)
    )
    return [Unanswered(event, enterprises) for event, enterprises in rows]


def verified_asking(session: Session, *, event_id: int) -> Sequence[int]:
    """Return the verified enterprises whose registrations wait for an answer."""
    question = (
        select(Registration.enterprise_id)
        .join(Enterprise, Enterprise.id == Registration.enterprise_id)
        .where(
            Registration.event_id == event_id,
            Registration.state == RegistrationState.REQUESTED,
            Enterprise.verification == Verification.VERIFIED,
        )
    )
    return session.scalars(question).all()
