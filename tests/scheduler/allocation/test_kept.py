"""Booths kept for a tier: by the bureau's rules or the fair's own, left free for who of it comes late."""

from typing import Any

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session
from time_machine import TimeMachineFixture

from scheduler.database import transaction
from scheduler.models import (
    Booking,
    BookingState,
    BookingTerms,
    EnterpriseTier,
    Event,
    Tier,
    Venue,
    Way,
)
from scheduler.queries.booking.rules import FIELDS, Rules
from scheduler.services import booking
from scheduler.services.booking.ruling import TooMuchReserved, set_rules
from scheduler.times import now
from tests.scheduler.allocation.rows import bookings, contested, published, receipts_of, waiting_line
from tests.scheduler.booking.rows import make_hall, refuses
from tests.support.schedule import make_event

CRAFT = {"shares": {"craft": 2}, "kept": ["craft"]}


def rule(session: Session, event: Event, **changes: Any) -> None:  # noqa: ANN401
    values = {name: getattr(Rules(), name) for name in FIELDS}
    set_rules(session, organizer_id=event.organizer_id, values={**values, **changes})


def opened(session: Session, **changes: Any) -> BookingTerms:  # noqa: ANN401
    hall = make_hall(session, 10)
    event = make_event(session, 5, venues=(session.get_one(Venue, hall.venue_id),))
    rule(session, event, shares={"craft": 25, "key_industrial": 40}, kept=["craft"])
    return booking.open_booking(session, event_id=event.id, **changes)


@pytest.mark.parametrize(
    ("reserved", "shares", "kept"),
    [
        (booking.Reserved(), {"key_industrial": 4, "craft": 2}, ["craft"]),
        (booking.Reserved({Tier.CRAFT: 0}), {"key_industrial": 4}, []),
        (
            booking.Reserved({Tier.CRAFT: 1}, [Tier.KEY_INDUSTRIAL]),
            {"key_industrial": 4, "craft": 1},
            ["key_industrial"],
        ),
    ],
)
def test_a_fair_reserves_what_its_bureau_does_unless_it_says_otherwise(
    site: Engine, reserved: booking.Reserved, shares: dict[str, int], kept: list[str]
) -> None:
    with transaction(site) as session:
        terms = opened(session, way=Way.ALLOCATION, reserved=reserved)
        assert (terms.shares, terms.kept) == (shares, kept)


def test_who_comes_first_has_no_shares_and_nobody_reserves_more_than_all(site: Engine) -> None:
    with transaction(site) as session:
        assert opened(session, way=Way.FIRST_COME).shares == {}
        with refuses(session, TooMuchReserved):
            rule(session, session.scalars(select(Event)).one(), shares={"craft": 60, "chain_leader": 41})


def test_what_a_tier_leaves_over_goes_to_nobody_else_until_bookings_cannot_be_cancelled(
    site: Engine, time_machine: TimeMachineFixture
) -> None:
    event_id, _ = contested(site, booths=4, firms=5, **CRAFT)
    draft = published(site, event_id)
    with transaction(site) as session:
        assert len(bookings(session, event_id)) == 2
        waiting = [one for one in receipts_of(session, draft).values() if one.waiting]
        assert {one.rule for one in waiting} == {"kept"}
        assert booking.promote(session, event_id=event_id) == 0
        until = session.get_one(BookingTerms, event_id).cancel_until
        last = waiting_line(session, event_id)[-1]
        session.add(EnterpriseTier(enterprise_id=last, tier=Tier.CRAFT, source="省级名录", set_at=now()))
        session.flush()
        assert booking.promote(session, event_id=event_id) == 1
        offered = select(Booking.enterprise_id).where(Booking.state == BookingState.HELD)
        assert session.scalars(offered).all() == [last]
    time_machine.move_to(until)
    with transaction(site) as session:
        assert booking.promote(session, event_id=event_id) == 1
