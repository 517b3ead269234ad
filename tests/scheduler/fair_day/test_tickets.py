"""Tickets: taken once a form, never beyond the places, given back, and told by letter."""

from datetime import UTC, datetime
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
import time_machine
from sqlalchemy import Engine, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from scheduler.database import reading, transaction
from scheduler.errors import NotFound
from scheduler.links import DeadLink
from scheduler.mailing.letters import compose
from scheduler.models import Account, EventKind, EventState, Message, PlaceCount, Ticket, TicketState
from scheduler.queries.actors import Seeker
from scheduler.queries.tickets import own_tickets, places
from scheduler.services import accounts, tickets
from scheduler.settings import Settings
from tests.support.racing import together
from tests.support.schedule import add_reference, make_event, make_venue

SECRET = "a secret of forty characters for the tests"
BEFORE = datetime(2027, 1, 2, 2, tzinfo=UTC)
CLIENTS, CAPACITY = 12, 3


@pytest.fixture(autouse=True)
def _before_the_fair() -> object:
    with time_machine.travel(BEFORE, tick=False):
        yield


@pytest.fixture
def event_id(engine: Engine) -> int:
    with transaction(engine) as session:
        add_reference(session)
        return make_event(session, venues=(make_venue(session, people=900),)).id


def serial(number: int) -> str:
    return f"{number:032x}"


def add_seeker(session: Session, number: int = 1, email: str | None = None) -> int:
    account = accounts.create_account(
        session,
        login=f"seeker-{number}",
        password=None,
        display_name="求职者",
        belonging=accounts.Belonging.seeker(),
        email=email,
    )
    return account.id


def take(engine: Engine, event_id: int, number: int, account_id: int | None = None) -> str:
    with transaction(engine) as session:
        return tickets.take_ticket(
            session, event_id=event_id, serial=serial(number), account_id=account_id
        ).serial


def valid(engine: Engine) -> int:
    with reading(engine) as session:
        return session.scalar(select(func.count()).where(Ticket.state == TicketState.VALID)) or 0


def test_a_form_sent_twice_takes_one_ticket_and_one_place(engine: Engine, event_id: int) -> None:
    with transaction(engine) as session:
        tickets.set_places(session, event_id=event_id, capacity=5)
    assert take(engine, event_id, 1) == take(engine, event_id, 1)
    with reading(engine) as session:
        assert places(session, event_id=event_id).left == 4


def test_an_account_has_one_ticket_for_an_event_and_may_take_another_after_giving_it_back(
    engine: Engine, event_id: int
) -> None:
    with transaction(engine) as session:
        account = add_seeker(session)
    first = take(engine, event_id, 1, account)
    with pytest.raises(tickets.TicketHeld):
        take(engine, event_id, 2, account)
    with transaction(engine) as session:
        tickets.cancel_ticket(session, serial=first)
    take(engine, event_id, 3, account)
    assert valid(engine) == 1


def test_somebody_elses_serial_is_not_found(engine: Engine, event_id: int) -> None:
    with transaction(engine) as session:
        account = add_seeker(session)
    take(engine, event_id, 1, account)
    with pytest.raises(NotFound):
        take(engine, event_id, 1)


@pytest.mark.parametrize(
    "changes",
    [
        {"state": EventState.PLANNED, "starts_at": None},
        {"state": EventState.CANCELLED},
        {"kind": EventKind.LIVESTREAM},
        {"kind": EventKind.ONLINE},
        {"starts_at": datetime(2027, 1, 1, 1, tzinfo=UTC)},
    ],
)
def test_an_event_that_is_not_open_gives_no_ticket(
    engine: Engine, event_id: int, changes: dict[str, Any]
) -> None:
    with transaction(engine) as session:
        other = make_event(session, 2, **changes).id
    with pytest.raises(tickets.NoTickets):
        take(engine, other, 1)


def test_a_full_event_gives_no_more_and_a_ticket_given_back_frees_one_place_once(
    engine: Engine, event_id: int
) -> None:
    with transaction(engine) as session:
        tickets.set_places(session, event_id=event_id, capacity=1)
    take(engine, event_id, 1)
    with pytest.raises(tickets.EventFull):
        take(engine, event_id, 2)
    assert valid(engine) == 1
    for expected in (True, False):
        with transaction(engine) as session:
            assert tickets.cancel_ticket(session, serial=serial(1)) is expected
    take(engine, event_id, 2)
    with pytest.raises(tickets.EventFull):
        take(engine, event_id, 3)


def test_places_are_no_fewer_than_tickets_and_no_more_than_the_hall_holds(
    engine: Engine, event_id: int
) -> None:
    take(engine, event_id, 1)
    take(engine, event_id, 2)
    with transaction(engine) as session:
        with pytest.raises(tickets.PlacesInUse):
            tickets.set_places(session, event_id=event_id, capacity=1)
        with pytest.raises(tickets.TooManyPlaces):
            tickets.set_places(session, event_id=event_id, capacity=901)
        tickets.set_places(session, event_id=event_id, capacity=2)
        with pytest.raises(tickets.PlacesInUse):
            tickets.set_places(session, event_id=event_id, capacity=1)
        tickets.set_places(session, event_id=event_id, capacity=900)
        assert places(session, event_id=event_id) == type(places(session, event_id=event_id))(900, 2)


def test_many_who_want_the_last_places_get_exactly_those(engine: Engine, event_id: int) -> None:
    with transaction(engine) as session:
        tickets.set_places(session, event_id=event_id, capacity=CAPACITY)
    found = together(CLIENTS, lambda number: take(engine, event_id, number))
    refused = [one for one in found if isinstance(one, Exception)]
    assert valid(engine) == CAPACITY
    assert [type(one) for one in refused] == [tickets.EventFull] * (CLIENTS - CAPACITY)


def test_the_race_would_be_lost_without_the_conditional_update(engine: Engine, event_id: int) -> None:
    """The control: who looks first and writes afterwards gives more tickets than there are places."""
    with transaction(engine) as session:
        tickets.set_places(session, event_id=event_id, capacity=CAPACITY)
    everybody_has_looked = Barrier(CLIENTS)

    def look_then_write(number: int) -> None:
        with reading(engine) as session:
            taken = places(session, event_id=event_id).taken
        everybody_has_looked.wait(30)
        if taken < CAPACITY:
            with transaction(engine) as session:
                session.add(Ticket(event_id=event_id, serial=serial(number), state=TicketState.VALID))
                session.execute(update(PlaceCount).values(taken=taken + 1))

    assert together(CLIENTS, look_then_write) == [None] * CLIENTS
    assert valid(engine) > CAPACITY


def test_the_database_itself_refuses_what_would_oversell(engine: Engine, event_id: int) -> None:
    with transaction(engine) as session:
        tickets.set_places(session, event_id=event_id, capacity=1)
    with pytest.raises(IntegrityError), transaction(engine) as session:
        session.execute(update(PlaceCount).values(taken=2))


def test_one_form_sent_by_many_at_once_takes_one_ticket(engine: Engine, event_id: int) -> None:
    with transaction(engine) as session:
        tickets.set_places(session, event_id=event_id, capacity=CAPACITY)
    found = together(CLIENTS, lambda _: take(engine, event_id, 1))
    assert found == [serial(1)] * CLIENTS
    with reading(engine) as session:
        assert places(session, event_id=event_id).taken == 1


def test_a_drawn_serial_is_ours_and_of_today() -> None:
    drawn = tickets.draw_serial(SECRET)
    assert len(tickets.drawn_serial(SECRET, drawn)) == 32
    with time_machine.travel(datetime(2027, 1, 3, 2, tzinfo=UTC)), pytest.raises(DeadLink):
        tickets.drawn_serial(SECRET, drawn)
    with pytest.raises(DeadLink):
        tickets.drawn_serial(SECRET, tickets.ticket_link(SECRET, serial(1)))


def test_an_account_with_a_letter_box_gets_the_ticket_until_it_is_given_back(
    engine: Engine, event_id: int, tmp_path: Path
) -> None:
    site = Settings("", SECRET, tmp_path, "https://fair.example", production=False)
    with transaction(engine) as session:
        account = add_seeker(session, email="li@example.org")
    take(engine, event_id, 1, account)
    with transaction(engine) as session:
        message = session.scalars(select(Message)).one()
        letter = compose(session, message, site)
        assert letter is not None
        assert (letter.to, "2027-01-05 09:00" in letter.text) == ("li@example.org", True)
        link = letter.text.partition("/tickets/")[2].split()[0]
        assert tickets.linked_serial(SECRET, link) == serial(1)
        tickets.cancel_ticket(session, serial=serial(1))
        assert compose(session, message, site) is None


def test_a_seeker_sees_the_own_tickets_only(engine: Engine, event_id: int) -> None:
    with transaction(engine) as session:
        one, two = add_seeker(session, 1), add_seeker(session, 2)
    take(engine, event_id, 1, one)
    take(engine, event_id, 2, two)
    take(engine, event_id, 3)
    with reading(engine) as session:
        for account_id, number in ((one, 1), (two, 2)):
            name = session.get_one(Account, account_id).display_name
            mine = own_tickets(session, actor=Seeker(account_id=account_id, display_name=name))
            assert [view.ticket.serial for view in mine] == [serial(number)]
