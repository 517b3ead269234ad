"""A livestream follows its event: when that moves, so do its channel, hosts, deadlines and firms."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.models import Event, EventState, Livestream
from scheduler.queries.livestreams.given import sheets_of
from scheduler.queries.livestreams.minutes import minutes_of
from scheduler.queries.public_loading import chunks
from scheduler.services.livestreams.channels import hold_channel
from scheduler.services.livestreams.publishing import hold_hosts, tell_minutes


def follow_events(session: Session, *, began: Mapping[int, datetime | None]) -> None:
    """Bring livestreams after events that a publication has changed; `began` says when each began before.

    A channel that is taken at the new time is let go of: the schedule never waits for a channel.
    """
    for chunk in chunks(sorted(began)):
        rows = session.execute(
            select(Livestream, Event)
            .join(Event, Event.id == Livestream.event_id)
            .where(Livestream.event_id.in_(chunk), Event.state == EventState.PUBLISHED)
            .execution_options(populate_existing=True)
        )
        for livestream, event in rows.all():
            _follow(session, livestream, event, began[event.id])


def _follow(session: Session, livestream: Livestream, event: Event, began: datetime | None) -> None:
    channel_id = livestream.channel_id
    if channel_id is not None and not hold_channel(session, event_id=event.id, channel_id=channel_id):
        livestream.channel_id = None
    sheet = sheets_of(session, event_id=event.id).published
    if sheet is not None:
        hold_hosts(session, event=event, sheet=sheet)  # who is not free is named on the sheet's page
    if began is None or event.starts_at is None or began == event.starts_at:
        return
    _shift(livestream, event.starts_at - began)
    if sheet is not None:
        tell_minutes(session, sheet=sheet, minutes=minutes_of(sheet, event))


def _shift(livestream: Livestream, by: timedelta) -> None:
    if livestream.closes_at is not None:
        livestream.closes_at += by
    if livestream.cancel_until is not None:
        livestream.cancel_until += by
