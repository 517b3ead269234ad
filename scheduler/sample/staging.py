"""Puts a few sample events in force around today, as a publication does, without a plan behind them."""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler import auditing
from scheduler.feeds import refresh_entries
from scheduler.models import (
    Account,
    ChangeKind,
    Crew,
    Division,
    Enterprise,
    Event,
    EventKind,
    EventState,
    Host,
    Opening,
    Organizer,
    Parameter,
    Publication,
    Registration,
    RegistrationState,
    Resource,
    SlotPattern,
    Venue,
    VenueClosure,
    VenueOpening,
    Verification,
)
from scheduler.quarters import Quarter
from scheduler.queries.booking.booths import free_booths
from scheduler.queries.placed import OnDuty
from scheduler.queries.reviews import AGENCY_INDUSTRY
from scheduler.queries.staffing import staff_rule
from scheduler.sample.province import Region
from scheduler.services import booking, registering
from scheduler.services.booking import floors_for_events
from scheduler.services.publishing.changes import Change, Standing
from scheduler.services.publishing.holds import move_holds
from scheduler.services.publishing.writing import write_changes
from scheduler.services.registering import Form, Wanted
from scheduler.settings import Settings
from scheduler.times import moment, now, today, told_of
from scheduler.translate.timetable import SHAPES, make_timetable

LOOKED_FOR = 28
MORNING = 9 * 60 + 30
MOST_BROUGHT = 2
PEOPLE_PER_BOOTH = 12
PERIODS = {SlotPattern.HALF_DAY: 0, SlotPattern.EVENING: 2}
"""In which period of the day a sample event of a pattern begins."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """An event to be staged: of which kind and division, in which venue, on which day."""

    name: str
    kind: EventKind
    title_zh: str
    title_en: str
    division: Division
    venue: Venue
    day: date
    booths: int
    pattern: SlotPattern = SlotPattern.HALF_DAY

    @property
    def uid(self) -> str:
        """Return what calendars know the event by."""
        return f"trial-{self.name}-{self.day:%Y%m%d}"


@dataclass(frozen=True, slots=True)
class Cast:
    """Who plays: the enterprise that has an account, and others, each of whom is called once.

    `openings` are those of each that bureaus and hosts have nothing to say against.
    """

    employer: Enterprise
    openings: dict[int, list[int]]
    others: Iterator[int]

    def firms(self, many: int) -> list[int]:
        """Call the next enterprises."""
        return list(islice(self.others, many))


def read_cast(session: Session, region: Region) -> Cast:
    """Return who can play in a region: its verified enterprises in the order of their ids."""
    employer = session.scalars(
        select(Enterprise)
        .join(Account, Account.enterprise_id == Enterprise.id)
        .where(Account.login == "employer@sample")
    ).one()
    rows = session.execute(
        select(Opening.enterprise_id, Opening.id)
        .join(Enterprise, Enterprise.id == Opening.enterprise_id)
        .where(
            Enterprise.city_code == region.city.code,
            Enterprise.verification == Verification.VERIFIED,
            Enterprise.industry_code != AGENCY_INDUSTRY,
            Enterprise.id != employer.id,
            Opening.hours_zh.is_not(None),
            Opening.insurance.is_not(None),
        )
        .order_by(Opening.enterprise_id, Opening.id)
    )
    openings: dict[int, list[int]] = {}
    for firm, opening in rows:
        openings.setdefault(firm, []).append(opening)
    return Cast(employer, openings, iter(list(openings)))


def told(days: int, later: int = 0) -> AbstractContextManager[None]:
    """Let the block be done so many days ago in the morning, some minutes later."""
    return told_of(moment(today() - timedelta(days=days), MORNING + later))


@contextmanager
def acting(session: Session, login: str) -> Iterator[int]:
    """Let the block be done by an account, so that the audit says who did it; gives the account's id."""
    account = session.scalars(select(Account).where(Account.login == login)).one()
    organizer = session.get(Organizer, account.organizer_id) if account.organizer_id else None
    place = organizer.division_code if organizer else auditing.By().division_code
    auditing.act_as(session, auditing.By(account.id, place))
    yield account.id
    auditing.act_as(session, auditing.By())


def open_day(session: Session, venue: Venue, first_on: date, *, step: int = 1) -> date:
    """Return the first day from a day on (or back, with a step of -1) on which a venue is open."""
    weekdays = set(session.scalars(select(VenueOpening.iso_weekday).filter_by(venue_id=venue.id)))
    closed = session.scalars(select(VenueClosure).filter_by(venue_id=venue.id)).all()
    days = [first_on + timedelta(days=step * number) for number in range(LOOKED_FOR)]
    fit = (
        day
        for day in days
        if day.isoweekday() in weekdays and not any(one.first_on <= day <= one.last_on for one in closed)
    )
    return next(fit, first_on)


def venue_of(session: Session, division: Division, *type_codes: str) -> Venue:
    """Return the first sample venue of some types in a division."""
    found = select(Venue).filter_by(division_code=division.code, is_sample=True)
    return session.scalars(found.where(Venue.type_code.in_(type_codes)).order_by(Venue.id).limit(1)).one()


def register(session: Session, event: Event, firm: int, cast: Cast, *, wishes: Sequence[Wanted] = ()) -> None:
    """Register an enterprise with its openings."""
    form = Form(opening_ids=cast.openings[firm][:MOST_BROUGHT], wishes=wishes)
    registering.register(session, event_id=event.id, enterprise_id=firm, form=form)


def answer(session: Session, event: Event, firms: Sequence[int], answered_by: int) -> None:
    """Approve the registrations among some that wait for it; who is known to the bureau does not."""
    requested = Registration.state == RegistrationState.REQUESTED
    rows = select(Registration.event_id, Registration.enterprise_id).where(
        Registration.event_id == event.id, Registration.enterprise_id.in_(firms), requested
    )
    if keys := [(row[0], row[1]) for row in session.execute(rows)]:
        registering.answer_registrations(session, keys=keys, approve=True, reason="", answered_by=answered_by)


def book(session: Session, event: Event, firm: int) -> None:
    """Hold a free booth for an enterprise and confirm it a moment later: not the next one, one in between."""
    free = free_booths(session, event_id=event.id)
    booth = free[firm % len(free)].id
    held = booking.hold_booths(session, event_id=event.id, enterprise_id=firm, booth_ids=[booth])
    booking.confirm(session, booking_id=held.booking_id)


def stage(session: Session, act: Act, *, published_by: int) -> Event:
    """Add an event and publish it: with its venue, crew and host held, its calendar bytes, its floor plan.

    It is pinned: a plan made afterwards leaves it where people have booked it.
    """
    event = _event(session, act)
    session.add(event)
    session.flush()
    publication = Publication(plan_id=None, published_by=published_by, published_at=now())
    session.add(publication)
    session.flush()
    change = _change(session, act, event)
    event.pinned_starts_at, event.pinned_venue_id = change.after.starts_at, act.venue.id
    session.flush()
    write_changes(session, publication, [change])
    move_holds(session, [change])
    session.refresh(event)
    floors_for_events(session, [event.id])
    refresh_entries(session, event_ids=[event.id], public_url=Settings.from_environment().public_url)
    return event


def _event(session: Session, act: Act) -> Event:
    city = act.venue.city_code
    organizer = session.scalars(select(Organizer).filter_by(division_code=act.division.code)).one()
    return Event(
        uid=act.uid,
        quarter=str(Quarter.of(act.day)),
        kind=act.kind,
        title_zh=act.title_zh,
        title_en=act.title_en,
        organizer_id=organizer.id,
        division_code=act.division.code,
        city_code=city,
        window_first_on=act.day,
        window_last_on=act.day,
        pattern=act.pattern,
        booths=act.booths,
        people=min(act.booths * PEOPLE_PER_BOOTH, act.venue.people),
        staff=staff_rule(session).staff(act.booths),
        venue_types=[],
        equipment=[],
    )


def _change(session: Session, act: Act, event: Event) -> Change:
    rows = session.scalars(select(Parameter).where(Parameter.key.startswith("slot_")))
    timetable = make_timetable([act.day], {row.key: row.default for row in rows})
    period = timetable.calendar.periods[PERIODS[act.pattern]]
    start = timetable.slot_of(moment(act.day, period.begin_minute))
    if start is None:
        raise ValueError(act.uid)
    shape = SHAPES[act.pattern]
    starts_at, ends_at = timetable.span(timetable.slots(start, takes=shape.takes, days=shape.days))
    crew = session.scalars(
        select(Crew.id)
        .where(Crew.city_code == event.city_code, Crew.staff >= event.staff)
        .order_by(Crew.staff, Crew.id)
    ).first()
    is_stream = act.kind is EventKind.LIVESTREAM
    hosts = select(Host.id).where(Host.city_code == event.city_code).order_by(Host.id)
    host = session.scalars(hosts).first() if is_stream else None
    people = ((Resource.CREW, crew), (Resource.HOST, host))
    duties = tuple(OnDuty(what, who, *timetable.place(start)) for what, who in people if who is not None)
    before = Standing(EventState.PLANNED, None, None, None, None, (), ())
    after = Standing(EventState.PUBLISHED, starts_at, ends_at, crew, host, (act.venue.id,), duties)
    return Change(event.id, ChangeKind.PUBLISHED, event.revision, act.pattern, before, after, None)
