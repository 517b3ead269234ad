"""The livestreams of a quarter as a bureau looks after them: turns, channel, sheet; and a city's channels."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from scheduler.models import (
    ChannelHold,
    Division,
    Livestream,
    LivestreamState,
    RunSheet,
    SheetState,
    StreamChannel,
    StreamTurn,
)
from scheduler.quarters import Quarter
from scheduler.queries.public_loading import chunks
from scheduler.queries.public_rows import Named
from scheduler.queries.scope import scoped


@dataclass(frozen=True, slots=True)
class StreamNote:
    """What lists say of a livestream beside its event; `draft` and `published` are versions of its sheet."""

    state: LivestreamState = LivestreamState.PREPARING
    turns: int = 0
    taken: int = 0
    channel: Named | None = None
    has_link: bool = False
    draft: int | None = None
    published: int | None = None


@dataclass(frozen=True, slots=True)
class ChannelLine:
    """A channel with its city and the slots it is taken for in a quarter."""

    channel: StreamChannel
    city: Named
    taken: int


def stream_notes(session: Session, *, event_ids: Sequence[int]) -> dict[int, StreamNote]:
    """Return what is settled of each livestream; one of which nothing is, is missing."""
    found: dict[int, StreamNote] = {}
    for chunk in chunks(event_ids):
        taken, sheets = _taken(session, chunk), _versions(session, chunk)
        rows = session.execute(
            select(Livestream, StreamChannel)
            .outerjoin(StreamChannel, StreamChannel.id == Livestream.channel_id)
            .where(Livestream.event_id.in_(chunk))
        )
        for stream, channel in rows:
            key = stream.event_id
            found[key] = StreamNote(
                stream.state,
                stream.turns,
                taken.get(key, 0),
                Named(str(channel.id), channel.name_zh, channel.name_en) if channel else None,
                bool(stream.stream_url),
                sheets.get((key, SheetState.DRAFT)),
                sheets.get((key, SheetState.PUBLISHED)),
            )
    return found


def channel_lines(session: Session, *, scope_code: str, quarter: Quarter) -> tuple[ChannelLine, ...]:
    """Return the channels of the scope's cities, those in use first, with the slots taken in a quarter."""
    taken = dict(
        session.execute(
            select(ChannelHold.channel_id, func.count())
            .where(ChannelHold.day_on.between(quarter.first_on, quarter.last_on))
            .group_by(ChannelHold.channel_id)
        ).all()
    )
    rows = session.execute(
        select(StreamChannel, Division)
        .join(Division, Division.code == StreamChannel.city_code)
        .where(scoped(StreamChannel, scope_code))
        .order_by(StreamChannel.city_code, StreamChannel.retired_on.is_not(None), StreamChannel.id)
    )
    return tuple(
        ChannelLine(channel, Named(city.code, city.name_zh, city.name_en), taken.get(channel.id, 0))
        for channel, city in rows
    )


def _taken(session: Session, ids: Sequence[int]) -> dict[int, int]:
    query = (
        select(StreamTurn.event_id, func.count())
        .where(StreamTurn.event_id.in_(ids))
        .group_by(StreamTurn.event_id)
    )
    return {event_id: int(count) for event_id, count in session.execute(query)}


def _versions(session: Session, ids: Sequence[int]) -> dict[tuple[int, SheetState], int]:
    query = select(RunSheet.event_id, RunSheet.state, RunSheet.version).where(
        RunSheet.event_id.in_(ids), RunSheet.state != SheetState.REPLACED
    )
    return {(event_id, state): version for event_id, state, version in session.execute(query)}
