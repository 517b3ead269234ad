"""Platform channels (平台账号): a bureau keeps them, and a livestream has one for itself while it is on."""

from collections.abc import Sequence

from sqlalchemy import delete, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from scheduler.errors import NotFound, Refusal
from scheduler.models import ChannelHold, Event, Platform, StreamChannel
from scheduler.queries.livestreams.given import slots_of
from scheduler.queries.public_loading import chunks
from scheduler.services.livestreams.opening import livestream_of
from scheduler.times import today


class ChannelTaken(Refusal):
    """Another livestream is on the channel at that time."""

    status = 409
    code = "channel_taken"
    zh = "平台账号“{channel_zh}”在这一时段已用于“{title_zh}”。请换一个账号。"
    en = "The channel “{channel_en}” is on air with “{title_en}” at that time. Choose another one."


class ChannelUnfit(Refusal):
    """A channel of another city, or one that is no longer used."""

    status = 422
    code = "channel_unfit"
    zh = "这个平台账号不属于活动所在的市，或已停用。请另选一个。"
    en = "This channel is not the city's, or is no longer used. Choose another one."


class ChannelKnown(Refusal):
    """A channel that the city has already."""

    status = 409
    code = "channel_known"
    zh = "本市在该平台已登记了名为“{name}”的账号。"
    en = "The city has a channel of that name (“{name}”) on the platform already."


def add_channel(  # noqa: PLR0913 — a channel is all of this
    session: Session,
    *,
    city_code: str,
    platform: Platform,
    name_zh: str,
    name_en: str,
    is_verified: bool,
) -> StreamChannel:
    """Add a city's channel; raises ChannelKnown."""
    channel = StreamChannel(
        city_code=city_code,
        platform=platform,
        name_zh=name_zh,
        name_en=name_en or name_zh,
        verified_on=today() if is_verified else None,
    )
    try:
        with session.begin_nested():
            session.add(channel)
    except IntegrityError as error:
        raise ChannelKnown(name=name_zh) from error
    return channel


def retire_channel(session: Session, *, channel_id: int) -> None:
    """Use a channel for no further livestream; those that have it keep it."""
    session.get_one(StreamChannel, channel_id).retired_on = today()


def verify_channel(session: Session, *, channel_id: int) -> None:
    """Note that the platform has confirmed who stands behind a channel."""
    session.get_one(StreamChannel, channel_id).verified_on = today()


def assign_channel(session: Session, *, event_id: int, channel_id: int | None) -> None:
    """Give a livestream a channel, or none; raises NotFound, ChannelUnfit and ChannelTaken."""
    event = session.get(Event, event_id)
    if event is None:
        raise NotFound
    livestream = livestream_of(session, event)
    free_channels(session, [event_id])
    livestream.channel_id = None
    if channel_id is None:
        return
    channel = session.get(StreamChannel, channel_id)
    if channel is None or channel.city_code != event.city_code or channel.retired_on is not None:
        raise ChannelUnfit
    if not hold_channel(session, event_id=event_id, channel_id=channel_id):
        raise _taken(session, channel, event_id)
    livestream.channel_id = channel_id


def hold_channel(session: Session, *, event_id: int, channel_id: int) -> bool:
    """Take a channel in the slots that the event holds; tell whether it was free in all of them."""
    rows = [
        {"channel_id": channel_id, "day_on": day_on, "period": period, "event_id": event_id}
        for day_on, period in session.execute(slots_of(event_id))
    ]
    if not rows:  # not published yet: its slots are taken when it is
        return True
    try:
        with session.begin_nested():
            session.execute(insert(ChannelHold), rows)
    except IntegrityError:
        return False
    return True


def free_channels(session: Session, event_ids: Sequence[int]) -> None:
    """Give back the channels of the events."""
    for chunk in chunks(event_ids):
        session.execute(delete(ChannelHold).where(ChannelHold.event_id.in_(chunk)))


def _taken(session: Session, channel: StreamChannel, event_id: int) -> ChannelTaken:
    mine = slots_of(event_id).subquery()
    other = session.execute(
        select(Event.title_zh, Event.title_en)
        .join(ChannelHold, ChannelHold.event_id == Event.id)
        .join(mine, (mine.c.day_on == ChannelHold.day_on) & (mine.c.period == ChannelHold.period))
        .where(ChannelHold.channel_id == channel.id)
    ).first()
    zh, en = other or ("?", "?")
    return ChannelTaken(channel_zh=channel.name_zh, channel_en=channel.name_en, title_zh=zh, title_en=en)
