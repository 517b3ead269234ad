"""The solver is asked what the rows say: who asks for what, and on what each one's place depends."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from scheduler.database import transaction
from scheduler.models import (
    Booking,
    BookingState,
    Booth,
    Enterprise,
    EnterpriseTier,
    Event,
    FloorPlan,
    FloorZone,
    NoShow,
    Opening,
    Registration,
    RegistrationOpening,
    RegistrationState,
    Tier,
    Verification,
)
from scheduler.services import allocation, booking
from scheduler.times import now
from solver.booths import LastTime, Request, Share, Wish
from tests.scheduler.allocation.rows import (
    ask,
    bookings,
    close,
    contested,
    make_allocating,
    published,
    receipts_of,
)
from tests.scheduler.booking.rows import booths_of, make_firms
from tests.support.schedule import make_event


def requests(session: Session, event_id: int) -> dict[str, Request]:
    """Return who asks, by credit code."""
    found = allocation.read_question(session, event_id=event_id)
    return {one.enterprise: one for one in found.problem.requests}


def test_a_request_says_what_the_registration_says(site: Engine) -> None:
    with transaction(site) as session:
        fair = make_allocating(session, booths_each=3)
        one, two, three = make_firms(session, 3, fair)
        booths = booths_of(session, fair)
        ask(
            session,
            fair,
            one,
            wishes=[booths[2], "A", "Z"],
            avoids=[two, _stranger(session)],
            booths_wanted=2,
            needs_power=True,
        )
        session.get_one(Registration, (fair.id, three.id)).state = RegistrationState.REQUESTED
        _bring(session, fair, two, headcount=30)
        found = requests(session, fair.id)
        assert found.keys() == {one.credit_code, two.credit_code}
        assert found[one.credit_code] == Request(
            one.credit_code,
            industry="C36",
            booths=2,
            power=True,
            wishes=(Wish(booth="A3"), Wish(zone="A")),
            avoids=frozenset({two.credit_code}),
        )
        assert found[two.credit_code].crowd_puller


def _stranger(session: Session) -> Enterprise:
    return make_firms(session, 1, first=70)[0]


def _bring(session: Session, event: Event, firm: Enterprise, *, headcount: int) -> None:
    opening = session.scalars(select(Opening).where(Opening.enterprise_id == firm.id)).one()
    opening.headcount = headcount
    session.add(RegistrationOpening(event_id=event.id, enterprise_id=firm.id, opening_id=opening.id))
    session.flush()


def test_zones_are_meant_for_whole_sections_too(site: Engine) -> None:
    with transaction(site) as session:
        fair = make_allocating(session)
        make_firms(session, 1, fair)
        plan = session.scalars(select(FloorPlan)).one()
        session.add(
            FloorZone(floor_plan_id=plan.id, code="A", name_zh="制造", name_en="", industry_codes=["C"])
        )
        session.flush()
        (zone,) = allocation.read_question(session, event_id=fair.id).problem.zones
        assert (zone.code, zone.industries) == ("A", frozenset({"C", "C36"}))


def test_the_order_depends_on_tier_record_and_luck(site: Engine) -> None:
    with transaction(site) as session:
        fair = make_allocating(session, shares={"craft": 1, "chain_leader": 2})
        one, two, three = make_firms(session, 3, fair)
        for firm, tier in ((one, Tier.CRAFT), (one, Tier.CHAIN_LEADER), (two, Tier.KEY_INDUSTRIAL)):
            session.add(EnterpriseTier(enterprise_id=firm.id, tier=tier, source="名单", set_at=now()))
        past = make_event(session, 80, starts_at=now() - timedelta(days=80))
        forgotten = make_event(session, 81, starts_at=now() - timedelta(days=800))
        for event in (past, forgotten):
            session.add(NoShow(event_id=event.id, enterprise_id=two.id))
        lifted = make_event(session, 82, starts_at=now() - timedelta(days=60))
        session.add(NoShow(event_id=lifted.id, enterprise_id=three.id, lifted_at=now()))
        session.flush()
        found = requests(session, fair.id)
        assert [found[firm.credit_code].tier for firm in (one, two, three)] == ["chain_leader", "", ""]
        assert [found[firm.credit_code].no_shows for firm in (one, two, three)] == [0, 1, 0]
        problem = allocation.read_question(session, event_id=fair.id).problem
        assert problem.shares == (Share("chain_leader", 2), Share("craft", 1))


def test_who_was_left_out_last_time_comes_first_unless_it_got_a_booth_after_all(site: Engine) -> None:
    first, firms = contested(site, booths=2, firms=5, consecutive=True)
    done = published(site, first)
    with transaction(site) as session:
        left_out = [firm for firm, one in receipts_of(session, done).items() if one.waiting]
        admitted = [firm for firm in firms if firm not in left_out]
        number = select(Booking.id).where(Booking.enterprise_id == admitted[0])
        booking.cancel(session, booking_id=session.scalars(number).one(), reason="停产")
        held = select(Booking).where(Booking.state == BookingState.HELD)
        lucky = session.scalars(held).one()
        booking.confirm(session, booking_id=lucky.id)
        fair = make_allocating(session, 2, consecutive=True)
        for firm in firms:
            session.add(
                Registration(
                    event_id=fair.id,
                    enterprise_id=firm,
                    state=RegistrationState.APPROVED,
                    requested_at=now(),
                )
            )
        (new,) = make_firms(session, 1, fair, first=50)
        session.flush()
        found = requests(session, fair.id)
        codes = {firm: session.get_one(Enterprise, firm).credit_code for firm in firms}
        assert {firm: found[codes[firm]].last_time for firm in firms} == {
            **dict.fromkeys(admitted, LastTime.ADMITTED),
            **dict.fromkeys(left_out, LastTime.LEFT_OUT),
            lucky.enterprise_id: LastTime.ADMITTED,
        }
        assert found[new.credit_code].last_time is LastTime.NOT_THERE


def test_whom_a_rule_keeps_out_is_named_with_the_rule(site: Engine) -> None:
    with transaction(site) as session:
        fair = make_allocating(session)
        firms = make_firms(session, 3, fair)
        for number in (90, 91):
            event = make_event(session, number, starts_at=now() - timedelta(days=number))
            session.add(NoShow(event_id=event.id, enterprise_id=firms[0].id))
        firms[1].verification = Verification.SUSPENDED
        session.flush()
        found = allocation.read_question(session, event_id=fair.id)
        assert [(one["enterprise_id"], one["rule"]) for one in found.excluded] == [
            (firms[0].id, "barred"),
            (firms[1].id, "not_verified"),
        ]
        assert [one.enterprise for one in found.problem.requests] == [firms[2].credit_code]


@pytest.mark.parametrize("pinned", [True, False])
def test_bookings_that_stand_keep_their_booths(site: Engine, *, pinned: bool) -> None:
    with transaction(site) as session:
        fair = make_allocating(session)
        firms = make_firms(session, 2, fair)
        booths = booths_of(session, fair)
        number = booking.override(
            session,
            event_id=fair.id,
            enterprise_id=firms[0].id,
            booth_ids=booths[1:3],
            reason="重点",
            booked_by=None,
        )
        booking.pin(session, booking_id=number, pinned=pinned)
        session.get_one(Booth, booths[1]).usable = False
        close(session, fair.id)
        event_id, first, keys = fair.id, firms[0].credit_code, booths
        assert requests(session, event_id)[first].booked == ("A2", "A3")
    published(site, event_id)
    with transaction(site) as session:
        assert len(bookings(session, event_id)) == 2
        assert session.get_one(Booking, number).booth_ids == keys[1:3]
