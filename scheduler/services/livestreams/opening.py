"""A bureau opens a livestream to firms: how many turns there are, and the days by which they are settled."""

from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from scheduler.errors import NotFound, Refusal
from scheduler.models import Event, EventKind, EventState, Livestream, LivestreamState, Parameter, StreamTurn
from scheduler.times import now

CLOSES_BEFORE, CANCEL_BEFORE = timedelta(days=2), timedelta(days=1)
LEAD_MINUTES, LEAST_MINUTES, MOST_TURNS = 5, 15, 20


class NotALivestream(Refusal):
    """Only an event of kind livestream that is public and to come can be opened to firms."""

    status = 409
    code = "not_a_livestream"
    zh = "“{title_zh}”不能开放场次：只有已发布且尚未开始的直播带岗可以。"
    en = "“{title_en}” cannot be opened to firms: only a livestream that is published and to come can be."


class BadTurns(Refusal):
    """A number of turns or a date that does not fit the livestream."""

    status = 422
    code = "bad_turns"
    zh = "场次数应为 {least} 到 {most}，且报名截止、取消截止都应早于直播开始。"
    en = "There can be {least} to {most} turns, and both deadlines must lie before the livestream begins."


def open_turns(
    session: Session,
    *,
    event_id: int,
    turns: int | None = None,
    closes_at: datetime | None = None,
    cancel_until: datetime | None = None,
) -> Livestream:
    """Open a published livestream to firms, or change how; what is not said is the usual.

    Turns that firms have taken are not taken away. Raises NotFound, NotALivestream and BadTurns.
    """
    event = session.get(Event, event_id)
    if event is None:
        raise NotFound
    if event.kind is not EventKind.LIVESTREAM or event.state != EventState.PUBLISHED:
        raise NotALivestream(title_zh=event.title_zh, title_en=event.title_en)
    if event.starts_at is None or event.starts_at <= now():
        raise NotALivestream(title_zh=event.title_zh, title_en=event.title_en)
    livestream = locked(session, event)
    most, highest = most_turns(session, event), _highest(session, event_id)
    wanted = turns or max(highest, min(most, event.booths))
    closes_at = closes_at or event.starts_at - CLOSES_BEFORE
    cancel_until = cancel_until or event.starts_at - CANCEL_BEFORE
    if not max(1, highest) <= wanted <= max(most, highest) or max(closes_at, cancel_until) > event.starts_at:
        raise BadTurns(least=max(1, highest), most=max(most, highest))
    livestream.turns, livestream.state = wanted, LivestreamState.OPEN
    livestream.closes_at, livestream.cancel_until = closes_at, cancel_until
    session.flush()
    return livestream


def locked(session: Session, event: Event) -> Livestream:
    """Return an event's livestream, made when it is missing, held against who takes turns meanwhile."""
    found = session.scalars(
        select(Livestream).where(Livestream.event_id == event.id).with_for_update()
    ).one_or_none()
    if found is None:
        found = Livestream(
            event_id=event.id,
            state=LivestreamState.PREPARING,
            turns=max(1, min(most_turns(session, event), event.booths)),
            lead_minutes=LEAD_MINUTES,
        )
        session.add(found)
        session.flush()
    return found


def most_turns(session: Session, event: Event) -> int:
    """Return how many of the shortest turns fit into the livestream's time after the host's beginning."""
    if event.starts_at is None or event.ends_at is None:
        return MOST_TURNS
    minutes = int((event.ends_at - event.starts_at).total_seconds() // 60) - LEAD_MINUTES
    return max(1, min(MOST_TURNS, minutes // least_minutes(session)))


def least_minutes(session: Session) -> int:
    """Return the length of the shortest turn: parameter `turn_minutes`, its low value."""
    low = session.scalar(select(Parameter.low).where(Parameter.key == "turn_minutes"))
    return int(low) if low and low.isdecimal() else LEAST_MINUTES


def _highest(session: Session, event_id: int) -> int:
    return session.scalar(select(func.max(StreamTurn.ordinal)).where(StreamTurn.event_id == event_id)) or 0
