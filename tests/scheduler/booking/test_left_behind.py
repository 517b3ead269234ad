"""An event moves to another hall and leaves bookings behind: they are seen, told, and find booths anew."""

from datetime import timedelta

from sqlalchemy import Engine
from time_machine import TimeMachineFixture

from scheduler.database import transaction
from scheduler.queries.booking.left_behind import events_left_by, is_left_behind, left_behind, stranded
from scheduler.queries.booking.lists import named_booths
from scheduler.services import booking
from scheduler.services.booking import refusals
from tests.scheduler.booking.rows import booths_of, confirmed, hold, make_fair, make_firms, refuses, terms_of
from tests.scheduler.booking.test_letters import letters, with_letter_box
from tests.scheduler.booking.test_reseating import move_away, places, row_of, strays, use, used
from tests.support.schedule import JINAN


def test_who_was_left_behind_is_seen_and_chooses_again_and_nobody_books_in_the_old_hall(site: Engine) -> None:
    with transaction(site) as session:
        fair = make_fair(session, booths_each=2)
        one, two, three = make_firms(session, 3, fair)
        booths = booths_of(session, fair)
        first, second = confirmed(session, fair, one, *booths[:2]), confirmed(session, fair, two, booths[2])
        assert left_behind(session, scope=JINAN) == []
        with refuses(session, refusals.NotLeftBehind):
            booking.choose_again(session, booking_id=second, booth_ids=[booths[3]])
        new = move_away(session, fair, *row_of("A1", "A2", "A3", "A4"))
        assert [(row.event.id, row.enterprises) for row in left_behind(session, scope=JINAN)] == [
            (fair.id, 2)
        ]
        assert left_behind(session, scope="370200") == []
        assert [(one.codes, one.choices[0]) for one in stranded(session, event_id=fair.id)] == [
            (("A1", "A2"), ("A1", "A2")),
            (("A3",), ("A3",)),
        ]
        assert events_left_by(session, enterprise_id=two.id) == {fair.id}
        with refuses(session, refusals.BoothLeft):
            hold(session, fair, three, booths[4])
        here = named_booths(session, event_id=fair.id)
        with refuses(session, refusals.TooManyBooths):
            booking.choose_again(session, booking_id=second, booth_ids=[here["A1"], here["A2"]])
        booking.choose_again(session, booking_id=second, booth_ids=[here["A2"]])
        booking.move(session, booking_id=first, booth_ids=[here["A3"], here["A4"]])
        assert places(session) == {first: ["A3", "A4"], second: ["A2"]}
        assert (used(session, fair), strays(session), left_behind(session, scope=JINAN)) == ([new], 0, [])


def test_who_finds_no_room_is_told_and_may_cancel_whatever_the_deadline(
    site: Engine, time_machine: TimeMachineFixture
) -> None:
    with transaction(site) as session:
        fair = make_fair(session)
        one, two = make_firms(session, 2, fair)
        booths = booths_of(session, fair)
        ids = [confirmed(session, fair, firm, booth) for firm, booth in zip((one, two), booths, strict=False)]
        with_letter_box(session, two)
        new = move_away(session, fair, *row_of("A1"))
        use(session, fair, new)
        assert [is_left_behind(session, booking_id=one) for one in ids] == [False, True]
        assert [one.choices for one in stranded(session, event_id=fair.id)] == [()]
        assert "不再使用" in dict(letters(session))["booth_left"]
        assert "not used any more" in dict(letters(session, "en"))["booth_left"]
        time_machine.move_to(terms_of(session, fair).cancel_until + timedelta(seconds=1), tick=False)
        with refuses(session, refusals.TooLateToCancel):
            booking.cancel(session, booking_id=ids[0], reason="停产")
        booking.cancel(session, booking_id=ids[1], reason="场地太远")
        assert (used(session, fair), "booth_left" in dict(letters(session))) == ([new], False)
