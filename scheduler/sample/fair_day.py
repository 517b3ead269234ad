"""A sample fair that was held lately: who checked in and when, who did not come, and what came of it."""

from datetime import timedelta
from uuid import UUID, uuid5

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.models import Booking, BookingTerms, EventKind, Way
from scheduler.models.fair_days import CheckInMeans
from scheduler.sample.province import Region
from scheduler.sample.staging import (
    Act,
    Cast,
    acting,
    answer,
    book,
    open_day,
    register,
    stage,
    told,
    venue_of,
)
from scheduler.services import booking, fair_day
from scheduler.services.duties import FAIRS
from scheduler.services.fair_day import Arrival, Counts, Passing
from scheduler.services.fair_day.checking import Door
from scheduler.times import moment, today, told_of

NAMESPACE = UUID("6a6f6273-7361-4d70-8c65-666169720001")
BOOTHS, FIRMS, ABSENT, SAID = 40, 14, 2, 8
"""Of the firms that booked some stay away; of those that came some have said what came of it."""
PASSED = (28, 64, 97, 120, 88, -60, -95, -130)
"""How many went in or out in each quarter of an hour since the beginning."""


def hold_fair(session: Session, region: Region, cast: Cast) -> None:
    """Stage the fair of the last day on which the hall was open; the employer has still to say its result."""
    hall = venue_of(session, region.city, "bureau_hall")
    called_zh, called_en = FAIRS[EventKind.PROFESSIONAL]
    act = Act(
        name="held",
        kind=EventKind.PROFESSIONAL,
        title_zh=f"{region.city.name_zh}{called_zh}（示例·已举办，填报成效）",
        title_en=f"{region.city.name_en} {called_en} (sample, held, results coming in)",
        division=region.city,
        venue=hall,
        day=open_day(session, hall, today() - timedelta(days=1), step=-1),
        booths=BOOTHS,
    )
    firms = [cast.employer.id, *cast.firms(FIRMS)]
    since = (today() - act.day).days
    with told(since + 30), acting(session, "city-publisher@sample") as publisher:
        event = stage(session, act, published_by=publisher)
        booking.open_booking(session, event_id=event.id, way=Way.FIRST_COME)
    with told(since + 28):
        for firm in firms:
            register(session, event, firm, cast)
    with told(since + 27), acting(session, "city-reviewer@sample") as reviewer:
        answer(session, event, firms, reviewer)
    with told(since + 26):
        for firm in firms:
            book(session, event, firm)
    _morning(session, event.id, firms)
    for place, firm in enumerate(firms[1 : 1 + SAID]):
        counts = Counts(visitors=24 + 5 * place, resumes=9 + 2 * place, intents=4 + place, hires=place % 3)
        with told_of(moment(act.day, 15 * 60 + 7 * place)):
            fair_day.report(session, event_id=event.id, enterprise_id=firm, counts=counts)


def _morning(session: Session, event_id: int, firms: list[int]) -> None:
    """Open a gate, let firms in one by one, count people, and release the booths of who did not come."""
    terms = session.get_one(BookingTerms, event_id)
    first, last = terms.check_in_until - timedelta(minutes=50), terms.check_in_until
    with told_of(first), acting(session, "check_in@sample") as helper:
        gate, _ = fair_day.open_gate(
            session, event_id=event_id, name_zh="东门", zone_zh="一楼大厅", hours=8, opened_by=helper
        )
    bookings = dict(
        session.execute(select(Booking.enterprise_id, Booking.id).where(Booking.event_id == event_id)).all()
    )
    for place, firm in enumerate(firms[:-ABSENT]):
        at = first + timedelta(minutes=2 + 3 * place)
        arrival = Arrival(
            _device_id(event_id, "firm", place), CheckInMeans.LIST, at, booking_id=bookings[firm]
        )
        with told_of(at):
            fair_day.check_in(session, door=Door.of(gate), arrivals=[arrival], secret_key="")
    for place, people in enumerate(PASSED):
        at = last + timedelta(minutes=15 * place)
        with told_of(at):
            passing = Passing(_device_id(event_id, "people", place), people, at)
            fair_day.count(session, door=Door.of(gate), passings=[passing])
    with told_of(last):
        fair_day.release_no_shows(session, event_id=event_id)


def _device_id(event_id: int, what: str, place: int) -> str:
    return str(uuid5(NAMESPACE, f"{event_id} {what} {place}"))
