"""An allocation is asked for after the closing date, carried once, shown while it works, and stopped."""

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import Engine, delete
from time_machine import TimeMachineFixture

from scheduler import allocator, pulse
from scheduler.allocator import allocate_due, carry_out
from scheduler.database import transaction
from scheduler.models import BookingTerms, BoothAllocation, EventState, Registration, Tier, Venue, Way
from scheduler.services import allocation, booking
from scheduler.services.booking.refusals import Closed
from scheduler.services.leases import MOST_ATTEMPTS
from solver.booths import Allocation, Progress
from tests.scheduler.allocation.rows import close, contested, drafted, make_allocating, state_of
from tests.scheduler.booking.rows import make_fair, make_firms, make_hall, refuses
from tests.support.processes import PATIENCE_SECONDS
from tests.support.schedule import make_event

NEVER = threading.Event()


def ask_for(engine: Engine, event_id: int) -> int:
    with transaction(engine) as session:
        return allocation.request_allocation(session, event_id=event_id, seconds=5).id


def test_only_events_that_allocate_and_only_after_the_closing_date(site: Engine) -> None:
    with transaction(site) as session:
        other, fair = make_fair(session), make_allocating(session, 2)
        make_firms(session, 1, other)
        with refuses(session, allocation.NotByAllocation):
            allocation.request_allocation(session, event_id=other.id)
        with refuses(session, allocation.StillOpen):
            allocation.request_allocation(session, event_id=fair.id)
        close(session, fair.id)
        with refuses(session, allocation.NothingToAllocate):
            allocation.request_allocation(session, event_id=fair.id)
        make_firms(session, 1, fair, first=40)
        fair.state = EventState.CANCELLED
        with refuses(session, Closed):
            allocation.request_allocation(session, event_id=fair.id)
        fair.state = EventState.PUBLISHED
        allocation.request_allocation(session, event_id=fair.id)
        with refuses(session, allocation.AllocationBusy):
            allocation.request_allocation(session, event_id=fair.id)


def test_what_was_found_is_kept_as_a_draft_with_its_price(site: Engine) -> None:
    event_id, _ = contested(site)
    draft = drafted(site, event_id)
    with transaction(site) as session:
        row = session.get_one(BoothAllocation, draft)
        assert (row.state, row.asking, row.placed, row.attempt) == ("draft", 7, 4, 1)
        assert row.cost == row.bound
        assert row.lease_until is None
    assert allocate_due(site, NEVER) == 0


def test_whom_a_worker_left_another_takes_over_and_the_first_writes_nothing(
    site: Engine, time_machine: TimeMachineFixture
) -> None:
    event_id, _ = contested(site)
    number = ask_for(site, event_id)
    with transaction(site) as session:
        first = allocation.claim_allocation(session)
        assert first is not None
        assert allocation.claim_allocation(session) is None
    time_machine.shift(allocation.ALLOCATION_LEASE + timedelta(seconds=5))
    with transaction(site) as session:
        second = allocation.claim_allocation(session)
        assert second is not None
        assert (second.key, second.attempt) == (number, 2)
    assert carry_out(site, first, NEVER) is None
    with transaction(site) as session:
        assert state_of(session, number) == "running"
    assert carry_out(site, second, NEVER) == "draft"


def test_what_outlives_its_workers_again_and_again_is_given_up(
    site: Engine, time_machine: TimeMachineFixture
) -> None:
    event_id, _ = contested(site)
    number = ask_for(site, event_id)
    for _ in range(MOST_ATTEMPTS):
        with transaction(site) as session:
            assert allocation.claim_allocation(session) is not None
        time_machine.shift(allocation.ALLOCATION_LEASE + timedelta(seconds=5))
    with transaction(site) as session:
        assert allocation.claim_allocation(session) is None
        assert state_of(session, number) == "failed"
        assert "已放弃" in (session.get_one(BoothAllocation, number).error or "")
    drafted(site, event_id)


def _search(monkeypatch: pytest.MonkeyPatch, on_the_way: Callable[[], None]) -> None:
    """Let something happen in the middle of a search."""
    real = allocation.find_allocation

    def find(
        question: allocation.Question,
        *,
        seconds: float,
        on_progress: Callable[[Progress], None],
        cancelled: Callable[[], bool],
    ) -> Allocation:
        on_progress(Progress(0.1, 3, 9, 4, "first"))
        on_the_way()
        while not cancelled():
            NEVER.wait(0.01)
        return real(question, seconds=seconds, on_progress=on_progress, cancelled=cancelled)

    monkeypatch.setattr(allocator, "find_allocation", find)
    monkeypatch.setattr(pulse, "BEAT_SECONDS", 0.05)


def test_its_progress_is_seen_and_it_can_be_stopped(site: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    event_id, _ = contested(site)
    number = ask_for(site, event_id)
    written, real = threading.Event(), allocator.AllocationPulse.beat

    def beat(self: allocator.AllocationPulse) -> bool:
        noted = self._standing is not None
        asked_to_stop = real(self)
        if noted:
            written.set()
        return asked_to_stop

    monkeypatch.setattr(allocator.AllocationPulse, "beat", beat)

    def stop() -> None:
        assert written.wait(PATIENCE_SECONDS)
        with transaction(site) as session:
            row = session.get_one(BoothAllocation, number)
            assert (row.stage, row.asking, row.placed, row.cost, row.bound) == ("first", 7, 3, 9, 4)
        with transaction(site) as session:
            assert allocation.request_stop(session, allocation_id=number) == "running"

    _search(monkeypatch, stop)
    assert allocate_due(site, NEVER) == 1
    with transaction(site) as session:
        assert state_of(session, number) == "cancelled"
        assert session.get_one(BoothAllocation, number).problem is None


def test_a_worker_that_has_to_stop_hands_it_back(site: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    event_id, _ = contested(site)
    number = ask_for(site, event_id)
    stopping = threading.Event()
    _search(monkeypatch, stopping.set)
    allocate_due(site, stopping)
    with transaction(site) as session:
        assert state_of(session, number) in {"queued", "draft"}
    monkeypatch.undo()
    allocate_due(site, NEVER)
    with transaction(site) as session:
        assert state_of(session, number) == "draft"


def test_what_goes_wrong_is_said_in_both_languages(site: Engine) -> None:
    event_id, _ = contested(site)
    number = ask_for(site, event_id)
    with transaction(site) as session:
        session.execute(delete(Registration))
    assert allocate_due(site, NEVER) == 1
    with transaction(site) as session:
        row = session.get_one(BoothAllocation, number)
        assert row.state == "failed"
        assert (row.error or "").splitlines() == [
            allocation.NothingToAllocate.zh,
            allocation.NothingToAllocate.en,
        ]


def test_shares_are_fixed_when_booking_opens_and_never_exceed_the_booths(site: Engine) -> None:
    with transaction(site) as session:
        hall = make_hall(session, 4)
        event = make_event(session, 5, venues=(session.get_one(Venue, hall.venue_id),))
        for way, shares in (
            (Way.ALLOCATION, {Tier.CRAFT: 5}),
            (Way.FIRST_COME, {Tier.CRAFT: 1}),
        ):
            with refuses(session, booking.NotOpenable):
                booking.open_booking(session, event_id=event.id, way=way, reserved=booking.Reserved(shares))
        booking.open_booking(
            session,
            event_id=event.id,
            way=Way.ALLOCATION,
            reserved=booking.Reserved({Tier.CRAFT: 1, Tier.KEY_INDUSTRIAL: 2}),
        )
        assert session.get_one(BookingTerms, event.id).shares == {"key_industrial": 2, "craft": 1}
