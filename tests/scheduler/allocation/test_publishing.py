"""A draft is published whole: bookings, waiting list in the published order, seed, receipts, letters."""

from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select, update
from sqlalchemy.orm import Session

from scheduler.database import transaction
from scheduler.models import (
    AuditEntry,
    Booking,
    BookingSource,
    BookingState,
    BookingTerms,
    Booth,
    BoothAllocation,
    Enterprise,
    Event,
    Message,
    Registration,
    RegistrationState,
)
from scheduler.services import allocation, booking
from scheduler.services.booking.refusals import ByAllocation
from scheduler.tending import tend_bookings
from solver.__main__ import main
from solver.booths.exchange import Record, read_allocation, read_problem, write_receipt, write_record
from solver.booths.lottery import commit_of
from tests.scheduler.allocation.rows import (
    ask,
    bookings,
    close,
    contested,
    drafted,
    make_allocating,
    not_come,
    published,
    receipts_of,
    state_of,
    waiting_line,
)
from tests.scheduler.booking.rows import booths_of, make_firms, refuses, taken
from tests.scheduler.booking.test_letters import letters, with_letter_box


def test_the_draft_decides_nothing_and_publishing_all(site: Engine) -> None:
    event_id, firms = contested(site)
    draft = drafted(site, event_id)
    with transaction(site) as session:
        assert (taken(session), waiting_line(session, event_id)) == ([], [])
        assert session.get_one(BookingTerms, event_id).allocated_at is None
        with refuses(session, ByAllocation):
            booking.join_waiting(session, event_id=event_id, enterprise_id=firms[0])
        allocation.publish_allocation(session, allocation_id=draft, published_by=None)
    with transaction(site) as session:
        placed, waiting = bookings(session, event_id), waiting_line(session, event_id)
        assert (len(placed), len(waiting)) == (4, 3)
        assert sorted(booth for booths in placed.values() for booth in booths) == booths_of(session, event_id)
        assert sorted([*placed, *waiting]) == firms
        made = session.scalars(select(Booking).where(Booking.event_id == event_id)).all()
        assert {one.source for one in made} == {BookingSource.ALLOCATION}
        assert {one.state for one in made} == {BookingState.CONFIRMED}
        assert session.get_one(BookingTerms, event_id).allocated_at is not None
        notes = select(func.count()).where(AuditEntry.subject == "booking")
        assert session.scalar(notes) == 4


def test_everybody_gets_a_receipt_that_can_be_worked_out_again(
    site: Engine, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    event_id, firms = contested(site)
    done = published(site, event_id)
    with transaction(site) as session:
        row = session.get_one(BoothAllocation, done)
        record = Record(read_problem(row.problem or ""), read_allocation(row.answer or ""))
        (tmp_path / "record.json").write_text(write_record(record), "utf-8")
        handed, terms = receipts_of(session, done), session.get_one(BookingTerms, event_id)
        assert sorted(handed) == firms
        assert {one.commit for one in handed.values()} == {terms.seed_hash} == {commit_of(terms.seed)}
        in_order = sorted(handed, key=lambda firm: handed[firm].place)
        assert waiting_line(session, event_id) == [firm for firm in in_order if handed[firm].waiting]
        assert [handed[firm].waiting for firm in waiting_line(session, event_id)] == [1, 2, 3]
        for firm, receipt in handed.items():
            assert receipt.enterprise == session.get_one(Enterprise, firm).credit_code
            (tmp_path / "receipt.json").write_text(write_receipt(receipt), "utf-8")
            assert main(["booths", "verify", str(tmp_path / "receipt.json")]) == 0
            both = [str(tmp_path / "record.json"), str(tmp_path / "receipt.json")]
            assert main(["booths", "verify", *both]) == 0
    assert "OK: ticket " in capsys.readouterr().out


@pytest.mark.parametrize("language", ["zh", "en"])
def test_everybody_is_told_in_a_letter(site: Engine, language: str) -> None:
    event_id, firms = contested(site, booths=2, firms=4)
    with transaction(site) as session:
        for firm in firms:
            with_letter_box(session, session.get_one(Enterprise, firm))
        not_come(session, firms[0])
    done = published(site, event_id)
    with transaction(site) as session:
        kinds = dict(session.execute(select(Message.recipient, Message.kind)).all())
        placed, waiting = bookings(session, event_id), waiting_line(session, event_id)
        assert kinds == {
            **{f"owner-{firm}": "booth_confirmed" for firm in placed},
            **{f"owner-{firm}": "booth_waiting" for firm in waiting},
            f"owner-{firms[0]}": "booth_excluded",
        }
        assert firms[0] not in receipts_of(session, done)
        said = dict(letters(session, language))
        assert said.keys() == set(kinds.values())
        reason = receipts_of(session, done)[waiting[0]]
        assert (reason.zh if language == "zh" else reason.en) in said["booth_waiting"]
        assert ("候补第 1 位" if language == "zh" else "number 1 on the waiting list") in said[
            "booth_waiting"
        ]
        assert ("2 次未到场" if language == "zh" else "did not come 2 times") in said["booth_excluded"]
        uid = session.get_one(Event, event_id).uid
        assert all(f"https://fair.example/enterprise/events/{uid}" in text for text in said.values())


def test_a_draft_is_stale_once_anybody_comes_goes_or_is_given_a_booth(site: Engine) -> None:
    event_id, firms = contested(site)
    draft = drafted(site, event_id)
    with transaction(site) as session:
        fair_booths = booths_of(session, event_id)
        one = select(Registration).where(Registration.enterprise_id == firms[0])
        row = session.scalars(one).one()
        row.state = RegistrationState.WITHDRAWN
        with refuses(session, allocation.DraftStale) as refused:
            allocation.publish_allocation(session, allocation_id=draft, published_by=None)
        assert "退出 1 家" in refused.value.text("zh")
        row.state = RegistrationState.APPROVED
        session.execute(update(Booth).where(Booth.id == fair_booths[0]).values(usable=False))
        with refuses(session, allocation.DraftStale) as refused:
            allocation.publish_allocation(session, allocation_id=draft, published_by=None)
        assert "1 个展位有变" in refused.value.text("zh")
        session.execute(update(Booth).where(Booth.id == fair_booths[0]).values(usable=True))
        booking.override(
            session,
            event_id=event_id,
            enterprise_id=firms[0],
            booth_ids=[fair_booths[3]],
            reason="重点企业",
            booked_by=None,
        )
        with refuses(session, allocation.DraftStale) as refused:
            allocation.publish_allocation(session, allocation_id=draft, published_by=None)
        assert "1 家的申请或展位有变" in refused.value.text("zh")
        assert state_of(session, draft) == "draft"
    published(site, event_id)
    with transaction(site) as session:
        assert state_of(session, draft) == "discarded"
        placed = bookings(session, event_id)
        assert (placed[firms[0]], len(placed)) == ([fair_booths[3]], 4)


def test_a_draft_is_published_or_let_go_once(site: Engine) -> None:
    event_id, _ = contested(site)
    done = published(site, event_id)
    with transaction(site) as session:
        for deed in (_publish, _discard):
            with refuses(session, allocation.NotADraft):
                deed(session, done)
    with transaction(site) as session:
        again = allocation.request_allocation(session, event_id=event_id).id
        with refuses(session, allocation.AllocationBusy):
            allocation.request_allocation(session, event_id=event_id)
        assert allocation.request_stop(session, allocation_id=again).value == "cancelled"
    draft = drafted(site, event_id)
    with transaction(site) as session:
        _discard(session, draft)
        with refuses(session, allocation.NotADraft):
            _publish(session, draft)
        assert len(bookings(session, event_id)) == 4


def _publish(session: Session, number: int) -> None:
    allocation.publish_allocation(session, allocation_id=number, published_by=None)


def _discard(session: Session, number: int) -> None:
    allocation.discard_allocation(session, allocation_id=number)


def test_after_withdrawals_nobody_moves_and_freed_booths_go_down_the_published_order(site: Engine) -> None:
    event_id, _ = contested(site, booths=12, firms=20)
    done = published(site, event_id)
    with transaction(site) as session:
        before, line = bookings(session, event_id), waiting_line(session, event_id)
        leaving = list(before)[:3]
        for firm in leaving:
            standing = (Booking.enterprise_id == firm) & Booking.ended_at.is_(None)
            number = session.scalars(select(Booking.id).where(standing)).one()
            booking.cancel(session, booking_id=number, reason="停产")
        after = bookings(session, event_id)
        assert after.keys() - before.keys() == set(line[:3])
        assert all(after[firm] == before[firm] for firm in before if firm not in leaving)
        offered = select(Booking.enterprise_id).where(Booking.source == BookingSource.WAITING_LIST)
        assert list(session.scalars(offered.order_by(Booking.id))) == line[:3]
        handed = receipts_of(session, done)
        assert [handed[firm].waiting for firm in line[:3]] == [1, 2, 3]


def test_allocating_again_moves_nobody_and_lets_in_who_was_admitted_late(site: Engine) -> None:
    """Two booths are put into use after the first allocation, and one more firm is let in."""
    event_id, _ = contested(site, booths=6, firms=7)
    with transaction(site) as session:
        last = booths_of(session, event_id)[-2:]
        session.execute(update(Booth).where(Booth.id.in_(last)).values(usable=False))
    first = published(site, event_id)
    with transaction(site) as session:
        before, line = bookings(session, event_id), waiting_line(session, event_id)
        session.execute(update(Booth).where(Booth.id.in_(last)).values(usable=True))
        make_firms(session, 1, session.get_one(Event, event_id), first=50)
    second = published(site, event_id)
    with transaction(site) as session:
        after = bookings(session, event_id)
        assert all(after[firm] == booths for firm, booths in before.items())
        assert len(after) == 6
        old, new = receipts_of(session, first), receipts_of(session, second)
        assert new.keys().isdisjoint(before)
        assert {old[firm].ticket for firm in line} == {new[firm].ticket for firm in line}
        came_in = [firm for firm in new if new[firm].booths]
        assert all(new[one].place < new[two].place for one in came_in for two in new.keys() - {*came_in})
        assert sorted(waiting_line(session, event_id)) == sorted(new.keys() - {*came_in})


def test_a_free_booth_without_what_is_needed_is_offered_to_nobody(site: Engine) -> None:
    with transaction(site) as session:
        fair = make_allocating(session, booths=2)
        one, _ = make_firms(session, 2, fair)
        ask(session, fair, one, needs_power=True)
        close(session, fair.id)
        event_id, needy = fair.id, one.id
    done = published(site, event_id)
    with transaction(site) as session:
        assert receipts_of(session, done)[needy].rule == "power"
    tend_bookings(site)
    with transaction(site) as session:
        assert len(taken(session)) == 1
        session.execute(update(Booth).values(power=True))
    tend_bookings(site)
    with transaction(site) as session:
        assert session.scalars(select(Booking.state).where(Booking.enterprise_id == needy)).all() == ["held"]


def test_a_free_booth_beside_whom_somebody_avoids_is_not_offered_to_them(site: Engine) -> None:
    with transaction(site) as session:
        fair = make_allocating(session, booths=3)
        booths = booths_of(session, fair)
        one, two = make_firms(session, 2, fair)
        for firm in (one, two):
            ask(session, fair, firm, wishes=[booths[0]])
        ask(session, fair, one, avoids=[two])
        close(session, fair.id)
        session.execute(update(Booth).values(usable=False).where(Booth.id == booths[2]))
        event_id = fair.id
    published(site, event_id)
    tend_bookings(site)
    with transaction(site) as session:
        assert [booth for booth, _ in taken(session)] == [booths[0]]
        session.execute(update(Booth).values(usable=True))
    tend_bookings(site)
    with transaction(site) as session:
        assert [booth for booth, _ in taken(session)] == [booths[0], booths[2]]
