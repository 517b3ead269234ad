"""What should agree in the database and does not: each finding is one line in both languages."""

from collections.abc import Iterator

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from scheduler.models import (
    CalendarDay,
    Division,
    Duty,
    Event,
    EventDuty,
    EventState,
    EventVenue,
    FeedEntry,
    Hold,
    Resource,
)
from scheduler.queries.visibility import visible_events
from scheduler.times import local

Finding = tuple[str, str]
NEEDED = (
    (Division, "区划", "divisions"),
    (Duty, "任务指标", "duties"),
    (CalendarDay, "日历", "calendar days"),
)


def inconsistencies(session: Session) -> Iterator[Finding]:
    """Yield every disagreement of reference data, duties, published events and calendars."""
    for table, zh, en in NEEDED:
        if not session.scalar(select(func.count()).select_from(table)):
            yield f"没有{zh}数据", f"there are no {en}"
    yield from _entries(session)
    yield from _unheld(session)
    yield from _expired_duties(session)


def _entries(session: Session) -> Iterator[Finding]:
    """Every visible event has its calendar bytes, of its present revision."""
    outdated = (
        select(Event.uid)
        .outerjoin(FeedEntry, FeedEntry.event_id == Event.id)
        .where(visible_events(), FeedEntry.revision.is_distinct_from(Event.revision))
        .order_by(Event.id)
    )
    for uid in session.scalars(outdated):
        yield f"活动 {uid} 的日历条目缺失或过时", f"event {uid}: its calendar entry is missing or outdated"


def _unheld(session: Session) -> Iterator[Finding]:
    """Every venue of a published event is held for it."""
    held = exists().where(
        Hold.event_id == EventVenue.event_id,
        Hold.resource == Resource.VENUE,
        Hold.resource_id == EventVenue.venue_id,
    )
    unheld = (
        select(Event.uid, EventVenue.venue_id)
        .join(EventVenue, EventVenue.event_id == Event.id)
        .where(Event.state == EventState.PUBLISHED, ~held)
        .order_by(Event.id)
    )
    for uid, venue_id in session.execute(unheld):
        yield f"活动 {uid} 未占用其场地 {venue_id}", f"event {uid} does not hold its venue {venue_id}"


def _expired_duties(session: Session) -> Iterator[Finding]:
    """An event counts toward a duty only while the duty is valid."""
    counted = (
        select(Event.uid, Event.starts_at, Duty.code, Duty.valid_from, Duty.valid_to)
        .join(EventDuty, EventDuty.event_id == Event.id)
        .join(Duty, Duty.code == EventDuty.duty_code)
        .where(Event.state == EventState.PUBLISHED)
        .order_by(Event.id, Duty.code)
    )
    for uid, starts_at, code, valid_from, valid_to in session.execute(counted):
        day = local(starts_at).date() if starts_at else None
        if day and ((valid_from and day < valid_from) or (valid_to and day > valid_to)):
            yield (
                f"活动 {uid}（{day}）计入了当时无效的任务 {code}",
                f"event {uid} ({day}) counts toward duty {code}, which is not valid then",
            )
