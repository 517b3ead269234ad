"""A paper sign-in sheet that is entered when the booths of those who signed it were released already."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import Engine, select

from scheduler.database import reading, transaction
from scheduler.models import Booking, BookingState, Booth, BoothHold, Event, NoShow
from scheduler.models.fair_days import CheckIn
from scheduler.services import fair_day
from scheduler.services.booking.refusals import BoothTaken
from scheduler.tending import tend_bookings
from tests.scheduler.fair_day.test_releasing import add_morning, add_waiting, states
from tests.scheduler.fair_day.world import CHECK_IN_UNTIL, book


@pytest.mark.parametrize("hours", [1, 30])
def test_who_signed_on_paper_gets_the_booth_back_when_the_sheet_is_entered_also_after_the_fair(
    site: Engine, hours: int
) -> None:
    with time_machine.travel(CHECK_IN_UNTIL, tick=False):
        with transaction(site) as session:
            event_id, bookings = add_morning(session)
        tend_bookings(site)
    with time_machine.travel(CHECK_IN_UNTIL + timedelta(hours=hours), tick=False):
        for _ in range(2):
            with transaction(site) as session:
                fair_day.enter_sheet(
                    session, event_id=event_id, booths=["A02"], visitors=0, sheet="1", entered_by=None
                )
    with reading(site) as session:
        assert states(session) == ["checked_in", "checked_in", "no_show"]
        assert [one.answer for one in session.scalars(select(NoShow).order_by(NoShow.id))] == [
            "纸质签到表 1",
            None,
        ]
        noted = session.scalars(select(CheckIn)).one()
        assert (noted.booking_id, noted.means, noted.verdict) == (bookings[1], "paper", "accepted")
        held = select(BoothHold.booking_id).where(BoothHold.event_id == event_id)
        assert set(session.scalars(held)) == set(bookings[:2])


def test_a_booth_that_is_offered_to_somebody_who_waits_is_said_to_be_taken_and_nobody_is_checked_in(
    site: Engine,
) -> None:
    with time_machine.travel(CHECK_IN_UNTIL, tick=False):
        with transaction(site) as session:
            event_id, _ = add_morning(session)
            book(session, session.get_one(Event, event_id), 4, BookingState.CHECKED_IN)
            add_waiting(session, event_id, 900)
        tend_bookings(site)
        with reading(site) as session:
            (code,) = session.scalars(
                select(Booth.code)
                .join(BoothHold, BoothHold.booth_id == Booth.id)
                .join(Booking, Booking.id == BoothHold.booking_id)
                .where(Booking.state == BookingState.HELD)
            )
        with pytest.raises(BoothTaken, match=code), transaction(site) as session:
            fair_day.enter_sheet(
                session, event_id=event_id, booths=[code], visitors=0, sheet="1", entered_by=None
            )
