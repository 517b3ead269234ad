"""Seekers wait for a place at a full event: in order, offered once and for a time."""

import threading
from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import Engine, select, update
from sqlalchemy.orm import Session
from time_machine import TimeMachineFixture

from scheduler.database import reading, transaction
from scheduler.models import Event, EventState, Message, PlaceCount, Ticket, Waiting, WaitingFor, WaitingState
from scheduler.queries.tickets import places, waiting_view
from scheduler.services import tickets, waiting_lists
from scheduler.services.booking import bookings_follow
from scheduler.services.offering_places import promote_places
from scheduler.services.privacy import erase_account
from scheduler.services.waiting_for_places import (
    PlacesAreFree,
    TooLateToWait,
    accept_place,
    join_place_list,
    leave_place_list,
)
from scheduler.services.waiting_lists import OfferRanOut, WaitingAlready, WaitingEnded
from scheduler.tending import tend_bookings
from scheduler.times import now
from tests.scheduler.fair_day.test_tickets import BEFORE, add_seeker, serial
from tests.support.booths import faults
from tests.support.racing import together
from tests.support.schedule import add_reference, make_event

WAITING, OFFERED = WaitingState.WAITING, WaitingState.OFFERED
ACCEPTED, LAPSED, WITHDRAWN = WaitingState.ACCEPTED, WaitingState.LAPSED, WaitingState.WITHDRAWN


@pytest.fixture
def site(engine: Engine, time_machine: TimeMachineFixture) -> Engine:
    time_machine.move_to(BEFORE, tick=False)
    with transaction(engine) as session:
        add_reference(session)
    return engine


@pytest.fixture
def event(site: Engine) -> Iterator[int]:
    """Add a full event of two places, for which 3 and 4 wait; the judge finds nothing in the end."""
    with transaction(site) as session:
        event_id = make_event(session).id
        tickets.set_places(session, event_id=event_id, capacity=2)
        for number in (1, 2):
            take(session, event_id, number)
        for number in (3, 4):
            join(session, event_id, number)
    yield event_id
    assert faults(site) == []


def take(session: Session, event_id: int, number: int, account: int | None = None) -> Ticket:
    return tickets.take_ticket(session, event_id=event_id, serial=serial(number), account_id=account)


def join(session: Session, event_id: int, number: int, account: int | None = None) -> Waiting:
    return join_place_list(session, event_id=event_id, serial=serial(number), account_id=account)


def back(session: Session, number: int) -> bool:
    return tickets.cancel_ticket(session, serial=serial(number))


def states(session: Session) -> list[WaitingState]:
    session.expire_all()
    return list(session.scalars(select(Waiting.state).order_by(Waiting.id)))


def test_a_place_given_back_is_kept_for_the_first_and_becomes_a_ticket(site: Engine, event: int) -> None:
    with transaction(site) as session:
        back(session, 1)
        assert states(session) == [OFFERED, WAITING]
        view = waiting_view(session, serial=serial(3))
        assert (view.is_offered, view.waiting.offer_until) == (True, now() + timedelta(hours=24))
        assert waiting_view(session, serial=serial(4)).rank == 1
        found = places(session, event_id=event)
        assert (found.left, found.tickets, found.offered, found.waiting) == (0, 1, 1, 2)
    for number in (5, 6):
        with pytest.raises(tickets.EventFull), transaction(site) as session:
            take(session, event, number)
    with transaction(site) as session:
        first = accept_place(session, serial=serial(3))
        assert accept_place(session, serial=serial(3)).id == first.id
        assert (states(session), first.serial) == ([ACCEPTED, WAITING], serial(3))


def test_an_offer_passes_on_when_it_runs_out_and_is_made_once(
    site: Engine, event: int, time_machine: TimeMachineFixture
) -> None:
    with transaction(site) as session:
        back(session, 1)
    time_machine.move_to(BEFORE + timedelta(hours=24), tick=False)
    with pytest.raises(OfferRanOut), transaction(site) as session:
        accept_place(session, serial=serial(3))
    tend_bookings(site)
    with transaction(site) as session:
        assert (states(session), places(session, event_id=event).taken) == ([LAPSED, OFFERED], 2)
    time_machine.move_to(BEFORE + timedelta(hours=48), tick=False)
    tend_bookings(site)
    with transaction(site) as session:
        assert (states(session), places(session, event_id=event).left) == ([LAPSED, LAPSED], 1)


def test_declining_leaving_and_adding_places(site: Engine, event: int) -> None:
    with transaction(site) as session:
        join(session, event, 5)
        back(session, 1)
        leave_place_list(session, serial=serial(3))
        assert states(session) == [WITHDRAWN, OFFERED, WAITING]
        tickets.set_places(session, event_id=event, capacity=3)
        assert states(session) == [WITHDRAWN, OFFERED, OFFERED]
    with pytest.raises(WaitingEnded), transaction(site) as session:
        leave_place_list(session, serial=serial(3))
    with pytest.raises(tickets.PlacesInUse), transaction(site) as session:
        tickets.set_places(session, event_id=event, capacity=2)


def test_nothing_is_offered_in_the_last_hour_nor_of_a_cancelled_event(
    site: Engine, event: int, time_machine: TimeMachineFixture
) -> None:
    with transaction(site) as session:
        ends_at = session.get_one(Event, event).ends_at
        assert ends_at is not None
        time_machine.move_to(ends_at - timedelta(minutes=61), tick=False)
        back(session, 1)
        assert waiting_view(session, serial=serial(3)).waiting.offer_until == ends_at - timedelta(hours=1)
        time_machine.move_to(ends_at - timedelta(minutes=60), tick=False)
        back(session, 2)
        assert states(session) == [LAPSED, WAITING]
    with pytest.raises(TooLateToWait), transaction(site) as session:
        join(session, event, 7)
    with transaction(site) as session:
        session.get_one(Event, event).state = EventState.CANCELLED
        session.flush()
        bookings_follow(session, event_ids=[event])
        assert (states(session), places(session, event_id=event).taken) == ([LAPSED, WITHDRAWN], 0)


def test_one_waits_once_and_only_where_nothing_is_free(site: Engine, event: int) -> None:
    with transaction(site) as session:
        seeker = add_seeker(session, email="a@example.org")
        assert join(session, event, 9, seeker).id == join(session, event, 9, seeker).id
        other = make_event(session, 2).id
    with pytest.raises(WaitingAlready), transaction(site) as session:
        join(session, event, 10, seeker)
    with pytest.raises(WaitingAlready), transaction(site) as session:
        take(session, event, 11, seeker)
    with pytest.raises(PlacesAreFree), transaction(site) as session:
        join(session, other, 12)
    with transaction(site) as session:
        tickets.set_places(session, event_id=event, capacity=5)  # 3, 4 and the seeker
        (letter,) = session.scalars(select(Message)).all()
        assert (letter.kind, letter.recipient) == ("place_offer", "a@example.org")
        erase_account(session, account_id=seeker)
        assert places(session, event_id=event).taken == 4


def test_the_last_place_given_back_goes_to_who_waits_whoever_else_tries(site: Engine, event: int) -> None:
    def deed(client: int) -> object:
        with transaction(site) as session:
            return back(session, 1) if client == 0 else bool(take(session, event, 20 + client))

    done, *others = together(3, deed)
    assert (done, [type(one) for one in others]) == (True, [tickets.EventFull] * 2)
    with reading(site) as session:
        assert states(session) == [OFFERED, WAITING]


@pytest.mark.parametrize("guarded", [True, False])
def test_a_place_nobody_has_noticed_is_left_to_who_waits(
    site: Engine, event: int, monkeypatch: pytest.MonkeyPatch, *, guarded: bool
) -> None:
    if not guarded:  # the control: who comes later sees nobody wait
        monkeypatch.setattr(tickets, "PLACE", WaitingFor.BOOTH)
    with transaction(site) as session:
        session.execute(update(PlaceCount).values(capacity=3))

    def deed(client: int) -> object:
        with transaction(site) as session:
            return bool(take(session, event, 20 + client))

    assert together(2, deed).count(True) == (0 if guarded else 1)


def test_ten_promoters_at_once_offer_one_place_once(site: Engine, event: int) -> None:
    with transaction(site) as session:
        session.execute(update(PlaceCount).values(capacity=3))

    def deed(_: int) -> int:
        with transaction(site) as session:
            return promote_places(session, event_id=event)

    assert sorted(map(str, together(10, deed))) == ["0"] * 9 + ["1"]
    with reading(site) as session:
        assert states(session) == [OFFERED, WAITING]


@pytest.mark.parametrize("guarded", [True, False])
def test_an_offer_accepted_at_its_last_moment_is_accepted_or_passed_on_and_not_both(
    site: Engine, monkeypatch: pytest.MonkeyPatch, *, guarded: bool
) -> None:
    """The control lets the offer be passed on, and then makes the ticket that was seen as offered."""
    with transaction(site) as session:
        event = make_event(session).id
        tickets.set_places(session, event_id=event, capacity=1)
        take(session, event, 1)
        join(session, event, 3)
        join(session, event, 4)
        back(session, 1)
    until, clocks, passed = now() + timedelta(hours=24), threading.local(), threading.Event()
    monkeypatch.setattr(waiting_lists, "now", lambda: clocks.at)

    def deed(client: int) -> str:
        with transaction(site) as session:
            clocks.at = until - timedelta(microseconds=1) if client else until
            if client and guarded:
                accept_place(session, serial=serial(3))
            elif client:
                passed.wait(30)
                tickets.issue(session, event_id=event, serial=serial(3), account_id=None, language="zh")
            else:
                promote_places(session, event_id=event)
                session.commit()
                passed.set()
        return "done"

    _, accepted = together(2, deed)
    assert not guarded or accepted == "done" or isinstance(accepted, OfferRanOut)
    assert bool(faults(site)) is not guarded
    with reading(site) as session:
        assert states(session) == (
            [ACCEPTED, WAITING] if guarded and accepted == "done" else [LAPSED, OFFERED]
        )
