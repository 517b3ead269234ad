"""First come: booths are held for some minutes, confirmed, released, cancelled, and run out by themselves."""

from datetime import timedelta

from sqlalchemy import Engine, select
from time_machine import TimeMachineFixture

from scheduler.database import transaction
from scheduler.models import (
    AuditEntry,
    Booking,
    BookingSource,
    BookingState,
)
from scheduler.services import booking
from scheduler.services.booking import refusals
from scheduler.times import now
from tests.scheduler.booking.rows import (
    BEFORE,
    booths_of,
    confirmed,
    hold,
    make_fair,
    make_firms,
    refuses,
    state_of,
    taken,
    terms_of,
)
from tests.support.schedule import LIXIA


def test_a_booth_is_held_confirmed_and_cancelled(site: Engine) -> None:
    with transaction(site) as session:
        fair = make_fair(session)
        (firm,), booths = make_firms(session, 1, fair), booths_of(session, fair)
        held = booking.hold_booths(
            session, event_id=fair.id, enterprise_id=firm.id, booth_ids=[booths[2]], booked_by=None
        )
        assert held.held_until == now() + timedelta(minutes=15)
        row = session.get_one(Booking, held.booking_id)
        assert (row.state, row.source, row.booth_ids) == (
            BookingState.HELD,
            BookingSource.FIRST_COME,
            [booths[2]],
        )
        booking.confirm(session, booking_id=held.booking_id)
        booking.confirm(session, booking_id=held.booking_id)  # a retry changes nothing
        assert state_of(session, held.booking_id) is BookingState.CONFIRMED
        assert taken(session) == [(booths[2], held.booking_id)]
        booking.cancel(session, booking_id=held.booking_id, reason="计划有变")
        row = session.get_one(Booking, held.booking_id)
        assert (row.state, row.end_reason, row.booth_ids) == (
            BookingState.CANCELLED,
            "计划有变",
            [booths[2]],
        )
        assert taken(session) == []
        with refuses(session, refusals.BookingEnded):
            booking.confirm(session, booking_id=held.booking_id)
        with refuses(session, refusals.BookingEnded):
            booking.cancel(session, booking_id=held.booking_id, reason="再取消")


def test_a_taken_booth_is_refused_with_the_free_ones_nearby(site: Engine) -> None:
    with transaction(site) as session:
        fair = make_fair(session, booths=4)
        one, two = make_firms(session, 2, fair)
        booths = booths_of(session, fair)
        hold(session, fair, one, booths[1])
        with refuses(session, refusals.BoothTaken) as refused:
            hold(session, fair, two, booths[1])
        assert refused.value.values["fields"] == {"near": ["A1", "A3", "A4"]}
        assert "A2" in refused.value.text("zh")


def test_when_the_last_booth_is_gone_the_answer_says_so(site: Engine) -> None:
    with transaction(site) as session:
        fair = make_fair(session, booths=1)
        one, two = make_firms(session, 2, fair)
        hold(session, fair, one, *booths_of(session, fair))
        with refuses(session, refusals.FullyBooked):
            hold(session, fair, two, *booths_of(session, fair))


def test_a_hold_that_ran_out_gives_way_to_whoever_wants_its_booth(
    site: Engine, time_machine: TimeMachineFixture
) -> None:
    with transaction(site) as session:
        fair = make_fair(session)
        one, two = make_firms(session, 2, fair)
        booths, fair_id, two_id = booths_of(session, fair), fair.id, two.id
        first = hold(session, fair, one, booths[0])
    time_machine.move_to(BEFORE + timedelta(minutes=15) - timedelta(seconds=1), tick=False)
    with transaction(site) as session, refuses(session, refusals.BoothTaken):
        hold(session, fair_id, two_id, booths[0])
    time_machine.move_to(BEFORE + timedelta(minutes=15), tick=False)
    with transaction(site) as session:
        with refuses(session, refusals.HoldRanOut):
            booking.confirm(session, booking_id=first)
        second = hold(session, fair_id, two_id, booths[0])
        assert (state_of(session, first), taken(session)) == (BookingState.LAPSED, [(booths[0], second)])


def test_an_enterprise_whose_own_hold_ran_out_holds_again(
    site: Engine, time_machine: TimeMachineFixture
) -> None:
    with transaction(site) as session:
        fair = make_fair(session)
        (firm,), booths = make_firms(session, 1, fair), booths_of(session, fair)
        first = hold(session, fair, firm, booths[0])
        time_machine.move_to(BEFORE + timedelta(minutes=16), tick=False)
        second = hold(session, fair, firm, booths[3])
        assert state_of(session, first) is BookingState.LAPSED
        assert taken(session) == [(booths[3], second)]


def test_the_worker_sweeps_holds_that_ran_out(site: Engine, time_machine: TimeMachineFixture) -> None:
    with transaction(site) as session:
        fair = make_fair(session)
        one, two = make_firms(session, 2, fair)
        booths = booths_of(session, fair)
        kept, lost = confirmed(session, fair, one, booths[0]), hold(session, fair, two, booths[1])
        assert booking.sweep_holds(session) == 0
        time_machine.move_to(BEFORE + timedelta(minutes=15), tick=False)
        assert booking.sweep_holds(session) == 1
        assert (state_of(session, kept), state_of(session, lost)) == (
            BookingState.CONFIRMED,
            BookingState.LAPSED,
        )
        assert taken(session) == [(booths[0], kept)]


def test_one_enterprise_has_one_booking_at_an_event(site: Engine) -> None:
    with transaction(site) as session:
        fair = make_fair(session)
        (firm,), booths = make_firms(session, 1, fair), booths_of(session, fair)
        hold(session, fair, firm, booths[0])
        with refuses(session, refusals.BookedAlready):
            hold(session, fair, firm, booths[1])


def test_an_enterprise_cancels_until_the_deadline_and_the_organizer_always(
    site: Engine, time_machine: TimeMachineFixture
) -> None:
    with transaction(site) as session:
        fair = make_fair(session)
        (firm,), booths = make_firms(session, 1, fair), booths_of(session, fair)
        booked = confirmed(session, fair, firm, booths[0])
        time_machine.move_to(terms_of(session, fair).cancel_until, tick=False)
        with refuses(session, refusals.TooLateToCancel):
            booking.cancel(session, booking_id=booked, reason="来不了")
        booking.cancel(session, booking_id=booked, reason="电话告知", by_organizer=True)
        assert (state_of(session, booked), taken(session)) == (BookingState.CANCELLED, [])


def test_a_booking_is_audited_where_the_event_is(site: Engine) -> None:
    with transaction(site) as session:
        fair = make_fair(session)
        (firm,), booths = make_firms(session, 1, fair), booths_of(session, fair)
        fair_id, firm_id = fair.id, firm.id
    with transaction(site) as session:
        booked = hold(session, fair_id, firm_id, booths[0])
    with transaction(site) as session:
        booking.confirm(session, booking_id=booked)
    with transaction(site) as session:
        booking.cancel(session, booking_id=booked, reason="计划有变")
    with transaction(site) as session:
        notes = session.scalars(
            select(AuditEntry).where(AuditEntry.subject == "booking").order_by(AuditEntry.id)
        ).all()
        assert [(note.deed.value, note.after.get("state"), note.division_code) for note in notes] == [
            ("made", "held", LIXIA),
            ("changed", "confirmed", LIXIA),
            ("changed", "cancelled", LIXIA),
        ]
        assert {note.subject_id for note in notes} == {str(booked)}
        assert notes[0].after["booth_ids"] == [booths[0]]
        assert notes[2].reason == "计划有变"
