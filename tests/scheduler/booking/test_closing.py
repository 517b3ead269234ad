"""Opening a booking tells who is registered already; closed again it is while nobody relies on it."""

from collections.abc import Callable
from datetime import timedelta
from threading import Event as Signal
from threading import Thread

import pytest
from sqlalchemy import Engine, select, update
from sqlalchemy.orm import Session
from time_machine import TimeMachineFixture

from scheduler.database import transaction
from scheduler.models import (
    BookingTerms,
    BoothAllocation,
    Event,
    Message,
    MessageState,
    Registration,
    Venue,
    Way,
)
from scheduler.queries.booking.audience import Audience, audience_of
from scheduler.services import allocation, booking
from scheduler.services.booking import gate
from scheduler.services.registering import Form, register, withdraw
from scheduler.times import local
from tests.scheduler.allocation.rows import close
from tests.scheduler.booking.rows import BEFORE, booths_of, hold, make_fair, make_firms, make_hall, refuses
from tests.scheduler.booking.test_letters import letters, with_letter_box
from tests.support.schedule import make_event

PATIENCE = 0.4
SENT, WAITING, DROPPED = MessageState.SENT, MessageState.WAITING, MessageState.DROPPED


def unopened(session: Session) -> Event:
    hall = make_hall(session)
    return make_event(session, 9, venues=(session.get_one(Venue, hall.venue_id),))


def outbox(session: Session) -> list[tuple[str, MessageState]]:
    session.expire_all()
    return [(one.kind, one.state) for one in session.scalars(select(Message).order_by(Message.id))]


def why(session: Session, event: Event) -> str:
    with refuses(session, booking.NotClosable) as refused:
        booking.close_booking(session, event_id=event.id)
    return str(refused.value.text("zh"))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_who_is_registered_is_told_how_booths_are_given(site: Engine, language: str) -> None:
    with transaction(site) as session:
        event = unopened(session)
        one, _ = make_firms(session, 2, event)
        make_firms(session, 1, first=3)
        with_letter_box(session, one)
        assert audience_of(session, event=event) == Audience(registered=2, written=1, letters=1, nearby=3)
        terms = booking.open_booking(session, event_id=event.id, way=Way.FIRST_COME)
        until = f"{local(terms.closes_at):%Y-%m-%d %H:%M}"
        ((kind, said),) = letters(session, language)
        assert (kind, until in said, "15" in said, event.uid in said) == (
            "booking_opened",
            True,
            True,
            True,
        )


def test_a_booking_that_is_looked_at_is_not_open(site: Engine) -> None:
    with transaction(site) as session:
        event = unopened(session)
        make_firms(session, 1, event)
        assert booking.terms_for(session, event_id=event.id).hold_minutes == 15
        session.flush()
        assert (session.get(BookingTerms, event.id), outbox(session)) == (None, [])


def test_closed_again_letters_that_wait_are_taken_back_and_others_followed(site: Engine) -> None:
    with transaction(site) as session:
        event = unopened(session)
        (firm,) = make_firms(session, 1, event)
        with_letter_box(session, firm)
        first = booking.open_booking(session, event_id=event.id).seed_hash
        assert booking.close_booking(session, event_id=event.id) == 0
        assert (outbox(session), letters(session)) == ([("booking_opened", DROPPED)], [])
        second = booking.open_booking(session, event_id=event.id).seed_hash
        assert first != second
        session.execute(update(Message).where(Message.state == WAITING).values(state=SENT))
        assert booking.close_booking(session, event_id=event.id) == 1
        ((kind, said),) = letters(session)
        assert (kind, "报名仍然有效" in said) == ("booking_closed", True)
        booking.open_booking(session, event_id=event.id)
        assert [kind for kind, _ in letters(session)] == ["booking_opened"]  # the newest says what holds


def test_who_has_a_booth_keeps_it_open_until_the_hold_runs_out(
    site: Engine, time_machine: TimeMachineFixture
) -> None:
    with transaction(site) as session:
        event = make_fair(session)
        (firm,) = make_firms(session, 1, event)
        hold(session, event, firm, booths_of(session, event)[0])
        said = why(session, event)
        assert ("1 家单位订了展位" in said, "逐家收回" in said) == (True, True)
        time_machine.shift(16 * 60)
        booking.close_booking(session, event_id=event.id)
        assert session.get(BookingTerms, event.id) is None
        with refuses(session, booking.NotOpenYet):
            booking.close_booking(session, event_id=event.id)


def test_who_asked_on_the_published_terms_keeps_an_allocation_open(site: Engine) -> None:
    with transaction(site) as session:
        event = unopened(session)
        make_firms(session, 1, event)
        session.execute(update(Registration).values(requested_at=BEFORE - timedelta(days=1)))
        (late,) = make_firms(session, 1, first=2)
        booking.open_booking(session, event_id=event.id, way=Way.ALLOCATION)
        register(session, event_id=event.id, enterprise_id=late.id, form=Form())
        assert "1 家单位按公布的规则申请" in why(session, event)
        withdraw(session, event_id=event.id, enterprise_id=late.id, reason="不去了")
        booking.close_booking(session, event_id=event.id)


def test_a_lottery_that_was_seen_is_not_drawn_anew_by_another_seed(
    site: Engine, time_machine: TimeMachineFixture
) -> None:
    with transaction(site) as session:
        event = unopened(session)
        make_firms(session, 1, event)
        booking.open_booking(session, event_id=event.id, way=Way.ALLOCATION)
        close(session, event.id)
        allocation.request_allocation(session, event_id=event.id)
        session.execute(update(BoothAllocation).values(state="discarded"))
        assert "展位已经开始分配" in why(session, event)
        assert event.starts_at is not None
        time_machine.move_to(event.starts_at)
        assert "活动已经开始" in why(session, event)


def book(session: Session, event: int, firm: int) -> object:
    return hold(session, event, firm, booths_of(session, event)[0])


def ask(session: Session, event: int, firm: int) -> object:
    return register(session, event_id=event, enterprise_id=firm, form=Form())


@pytest.mark.parametrize(("way", "deed"), [(Way.FIRST_COME, book), (Way.ALLOCATION, ask)])
def test_who_closes_waits_for_who_is_booking(
    site: Engine, way: Way, deed: Callable[[Session, int, int], object]
) -> None:
    assert _close_beside(site, way, deed) == ("booking_not_closable", 1)


@pytest.mark.parametrize(("way", "deed"), [(Way.FIRST_COME, book), (Way.ALLOCATION, ask)])
def test_without_the_gate_and_the_lock_a_booking_is_left_without_terms(
    site: Engine, backend: str, monkeypatch: pytest.MonkeyPatch, way: Way, deed: Callable[..., object]
) -> None:
    """The control. SQLite has one writer anyway."""
    monkeypatch.setattr(gate, "enter_alone", lambda *_, **__: None)
    monkeypatch.setattr("scheduler.services.registering.registering.READ", None)
    left = {"postgresql": ("closed", 0), "sqlite": ("booking_not_closable", 1)}
    assert _close_beside(site, way, deed) == left[backend]


def _close_beside(site: Engine, way: Way, deed: Callable[[Session, int, int], object]) -> tuple[str, int]:
    """Close a booking while somebody is just doing a deed; return what was answered, and how many terms are
    left.
    """
    with transaction(site) as session:
        event = make_fair(session, way=way)
        (firm,) = make_firms(session, 1, *([event] if way is Way.FIRST_COME else []))
        event_id, firm_id = event.id, firm.id
    answers: list[str] = []
    ready = Signal()

    def closing() -> None:
        ready.set()
        try:
            with transaction(site) as session:
                booking.close_booking(session, event_id=event_id)
            answers.append("closed")
        except booking.NotClosable as refusal:
            answers.append(refusal.code)

    with transaction(site) as session:
        deed(session, event_id, firm_id)
        session.flush()
        other = Thread(target=closing)
        other.start()
        ready.wait()
        other.join(PATIENCE)
    other.join()
    with transaction(site) as session:
        return answers[0], len(session.scalars(select(BookingTerms)).all())
