"""Enterprises register for events: freely in their own city and circle, elsewhere the bureau is asked."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import exists, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from scheduler.errors import NotFound
from scheduler.models import (
    BookingTerms,
    Event,
    EventState,
    Organizer,
    Registration,
    RegistrationState,
)
from scheduler.queries.booking.choosing import registers_until
from scheduler.queries.booking.rules import Rules, rules_for
from scheduler.queries.circles import home_cities
from scheduler.services.booking.refusals import TooManyBooths
from scheduler.services.registering.bringing import Wanted, bring, brought, keep_apart, wish
from scheduler.services.registering.refusals import NotRegistrable
from scheduler.services.verifying import require_authorised, require_verified
from scheduler.times import now

READ = {"read": True, "key_share": True}
ANEW = {RegistrationState.REFUSED, RegistrationState.WITHDRAWN}


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """What an enterprise says: its openings, wishes dearest first, and whom not to stand beside."""

    opening_ids: Collection[int] = ()
    wishes: Sequence[Wanted] = ()
    avoided_ids: Collection[int] = ()
    booths_wanted: int = 1
    needs_power: bool = False
    needs_network: bool = False


def register(session: Session, *, event_id: int, enterprise_id: int, form: Form) -> Registration:
    """Register an enterprise for an event, or change what it said; who was refused asks anew.

    At home, and where the bureau wants no review or has admitted it before, it is approved at once. Raises
    NotFound, NotVerified, NotRegistrable, TooManyBooths, BranchUnauthorised, ForeignOpening, UnfitOpening,
    BadWish. Whom the bureau has admitted in spite of a rule changes what it said as everybody does.
    """
    enterprise = require_verified(session, enterprise_id)
    event, terms = _registrable(session, event_id)
    if not 1 <= form.booths_wanted <= terms.booths_each:
        raise TooManyBooths(most=terms.booths_each)
    row = _row(session, event_id, enterprise_id)
    if row.state in ANEW:
        if terms.branch_authorised:
            require_authorised(enterprise, starts_at=event.starts_at, titles=event.titles)
        was_refused = row.state is RegistrationState.REFUSED
        near = event.city_code in home_cities(session, enterprise_id=enterprise_id)
        known = not terms.needs_review or _was_admitted(session, event, enterprise_id)
        free = near and known and not was_refused
        row.state = RegistrationState.APPROVED if free else RegistrationState.REQUESTED
        row.requested_at, row.answered_at, row.answered_by, row.answer = now(), None, None, None
    row.booths_wanted = form.booths_wanted
    row.needs_power, row.needs_network = form.needs_power, form.needs_network
    session.flush()
    bring(session, row, form.opening_ids)
    wish(session, row, form.wishes)
    keep_apart(session, row, form.avoided_ids)
    return row


def bring_opening(session: Session, *, event_id: int, enterprise_id: int, opening_id: int) -> None:
    """Bring one more opening to an event for which the enterprise is registered; again changes nothing.

    Raises NotFound where it is not registered, NotVerified, NotRegistrable, ForeignOpening and UnfitOpening.
    """
    require_verified(session, enterprise_id)
    _registrable(session, event_id)
    row = _standing(session, event_id, enterprise_id)
    bring(session, row, {*brought(session, row), opening_id})


def leave_opening(session: Session, *, event_id: int, enterprise_id: int, opening_id: int) -> None:
    """Bring an opening to an event no more; again changes nothing. Raises NotFound and NotRegistrable."""
    _registrable(session, event_id)
    row = _standing(session, event_id, enterprise_id)
    bring(session, row, brought(session, row) - {opening_id})


def _standing(session: Session, event_id: int, enterprise_id: int) -> Registration:
    """Return a registration that is asked for or approved, locked; raises NotFound."""
    key = (event_id, enterprise_id)
    row = session.get(Registration, key, with_for_update=True, populate_existing=True)
    if row is None or row.state in ANEW:
        raise NotFound
    return row


def _registrable(session: Session, event_id: int) -> tuple[Event, BookingTerms | Rules]:
    """Return an event that takes registrations, and its terms, or the rules of which they will be made."""
    event = session.get(Event, event_id, populate_existing=True)
    if event is None or event.state is EventState.PLANNED:
        raise NotFound
    # kept until it is said what was asked for: who closes the booking waits, and then sees it
    terms = session.get(BookingTerms, event_id, populate_existing=True, with_for_update=READ)
    until = registers_until(terms, starts_at=event.starts_at)
    if event.state is not EventState.PUBLISHED or until is None or now() >= until:
        raise NotRegistrable(**event.titles)
    if terms is not None:
        return event, terms
    organizer = session.get_one(Organizer, event.organizer_id)
    return event, rules_for(session, division_code=organizer.division_code)


def _row(session: Session, event_id: int, enterprise_id: int) -> Registration:
    """Return the enterprise's registration; a new one counts as withdrawn until it is decided on."""
    key = (event_id, enterprise_id)
    row = session.get(Registration, key, with_for_update=True, populate_existing=True)
    if row is not None:
        return row
    row = Registration(
        event_id=event_id,
        enterprise_id=enterprise_id,
        state=RegistrationState.WITHDRAWN,
        requested_at=now(),
        booths_wanted=1,
        needs_power=False,
        needs_network=False,
    )
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError:  # a colleague was quicker
        return session.get_one(Registration, key, with_for_update=True, populate_existing=True)
    return row


def _was_admitted(session: Session, event: Event, enterprise_id: int) -> bool:
    """Tell whether the bureau has let the enterprise attend another of its events."""
    before = (
        exists()
        .where(
            Registration.enterprise_id == enterprise_id,
            Registration.event_id != event.id,
            Registration.state == RegistrationState.APPROVED,
            Registration.event_id == Event.id,
            Event.organizer_id == event.organizer_id,
        )
        .correlate(None)
    )
    return bool(session.scalar(select(before)))
