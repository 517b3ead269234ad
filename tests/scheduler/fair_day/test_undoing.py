"""Undoing a check-in: once, with a reason and a letter; the enterprise can check in again."""

from pathlib import Path

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from scheduler.database import reading, transaction
from scheduler.mailing.letters import compose
from scheduler.models import Booking, BookingState, BoothHold, Event, Message, Ticket
from scheduler.models.fair_days import CheckIn, CheckInMeans, Gate, Verdict
from scheduler.queries.fair_day.gate_lists import gate_list
from scheduler.services import fair_day
from scheduler.services.fair_day import Answer, Arrival, NotCheckedIn, TicketNotIn
from scheduler.services.fair_day.checking import Door
from scheduler.settings import Settings
from tests.scheduler.fair_day.test_releasing import add_member
from tests.scheduler.fair_day.world import MORNING, SECRET, add_fair, add_gate, add_ticket, book
from tests.support.racing import together
from tests.support.schedule import add_reference

pytestmark = pytest.mark.usefixtures("in_the_morning")


@pytest.fixture
def booking_id(engine: Engine) -> int:
    """Add a fair with a gate at which an enterprise has checked in; return its booking."""
    with transaction(engine) as session:
        add_reference(session)
        event = add_fair(session)
        booking = book(session, event, 1)
        add_gate(session, event)
        add_member(session, booking.enterprise_id)
        key = booking.id
    with transaction(engine) as session:
        assert come(session, key, 1).verdict is Verdict.ACCEPTED
    return key


def come(session: Session, booking_id: int, number: int, *, let_in: bool = False) -> Answer:
    gate = session.scalars(select(Gate)).one()
    arrival = Arrival(
        f"client-{number:04d}", CheckInMeans.LIST, MORNING, booking_id=booking_id, let_in=let_in
    )
    return fair_day.check_in(session, door=Door.of(gate), arrivals=[arrival], secret_key=SECRET)[0]


def undo(session: Session, booking_id: int) -> None:
    fair_day.undo_check_in(session, booking_id=booking_id, reason="点错了单位", undone_by=None)


def test_the_booth_is_kept_the_record_says_why_and_the_members_are_told(
    engine: Engine, booking_id: int, tmp_path: Path
) -> None:
    with transaction(engine) as session:
        undo(session, booking_id)
    with reading(engine) as session:
        assert session.get_one(Booking, booking_id).state is BookingState.CONFIRMED
        assert len(session.scalars(select(BoothHold)).all()) == 1
        row = session.scalars(select(CheckIn)).one()
        assert (row.verdict, row.objection, row.settlement) == ("refused", "undone", "点错了单位")
        settings = Settings("", SECRET, tmp_path, "https://fair.example", production=False)
        letter = compose(session, session.scalars(select(Message)).one(), settings)
        assert letter is not None
        assert "点错了单位" in letter.text


def test_what_was_undone_is_undone_once(engine: Engine, booking_id: int) -> None:
    with transaction(engine) as session:
        undo(session, booking_id)
    with pytest.raises(NotCheckedIn), transaction(engine) as session:
        undo(session, booking_id)


def test_two_at_once_undo_it_once(engine: Engine, booking_id: int) -> None:
    def act(_: int) -> None:
        with transaction(engine) as session:
            undo(session, booking_id)

    found = together(4, act)
    assert sum(isinstance(one, NotCheckedIn) for one in found) == 3
    with reading(engine) as session:
        assert len(session.scalars(select(Message)).all()) == 1


def test_a_device_that_hands_in_the_same_again_checks_nobody_in(engine: Engine, booking_id: int) -> None:
    with transaction(engine) as session:
        undo(session, booking_id)
    with transaction(engine) as session:
        again = come(session, booking_id, 1, let_in=True)
        assert (again.verdict, again.objection) == ("refused", "undone")
        assert session.get_one(Booking, booking_id).state is BookingState.CONFIRMED


def test_a_seekers_entry_is_taken_back_at_the_gate_or_on_the_page_and_the_ticket_counts_again(
    engine: Engine, booking_id: int
) -> None:
    with transaction(engine) as session:
        gate, event = session.scalars(select(Gate)).one(), session.scalars(select(Event)).one()
        code, door = add_ticket(session, event), Door.of(gate)
        serial = session.scalars(select(Ticket.serial)).one()

        def hand_in(*numbers: int, undoings: tuple[int, ...] = ()) -> list[str]:
            arrivals = [
                Arrival(f"seeker-{n:04d}", CheckInMeans.CODE, MORNING, code=code, let_in=True)
                for n in numbers
            ]
            ids = [f"seeker-{n:04d}" for n in undoings]
            found = fair_day.hand_in(session, door=door, arrivals=arrivals, undoings=ids, secret_key=SECRET)
            return [f"{one.verdict}" for one in found]

        assert hand_in(1, 2, undoings=(1,)) == [
            "accepted",
            "accepted",
        ]  # without network, one by mistake
        assert hand_in(1, undoings=(1,)) == ["refused"]  # the answer was lost: handed in once more
        assert gate_list(session, gate=gate).freed == ()
        assert (hand_in(3), hand_in(undoings=(3,))) == (["conflict"], [])  # the conflict is settled by it
        with pytest.raises(TicketNotIn), session.begin_nested():
            fair_day.undo_entry(session, event_id=event.id + 1, serial=serial, reason="扫错", undone_by=None)
        fair_day.undo_entry(session, event_id=event.id, serial=serial.upper(), reason="扫错", undone_by=None)
        with pytest.raises(TicketNotIn), session.begin_nested():
            fair_day.undo_entry(session, event_id=event.id, serial=serial, reason="扫错", undone_by=None)
        assert gate_list(session, gate=gate, since=MORNING).freed == (f"1:{serial}",)
        session.expire_all()
        rows = session.scalars(select(CheckIn).where(CheckIn.ticket_id.is_not(None)).order_by(CheckIn.id))
        assert [(row.objection, row.settlement) for row in rows] == [
            ("undone", "签到口撤销"),
            ("undone", "扫错"),
            ("undone", "签到口撤销"),
        ]
        assert hand_in(4) == ["accepted"]
        first = session.scalars(select(CheckIn.client_id).where(CheckIn.booking_id == booking_id)).one()
        fair_day.hand_in(session, door=door, arrivals=[], undoings=[first], secret_key=SECRET)
        assert session.get_one(Booking, booking_id).state is BookingState.CHECKED_IN  # firms on the page


def test_gates_hear_of_it_and_the_enterprise_can_check_in_again(engine: Engine, booking_id: int) -> None:
    with transaction(engine) as session:
        undo(session, booking_id)
    with transaction(engine) as session:
        gate = session.scalars(select(Gate)).one()
        found = gate_list(session, gate=gate, since=MORNING)
        assert (found.used, [line.state for line in found.bookings]) == ((), ["confirmed"])
        assert come(session, booking_id, 2).verdict is Verdict.ACCEPTED
        assert session.scalars(select(Event)).one().id == gate.event_id
