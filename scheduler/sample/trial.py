"""Fairs and a livestream around today, to try booking, allocation and a fair's day with.

Each was done by the product's own services at a moment that is told, so that rules, audit and letters are
true. They come last: the rest of a sample is the same on every day.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from scheduler.models import (
    Account,
    Booking,
    Division,
    Event,
    EventKind,
    FloorPlan,
    Level,
    Opening,
    Registration,
    Tier,
    Way,
)
from scheduler.queries.booking.booths import free_booths
from scheduler.sample.chance import luck
from scheduler.sample.fair_day import hold_fair
from scheduler.sample.province import Region
from scheduler.sample.shelf import add_shelf
from scheduler.sample.staging import (
    Act,
    Cast,
    acting,
    answer,
    book,
    open_day,
    read_cast,
    register,
    stage,
    told,
    venue_of,
)
from scheduler.sample.streaming import go_on_air
from scheduler.services import booking, tickets
from scheduler.services.duties import FAIRS
from scheduler.services.floors import generate_for_venue
from scheduler.services.registering import Wanted
from scheduler.times import moment, today

SMALL_HALL, SMALL_HALL_NAME = 12, "小场展位图（示例）"
MANY = 40
"""So many booths has an ordinary fair of the sample."""
CLOSE_OF_BUSINESS = 17 * 60


@dataclass(frozen=True, slots=True)
class Trial:
    """How much of a sample lies around today."""

    events: int
    registrations: int
    openings: int


def add_small_hall(session: Session, region: Region) -> None:
    """Draw a small plan of the first county's hall; the plan of the whole hall comes later and is used."""
    venue = venue_of(session, region.counties[0], "town_hall")
    generate_for_venue(session, venue=venue, booths=SMALL_HALL, name_zh=SMALL_HALL_NAME)


def add_trial(session: Session, region: Region, seed: int) -> Trial:
    """Add what can be tried today in a region: the employer has something to do in each of the events."""
    before = _count(session)
    cast = read_cast(session, region)
    fit = add_shelf(session, cast.employer)
    cast.openings[cast.employer.id] = fit
    open_to_all(session, region, cast, seed)
    full_with_waiting(session, region, cast)
    to_be_allocated(session, region, cast)
    taking_requests(session, region, cast)
    hold_fair(session, region, cast)
    go_on_air(session, region, cast)
    return Trial(*(now - then for now, then in zip(_count(session), before, strict=True)))


def open_to_all(session: Session, region: Region, cast: Cast, seed: int) -> None:
    """Stage a fair with free booths: some firms have booked, one holds a booth, a seeker has a ticket."""
    said = ("示例·展位开放预订", "sample, booking open")
    act = _fair(session, region.city, name="open", kind=EventKind.COMPREHENSIVE, said=said, days=16)
    firms = cast.firms(12)
    with told(12), acting(session, "city-publisher@sample") as publisher:
        event = stage(session, act, published_by=publisher)
        booking.open_booking(session, event_id=event.id, way=Way.FIRST_COME)
    with told(9):
        for firm in firms:
            register(session, event, firm, cast)
    with told(9, 30), acting(session, "employer@sample"):
        register(session, event, cast.employer.id, cast)
    with told(8), acting(session, "city-reviewer@sample") as reviewer:
        answer(session, event, [cast.employer.id, *firms], reviewer)
    with told(7):
        for firm in firms[:10]:
            book(session, event, firm)
    seeker = session.scalars(select(Account.id).where(Account.login == "seeker@sample")).one()
    serial = f"{luck(seed, 'ticket').getrandbits(128):032x}"
    with told(6):
        tickets.take_ticket(session, event_id=event.id, serial=serial, account_id=seeker)
    booths = [free_booths(session, event_id=event.id)[0].id]
    booking.hold_booths(session, event_id=event.id, enterprise_id=firms[10], booth_ids=booths)


def full_with_waiting(session: Session, region: Region, cast: Cast) -> None:
    """Stage a fair that is full: a booth that was given back is offered to the employer, others wait."""
    act = _fair(
        session,
        region.counties[0],
        name="full",
        kind=EventKind.PROFESSIONAL,
        said=("示例·展位已满，候补中", "sample, full with a waiting list"),
        days=12,
    )
    event = _in_small_hall(session, act, since=20)
    firms = cast.firms(SMALL_HALL + 2)
    booked, late = firms[:SMALL_HALL], firms[SMALL_HALL:]
    with told(19), acting(session, "county-publisher@sample"):
        booking.open_booking(session, event_id=event.id, way=Way.FIRST_COME)
    with told(17):
        for firm in (*firms, cast.employer.id):
            register(session, event, firm, cast)
    with told(16), acting(session, "county-reviewer@sample") as reviewer:
        answer(session, event, [*firms, cast.employer.id], reviewer)
    with told(15):
        for firm in booked:
            book(session, event, firm)
    with told(10), acting(session, "employer@sample"):
        booking.join_waiting(session, event_id=event.id, enterprise_id=cast.employer.id)
    with told(9):
        for firm in late:
            booking.join_waiting(session, event_id=event.id, enterprise_id=firm)
    given_back = select(Booking.id).where(Booking.event_id == event.id, Booking.enterprise_id == booked[3])
    booking.cancel(session, booking_id=session.scalars(given_back).one(), reason="设备检修，人员调配不开")


def to_be_allocated(session: Session, region: Region, cast: Cast) -> None:
    """Stage a fair that has more requests than booths and takes no further ones."""
    act = _fair(
        session,
        region.counties[0],
        name="allocate",
        kind=EventKind.COMPREHENSIVE,
        said=("示例·报名已截止，待统一分配", "sample, requests closed, to be allocated"),
        days=30,
    )
    event = _in_small_hall(session, act, since=14)
    firms = [*cast.firms(SMALL_HALL + 5), cast.employer.id]
    booths = [booth.id for booth in free_booths(session, event_id=event.id)]
    yesterday = today() - timedelta(days=1)
    with told(13), acting(session, "county-publisher@sample"):
        booking.open_booking(
            session,
            event_id=event.id,
            way=Way.ALLOCATION,
            closes_at=moment(yesterday, CLOSE_OF_BUSINESS),
            reserved=booking.Reserved({Tier.KEY_INDUSTRIAL: 2}),
        )
    with told(11):
        for place, firm in enumerate(firms):
            wishes = [Wanted(booth_id=booths[place % 3]), Wanted(booth_id=booths[-1 - place % 5])]
            register(session, event, firm, cast, wishes=wishes)
    with told(9), acting(session, "county-reviewer@sample") as reviewer:
        answer(session, event, firms, reviewer)


def taking_requests(session: Session, region: Region, cast: Cast) -> None:
    """Stage a fair that takes requests until its closing date, and has a few."""
    act = _fair(
        session,
        region.counties[1],
        name="request",
        kind=EventKind.COMPREHENSIVE,
        said=("示例·报名中，截止后统一分配", "sample, taking requests"),
        days=24,
    )
    with told(14), acting(session, "city-publisher@sample") as publisher:
        event = stage(session, act, published_by=publisher)
        booking.open_booking(
            session,
            event_id=event.id,
            way=Way.ALLOCATION,
            reserved=booking.Reserved({Tier.CRAFT: 1}, [Tier.CRAFT]),
            closes_at=moment(act.day - timedelta(days=4), CLOSE_OF_BUSINESS),
            public_rule="报名截止后次日排列5开奖号码；停开则用下一期",
            drawn_on=act.day - timedelta(days=3),
        )
    with told(10):
        for firm in cast.firms(8):
            register(session, event, firm, cast)


def _fair(  # noqa: PLR0913 — what differs between two of them
    session: Session, division: Division, *, name: str, kind: EventKind, said: tuple[str, str], days: int
) -> Act:
    hall = venue_of(session, division, "town_hall", "bureau_hall")
    called_zh, called_en = FAIRS[kind]
    return Act(
        name=name,
        kind=kind,
        title_zh=f"{division.name_zh}{called_zh}（{said[0]}）",
        title_en=f"{division.name_en} {called_en} ({said[1]})",
        division=division,
        venue=hall,
        day=open_day(session, hall, today() + timedelta(days=days)),
        booths=MANY if division.level is Level.CITY else SMALL_HALL,
    )


def _in_small_hall(session: Session, act: Act, *, since: int) -> Event:
    with told(since), acting(session, "county-publisher@sample") as publisher:
        event = stage(session, act, published_by=publisher)
        small = select(FloorPlan.id).filter_by(venue_id=act.venue.id, name_zh=SMALL_HALL_NAME)
        booking.use_plan(session, event_id=event.id, floor_plan_id=session.scalars(small).one())
    return event


def _count(session: Session) -> Sequence[int]:
    models = (Event, Registration, Opening)
    return [session.scalar(select(func.count()).select_from(model)) or 0 for model in models]
