"""Offers free turns of a livestream to the firms that wait, in their order: each turn to one, each firm once.

An offer keeps its turn's number. Who promotes holds the livestream's row for itself, so nobody takes a turn
between looking and offering.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import Session

from scheduler.errors import Refusal
from scheduler.models import (
    Event,
    EventState,
    Livestream,
    LivestreamState,
    StreamTurn,
    Waiting,
    WaitingFor,
)
from scheduler.services import waiting_lists
from scheduler.services.telling import tell
from scheduler.services.verifying import require_verified
from scheduler.times import now

TURN = WaitingFor.STREAM_TURN


def promote_turns(session: Session, *, event_id: int) -> int:
    """End offers whose time is over and offer the free turns to who waits; returns how many offers were made.

    Nothing is offered after the list's last moment, nor of a livestream that takes firms no more.
    """
    found = hold_alone(session, event_id=event_id)
    if found is None:
        return 0
    livestream, event = found
    waiting_lists.run_out(session, event_id=event_id, wanted=TURN)
    last_at = last_turn_at(livestream, event)
    is_open = livestream.state is LivestreamState.OPEN and event.state is EventState.PUBLISHED
    if not is_open or event.starts_at is None or last_at is None or now() >= last_at:
        return 0
    until, made = waiting_lists.offer_until(event.starts_at, last_at), 0
    free = free_turns(session, livestream)
    for waiting in waiting_lists.in_line(session, event_id=event_id, wanted=TURN):
        if not free:
            break
        if not _may_come(session, waiting):
            waiting_lists.withdraw(session, Waiting.id == waiting.id)
            continue
        try:
            waiting_lists.mark(session, waiting, until=until, ordinal=free[0])
        except waiting_lists.WaitingEnded:  # it has left a moment ago
            continue
        free.pop(0)
        firm, cause = waiting.enterprise_id or 0, f"waiting-{waiting.id}"
        tell(session, "turn_offer", cause, (event_id, firm), {"waiting": waiting.id})
        made += 1
    return made


def streams_to_promote(session: Session) -> Sequence[int]:
    """Return the livestreams of which an offer has run out, or a turn is free that somebody waits for."""
    turns = select(func.count()).where(StreamTurn.event_id == Livestream.event_id).scalar_subquery()
    kept = select(func.count()).where(waiting_lists.offered(Livestream.event_id, TURN)).scalar_subquery()
    over = exists().where(waiting_lists.offered(Livestream.event_id, TURN), Waiting.offer_until <= now())
    wanted = (
        exists().where(waiting_lists.waits(Livestream.event_id, TURN))
        & (Livestream.state == LivestreamState.OPEN)
        & (turns + kept < Livestream.turns)
    )
    question = (
        select(Livestream.event_id)
        .join(Event, Event.id == Livestream.event_id)
        .where(Event.starts_at > now(), Event.state == EventState.PUBLISHED, wanted)
    )
    expired = select(Livestream.event_id).where(over)
    return session.scalars(question.union(expired).order_by(Livestream.event_id)).all()


def hold_alone(session: Session, *, event_id: int) -> tuple[Livestream, Event] | None:
    """Return a livestream that nobody takes turns of until the transaction ends; None for another event."""
    locked = _livestream(event_id).with_for_update(of=Livestream)
    found = session.execute(locked.execution_options(populate_existing=True)).one_or_none()
    return None if found is None else (found[0], found[1])


def hold_beside(session: Session, *, event_id: int) -> tuple[Livestream, Event] | None:
    """Return a livestream that stays as it is until the transaction ends; firms are let in side by side.

    SQLite has one writer anyway.
    """
    locked = _livestream(event_id).with_for_update(read=True, of=Livestream)
    found = session.execute(locked).one_or_none()
    return None if found is None else (found[0], found[1])


def turns_of(session: Session, event_id: int) -> dict[int, int]:
    """Return which firm has which turn, and for which one an offer keeps it."""
    taken = select(StreamTurn.ordinal, StreamTurn.enterprise_id).where(StreamTurn.event_id == event_id)
    kept = select(Waiting.ordinal, Waiting.enterprise_id).where(waiting_lists.offered(event_id, TURN))
    return {ordinal or 0: firm or 0 for rows in (taken, kept) for ordinal, firm in session.execute(rows)}


def free_turns(session: Session, livestream: Livestream) -> list[int]:
    """Return the numbers of the turns that nobody has and no offer keeps."""
    taken = turns_of(session, livestream.event_id)
    return [ordinal for ordinal in range(1, livestream.turns + 1) if ordinal not in taken]


def last_turn_at(livestream: Livestream, event: Event) -> datetime | None:
    """Return until when turns are offered: as long as they change hands, and an hour before going on air."""
    ends = [moment for moment in (livestream.closes_at, livestream.cancel_until) if moment is not None]
    if event.starts_at is None or not ends:
        return None
    return min(max(ends), event.starts_at - waiting_lists.LEAST)


def _may_come(session: Session, waiting: Waiting) -> bool:
    has_turn = exists().where(
        StreamTurn.event_id == waiting.event_id, StreamTurn.enterprise_id == waiting.enterprise_id
    )
    try:
        require_verified(session, waiting.enterprise_id or 0)
    except Refusal:
        return False
    return not session.scalar(select(has_turn))


def _livestream(event_id: int) -> Select[Livestream, Event]:
    return (
        select(Livestream, Event)
        .join(Event, Event.id == Livestream.event_id)
        .where(Livestream.event_id == event_id)
    )
