"""Releasing: who is late loses the booth once, whoever releases; undone, appealed against, answered."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from scheduler.database import reading, transaction
from scheduler.mailing.letters import compose
from scheduler.models import (
    Booking,
    BookingState,
    BoothHold,
    Enterprise,
    EnterpriseRole,
    Event,
    Message,
    NoShow,
    RegistrationState,
    Verification,
    Waiting,
    WaitingFor,
    WaitingState,
)
from scheduler.models.fair_days import CheckIn, CheckInMeans, Gate, NoShowRelease, Verdict
from scheduler.services import accounts, booking, fair_day
from scheduler.services.booking.refusals import BoothTaken
from scheduler.services.fair_day import AppealClosed, NoAppeal, NotReleased
from scheduler.services.fair_day.checking import Arrival, Door
from scheduler.settings import Settings
from scheduler.tending import tend_bookings
from tests.scheduler.fair_day.world import CHECK_IN_UNTIL, MORNING, SECRET, add_fair, add_gate, book
from tests.support.racing import together
from tests.support.schedule import make_employer, register

WORKERS = 6
LATE = CHECK_IN_UNTIL + timedelta(minutes=5)


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel(CHECK_IN_UNTIL, tick=False):
        yield


def add_morning(session: Session) -> tuple[int, list[int]]:
    """Add a fair with three booked booths, the first of them checked in; return its id and the bookings'."""
    event = add_fair(session)
    states = (BookingState.CHECKED_IN, BookingState.CONFIRMED, BookingState.CONFIRMED)
    bookings = [book(session, event, place, state) for place, state in enumerate(states, 1)]
    for row in bookings:
        booths = select(BoothHold.booth_id).where(BoothHold.booking_id == row.id)
        row.booth_ids = list(session.scalars(booths))
    session.flush()
    return event.id, [row.id for row in bookings]


def add_member(session: Session, enterprise_id: int) -> int:
    belonging = accounts.Belonging.employer(enterprise_id, EnterpriseRole.OWNER)
    return accounts.create_account(
        session,
        login=f"owner-{enterprise_id}",
        password=None,
        display_name="经办",
        belonging=belonging,
        email="owner@example.org",
    ).id


def states(session: Session) -> list[BookingState]:
    return list(session.scalars(select(Booking.state).order_by(Booking.id)))


def _release_and_die(site: Engine, event_id: int) -> None:
    with transaction(site) as session:
        fair_day.release_no_shows(session, event_id=event_id)
        raise KeyboardInterrupt


def test_a_minute_before_nobody_is_released(site: Engine) -> None:
    with transaction(site) as session:
        add_morning(session)
    with time_machine.travel(CHECK_IN_UNTIL - timedelta(seconds=1), tick=False):
        tend_bookings(site)
    with reading(site) as session:
        assert session.scalars(select(NoShow)).all() == []


def test_who_has_not_checked_in_loses_the_booth_and_is_on_record(site: Engine) -> None:
    with transaction(site) as session:
        event_id, _ = add_morning(session)
    assert tend_bookings(site) == 2
    assert tend_bookings(site) == 0
    with reading(site) as session:
        assert states(session) == ["checked_in", "no_show", "no_show"]
        assert len(session.scalars(select(BoothHold)).all()) == 1
        assert len(session.scalars(select(NoShow)).all()) == 2
        assert session.scalars(select(NoShowRelease.bookings)).all() == [2]
        assert event_id


def test_a_worker_that_was_away_for_a_day_releases_nothing(site: Engine) -> None:
    with transaction(site) as session:
        add_morning(session)
    with time_machine.travel(CHECK_IN_UNTIL + timedelta(hours=24), tick=False):
        assert tend_bookings(site) == 0


def test_many_workers_at_once_release_once(site: Engine) -> None:
    with transaction(site) as session:
        event_id, _ = add_morning(session)

    def release(_: int) -> int:
        with transaction(site) as session:
            return fair_day.release_no_shows(session, event_id=event_id)

    found = together(WORKERS, release)
    assert sorted(one for one in found if isinstance(one, int)) == [0] * (WORKERS - 1) + [2]
    with reading(site) as session:
        assert len(session.scalars(select(NoShow)).all()) == 2


def test_a_worker_that_dies_in_between_leaves_everything_to_the_next_one(site: Engine) -> None:
    with transaction(site) as session:
        event_id, _ = add_morning(session)
    with pytest.raises(KeyboardInterrupt):
        _release_and_die(site, event_id)
    assert tend_bookings(site) == 2


def test_a_check_in_and_the_release_at_once_end_in_one_of_the_two(site: Engine) -> None:
    with transaction(site) as session:
        event_id, bookings = add_morning(session)
        gate_id = add_gate(session, session.get_one(Event, event_id)).id

    def act(number: int) -> object:
        with transaction(site) as session:
            if number == 0:
                return fair_day.release_no_shows(session, event_id=event_id)
            arrival = Arrival(f"client-{number:04d}", CheckInMeans.LIST, MORNING, booking_id=bookings[1])
            door = Door.of(session.get_one(Gate, gate_id))
            return fair_day.check_in(session, door=door, arrivals=[arrival], secret_key=SECRET)[0].verdict

    released, verdict = together(2, act)
    with reading(site) as session:
        after = states(session)
        holds = len(session.scalars(select(BoothHold)).all())
    assert (verdict, released, after[1], holds) in {
        (Verdict.ACCEPTED, 1, "checked_in", 2),
        (Verdict.REFUSED, 2, "no_show", 1),
    }


def add_waiting(session: Session, event_id: int, number: int) -> int:
    """Let an admitted firm wait for a booth; return it."""
    firm = make_employer(session, number)
    session.get_one(Enterprise, firm.id).verification = Verification.VERIFIED
    register(session, session.get_one(Event, event_id), firm, RegistrationState.APPROVED)
    session.add(
        Waiting(
            event_id=event_id,
            wanted=WaitingFor.BOOTH,
            enterprise_id=firm.id,
            quantity=1,
            state=WaitingState.WAITING,
        )
    )
    session.flush()
    return firm.id


def offered(session: Session) -> Booking:
    return session.scalars(select(Booking).where(Booking.state == BookingState.HELD)).one()


def test_a_released_booth_goes_to_who_waits_who_confirms_and_checks_in_while_the_fair_is_on(
    site: Engine,
) -> None:
    with transaction(site) as session:
        event_id, _ = add_morning(session)
        book(session, session.get_one(Event, event_id), 4, BookingState.CHECKED_IN)
        firm = add_waiting(session, event_id, 900)
        gate_id = add_gate(session, session.get_one(Event, event_id)).id
    tend_bookings(site)
    with time_machine.travel(LATE, tick=False), transaction(site) as session:
        assert session.scalars(select(Waiting.state)).all() == [WaitingState.OFFERED]
        offer = offered(session)
        assert offer.enterprise_id == firm
        booking.confirm(session, booking_id=offer.id)
        comes = Arrival("client-0001", CheckInMeans.LIST, LATE, booking_id=offer.id)
        door = Door.of(session.get_one(Gate, gate_id))
        answer = fair_day.check_in(session, door=door, arrivals=[comes], secret_key=SECRET)[0]
        assert answer.verdict is Verdict.ACCEPTED
        assert session.scalars(select(Waiting.state)).all() == [WaitingState.ACCEPTED]


def test_an_offer_of_a_released_booth_that_nobody_takes_goes_on_to_the_next(site: Engine) -> None:
    with transaction(site) as session:
        event_id, bookings = add_morning(session)
        session.get_one(Booking, bookings[2]).state = BookingState.CHECKED_IN  # one booth becomes free
        book(session, session.get_one(Event, event_id), 4, BookingState.CHECKED_IN)
        firms = [add_waiting(session, event_id, number) for number in (900, 901)]
    tend_bookings(site)
    with reading(site) as session:
        assert offered(session).enterprise_id == firms[0]
        until = offered(session).held_until
    assert until is not None
    with time_machine.travel(until, tick=False):
        tend_bookings(site)
    with reading(site) as session:
        assert offered(session).enterprise_id == firms[1]


def test_who_comes_after_all_gets_the_booth_back_and_the_record_is_lifted(site: Engine) -> None:
    with transaction(site) as session:
        event_id, bookings = add_morning(session)
        gate = add_gate(session, session.get_one(Event, event_id))
        clerk = add_member(session, session.get_one(Booking, bookings[0]).enterprise_id)
        gate_id = gate.id
    tend_bookings(site)
    with time_machine.travel(LATE, tick=False), transaction(site) as session:
        late = Arrival("client-0001", CheckInMeans.LIST, MORNING, booking_id=bookings[1], let_in=True)
        door = Door.of(session.get_one(Gate, gate_id))
        answer = fair_day.check_in(session, door=door, arrivals=[late], secret_key=SECRET)[0]
        assert (answer.verdict, answer.objection) == ("conflict", "released")
        no_show = session.scalars(select(NoShow).order_by(NoShow.id)).first()
        assert no_show is not None
        fair_day.undo_no_show(session, no_show_id=no_show.id, reason="东门无网络", undone_by=clerk)
        session.expire_all()
        assert states(session)[1] == BookingState.CHECKED_IN
        assert (no_show.lifted_at, no_show.answer) == (LATE, "东门无网络")
        noted = session.scalars(select(CheckIn)).one()
        assert (noted.verdict, noted.checked_at, noted.settlement) == ("accepted", MORNING, "东门无网络")
        with pytest.raises(NotReleased):
            fair_day.undo_no_show(session, no_show_id=no_show.id, reason="再来一次", undone_by=clerk)


def test_a_booth_that_somebody_has_now_is_not_taken_away_but_another_one_will_do(site: Engine) -> None:
    with transaction(site) as session:
        event_id, bookings = add_morning(session)
        clerk = add_member(session, session.get_one(Booking, bookings[0]).enterprise_id)
    tend_bookings(site)
    with transaction(site) as session:
        book(session, session.get_one(Event, event_id), 2)
        booths = session.scalars(select(BoothHold.booth_id)).all()
        assert booths
        no_show_id = session.scalars(select(NoShow.id).order_by(NoShow.id)).first() or 0
    with pytest.raises(BoothTaken), transaction(site) as session:
        fair_day.undo_no_show(session, no_show_id=no_show_id, reason="已到", undone_by=clerk)
    with transaction(site) as session:
        other = session.get_one(Booking, bookings[2]).booth_ids
        fair_day.undo_no_show(session, no_show_id=no_show_id, reason="已到", undone_by=clerk, booth_ids=other)
    with reading(site) as session:
        assert session.get_one(Booking, bookings[1]).booth_ids == other


def test_an_appeal_is_made_once_and_answered_once_with_letters(site: Engine, tmp_path: Path) -> None:
    settings = Settings("", SECRET, tmp_path, "https://fair.example", production=False)
    with transaction(site) as session:
        _, bookings = add_morning(session)
        clerk = add_member(session, session.get_one(Booking, bookings[1]).enterprise_id)
    tend_bookings(site)
    with transaction(site) as session:
        no_show = session.scalars(select(NoShow).order_by(NoShow.id)).first()
        assert no_show is not None
        told = compose(session, session.scalars(select(Message)).one(), settings)
        assert told is not None
        assert "A02" in told.text
        with pytest.raises(NoAppeal):
            fair_day.answer_appeal(
                session, no_show_id=no_show.id, lift=True, reason="没有申诉", answered_by=clerk
            )
        fair_day.appeal(session, no_show_id=no_show.id, text="高速封路，已电话告知。")
        with pytest.raises(AppealClosed):
            fair_day.appeal(session, no_show_id=no_show.id, text="再次申诉")
        fair_day.answer_appeal(
            session, no_show_id=no_show.id, lift=True, reason="情况属实", answered_by=clerk
        )
        with pytest.raises(NoAppeal):
            fair_day.answer_appeal(
                session, no_show_id=no_show.id, lift=False, reason="另一结论", answered_by=clerk
            )
        session.expire_all()
        assert (no_show.lifted_at, no_show.answer) == (CHECK_IN_UNTIL, "情况属实")
        letter = compose(
            session, session.scalars(select(Message).where(Message.kind == "appeal_answer")).one(), settings
        )
        assert letter is not None
        assert ("撤销记录" in letter.text, "情况属实" in letter.text) == (True, True)
