"""The gate of an event: who books enters beside others, who rearranges or closes enters alone.

What was asked behind the gate stays true until the transaction ends: nobody closes the event, withdraws a
registration or moves a booking meanwhile. The queue before the gate is fair, so that a rush of bookings
keeps no organizer out. Which booth is whose is decided by constraints all the same. SQLite has one writer
anyway.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    Integer,
    Select,
    and_,
    bindparam,
    exists,
    func,
    literal_column,
    select,
)
from sqlalchemy.orm import Session

from scheduler import auditing
from scheduler.errors import NotFound, Refusal
from scheduler.models import (
    Bar,
    Booking,
    BookingTerms,
    Enterprise,
    Event,
    EventState,
    NoShow,
    Registration,
    RegistrationState,
    Verification,
    Waiting,
    WaitingFor,
    WaitingState,
    Way,
)
from scheduler.queries.booking.records import Record, looking_back, record_of, record_rows
from scheduler.services.booking.refusals import NotOpen

# numbers of ours for three kinds of lock: constants in the statements, not parameters
EVENT_LOCKS: ColumnElement[int] = literal_column("5001")
ENTERPRISE_LOCKS: ColumnElement[int] = literal_column("5002")
PROMOTER_LOCKS: ColumnElement[int] = literal_column("5003")
PATIENCE = "3s"
EVENT_ID, ENTERPRISE_ID = bindparam("event_id", type_=Integer), bindparam("enterprise_id", type_=Integer)
PATIENTLY: ColumnElement[str] = literal_column(f"set_config('lock_timeout', '{PATIENCE}', true)")
WITH_OTHERS = func.pg_advisory_xact_lock_shared(EVENT_LOCKS, EVENT_ID)
OF_ENTERPRISE = func.pg_advisory_xact_lock(ENTERPRISE_LOCKS, ENTERPRISE_ID)
BESIDE = select(PATIENTLY, WITH_OTHERS, OF_ENTERPRISE)
SHARED = select(PATIENTLY, WITH_OTHERS)
ONE_AT_A_TIME = select(OF_ENTERPRISE)
ALONE = select(PATIENTLY, func.pg_advisory_xact_lock(EVENT_LOCKS, EVENT_ID))
PROMOTING = select(PATIENTLY, WITH_OTHERS, func.pg_try_advisory_xact_lock(PROMOTER_LOCKS, EVENT_ID))
AT_ONCE = select(func.pg_try_advisory_xact_lock(ENTERPRISE_LOCKS, ENTERPRISE_ID))


@dataclass(frozen=True, slots=True)
class Facts:
    """What decides about a booking: the event, its terms, and how the enterprise stands to it."""

    event_id: int
    event_state: EventState
    starts_at: datetime | None
    ends_at: datetime | None
    organizer_id: int
    division_code: str
    title_zh: str
    title_en: str
    way: Way
    opens_at: datetime
    closes_at: datetime
    cancel_until: datetime
    booths_each: int
    hold_minutes: int
    walk_in: bool
    no_show_limit: int
    no_show_bar: Bar
    fairs_a_month: int
    consecutive: bool
    allocated_at: datetime | None
    branch_authorised: bool
    enterprise_id: int
    verification: Verification
    registration: RegistrationState | None
    others_wait: int
    """The smallest quantity that somebody else waits for; 0 when nobody waits."""
    waits: bool
    """Whether the enterprise itself is on the list."""
    record: Record
    """What the bureau remembers of the enterprise, this event left out."""

    @property
    def titles(self) -> dict[str, str]:
        """Return what refusals call the event."""
        return {"title_zh": self.title_zh, "title_en": self.title_en}


def enter(session: Session, *, event_id: int, enterprise_id: int) -> None:
    """Go through the gate of an event beside others; one at a time for an enterprise."""
    _enter(session.connection(), event_id, enterprise_id)


def enter_and_ask(session: Session, *, event_id: int, enterprise_id: int) -> Facts:
    """Enter, and return what decides about a booking; raises what `ask` does."""
    connection = session.connection()
    _enter(connection, event_id, enterprise_id)
    return _ask(session, connection, event_id, enterprise_id)


def enter_all(session: Session, *, event_ids: Iterable[int], enterprise_id: int) -> None:
    """Go through the gates of events on behalf of an enterprise, before anything of it is changed: events
    before enterprises, in the order of everybody.
    """
    if _is_postgresql(session):
        for event_id in sorted(set(event_ids)):
            session.execute(SHARED, {"event_id": event_id})
        session.execute(ONE_AT_A_TIME, {"enterprise_id": enterprise_id})


def enter_alone(session: Session, *, event_ids: Iterable[int]) -> None:
    """Go through the gates of events when nobody else is inside, in one order for everybody."""
    if _is_postgresql(session):
        for event_id in sorted(set(event_ids)):
            session.execute(ALONE, {"event_id": event_id})


def promote_alone(session: Session, *, event_id: int) -> bool:
    """Enter an event to serve its waiting list; tell whether nobody else is serving it just now."""
    if not _is_postgresql(session):
        return True
    return bool(session.execute(PROMOTING, {"event_id": event_id}).one()[2])


def enter_at_once(session: Session, *, enterprise_id: int) -> bool:
    """Enter on behalf of another enterprise, without waiting; tell whether that was possible."""
    if not _is_postgresql(session):
        return True
    return bool(session.scalar(AT_ONCE, {"enterprise_id": enterprise_id}))


def ask(session: Session, *, event_id: int, enterprise_id: int) -> Facts:
    """Return what decides about a booking; asked behind the gate it stays true.

    Raises NotFound, and NotOpen for an event that has no terms yet.
    """
    return _ask(session, session.connection(), event_id, enterprise_id)


def concern(session: Session, *, booking_id: int) -> None:
    """Let the audit know to which division a booking belongs. Raises NotFound."""
    division = select(Event.division_code).join(Booking, Booking.event_id == Event.id)
    code = session.scalar(division.where(Booking.id == booking_id))
    if code is None:
        raise NotFound
    auditing.concerning(session, code)


def _enter(connection: Connection, event_id: int, enterprise_id: int) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(BESIDE, {"event_id": event_id, "enterprise_id": enterprise_id})


def _ask(session: Session, connection: Connection, event_id: int, enterprise_id: int) -> Facts:
    values = {"event_id": event_id, "enterprise_id": enterprise_id, **looking_back()}
    rows = connection.execute(FACTS, values).all()
    if not rows:
        raise _not_open(session, event_id)
    *known, _, _ = rows[0]
    facts = Facts(*[*known, record_of(row[-2:] for row in rows)])
    auditing.concerning(session, facts.division_code)
    return facts


def _not_open(session: Session, event_id: int) -> Refusal:
    titles = session.execute(select(Event.title_zh, Event.title_en).where(Event.id == event_id)).one_or_none()
    if titles is None:
        return NotFound()
    return NotOpen(
        title_zh=titles[0], title_en=titles[1], opens_zh="开放时间待定", opens_en="the day is not settled"
    )


def _is_postgresql(session: Session) -> bool:
    return session.get_bind().dialect.name == "postgresql"


def _facts() -> Select[Any]:
    """Return the one question that a booking begins with: a row for each entry of the enterprise's record.

    The columns are those of Facts, in order, and then the entry's.
    """
    enterprise_id: BindParameter[int] = bindparam("enterprise_id")
    record = record_rows(
        NoShow.enterprise_id == enterprise_id, Booking.enterprise_id == enterprise_id
    ).subquery()
    line = (
        Waiting.event_id == Event.id,
        Waiting.wanted == WaitingFor.BOOTH,
        Waiting.state == WaitingState.WAITING,
    )
    others = Waiting.enterprise_id != enterprise_id
    least = select(func.coalesce(func.min(Waiting.quantity), 0)).where(*line, others).scalar_subquery()
    waits = exists().where(*line, Waiting.enterprise_id == enterprise_id)
    return (
        select(
            *(getattr(Event, name) for name in OF_EVENT),
            *(getattr(BookingTerms, name) for name in OF_TERMS),
            Enterprise.id,
            Enterprise.verification,
            Registration.state,
            least,
            waits,
            record.c.what,
            record.c.at,
        )
        .join(BookingTerms, BookingTerms.event_id == Event.id)
        .join(Enterprise, Enterprise.id == enterprise_id)
        .outerjoin(
            Registration,
            and_(
                Registration.event_id == Event.id,
                Registration.enterprise_id == enterprise_id,
            ),
        )
        .outerjoin(record, record.c.organizer_id == Event.organizer_id)
        .where(Event.id == bindparam("event_id"))
    )


OF_EVENT = ("id", "state", "starts_at", "ends_at", "organizer_id", "division_code", "title_zh", "title_en")
OF_TERMS = (
    "way",
    "opens_at",
    "closes_at",
    "cancel_until",
    "booths_each",
    "hold_minutes",
    "walk_in",
    "no_show_limit",
    "no_show_bar",
    "fairs_a_month",
    "consecutive",
    "allocated_at",
    "branch_authorised",
)
FACTS = _facts()
