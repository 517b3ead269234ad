"""The waiting list: in order, by quantity, each offered once, for a time, and never after its deadline."""

from datetime import datetime, timedelta

from sqlalchemy import Engine, select, update
from sqlalchemy.orm import Session
from time_machine import TimeMachineFixture

from scheduler.database import transaction
from scheduler.models import (
    Booking,
    BookingSource,
    BookingState,
    EnterpriseRole,
    Event,
    Message,
    Registration,
    RegistrationState,
    Waiting,
    WaitingState,
    Way,
)
from scheduler.services import accounts, booking
from scheduler.services.booking import refusals
from scheduler.services.booking.taking import vacate
from scheduler.services.waiting_lists import WaitingAlready, WaitingEnded
from scheduler.tending import tend_bookings
from scheduler.times import now
from tests.scheduler.booking.rows import (
    BEFORE,
    booths_of,
    confirmed,
    hold,
    make_fair,
    make_firms,
    make_hall,
    refuses,
    taken,
    terms_of,
    together,
)


def join(session: Session, fair: int, firm: int, quantity: int = 1) -> int:
    return booking.join_waiting(session, event_id=fair, enterprise_id=firm, quantity=quantity).id


def states(session: Session) -> list[WaitingState]:
    session.expire_all()
    return list(session.scalars(select(Waiting.state).order_by(Waiting.id)))


def offers(session: Session) -> list[tuple[int, BookingState]]:
    """Return whom the list has offered booths, in the order of the offers, and what became of it."""
    session.expire_all()
    rows = select(Booking.enterprise_id, Booking.state).where(Booking.source == BookingSource.WAITING_LIST)
    return [(firm, state) for firm, state in session.execute(rows.order_by(Booking.id))]


def full(session: Session, booths: int, waiting: int, **changes: object) -> tuple[int, list[int], list[int]]:
    """Add a fair whose booths are all booked, and firms to wait: the event, the bookings, the firms."""
    fair = make_fair(session, booths=booths, **changes)  # type: ignore[arg-type]
    firms = make_firms(session, booths + waiting, fair)
    booked = [
        confirmed(session, fair, firm, booth)
        for firm, booth in zip(firms[:booths], booths_of(session, fair), strict=True)
    ]
    return fair.id, booked, [firm.id for firm in firms[booths:]]


def test_a_freed_booth_goes_to_who_waits_in_the_same_transaction(site: Engine) -> None:
    with transaction(site) as session:
        fair, booked, (one, two) = full(session, 2, 2)
        join(session, fair, one)
        join(session, fair, two)
        booking.cancel(session, booking_id=booked[1], reason="不来了")
        assert (offers(session), states(session)) == (
            [(one, BookingState.HELD)],
            [WaitingState.OFFERED, WaitingState.WAITING],
        )
        offer = session.scalars(select(Booking).where(Booking.enterprise_id == one)).one()
        assert offer.held_until == now() + timedelta(hours=24)
        booking.confirm(session, booking_id=offer.id)
        assert states(session) == [WaitingState.ACCEPTED, WaitingState.WAITING]
        assert [holder for _, holder in taken(session)] == [booked[0], offer.id]


def test_an_offer_that_is_not_answered_goes_to_the_next_and_is_made_once(
    site: Engine, time_machine: TimeMachineFixture
) -> None:
    with transaction(site) as session:
        fair, booked, firms = full(session, 1, 2)
        for firm in firms:
            join(session, fair, firm)
        booking.cancel(session, booking_id=booked[0], reason="不来了")
    for hours, expected in (
        (23, [WaitingState.OFFERED, WaitingState.WAITING]),
        (24, [WaitingState.LAPSED, WaitingState.OFFERED]),
        (48, [WaitingState.LAPSED, WaitingState.LAPSED]),
    ):
        time_machine.move_to(BEFORE + timedelta(hours=hours), tick=False)
        tend_bookings(site)
        with transaction(site) as session:
            assert states(session) == expected
    tend_bookings(site)
    with transaction(site) as session:
        assert offers(session) == [(firm, BookingState.LAPSED) for firm in firms]
        assert taken(session) == []


def test_who_waits_for_two_is_passed_over_by_one_booth_and_keeps_its_place(site: Engine) -> None:
    with transaction(site) as session:
        fair, booked, (pair, single, late) = full(session, 3, 3, booths_each=2, hall=make_hall(session, 3))
        join(session, fair, pair, quantity=2)
        join(session, fair, single)
        booking.cancel(session, booking_id=booked[0], reason="不来了")
        assert states(session) == [WaitingState.WAITING, WaitingState.OFFERED]
        with refuses(session, refusals.TooManyBooths):
            join(session, fair, late, quantity=3)
        booking.cancel(session, booking_id=booked[1], reason="不来了")
        booking.cancel(session, booking_id=booked[2], reason="不来了")
        assert states(session) == [WaitingState.OFFERED, WaitingState.OFFERED]
        held = session.scalars(select(Booking).where(Booking.enterprise_id == pair)).one()
        assert held.booth_ids == booths_of(session, fair)[1:]


def test_declining_gives_the_booth_to_the_next_one(site: Engine) -> None:
    with transaction(site) as session:
        fair, booked, (one, two) = full(session, 1, 2)
        first, second = join(session, fair, one), join(session, fair, two)
        booking.cancel(session, booking_id=booked[0], reason="不来了")
        booking.leave_waiting(session, waiting_id=first)
        assert states(session) == [WaitingState.WITHDRAWN, WaitingState.OFFERED]
        booking.leave_waiting(session, waiting_id=second)
        with refuses(session, WaitingEnded):
            booking.leave_waiting(session, waiting_id=second)
        assert taken(session) == []


def test_who_waits_comes_before_who_comes_later(site: Engine) -> None:
    with transaction(site) as session:
        fair, booked, (one, late) = full(session, 1, 2)
        join(session, fair, one)
        booking.cancel(session, booking_id=booked[0], reason="不来了")
        with refuses(session, refusals.FullyBooked):
            hold(session, fair, late, booths_of(session, fair)[0])
        join(session, fair, late)
        booking.leave_waiting(session, waiting_id=1)
        assert offers(session)[-1] == (late, BookingState.HELD)


def test_the_list_is_for_who_is_admitted_has_no_booth_and_finds_none(site: Engine) -> None:
    with transaction(site) as session:
        fair = make_fair(session, booths=2)
        one, two, three = make_firms(session, 3, fair)
        booths = booths_of(session, fair)
        with refuses(session, refusals.BoothsAreFree):
            join(session, fair.id, one.id)
        confirmed(session, fair, one, booths[0])
        confirmed(session, fair, two, booths[1])
        with refuses(session, refusals.BookedAlready):
            join(session, fair.id, one.id)
        session.get_one(Registration, (fair.id, three.id)).state = RegistrationState.REQUESTED
        session.flush()
        with refuses(session, refusals.NotAdmitted):
            join(session, fair.id, three.id)
        session.get_one(Registration, (fair.id, three.id)).state = RegistrationState.APPROVED
        session.flush()
        join(session, fair.id, three.id)
        with refuses(session, WaitingAlready):
            join(session, fair.id, three.id)
        terms_of(session, fair).way = Way.ALLOCATION
        session.flush()
        with refuses(session, refusals.ByAllocation):  # nothing was allocated yet
            join(session, fair.id, three.id)


def test_nothing_is_offered_after_the_deadline_nor_for_a_cancelled_event(
    site: Engine, time_machine: TimeMachineFixture
) -> None:
    with transaction(site) as session:
        fair, booked, (one, two) = full(session, 2, 2)
        join(session, fair, one)
        join(session, fair, two)
        ends_at = end_of(session, fair)
    last_at = ends_at - timedelta(hours=1)
    time_machine.move_to(last_at - timedelta(seconds=1), tick=False)
    with transaction(site) as session:
        booking.cancel(session, booking_id=booked[0], reason="未到场", by_organizer=True)
        offer = session.scalars(select(Booking).where(Booking.enterprise_id == one)).one()
        assert offer.held_until == last_at  # the offer itself ends there too
    time_machine.move_to(last_at, tick=False)
    with transaction(site) as session:
        booking.cancel(session, booking_id=booked[1], reason="未到场", by_organizer=True)
        with refuses(session, refusals.Closed):
            join(session, fair, two)
    tend_bookings(site)
    with transaction(site) as session:
        assert offers(session) == [(one, BookingState.LAPSED)]
        assert states(session) == [WaitingState.LAPSED, WaitingState.WAITING]


def end_of(session: Session, event_id: int) -> datetime:
    ends_at = session.get_one(Event, event_id).ends_at
    assert ends_at is not None
    return ends_at


def test_the_nearer_the_event_the_shorter_the_offer(site: Engine, time_machine: TimeMachineFixture) -> None:
    with transaction(site) as session:
        fair, booked, firms = full(session, 3, 3)
        starts_at = end_of(session, fair) - timedelta(hours=2, minutes=30)
        for firm in firms:
            join(session, fair, firm)
        for ahead, length, booking_id, firm in zip(
            (timedelta(hours=49), timedelta(hours=7), timedelta(hours=1)),
            (timedelta(hours=24), timedelta(hours=4), timedelta(minutes=30)),
            booked,
            firms,
            strict=True,
        ):
            time_machine.move_to(starts_at - ahead, tick=False)
            booking.cancel(session, booking_id=booking_id, reason="不来了", by_organizer=True)
            offer = session.scalars(select(Booking).where(Booking.enterprise_id == firm)).one()
            assert offer.held_until == now() + length


def test_who_may_no_longer_attend_is_passed_over(site: Engine) -> None:
    with transaction(site) as session:
        fair, booked, (gone, next_one) = full(session, 1, 2)
        join(session, fair, gone)
        join(session, fair, next_one)
        session.get_one(Registration, (fair, gone)).state = RegistrationState.WITHDRAWN
        session.flush()
        booking.cancel(session, booking_id=booked[0], reason="不来了")
        assert states(session) == [WaitingState.WITHDRAWN, WaitingState.OFFERED]


def test_ten_promoters_at_once_offer_each_booth_once_and_in_order(site: Engine) -> None:
    with transaction(site) as session:
        fair, booked, firms = full(session, 4, 8)
        for firm in firms:
            join(session, fair, firm)
        freed = {"state": BookingState.CANCELLED, "ended_at": now()}  # and nobody has noticed
        session.execute(update(Booking).values(**freed))
        vacate(session, booking_ids=booked)
    together(site, [lambda session: booking.promote(session, event_id=fair)] * 10)
    with transaction(site) as session:
        assert [firm for firm, _ in offers(session)] == firms[:4]
        assert len(taken(session)) == 4
        assert states(session) == [WaitingState.OFFERED] * 4 + [WaitingState.WAITING] * 4


def test_an_offer_is_told_by_letter_to_whoever_has_a_letter_box(site: Engine) -> None:
    with transaction(site) as session:
        fair, booked, (one,) = full(session, 1, 1)
        member = accounts.create_account(
            session,
            login="owner@example",
            password=None,
            display_name="王",
            belonging=accounts.Belonging.employer(one, EnterpriseRole.OWNER),
        )
        member.email = "owner@example.cn"
        join(session, fair, one)
        booking.cancel(session, booking_id=booked[0], reason="不来了")
        letter = session.scalars(select(Message)).one()
        assert (letter.kind, letter.recipient) == ("booth_offer", "owner@example")


def test_an_offer_may_be_moved_and_keeps_its_number_of_booths(site: Engine) -> None:
    with transaction(site) as session:
        fair, booked, (one,) = full(session, 3, 1, booths_each=2)
        join(session, fair, one, 2)
        for booking_id in booked[:2]:
            booking.cancel(session, booking_id=booking_id, reason="不来了")
        booths = booths_of(session, session.get_one(Event, fair))
        offer = session.scalars(select(Booking.id).where(Booking.source == BookingSource.WAITING_LIST)).one()
        booking.cancel(session, booking_id=booked[2], reason="不来了")
        with refuses(session, refusals.OfferedSize):
            booking.move(session, booking_id=offer, booth_ids=booths[:1])
        booking.move(session, booking_id=offer, booth_ids=booths[1:])
        assert sorted(booth for booth, _ in taken(session)) == sorted(booths[1:])
