"""A lottery takes in a public fact where that was announced: known late, drawn once, in every receipt."""

import dataclasses
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session
from time_machine import TimeMachineFixture

from scheduler.database import transaction
from scheduler.models import BookingTerms, Event, Venue, Way
from scheduler.services import allocation, booking
from scheduler.times import local, moment, now, today
from solver.__main__ import main
from solver.booths.exchange import write_receipt
from solver.booths.lottery import Lottery
from tests.scheduler.allocation.rows import close, contested, drafted, make_allocating, published, receipts_of
from tests.scheduler.booking.rows import make_firms, make_hall, refuses
from tests.support.schedule import make_event

RULE = "排列5 第 27018 期开奖号码"
DRAWN_ON = date(2026, 12, 28)


def entered(session: Session, event_id: int, word: str) -> str | None:
    return allocation.enter_word(session, event_id=event_id, word=word).public_word


def test_nothing_is_drawn_before_the_word_and_the_word_stays_once_something_was(site: Engine) -> None:
    event_id, _ = contested(site, public_rule=RULE)
    with transaction(site) as session, refuses(session, allocation.WordMissing):
        allocation.request_allocation(session, event_id=event_id)
    with transaction(site) as session:
        assert entered(session, event_id, "30741") == "30741"
        stopped = allocation.request_allocation(session, event_id=event_id).id
        allocation.request_stop(session, allocation_id=stopped)
        assert entered(session, event_id, "30714") == "30714"
    draft = drafted(site, event_id)
    with transaction(site) as session:
        with refuses(session, allocation.WordDrawn):
            entered(session, event_id, "99999")
        allocation.discard_allocation(session, allocation_id=draft)
        with refuses(session, allocation.WordDrawn):
            entered(session, event_id, "99999")
        assert entered(session, event_id, "30714") == "30714"


def test_a_draft_is_not_published_with_a_word_that_was_taken_away(site: Engine) -> None:
    event_id, _ = contested(site, public_rule=RULE, public_word="30714")
    draft = drafted(site, event_id)
    with transaction(site) as session:
        session.get_one(BookingTerms, event_id).public_word = None
        session.flush()
        with refuses(session, allocation.WordMissing):
            allocation.publish_allocation(session, allocation_id=draft, published_by=None)
        session.get_one(BookingTerms, event_id).public_word = "30715"
        session.flush()
        with refuses(session, allocation.DraftStale):
            allocation.publish_allocation(session, allocation_id=draft, published_by=None)


def test_the_word_waits_for_the_closing_date_and_for_a_rule_that_was_announced(site: Engine) -> None:
    with transaction(site) as session:
        fair = make_allocating(session, public_rule=RULE)
        make_firms(session, 1, fair)
        with refuses(session, allocation.StillOpen):
            entered(session, fair.id, "30714")
        close(session, fair.id)
        terms = session.get_one(BookingTerms, fair.id)
        terms.public_rule = None
        session.flush()
        with refuses(session, allocation.NoWordAnnounced):
            entered(session, fair.id, "30714")


def test_only_a_lottery_has_a_public_word(site: Engine) -> None:
    with transaction(site) as session:
        venue = session.get_one(Venue, make_hall(session, 4).venue_id)
        event = make_event(session, 5, venues=(venue,))
        with refuses(session, booking.NotOpenable):
            booking.open_booking(session, event_id=event.id, way=Way.FIRST_COME, public_rule=RULE)


def test_the_word_is_announced_for_a_day_after_booking_closes_and_before_the_event(site: Engine) -> None:
    with transaction(site) as session:
        venue = session.get_one(Venue, make_hall(session, 4).venue_id)
        event = make_event(session, 5, venues=(venue,))
        assert event.starts_at is not None
        held_on, closes_at = local(event.starts_at).date(), event.starts_at - timedelta(days=3)

        def announced(drawn_on: date | None) -> BookingTerms:
            return booking.open_booking(
                session,
                event_id=event.id,
                way=Way.ALLOCATION,
                closes_at=closes_at,
                public_rule=RULE,
                drawn_on=drawn_on,
            )

        for unfit in (None, held_on - timedelta(days=3), held_on):
            with refuses(session, booking.WordTooEarly):
                announced(unfit)
        assert announced(held_on - timedelta(days=2)).drawn_on == held_on - timedelta(days=2)


def test_the_word_waits_for_its_day_and_the_day_keeps_its_distance_from_the_closing_date(
    site: Engine, time_machine: TimeMachineFixture
) -> None:
    event_id, _ = contested(site, public_rule=RULE)
    with transaction(site) as session:
        terms = session.get_one(BookingTerms, event_id)
        closed, tomorrow = local(terms.closes_at).date(), today() + timedelta(days=1)
        terms.drawn_on = tomorrow
        session.flush()
        with refuses(session, allocation.WordNotKnown):
            entered(session, event_id, "30714")
        event = session.get_one(Event, event_id)
        assert event.starts_at is not None
        assert event.ends_at is not None
        event.starts_at, event.ends_at = (one + timedelta(days=7) for one in (event.starts_at, event.ends_at))
        session.flush()
        booking.bookings_follow(session, event_ids=[event_id])
        assert terms.drawn_on - local(terms.closes_at).date() == tomorrow - closed
        terms.drawn_on = tomorrow
        close(session, event_id)
    time_machine.move_to(moment(tomorrow, 0))
    with transaction(site) as session:
        assert entered(session, event_id, "30714") == "30714"


def test_a_word_is_forgotten_when_requests_open_anew(site: Engine) -> None:
    event_id, _ = contested(site, public_rule=RULE, public_word="30714")
    draft = drafted(site, event_id)
    with transaction(site) as session:
        booking.bookings_follow(session, event_ids=[event_id])
        terms = session.get_one(BookingTerms, event_id)
        assert terms.closes_at > now()
        assert terms.public_word is None
        close(session, event_id)
        with refuses(session, allocation.WordMissing):
            allocation.publish_allocation(session, allocation_id=draft, published_by=None)
        assert entered(session, event_id, "99999") == "99999"
        with refuses(session, allocation.DraftStale):
            allocation.publish_allocation(session, allocation_id=draft, published_by=None)


def test_receipts_hold_seed_and_word_and_a_changed_one_does_not_come_out_right(
    site: Engine, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    event_id, _ = contested(site, public_rule=RULE, public_word="30714", drawn_on=DRAWN_ON)
    draft = published(site, event_id)
    with transaction(site) as session:
        terms = session.get_one(BookingTerms, event_id)
        receipt = next(iter(receipts_of(session, draft).values()))
        assert (receipt.seed, receipt.commit, receipt.public) == (terms.seed, terms.seed_hash, "30714")
        assert receipt.drawn_on == DRAWN_ON
        lottery = Lottery(terms.seed, terms.seed_hash, "30714")
        assert receipt.ticket == lottery.ticket(receipt.enterprise)
    path = tmp_path / "receipt.json"
    another_word = dataclasses.replace(receipt, public="30715")
    another_seed = dataclasses.replace(receipt, seed="0" * 64)
    of_old = dataclasses.replace(receipt, drawn_on=None)  # as receipts were that were handed out before
    for one, exit_code in ((another_word, 1), (another_seed, 1), (of_old, 0), (receipt, 0)):
        path.write_text(write_receipt(one), "utf-8")
        assert main(["booths", "verify", str(path)]) == exit_code
    assert [f"known from {DRAWN_ON}" in line for line in capsys.readouterr().out.splitlines()[-2:]] == [
        False,
        True,
    ]
