"""Cancels one published event: every subscribed calendar learns of it, and what it held is free again."""

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from scheduler.database import changed
from scheduler.errors import NotFound, Refusal
from scheduler.feeds import refresh_entries
from scheduler.models import ChangeKind, Event, EventChange, EventState, EventVenue, Publication, Topic
from scheduler.services.booking import bookings_follow
from scheduler.services.publishing.changes import Standing
from scheduler.services.publishing.holds import free_holds
from scheduler.services.publishing.writing import describe
from scheduler.services.webhooks import announce
from scheduler.settings import Settings
from scheduler.times import now


class NotCancellable(Refusal):
    """Only an event that is public and still to come can be cancelled."""

    status = 409
    code = "not_cancellable"
    zh = "“{title_zh}”当前状态不能取消：只有已发布且尚未举办的活动可以取消。"
    en = "“{title_en}” cannot be cancelled: only an event that is published and still to come can be."


def cancel_event(
    session: Session, *, event_id: int, reason: str, published_by: int | None, public_url: str | None = None
) -> Publication:
    """Cancel a published event, for a reason that is shown. Raises NotFound and NotCancellable."""
    event = session.get(Event, event_id)
    if event is None:
        raise NotFound
    venues = _venues(session, event_id)
    before = Standing(event.state, event.starts_at, event.ends_at, event.crew_id, event.host_id, venues, ())
    publication = Publication(plan_id=None, published_by=published_by, published_at=now())
    if not _cancel(session, event, reason):
        raise NotCancellable(**event.titles)
    session.add(publication)
    session.flush()
    session.add(
        EventChange(
            publication_id=publication.id,
            event_id=event_id,
            kind=ChangeKind.CANCELLED,
            before=describe(before),
            after=describe(before._replace(state=EventState.CANCELLED)),
        )
    )
    free_holds(session, [event_id])
    bookings_follow(session, event_ids=[event_id])
    announce(
        session,
        Topic.EVENT_CANCELLED,
        cause=f"publication-{publication.id}",
        scope_code=event.division_code,
        facts={"event_id": event_id, "uid": event.uid, "reason": reason},
    )
    url = public_url or Settings.from_environment().public_url
    refresh_entries(session, event_ids=[event_id], public_url=url)
    return publication


def _cancel(session: Session, event: Event, reason: str) -> bool:
    """Cancel in one statement that also checks: two who cancel at once make one change."""
    cancelling = (
        update(Event)
        .where(Event.id == event.id, Event.state == EventState.PUBLISHED, Event.starts_at > now())
        .values(
            state=EventState.CANCELLED,
            cancel_reason=reason,
            revision=Event.revision + 1,
            visible_changed_at=now(),
            updated_at=now(),
        )
    )
    rows = changed(session, cancelling)
    session.expire(event)
    return bool(rows)


def _venues(session: Session, event_id: int) -> tuple[int, ...]:
    rows = select(EventVenue.venue_id).where(EventVenue.event_id == event_id).order_by(EventVenue.venue_id)
    return tuple(session.scalars(rows))
