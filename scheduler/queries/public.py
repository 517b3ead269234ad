"""The public schedule: search, calendars, one event, and who comes to it."""

from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, func, or_, select, true
from sqlalchemy.orm import Session

from scheduler.errors import NotFound
from scheduler.models import (
    Booking,
    BookingState,
    Booth,
    BoothHold,
    Enterprise,
    Event,
    Industry,
    Opening,
    Registration,
    RegistrationOpening,
    RegistrationState,
)
from scheduler.queries.booking.booths import at_home, codes_by
from scheduler.queries.filters import EVERYTHING, EventFilter
from scheduler.queries.keyset import Key, behind_moment
from scheduler.queries.public_loading import event_rows, load_events
from scheduler.queries.public_rows import EmployerLine, Named, OpeningLine, Page, VisibleEvent
from scheduler.queries.visibility import visible_events

PAGE_SIZE = 20
LARGEST_PAGE = 100


def search(
    session: Session,
    event_filter: EventFilter = EVERYTHING,
    *,
    number: int = 1,
    size: int = PAGE_SIZE,
    as_of: datetime | None = None,
) -> Page:
    """Return one page of the visible events, by time; a number beyond the last page gives the last one."""
    size = min(max(size, 1), LARGEST_PAGE)
    total = count(session, event_filter, as_of=as_of)
    number = min(max(number, 1), max(1, -(-total // size)))
    query = event_rows().where(visible_events(event_filter, as_of=as_of))
    rows = session.execute(query.limit(size).offset((number - 1) * size)).all()
    return Page(load_events(session, rows), total, number, size)


def events_behind(
    session: Session, event_filter: EventFilter = EVERYTHING, *, after: Key | None, size: int
) -> tuple[VisibleEvent, ...]:
    """Return the next `size` visible events by time behind the last one seen; raises BadKey."""
    place = behind_moment(after, Event.starts_at, Event.id)
    rows = session.execute(event_rows().where(visible_events(event_filter), place).limit(size)).all()
    return load_events(session, rows)


def count(session: Session, event_filter: EventFilter = EVERYTHING, *, as_of: datetime | None = None) -> int:
    """Return the number of visible events that the filter wants."""
    query = select(func.count(Event.id)).where(visible_events(event_filter, as_of=as_of))
    return session.scalar(query) or 0


def get_event(session: Session, *, uid: str, as_of: datetime | None = None) -> VisibleEvent:
    """Return one visible event; raises NotFound for every other uid, drafts included."""
    row = session.execute(event_rows().where(Event.uid == uid, visible_events(as_of=as_of))).one_or_none()
    if row is None:
        raise NotFound
    return load_events(session, [row])[0]


def employers(session: Session, *, event_id: int) -> tuple[EmployerLine, ...]:
    """Return the approved employers of an event with the openings that they bring, by name.

    An employer that has named none brings all it has.
    """
    return tuple(_employers(session, event_id, true()).values())


def employer(session: Session, *, event_id: int, enterprise_id: int) -> EmployerLine:
    """Return an approved employer of an event as `employers` does; raises NotFound for every other one."""
    found = _employers(session, event_id, Enterprise.id == enterprise_id)
    if not found:
        raise NotFound
    return found[enterprise_id]


def approved_ids(session: Session, *, event_id: int) -> frozenset[int]:
    """Return the enterprises that `employers` shows at an event."""
    query = select(Registration.enterprise_id).where(_approved_at(event_id))
    return frozenset(session.scalars(query))


def _approved_at(event_id: int) -> ColumnElement[bool]:
    return and_(Registration.event_id == event_id, Registration.state == RegistrationState.APPROVED)


def _employers(session: Session, event_id: int, which: ColumnElement[bool]) -> dict[int, EmployerLine]:
    query = (
        select(
            *(Enterprise.id, Enterprise.name_zh, Industry.code, Industry.name_zh, Industry.name_en),
            *(Opening.id, Opening.title_zh, Opening.headcount),
            *(Opening.wage_min, Opening.wage_max, Opening.wage_unit),
        )
        .join(Registration, Registration.enterprise_id == Enterprise.id)
        .join(Industry, Industry.code == Enterprise.industry_code)
        .outerjoin(
            Opening,
            and_(Opening.enterprise_id == Enterprise.id, Opening.withdrawn_at.is_(None), _is_brought()),
        )
        .where(_approved_at(event_id), which)
        .order_by(Enterprise.name_zh, Enterprise.id, Opening.id)
    )
    lines: dict[int, tuple[str, Named, list[OpeningLine]]] = {}
    for enterprise_id, name, code, zh, en, opening_id, *opening in session.execute(query):
        line = lines.setdefault(enterprise_id, (name, Named(code, zh, en), []))
        if opening_id is not None:
            line[2].append(OpeningLine(*opening))
    booths = codes_by(
        session,
        Booking.enterprise_id,
        BoothHold.event_id == event_id,
        Booking.state != BookingState.HELD,  # what is only held may pass on
        at_home(Booth.floor_plan_id, event_id),
    )
    return {
        key: EmployerLine(name, industry, tuple(found), tuple(booths.get(key, ())))
        for key, (name, industry, found) in lines.items()
    }


def _is_brought() -> ColumnElement[bool]:
    """Return the condition that an opening in use is among those of a registration, or that it names none."""
    here = and_(
        RegistrationOpening.event_id == Registration.event_id,
        RegistrationOpening.enterprise_id == Registration.enterprise_id,
    )
    return or_(exists().where(here, RegistrationOpening.opening_id == Opening.id), ~exists().where(here))
