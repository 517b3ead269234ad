"""Letters about bookings say how things stand when they are sent, and are not sent when that is over."""

from pathlib import Path

import pytest
from sqlalchemy import Engine, select, update
from sqlalchemy.orm import Session
from time_machine import TimeMachineFixture

from scheduler.database import transaction
from scheduler.mailing.letters import compose
from scheduler.models import (
    Account,
    Booking,
    BookingState,
    Enterprise,
    EnterpriseRole,
    Message,
    Registration,
    RegistrationState,
)
from scheduler.services import accounts, booking
from scheduler.services.publishing import cancel_event
from scheduler.services.registering import answer_registrations, withdraw
from scheduler.settings import Settings
from tests.scheduler.booking.rows import booths_of, confirmed, make_fair, make_firms, terms_of

SETTINGS = Settings(
    database_url="", secret_key="", data_dir=Path(), public_url="https://fair.example", production=False
)


def with_letter_box(session: Session, firm: Enterprise) -> None:
    account = accounts.create_account(
        session,
        login=f"owner-{firm.id}",
        password=None,
        display_name="王",
        belonging=accounts.Belonging.employer(firm.id, EnterpriseRole.OWNER),
    )
    account.email = f"owner-{firm.id}@example.cn"
    session.flush()


def letters(session: Session, language: str = "zh") -> list[tuple[str, str]]:
    """Return kind and text of every letter that would go out now."""
    session.expire_all()
    session.execute(update(Message).values(language=language))
    found = [
        (message.kind, compose(session, message, SETTINGS))
        for message in session.scalars(select(Message).order_by(Message.id))
    ]
    return [(kind, letter.text) for kind, letter in found if letter]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_step_of_a_booking_has_its_letter(site: Engine, language: str) -> None:
    with transaction(site) as session:
        fair = make_fair(session, booths=3)
        one, two, three = make_firms(session, 3, fair)
        booths = booths_of(session, fair)
        for firm in (one, two, three):
            with_letter_box(session, firm)
        first = confirmed(session, fair, one, booths[0])
        assert [kind for kind, _ in letters(session, language)] == ["booth_confirmed"]
        assert "A1" in letters(session, language)[0][1]
        assert "09:30" in letters(session, language)[0][1]
        booking.move(session, booking_id=first, booth_ids=[booths[2]])
        said = dict(letters(session, language))
        assert "A3" in said["booth_moved"]
        assert "A1" in said["booth_moved"]
        assert "A3" in said["booth_confirmed"]  # the earlier letter was not sent yet: it says what holds
        booking.cancel(session, booking_id=first, reason="展区调整", by_organizer=True)
        said = dict(letters(session, language))
        assert list(said) == ["booth_ended"]
        assert "展区调整" in said["booth_ended"]
        assert f"https://fair.example/enterprise/events/{fair.uid}" in said["booth_ended"]


def test_a_cancelled_event_is_told_to_all_who_had_booths_and_an_answer_to_who_asked(site: Engine) -> None:
    with transaction(site) as session:
        fair = make_fair(session)
        one, two = make_firms(session, 2, fair)
        with_letter_box(session, one)
        with_letter_box(session, two)
        session.get_one(Registration, (fair.id, two.id)).state = RegistrationState.REQUESTED
        session.flush()
        answer_registrations(
            session, keys=[(fair.id, two.id)], approve=False, reason="行业不符", answered_by=None
        )
        assert [(kind, "行业不符" in text) for kind, text in letters(session)] == [
            ("registration_answer", True)
        ]
        confirmed(session, fair, one, booths_of(session, fair)[0])
        cancel_event(
            session, event_id=fair.id, reason="停电", published_by=None, public_url="https://fair.example"
        )
        assert [kind for kind, _ in letters(session)] == ["booth_ended"]


def test_nobody_is_written_to_who_has_left_or_about_what_is_over(
    site: Engine, time_machine: TimeMachineFixture
) -> None:
    with transaction(site) as session:
        fair = make_fair(session)
        one, two = make_firms(session, 2, fair)
        with_letter_box(session, one)
        confirmed(session, fair, one, booths_of(session, fair)[0])
        confirmed(session, fair, two, booths_of(session, fair)[1])  # has no letter box
        assert session.query(Booking).count() == 2
        assert len(letters(session)) == 1
        account = session.scalars(select(Account)).one()
        account.disabled_at = terms_of(session, fair).opens_at
        session.flush()
        assert letters(session) == []
        account.disabled_at = None
        session.flush()
        assert fair.ends_at is not None
        time_machine.move_to(fair.ends_at, tick=False)
        time_machine.shift(1)
        assert letters(session) == []


def test_who_gets_a_booth_on_the_day_itself_is_not_sent_to_deadlines_that_are_over(
    site: Engine, time_machine: TimeMachineFixture
) -> None:
    with transaction(site) as session:
        fair = make_fair(session)
        (firm,) = make_firms(session, 1, fair)
        with_letter_box(session, firm)
        booked = confirmed(session, fair, firm, booths_of(session, fair)[0])
        told = ["请在 2027-01-05 09:30（北京时间）前签到", "如不能参加", "签到时间已过", "贵单位已签到"]

        def said() -> list[bool]:
            ((_, text),) = letters(session)
            return [sentence in text for sentence in told]

        assert said() == [True, True, False, False]
        time_machine.move_to(terms_of(session, fair).check_in_until)
        assert said() == [False, False, True, False]
        session.get_one(Booking, booked).state = BookingState.CHECKED_IN
        session.flush()
        assert said() == [False, False, False, True]


def test_the_booth_of_who_leaves_the_fair_is_offered_by_letter_and_its_own_confirmation_is_sent_no_more(
    site: Engine,
) -> None:
    with transaction(site) as session:
        fair = make_fair(session, booths=1)
        one, two = make_firms(session, 2, fair)
        with_letter_box(session, one)
        with_letter_box(session, two)
        confirmed(session, fair, one, *booths_of(session, fair))
        booking.join_waiting(session, event_id=fair.id, enterprise_id=two.id)
        assert [kind for kind, _ in letters(session)] == ["booth_confirmed"]
        withdraw(session, event_id=fair.id, enterprise_id=one.id, reason="停产")
        ((kind, text),) = letters(session)
        assert (kind, two.name_zh in text, one.name_zh in text) == ("booth_offer", True, False)


def test_an_offer_that_ran_out_is_told_to_who_has_not_booked_meanwhile(
    site: Engine, time_machine: TimeMachineFixture
) -> None:
    with transaction(site) as session:
        fair = make_fair(session, booths=1)
        one, two = make_firms(session, 2, fair)
        with_letter_box(session, two)
        (booth,) = booths_of(session, fair)
        booked = confirmed(session, fair, one, booth)
        booking.join_waiting(session, event_id=fair.id, enterprise_id=two.id)
        booking.cancel(session, booking_id=booked, reason="不来了")
        until = session.scalars(select(Booking.held_until).where(Booking.held_until.is_not(None))).one()
        assert until is not None
        time_machine.move_to(until)
        assert booking.sweep_holds(session) == 1
        ((kind, said),) = letters(session)
        assert (kind, "展位 A1 没有在限时内确认" in said, "不计违约" in said) == ("booth_lapsed", True, True)
        booking.hold_booths(session, event_id=fair.id, enterprise_id=two.id, booth_ids=[booth])
        assert letters(session) == []


def test_an_offer_that_was_answered_is_not_offered_by_letter(site: Engine) -> None:
    with transaction(site) as session:
        fair = make_fair(session, booths=1)
        one, two = make_firms(session, 2, fair)
        with_letter_box(session, two)
        booked = confirmed(session, fair, one, booths_of(session, fair)[0])
        booking.join_waiting(session, event_id=fair.id, enterprise_id=two.id)
        booking.cancel(session, booking_id=booked, reason="不来了")
        assert [kind for kind, _ in letters(session)] == ["booth_offer"]
        booking.leave_waiting(session, waiting_id=1)
        assert letters(session) == []
