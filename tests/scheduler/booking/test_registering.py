"""Registering: freely at home, by approval elsewhere; reviewed once; with openings and wishes."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session
from time_machine import TimeMachineFixture

from scheduler.database import transaction
from scheduler.errors import NotFound
from scheduler.models import (
    AvoidedNeighbour,
    BookingState,
    BoothWish,
    Circle,
    Division,
    Event,
    EventState,
    FloorZone,
    Opening,
    Registration,
    RegistrationOpening,
    RegistrationState,
    Verification,
    Waiting,
    WaitingState,
    Way,
)
from scheduler.queries.booking.lacking import events_lacking, lacking_at, lacking_of
from scheduler.queries.booking.rules import FIELDS, Rules
from scheduler.queries.circles import home_cities
from scheduler.services import booking
from scheduler.services.booking import refusals as booths_refused
from scheduler.services.booking.ruling import set_rules
from scheduler.services.registering import Form, Wanted, answer_registrations, refusals, register, withdraw
from scheduler.services.verifying import BranchUnauthorised, NotVerified
from scheduler.services.withdrawing import withdraw_enterprise
from scheduler.times import local
from tests.scheduler.booking.rows import (
    BEFORE,
    booths_of,
    confirmed,
    hold,
    make_fair,
    make_firms,
    make_hall,
    refuses,
    state_of,
    taken,
    terms_of,
)
from tests.support.schedule import JINAN, QINGDAO, SHINAN, make_employer, make_event

HERE, ASKED = RegistrationState.APPROVED, RegistrationState.REQUESTED


def enrol(session: Session, event: Event, firm: int, **form: object) -> RegistrationState:
    register(session, event_id=event.id, enterprise_id=firm, form=Form(**form))  # type: ignore[arg-type]
    return session.get_one(Registration, (event.id, firm)).state


def test_home_is_the_own_city_and_its_circle(site: Engine) -> None:
    with transaction(site) as session:
        firm = make_employer(session)
        assert home_cities(session, enterprise_id=firm.id) == [JINAN]
        session.add(Circle(code="capital", name_zh="省会经济圈", name_en="Capital"))
        session.flush()
        for code in (JINAN, QINGDAO):
            session.get_one(Division, code).circle_code = "capital"
        session.flush()
        assert home_cities(session, enterprise_id=firm.id) == [JINAN, QINGDAO]


def test_at_home_one_is_admitted_at_once_and_elsewhere_the_bureau_is_asked(site: Engine) -> None:
    with transaction(site) as session:
        here = make_fair(session, needs_review=False)
        there = make_fair(session, 2, event={"division_code": SHINAN}, needs_review=False)
        firm = make_employer(session).id
        assert (enrol(session, here, firm), enrol(session, there, firm)) == (HERE, ASKED)


def test_a_bureau_reviews_an_enterprise_the_first_time(site: Engine) -> None:
    with transaction(site) as session:
        first, second = make_fair(session), make_fair(session, 2)
        firm = make_employer(session).id
        assert enrol(session, first, firm) is ASKED
        assert enrol(session, second, firm) is ASKED
        answer_registrations(session, keys=[(first.id, firm)], approve=True, reason="", answered_by=None)
        third = make_fair(session, 3)
        assert enrol(session, third, firm) is HERE
        assert enrol(session, second, firm) is ASKED  # what was asked waits for its answer


def test_a_branch_registers_with_a_letter_that_lasts_until_the_fair_where_one_is_asked_for(
    site: Engine,
) -> None:
    with transaction(site) as session:
        strict, free = make_fair(session, branch_authorised=True), make_fair(session, 2)
        branch, whole = make_employer(session), make_employer(session, 2)
        branch.name_zh = "示例企业济南分公司"
        day = local(strict.starts_at or BEFORE).date()
        for parent, last_on in ((None, None), (whole.credit_code, day - timedelta(days=1))):
            branch.parent_code, branch.authorised_to = parent, last_on
            with refuses(session, BranchUnauthorised):
                enrol(session, strict, branch.id)
        assert enrol(session, free, branch.id) is ASKED
        assert enrol(session, strict, whole.id) is ASKED
        branch.authorised_to = day
        assert enrol(session, strict, branch.id) is ASKED
        branch.authorised_to = None
        assert enrol(session, strict, branch.id) is ASKED  # what stands can still be changed
        withdraw(session, event_id=strict.id, enterprise_id=branch.id, reason="停产")
        with refuses(session, BranchUnauthorised):
            enrol(session, strict, branch.id)


def test_a_registered_branch_whose_letter_ends_stays_and_books_no_booth_until_there_is_a_new_one(
    site: Engine,
) -> None:
    with transaction(site) as session:
        fair = make_fair(session, booths=1, needs_review=False, branch_authorised=True)
        whole, branch = make_firms(session, 2, fair)
        branch.name_zh, branch.parent_code = "示例企业济南分公司", whole.credit_code
        day = local(fair.starts_at or BEFORE).date()
        branch.authorised_to = day
        (booth,) = booths_of(session, fair)
        held = hold(session, fair, branch, booth)
        assert lacking_at(session, event_id=fair.id) == []
        branch.authorised_to = day - timedelta(days=1)
        session.flush()
        assert [one.enterprise.id for one in lacking_at(session, event_id=fair.id)] == [branch.id]
        assert events_lacking(session, scope=JINAN) == [(fair, 1)]
        assert lacking_of(session, enterprise_id=branch.id) == {fair.id}
        assert lacking_of(session, enterprise_id=whole.id) == frozenset()
        with refuses(session, BranchUnauthorised):
            booking.confirm(session, booking_id=held)
        booking.cancel(session, booking_id=held, reason="改天")
        with refuses(session, BranchUnauthorised):
            hold(session, fair, branch, booth)
        booked = confirmed(session, fair, whole, booth)
        branch.authorised_to = day
        session.flush()
        booking.join_waiting(session, event_id=fair.id, enterprise_id=branch.id)
        branch.authorised_to = None
        session.flush()
        booking.cancel(session, booking_id=booked, reason="停产")
        assert session.scalars(select(Waiting.state)).all() == [WaitingState.WAITING]  # it keeps its place
        branch.authorised_to = day
        session.flush()
        assert booking.promote(session, event_id=fair.id) == 1


def test_before_booking_opens_the_bureau_s_rules_say_whether_a_branch_needs_a_letter(site: Engine) -> None:
    with transaction(site) as session:
        event = make_event(session)
        branch = make_employer(session)
        branch.name_zh = "示例企业济南分公司"
        said = {name: getattr(Rules(), name) for name in FIELDS}
        set_rules(session, organizer_id=event.organizer_id, values=said)
        assert enrol(session, event, branch.id) is ASKED
        withdraw(session, event_id=event.id, enterprise_id=branch.id, reason="停产")
        again = make_event(session, 2)
        assert enrol(session, again, branch.id) is ASKED
        assert lacking_of(session, enterprise_id=branch.id) == frozenset()
        set_rules(session, organizer_id=event.organizer_id, values=said | {"branch_authorised": True})
        assert lacking_of(session, enterprise_id=branch.id) == {again.id}
        with refuses(session, BranchUnauthorised):
            enrol(session, event, branch.id)


def test_each_registration_is_answered_once_and_a_refusal_needs_a_reason(site: Engine) -> None:
    with transaction(site) as session:
        fair = make_fair(session)
        firms = [make_employer(session, number).id for number in (1, 2, 3)]
        keys = [(fair.id, firm) for firm in firms]
        for firm in firms:
            enrol(session, fair, firm)
        with refuses(session, refusals.AnswerNeedsReason):
            answer_registrations(session, keys=keys, approve=False, reason=" ", answered_by=None)
        done = answer_registrations(session, keys=keys[:1], approve=True, reason="", answered_by=None)
        assert list(done) == keys[:1]
        rest = answer_registrations(session, keys=keys, approve=False, reason="名额已满", answered_by=None)
        assert list(rest) == keys[1:]
        with refuses(session, refusals.NothingToAnswer):
            answer_registrations(session, keys=keys, approve=True, reason="", answered_by=None)
        session.expire_all()
        row = session.get_one(Registration, keys[1])
        assert (row.state, row.answer) == (RegistrationState.REFUSED, "名额已满")
        assert enrol(session, fair, firms[1]) is ASKED  # who was refused may ask anew


def test_openings_wishes_and_neighbours_go_with_it_and_can_be_changed(site: Engine) -> None:
    with transaction(site) as session:
        hall = make_hall(session)
        session.add(FloorZone(floor_plan_id=hall.id, code="A", name_zh="甲", name_en="A", industry_codes=[]))
        fair = make_fair(session, hall=hall)
        firm, rival = make_employer(session, openings=3), make_employer(session, 2)
        openings = session.scalars(select(Opening.id).where(Opening.enterprise_id == firm.id)).all()
        foreign = session.scalars(select(Opening.id).where(Opening.enterprise_id == rival.id)).one()
        booths = booths_of(session, fair)
        wishes = [Wanted(booth_id=booths[2]), Wanted(zone_code="A"), Wanted(booth_id=booths[2])]
        enrol(session, fair, firm.id, opening_ids=openings[:2], wishes=wishes, avoided_ids=[rival.id])
        enrol(session, fair, firm.id, opening_ids=openings[1:], wishes=wishes[1:], avoided_ids=[firm.id])
        assert session.scalars(select(RegistrationOpening.opening_id)).all() == openings[1:]
        stated = session.execute(select(BoothWish.rank, BoothWish.booth_id, BoothWish.zone_code)).all()
        assert [tuple(row) for row in stated] == [(1, None, "A"), (2, booths[2], None)]
        assert session.scalars(select(AvoidedNeighbour.other_id)).all() == []
        with refuses(session, refusals.ForeignOpening):
            enrol(session, fair, firm.id, opening_ids=[foreign])
        with refuses(session, refusals.BadWish):
            enrol(session, fair, firm.id, wishes=[Wanted(booth_id=booths[0] + 999)])
        with refuses(session, refusals.BadWish):
            enrol(session, fair, firm.id, wishes=[Wanted(zone_code="Z")])
        with refuses(session, NotFound):
            enrol(session, fair, firm.id, avoided_ids=[9_999])
        with refuses(session, booths_refused.TooManyBooths):
            enrol(session, fair, firm.id, booths_wanted=2)


def test_registration_is_open_for_what_is_published_and_to_come(
    site: Engine, time_machine: TimeMachineFixture
) -> None:
    with transaction(site) as session:
        fair = make_fair(session)
        planned = make_event(session, 2, state=EventState.PLANNED)
        cancelled = make_event(session, 3, state=EventState.CANCELLED)
        firm = make_employer(session)
        with refuses(session, NotFound):
            enrol(session, planned, firm.id)
        with refuses(session, refusals.NotRegistrable):
            enrol(session, cancelled, firm.id)
        firm.verification = Verification.SUSPENDED
        session.flush()
        with refuses(session, NotVerified):
            enrol(session, fair, firm.id)
        firm.verification = Verification.VERIFIED
        terms = terms_of(session, fair)
        time_machine.move_to(terms.closes_at, tick=False)
        assert enrol(session, fair, firm.id) is ASKED  # to wait for a booth, or for an organizer's favour
        terms.way = Way.ALLOCATION
        session.flush()
        with refuses(session, refusals.NotRegistrable):
            enrol(session, fair, firm.id)
        time_machine.move_to(BEFORE + timedelta(days=20), tick=False)
        with refuses(session, refusals.NotRegistrable):
            enrol(session, fair, firm.id)


@pytest.mark.parametrize("by_organizer", [False, True])
def test_who_leaves_gives_up_booth_and_place_on_the_list(site: Engine, *, by_organizer: bool) -> None:
    with transaction(site) as session:
        fair = make_fair(session, booths=1)
        one, two = make_firms(session, 2, fair)
        booked = confirmed(session, fair, one, *booths_of(session, fair))
        booking.join_waiting(session, event_id=fair.id, enterprise_id=two.id)

        def leave(firm: int) -> None:
            if by_organizer:
                withdraw_enterprise(session, enterprise_id=firm, event_ids=[fair.id], reason="停产")
            else:
                withdraw(session, event_id=fair.id, enterprise_id=firm, reason="停产")

        leave(two.id)
        leave(one.id)
        assert state_of(session, booked) is BookingState.CANCELLED
        assert taken(session) == []
        assert session.scalars(select(Waiting.state)).all() == [WaitingState.WITHDRAWN]
        states = set(session.scalars(select(Registration.state)))
        assert states == {RegistrationState.WITHDRAWN}


def test_who_cannot_cancel_any_more_cannot_leave_either(
    site: Engine, time_machine: TimeMachineFixture
) -> None:
    with transaction(site) as session:
        fair = make_fair(session)
        (firm,) = make_firms(session, 1, fair)
        confirmed(session, fair, firm, booths_of(session, fair)[0])
        time_machine.move_to(terms_of(session, fair).cancel_until, tick=False)
        with refuses(session, booths_refused.TooLateToCancel):
            withdraw(session, event_id=fair.id, enterprise_id=firm.id, reason="停产")
        assert len(taken(session)) == 1
        with refuses(session, NotFound):
            withdraw(session, event_id=fair.id, enterprise_id=firm.id + 9, reason="停产")
