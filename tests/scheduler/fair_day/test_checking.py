"""Checking in: once for a ticket and a booking, whatever gates do at once or without network."""

from threading import Barrier

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from scheduler.database import reading, transaction
from scheduler.entry_codes import EntryKind, booking_subject
from scheduler.models import Booking, BookingState, Ticket, TicketState
from scheduler.models.fair_days import CheckIn, CheckInMeans, Gate, Objection, Passage, Verdict
from scheduler.queries.fair_day.desk import arrivals
from scheduler.services import fair_day, tickets
from scheduler.services.fair_day import AlreadySettled, Answer, BoothsNotBooked
from scheduler.services.fair_day.checking import Arrival, Door
from scheduler.services.fair_day.counting import Passing
from tests.scheduler.fair_day.world import (
    MORNING,
    SECRET,
    add_fair,
    add_gate,
    add_ticket,
    book,
    booking_code,
    code,
)
from tests.support.racing import together

pytestmark = pytest.mark.usefixtures("in_the_morning")

GATES = 8


def came(text: str, client: int = 1, *, let_in: bool = False) -> Arrival:
    return Arrival(f"client-{client:04d}", CheckInMeans.CODE, MORNING, code=text, let_in=let_in)


def hand_in(session: Session, gate: Gate, *given: Arrival) -> list[Answer]:
    return fair_day.check_in(session, door=Door.of(gate), arrivals=given, secret_key=SECRET)


def answer(session: Session, gate: Gate, arrival: Arrival) -> tuple[Verdict, Objection | None]:
    found = hand_in(session, gate, arrival)[0]
    return found.verdict, found.objection


def enter(session: Session, event_id: int, booths: list[str], sheet: str) -> None:
    """Enter a paper sheet on which 120 people are counted."""
    fair_day.enter_sheet(
        session, event_id=event_id, booths=booths, visitors=120, sheet=sheet, entered_by=None
    )


def test_a_ticket_lets_in_once_and_the_second_gate_hears_where_it_was_used(site: Engine) -> None:
    with transaction(site) as session:
        event = add_fair(session)
        east, west, ticket = (
            add_gate(session, event, "东门"),
            add_gate(session, event, "西门"),
            add_ticket(session, event),
        )
        assert answer(session, east, came(ticket)) == (Verdict.ACCEPTED, None)
        second = hand_in(session, west, came(ticket, 2))[0]
        assert (second.verdict, second.objection) == (Verdict.REFUSED, Objection.TWICE)
        assert second.first is not None
        assert second.first.gate_id == east.id


def test_what_is_handed_in_again_changes_nothing(site: Engine) -> None:
    with transaction(site) as session:
        event = add_fair(session)
        gate, given = add_gate(session, event), [came(add_ticket(session, event), n) for n in range(3)]
        first, gate_id = hand_in(session, gate, *given), gate.id
    with transaction(site) as session:
        assert hand_in(session, session.get_one(Gate, gate_id), *given) == first
        assert session.scalar(select(func.count()).select_from(CheckIn)) == 3


@pytest.mark.parametrize("first", ["east", "west"])
def test_two_gates_without_network_are_merged_and_the_conflict_is_listed(site: Engine, first: str) -> None:
    """Both let the same ticket in; whichever hands in first, it counts once and is one conflict."""
    with transaction(site) as session:
        event = add_fair(session)
        gates = {"east": add_gate(session, event, "东门"), "west": add_gate(session, event, "西门")}
        both, void, alone = add_ticket(session, event), add_ticket(session, event), add_ticket(session, event)
        tickets.cancel_ticket(
            session, serial=session.scalars(select(Ticket.serial).order_by(Ticket.id)).all()[1]
        )
        order = [first, "west" if first == "east" else "east"]
        noted = {
            "east": [came(both, 1, let_in=True), came(void, 2, let_in=True)],
            "west": [came(both, 3, let_in=True), came(alone, 4, let_in=True)],
        }
        for name in (*order, *order):  # handed in twice, as a gate does that got no answer
            hand_in(session, gates[name], *noted[name])
        found = arrivals(session, event_id=event.id)
        assert (found.tickets, found.refused) == (2, {})
        assert sorted(one.check_in.objection or "" for one in found.open_conflicts) == ["cancelled", "twice"]
        twice = next(one for one in found.open_conflicts if one.check_in.objection is Objection.TWICE)
        assert {twice.gate_zh, twice.first_gate_zh} == {"东门", "西门"}
        assert twice.first_gate_zh == {"east": "东门", "west": "西门"}[first]


def test_who_was_let_in_when_the_answer_did_not_come_becomes_a_conflict(site: Engine) -> None:
    with transaction(site) as session:
        event = add_fair(session)
        gate, ticket = add_gate(session, event), add_ticket(session, event)
        hand_in(session, gate, came(ticket, 1))
        assert answer(session, gate, came(ticket, 2)) == (Verdict.REFUSED, Objection.TWICE)
        assert answer(session, gate, came(ticket, 2, let_in=True)) == (Verdict.CONFLICT, Objection.TWICE)
        assert answer(session, gate, came(ticket, 1, let_in=True)) == (Verdict.ACCEPTED, None)


def test_a_ticket_goes_by_its_number_too_where_only_one_has_it(site: Engine) -> None:
    with transaction(site) as session:
        event, other = add_fair(session), add_fair(session)
        gate = add_gate(session, event)
        given = (event, "8cac9265"), (other, "890a463b"), (event, "77777777"), (event, "77777777")
        for n, (fair, number) in enumerate(given):
            serial = f"{number}{n:024x}"
            session.add(Ticket(event_id=fair.id, serial=serial, state=TicketState.VALID))
        session.flush()
        assert answer(session, gate, came("8CAC9265")) == (Verdict.ACCEPTED, None)
        assert answer(session, gate, came("8CAC9265", 2)) == (Verdict.REFUSED, Objection.TWICE)
        unknown = (Verdict.REFUSED, Objection.UNKNOWN)
        assert answer(session, gate, came("890A463B", 3)) == unknown  # of another fair
        assert answer(session, gate, came("77777777", 4)) == unknown  # whose of the two?


def test_what_is_no_ticket_of_this_event_says_why(site: Engine) -> None:
    with transaction(site) as session:
        event, other = add_fair(session), add_fair(session)
        gate = add_gate(session, event)
        cases = {
            add_ticket(session, event, TicketState.CANCELLED): Objection.CANCELLED,
            add_ticket(session, other): Objection.OTHER_EVENT,
            code(EntryKind.TICKET, event.id, "f" * 32): Objection.UNKNOWN,
            code(EntryKind.BOOKING, event.id, booking_subject(99_999)): Objection.UNKNOWN,
            "A" * 120: Objection.UNKNOWN,
        }
        found = {text: answer(session, gate, came(text, n)) for n, text in enumerate(cases)}
        assert found == {text: (Verdict.REFUSED, objection) for text, objection in cases.items()}


@pytest.mark.parametrize(
    ("state", "expected", "after"),
    [
        (BookingState.CONFIRMED, None, BookingState.CHECKED_IN),
        (BookingState.HELD, Objection.NOT_CONFIRMED, BookingState.HELD),
        (BookingState.CHECKED_IN, Objection.TWICE, BookingState.CHECKED_IN),
        (BookingState.NO_SHOW, Objection.RELEASED, BookingState.NO_SHOW),
        (BookingState.CANCELLED, Objection.CANCELLED, BookingState.CANCELLED),
        (BookingState.LAPSED, Objection.CANCELLED, BookingState.LAPSED),
    ],
)
def test_an_enterprise_checks_in_with_a_confirmed_booking(
    site: Engine, state: BookingState, expected: Objection | None, after: BookingState
) -> None:
    with transaction(site) as session:
        event = add_fair(session)
        gate, booking = add_gate(session, event), book(session, event, 1, state)
        by_code = answer(session, gate, came(booking_code(booking)))
        session.refresh(booking)
        assert (by_code[1], booking.state) == (expected, after)


def test_an_enterprise_found_in_the_list_checks_in_too_but_not_at_another_event(site: Engine) -> None:
    with transaction(site) as session:
        event, other = add_fair(session), add_fair(session)
        gate, booking = add_gate(session, event), book(session, event, 1)
        abroad = book(session, other, 1)
        given = [
            Arrival(f"client-{n:04d}", CheckInMeans.LIST, MORNING, booking_id=one.id)
            for n, one in enumerate((booking, abroad))
        ]
        found = [one.objection for one in hand_in(session, gate, *given)]
        assert found == [None, Objection.UNKNOWN]
        assert session.get_one(Booking, abroad.id).state is BookingState.CONFIRMED


def test_many_gates_at_once_let_a_ticket_and_a_booking_in_once(site: Engine) -> None:
    with transaction(site) as session:
        event = add_fair(session)
        gates = [add_gate(session, event, f"{n}号门").id for n in range(GATES)]
        shown = [add_ticket(session, event), booking_code(book(session, event, 1))]

    def at_a_gate(number: int) -> list[Verdict]:
        with transaction(site) as session:
            given = [came(text, 10 * number + n) for n, text in enumerate(shown)]
            return [one.verdict for one in hand_in(session, session.get_one(Gate, gates[number]), *given)]

    found = together(GATES, at_a_gate)
    assert [one for one in found if isinstance(one, Exception)] == []
    for place in range(2):
        verdicts = [one[place] for one in found if not isinstance(one, Exception)]
        assert verdicts.count(Verdict.ACCEPTED) == 1
        assert verdicts.count(Verdict.REFUSED) == GATES - 1


def test_without_the_index_many_gates_would_let_it_in_many_times(site: Engine) -> None:
    """The control: who looks first and writes afterwards."""
    with transaction(site) as session:
        event = add_fair(session)
        add_ticket(session, event)
        ticket_id, event_id = session.scalars(select(Ticket.id)).one(), event.id
        session.connection().exec_driver_sql("DROP INDEX uq_check_in_ticket_id")
    everybody_has_looked = Barrier(GATES)

    def look_then_write(number: int) -> None:
        with reading(site) as session:
            used = session.scalar(select(func.count()).where(CheckIn.ticket_id == ticket_id))
        everybody_has_looked.wait(30)
        if not used:
            with transaction(site) as session:
                session.add(
                    CheckIn(
                        client_id=f"client-{number:04d}",
                        event_id=event_id,
                        ticket_id=ticket_id,
                        means=CheckInMeans.CODE,
                        verdict=Verdict.ACCEPTED,
                        checked_at=MORNING,
                    )
                )

    assert together(GATES, look_then_write) == [None] * GATES
    with reading(site) as session:
        assert session.scalar(select(func.count()).select_from(CheckIn)) == GATES


def test_a_used_ticket_is_not_given_back(site: Engine) -> None:
    with transaction(site) as session:
        event = add_fair(session)
        gate, ticket = add_gate(session, event), add_ticket(session, event)
        hand_in(session, gate, came(ticket))
        assert not tickets.cancel_ticket(session, serial=session.scalars(select(Ticket.serial)).one())


def test_a_conflict_is_settled_once_with_a_sentence(site: Engine) -> None:
    with transaction(site) as session:
        event = add_fair(session)
        gate, ticket = add_gate(session, event), add_ticket(session, event)
        hand_in(session, gate, came(ticket, 1), came(ticket, 2, let_in=True))
        conflict = arrivals(session, event_id=event.id).open_conflicts[0].check_in
        fair_day.settle(session, check_in_id=conflict.id, settlement="同一人重复扫码", settled_by=None)
        with pytest.raises(AlreadySettled):
            fair_day.settle(session, check_in_id=conflict.id, settlement="另一人", settled_by=None)
        session.expire_all()
        found = arrivals(session, event_id=event.id)
        assert (found.open_conflicts, found.settled_conflicts[0].check_in.settlement) == (
            (),
            "同一人重复扫码",
        )


def test_a_paper_sheet_counts_once_however_often_it_is_entered(site: Engine) -> None:
    with transaction(site) as session:
        event = add_fair(session)
        bookings = [book(session, event, place) for place in (1, 2, 3)]
        for _ in range(2):
            enter(session, event.id, ["A01", "A03"], "3")
        session.expire_all()
        assert [one.state for one in bookings] == ["checked_in", "confirmed", "checked_in"]
        assert session.scalars(select(Passage.people)).all() == [120]
        with pytest.raises(BoothsNotBooked, match="A04、A99"):
            enter(session, event.id, ["A02", "A04", "A99"], "4")


def test_a_count_that_is_handed_in_again_counts_once(site: Engine) -> None:
    with transaction(site) as session:
        gate = add_gate(session, add_fair(session))
        given = [Passing("client-0001", 5, MORNING), Passing("client-0002", -1, MORNING)]
        for _ in range(2):
            assert fair_day.count(session, door=Door.of(gate), passings=given) == [
                "client-0001",
                "client-0002",
            ]
        assert session.scalar(select(func.sum(Passage.people))) == 4
