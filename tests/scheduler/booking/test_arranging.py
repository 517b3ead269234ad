"""Organizers move, swap and rotate booths, all at once or not at all; they pin, override and restore."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session
from time_machine import TimeMachineFixture

from scheduler.database import transaction
from scheduler.errors import NotFound
from scheduler.models import (
    AuditEntry,
    Booking,
    BookingSource,
    BookingState,
    EventState,
    Registration,
    RegistrationState,
)
from scheduler.services import booking
from scheduler.services.booking import refusals
from scheduler.services.publishing import cancel_event
from tests.scheduler.booking.rows import (
    booths_of,
    confirmed,
    hold,
    make_fair,
    make_firms,
    refuses,
    state_of,
    taken,
    terms_of,
)
from tests.support.schedule import make_employer


def places(session: Session) -> dict[int, list[int]]:
    """Return the booths of each booking, and see that the booking itself says the same."""
    found: dict[int, list[int]] = {}
    for booth, holder in taken(session):
        found.setdefault(holder, []).append(booth)
    session.expire_all()
    said = {holder: session.get_one(Booking, holder).booth_ids for holder in found}
    assert said == found
    return found


def test_a_booking_is_moved_and_its_old_booth_is_free(site: Engine) -> None:
    with transaction(site) as session:
        fair = make_fair(session)
        one, two = make_firms(session, 2, fair)
        booths = booths_of(session, fair)
        first, second = confirmed(session, fair, one, booths[0]), hold(session, fair, two, booths[1])
        booking.move(session, booking_id=first, booth_ids=[booths[4]])
        assert places(session) == {first: [booths[4]], second: [booths[1]]}
        with refuses(session, refusals.BoothTaken):
            booking.move(session, booking_id=first, booth_ids=[booths[1]])
        assert places(session) == {first: [booths[4]], second: [booths[1]]}
        booking.move(session, booking_id=second, booth_ids=[booths[0]])
        changes = session.scalars(
            select(AuditEntry).where(AuditEntry.subject == "booking", AuditEntry.subject_id == str(first))
        ).all()
        moved = [(note.before, note.after) for note in changes if "booth_ids" in note.before]
        assert moved == [({"booth_ids": [booths[0]]}, {"booth_ids": [booths[4]]})]


def test_a_booking_is_never_left_without_a_booth(site: Engine) -> None:
    with transaction(site) as session:
        fair = make_fair(session)
        one, two = make_firms(session, 2, fair)
        first = confirmed(session, fair, one, booths_of(session, fair)[0])
        with refuses(session, refusals.NoBooths):
            booking.move(session, booking_id=first, booth_ids=[])
        with refuses(session, refusals.NoBooths):
            booking.override(
                session, event_id=fair.id, enterprise_id=two.id, booth_ids=[], reason="协调", booked_by=None
            )
        assert places(session) == {first: booths_of(session, fair)[:1]}


def test_booths_are_swapped_and_rotated_in_one_go(site: Engine) -> None:
    with transaction(site) as session:
        fair = make_fair(session)
        firms, booths = make_firms(session, 3, fair), booths_of(session, fair)
        ids = [confirmed(session, fair, firm, booth) for firm, booth in zip(firms, booths[:3], strict=True)]
        booking.swap(session, one_id=ids[0], other_id=ids[1])
        assert places(session) == {ids[0]: [booths[1]], ids[1]: [booths[0]], ids[2]: [booths[2]]}
        booking.rotate(session, booking_ids=ids)
        assert places(session) == {ids[0]: [booths[0]], ids[1]: [booths[2]], ids[2]: [booths[1]]}


def test_bookings_of_different_sizes_swap_too(site: Engine) -> None:
    with transaction(site) as session:
        fair = make_fair(session, booths_each=2)
        firms, booths = make_firms(session, 2, fair), booths_of(session, fair)
        one, two = (
            confirmed(session, fair, firms[0], *booths[:2]),
            confirmed(session, fair, firms[1], booths[5]),
        )
        booking.swap(session, one_id=one, other_id=two)
        assert places(session) == {one: [booths[5]], two: booths[:2]}


def test_only_standing_bookings_of_one_event_change_places(site: Engine) -> None:
    with transaction(site) as session:
        fair, other = make_fair(session), make_fair(session, 2, consecutive=True)
        one, two = make_firms(session, 2, fair, other)
        booths = booths_of(session, fair)
        first, second = confirmed(session, fair, one, booths[0]), confirmed(session, fair, two, booths[1])
        elsewhere = confirmed(session, other, one, booths_of(session, other)[0])
        for ids in ([first], [first, first], [first, elsewhere]):
            with refuses(session, refusals.NotOneEvent):
                booking.rotate(session, booking_ids=ids)
        with refuses(session, NotFound):
            booking.rotate(session, booking_ids=[first, 999])
        booking.cancel(session, booking_id=second, reason="不来了")
        with refuses(session, refusals.BookingEnded):
            booking.swap(session, one_id=first, other_id=second)
        assert places(session)[first] == [booths[0]]


def test_what_is_pinned_stays(site: Engine) -> None:
    with transaction(site) as session:
        fair = make_fair(session)
        firms, booths = make_firms(session, 2, fair), booths_of(session, fair)
        ids = [confirmed(session, fair, firm, booth) for firm, booth in zip(firms, booths[:2], strict=True)]
        booking.pin(session, booking_id=ids[0], pinned=True)
        with refuses(session, refusals.BookingPinned):
            booking.move(session, booking_id=ids[0], booth_ids=[booths[5]])
        with refuses(session, refusals.BookingPinned):
            booking.swap(session, one_id=ids[1], other_id=ids[0])
        booking.pin(session, booking_id=ids[0], pinned=False)
        booking.swap(session, one_id=ids[1], other_id=ids[0])
        booking.cancel(session, booking_id=ids[0], reason="不来了")
        with refuses(session, refusals.BookingEnded):
            booking.pin(session, booking_id=ids[0], pinned=True)


def test_an_organizer_sets_rules_aside_for_a_reason_but_takes_no_booth_away(
    site: Engine, time_machine: TimeMachineFixture
) -> None:
    with transaction(site) as session:
        fair = make_fair(session)
        (one,), stranger = make_firms(session, 1, fair), make_employer(session, 50)
        booths = booths_of(session, fair)
        confirmed(session, fair, one, booths[0])
        time_machine.move_to(terms_of(session, fair).closes_at, tick=False)
        with refuses(session, refusals.NoReason):
            _override(session, fair.id, stranger.id, booths[1], reason=" ")
        with refuses(session, refusals.BoothTaken):
            _override(session, fair.id, stranger.id, booths[0])
        with refuses(session, refusals.BookedAlready):
            _override(session, fair.id, one.id, booths[1])
        booked = session.get_one(Booking, _override(session, fair.id, stranger.id, booths[1]))
        assert (booked.state, booked.source, booked.reason) == (
            BookingState.CONFIRMED,
            BookingSource.ORGANIZER,
            "重点企业补位",
        )
        admitted = session.get_one(Registration, (fair.id, stranger.id))
        assert (admitted.state, admitted.answer) == (RegistrationState.APPROVED, "重点企业补位")
        notes = select(AuditEntry.reason).where(AuditEntry.subject == "booking")
        assert session.scalars(notes.order_by(AuditEntry.id.desc())).first() == "重点企业补位"


def _override(
    session: Session, event_id: int, enterprise_id: int, booth: int, *, reason: str = "重点企业补位"
) -> int:
    return booking.override(
        session,
        event_id=event_id,
        enterprise_id=enterprise_id,
        booth_ids=[booth],
        reason=reason,
        booked_by=None,
    )


def test_a_cancelled_booking_is_restored_where_its_booth_is_still_free(site: Engine) -> None:
    with transaction(site) as session:
        fair = make_fair(session)
        one, two = make_firms(session, 2, fair)
        booths = booths_of(session, fair)
        first = confirmed(session, fair, one, booths[0])
        with refuses(session, refusals.BookingStands):
            booking.uncancel(session, booking_id=first, reason="误取消")
        booking.cancel(session, booking_id=first, reason="不来了")
        booking.uncancel(session, booking_id=first, reason="误取消")
        assert (state_of(session, first), places(session)) == (BookingState.CONFIRMED, {first: [booths[0]]})
        booking.cancel(session, booking_id=first, reason="不来了")
        second = confirmed(session, fair, two, booths[0])
        with refuses(session, refusals.BoothTaken):
            booking.uncancel(session, booking_id=first, reason="误取消")
        booking.uncancel(session, booking_id=first, reason="误取消", booth_ids=[booths[1]])
        assert places(session) == {first: [booths[1]], second: [booths[0]]}


def test_who_has_booked_anew_is_not_restored_beside_it(site: Engine) -> None:
    with transaction(site) as session:
        fair = make_fair(session)
        (firm,), booths = make_firms(session, 1, fair), booths_of(session, fair)
        first = confirmed(session, fair, firm, booths[0])
        booking.cancel(session, booking_id=first, reason="换一个")
        confirmed(session, fair, firm, booths[1])
        with refuses(session, refusals.BookedAlready):
            booking.uncancel(session, booking_id=first, reason="误取消")


def test_a_list_is_booked_whole_or_not_at_all(site: Engine) -> None:
    with transaction(site) as session:
        fair = make_fair(session)
        firms, booths = make_firms(session, 3, fair), booths_of(session, fair)
        codes = [firm.credit_code for firm in firms]

        def book(*lines: tuple[str, str]) -> int:
            return booking.import_bookings(
                session,
                event_id=fair.id,
                lines=[booking.ListLine(code, tuple(places.split())) for code, places in lines],
                reason="线下名单",
                booked_by=None,
            )

        for code, booth in (("91370102000009999X", "A2"), (codes[1], "Z9"), (codes[1], ""), (codes[1], "A1")):
            with refuses(session, booking.BadListLine) as refused:
                book((codes[0], "A1"), (code, booth))
            assert refused.value.values["line"] == 2
        assert taken(session) == []
        assert book((codes[0], "A1"), (codes[1], "A2 A3")) == 2
        assert [booth for booth, _ in taken(session)] == booths[:3]


def test_a_cancelled_event_keeps_no_booking(site: Engine) -> None:
    with transaction(site) as session:
        fair = make_fair(session)
        one, two = make_firms(session, 2, fair)
        booths = booths_of(session, fair)
        ids = [confirmed(session, fair, one, booths[0]), hold(session, fair, two, booths[1])]
        cancel_event(
            session, event_id=fair.id, reason="场地检修", published_by=None, public_url="https://fair.example"
        )
        assert [state_of(session, booked) for booked in ids] == [BookingState.CANCELLED] * 2
        assert taken(session) == []
        assert fair.state is EventState.CANCELLED
        with refuses(session, refusals.Closed):
            booking.uncancel(session, booking_id=ids[0], reason="误取消")


@pytest.mark.parametrize("shift_days", [-3, 7])
def test_deadlines_move_with_the_event(site: Engine, shift_days: int) -> None:
    with transaction(site) as session:
        fair = make_fair(session)
        terms = terms_of(session, fair)
        before = (terms.closes_at, terms.cancel_until, terms.check_in_until)
        assert fair.starts_at is not None
        assert fair.ends_at is not None
        fair.starts_at += timedelta(days=shift_days)
        fair.ends_at += timedelta(days=shift_days)
        session.flush()
        booking.bookings_follow(session, event_ids=[fair.id])
        after = (terms.closes_at, terms.cancel_until, terms.check_in_until)
        assert after[2] - before[2] == timedelta(days=shift_days)
        assert all((one > other) == (shift_days > 0) for one, other in zip(after, before, strict=True))
