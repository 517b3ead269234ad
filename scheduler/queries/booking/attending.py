"""An event from an enterprise's side: what it has there, what it may do next, and by when."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.models import (
    REGISTERED,
    STANDING,
    AvoidedNeighbour,
    Booking,
    BookingTerms,
    BoothHold,
    BoothWish,
    Enterprise,
    Event,
    EventKind,
    Opening,
    Registration,
    RegistrationOpening,
    RegistrationState,
    Verification,
    Waiting,
    WaitingFor,
)
from scheduler.queries import public as schedule
from scheduler.queries.actors import Employer
from scheduler.queries.booking.booths import lasts
from scheduler.queries.booking.choosing import lets_choose, registers_until
from scheduler.queries.booking.joining import states_at
from scheduler.queries.booking.left_behind import is_left_behind
from scheduler.queries.booking.receipts import PublicLottery, exclusion_of, lottery_of, receipt_of
from scheduler.queries.circles import home_cities
from scheduler.queries.filters import EVERYTHING, EventFilter
from scheduler.queries.floors import PlanView, codes_of, plans_of_event
from scheduler.queries.openings.at_event import rules_of_event
from scheduler.queries.openings.judging import Judged, judge
from scheduler.queries.public_loading import event_rows, load_events
from scheduler.queries.public_rows import VisibleEvent
from scheduler.queries.reviews.facts import Facts
from scheduler.queries.scope import scoped
from scheduler.queries.visibility import visible_events
from scheduler.queries.waiting import open_places
from scheduler.times import local, now
from solver.booths.receipt import Receipt

MOST_FOUND = 60


@dataclass(frozen=True, slots=True)
class Attending:
    """An event with an enterprise's registration, booking and place on the waiting list, if it has them.

    `codes` are those of all booths by their ids, `avoided` the names of those it would not stand beside. It
    is left behind while it has booths in a hall that the event has left, and lacks a letter where it is a
    branch, its parent's authorisation is asked for, and none is on record.
    """

    event: VisibleEvent
    enterprise: Enterprise
    is_home: bool
    registration: Registration | None
    terms: BookingTerms | None
    booking: Booking | None
    waiting: Waiting | None
    rank: int
    plans: tuple[PlanView, ...]
    codes: Mapping[int, str]
    taken: frozenset[int]
    openings: Sequence[Opening]
    judged: Mapping[int, tuple[Judged, ...]]
    brought: frozenset[int]
    wishes: Sequence[BoothWish]
    avoided: Sequence[str]
    lottery: PublicLottery | None
    receipt: Receipt | None
    excluded: Mapping[str, Any] | None
    is_left_behind: bool
    lacks_letter: bool

    @property
    def is_verified(self) -> bool:
        """Tell whether a bureau has verified the enterprise."""
        return self.enterprise.verification is Verification.VERIFIED

    @property
    def is_admitted(self) -> bool:
        """Tell whether the registration was approved."""
        return self.registration is not None and self.registration.state is RegistrationState.APPROVED

    @property
    def is_registered(self) -> bool:
        """Tell whether a registration stands."""
        return self.registration is not None and self.registration.state in REGISTERED

    def keeps_out(self, opening_id: int) -> bool:
        """Tell whether the bureau does not let an opening in as it is."""
        return any(one.blocks for one in self.judged[opening_id])

    @property
    def own_codes(self) -> tuple[str, ...]:
        """Return the codes of the booths of the booking."""
        return tuple(self.codes.get(key, "?") for key in self.booking.booth_ids) if self.booking else ()

    def is_registrable(self, moment: datetime) -> bool:
        """Tell whether the event takes registrations, and changes of them, at a moment."""
        until = registers_until(self.terms, starts_at=self.event.starts_at)
        return not self.event.is_cancelled and until is not None and moment < until

    def is_open(self, moment: datetime) -> bool:
        """Tell whether a booth of its choice can be booked at a moment."""
        return lets_choose(self.terms, self.event, moment)


def attending(session: Session, *, uid: str, actor: Employer) -> Attending:
    """Return a visible event as the enterprise stands to it; raises NotFound."""
    event = schedule.get_event(session, uid=uid)
    mine = (Registration.event_id == event.id, scoped(Registration, actor))
    held = select(BoothHold.booth_id).join(Booking).where(BoothHold.event_id == event.id)
    others = held.where(lasts())
    booking = _booking(session, event.id, actor)
    place = open_places(session, actor=actor, wanted=WaitingFor.BOOTH).get(event.id)
    plans = plans_of_event(session, event_id=event.id)
    openings = own_openings(session, actor=actor)
    enterprise = session.scalars(select(Enterprise).where(scoped(Enterprise, actor))).one()
    terms = session.scalar(select(BookingTerms).where(BookingTerms.event_id == event.id))
    rules = rules_of_event(session, event_id=event.id)
    here = {"event_id": event.id, "enterprise_id": actor.enterprise_id}
    return Attending(
        event=event,
        enterprise=enterprise,
        is_home=event.city.code in home_cities(session, enterprise_id=actor.enterprise_id),
        registration=session.scalars(select(Registration).where(*mine)).one_or_none(),
        terms=terms,
        booking=booking,
        waiting=place.waiting if place else None,
        rank=place.rank if place else 0,
        plans=plans,
        codes=codes_of(plans),
        taken=frozenset(session.scalars(others)),
        openings=openings,
        judged=judge(session, openings, rules),
        brought=frozenset(session.scalars(select(RegistrationOpening.opening_id).filter_by(**here))),
        wishes=session.scalars(select(BoothWish).filter_by(**here).order_by(BoothWish.rank)).all(),
        avoided=_avoided(session, event.id, actor),
        lottery=lottery_of(session, event_id=event.id),
        receipt=receipt_of(session, event_id=event.id, actor=actor),
        excluded=exclusion_of(session, event_id=event.id, actor=actor),
        is_left_behind=booking is not None and is_left_behind(session, booking_id=booking.id),
        lacks_letter=(terms or rules).branch_authorised
        and Facts.of(enterprise).lacks_letter(local(event.starts_at).date()),
    )


def own_openings(session: Session, *, actor: Employer) -> Sequence[Opening]:
    """Return the openings that the enterprise can bring: those that were not withdrawn."""
    standing = select(Opening).where(scoped(Opening, actor), Opening.withdrawn_at.is_(None))
    return session.scalars(standing.order_by(Opening.id)).all()


def offers(
    session: Session, *, actor: Employer, wanted: EventFilter = EVERYTHING, anywhere: bool = False
) -> tuple[tuple[VisibleEvent, RegistrationState | None], ...]:
    """Return the fairs to come that a filter wants, next first, with the state of the registration.

    Those of the own city and circle, or with `anywhere` of the whole province.
    """
    question = (
        event_rows()
        .where(
            Event.starts_at > now(),
            Event.booths > 0,
            Event.kind != EventKind.LIVESTREAM,
            visible_events(wanted),
        )
        .order_by(Event.starts_at, Event.id)
        .limit(MOST_FOUND)
    )
    if not anywhere:
        cities = home_cities(session, enterprise_id=actor.enterprise_id)
        question = question.where(Event.city_code.in_(cities))
    events = load_events(session, session.execute(question).all())
    states = states_at(session, actor=actor, event_ids=[event.id for event in events])
    return tuple((event, states.get(event.id)) for event in events if not event.is_cancelled)


def terms_of(session: Session, *, event_ids: Collection[int]) -> Mapping[int, BookingTerms]:
    """Return the terms of those events whose booths are or were to be had."""
    question = select(BookingTerms).where(BookingTerms.event_id.in_(event_ids))
    return {terms.event_id: terms for terms in session.scalars(question)}


def _booking(session: Session, event_id: int, actor: Employer) -> Booking | None:
    """Return the booking that stands, a hold only as long as it lasts; else the last one that ended."""
    question = (
        select(Booking)
        .where(Booking.event_id == event_id, scoped(Booking, actor))
        .order_by(Booking.state.in_(STANDING).desc(), Booking.id.desc())
    )
    return session.scalars(question.limit(1)).first()


def _avoided(session: Session, event_id: int, actor: Employer) -> Sequence[str]:
    """Return the names of those beside whom the enterprise would rather not stand."""
    mine = (AvoidedNeighbour.event_id == event_id, AvoidedNeighbour.enterprise_id == actor.enterprise_id)
    others = select(Enterprise.name_zh).join(AvoidedNeighbour, AvoidedNeighbour.other_id == Enterprise.id)
    return session.scalars(others.where(*mine).order_by(Enterprise.name_zh)).all()
