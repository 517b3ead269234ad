"""Firms take turns in a livestream and give them back; the last turn goes to one firm, whoever asks."""

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from scheduler.errors import NotFound, Refusal
from scheduler.models import (
    Event,
    EventState,
    Livestream,
    LivestreamState,
    Registration,
    RegistrationState,
    StreamTurn,
)
from scheduler.queries.circles import home_cities
from scheduler.services.verifying import require_verified
from scheduler.times import local, now

USUAL_MINUTES = 20
ANEW = {RegistrationState.WITHDRAWN, RegistrationState.REFUSED}


class TurnsNotOpen(Refusal):
    """Turns of this livestream are not given out now."""

    status = 409
    code = "turns_not_open"
    zh = "“{title_zh}”目前不接受场次报名：尚未开放，或已截止。请查看活动页上的报名时间。"
    en = "“{title_en}” takes no firms at the moment: not yet open, or closed. See its page for the dates."


class TurnsFull(Refusal):
    """Every turn of the livestream is taken."""

    status = 409
    code = "turns_full"
    zh = "“{title_zh}”的 {turns} 个场次已全部报满。有单位退出后可再来报名。"
    en = "All {turns} turns of “{title_en}” are taken. Look again later: a turn given back can be taken."


class TurnTakenAlready(Refusal):
    """A firm has one turn in a livestream."""

    status = 409
    code = "turn_taken_already"
    zh = "本单位在“{title_zh}”已有一个场次，每家单位一场直播只能有一个场次。"
    en = "Your firm has a turn in “{title_en}” already; each firm has one turn in a livestream."


class TurnTooLate(Refusal):
    """The time in which a turn can be given back is over."""

    status = 409
    code = "turn_too_late"
    zh = "取消截止时间 {until} 已过，不能在线取消。请直接联系办会机构。"
    en = "Turns could be given back until {until}. Please call the organizer."


def take_turn(
    session: Session, *, event_id: int, enterprise_id: int, minutes_wanted: int = USUAL_MINUTES
) -> StreamTurn:
    """Give a firm a free turn of an open livestream, and register it for the event if it is not yet.

    A firm of the event's city or circle is admitted at once, another one waits for the bureau's answer.
    Who was refused before waits too. Raises NotFound, NotVerified, TurnsNotOpen, TurnTakenAlready and
    TurnsFull.
    """
    require_verified(session, enterprise_id)
    livestream, event = _open_livestream(session, event_id)
    _register(session, event, enterprise_id)
    for _ in range(livestream.turns + 1):
        taken = dict(
            session.execute(
                select(StreamTurn.ordinal, StreamTurn.enterprise_id).where(StreamTurn.event_id == event_id)
            ).all()
        )
        if enterprise_id in taken.values():
            raise TurnTakenAlready(title_zh=event.title_zh, title_en=event.title_en)
        free = [ordinal for ordinal in range(1, livestream.turns + 1) if ordinal not in taken]
        if not free:
            break
        # firms that ask at once try different turns, so that few of them meet
        ordinal = free[enterprise_id % len(free)]
        if _taken(session, event_id, ordinal, enterprise_id, minutes_wanted):
            return session.get_one(StreamTurn, (event_id, ordinal))
    raise TurnsFull(title_zh=event.title_zh, title_en=event.title_en, turns=livestream.turns)


def give_turn_back(
    session: Session, *, event_id: int, enterprise_id: int, at: datetime | None = None
) -> None:
    """Free a firm's turn and withdraw its registration; raises NotFound and TurnTooLate."""
    turn = session.scalars(
        select(StreamTurn).where(StreamTurn.event_id == event_id, StreamTurn.enterprise_id == enterprise_id)
    ).one_or_none()
    livestream = session.get(Livestream, event_id)
    if turn is None or livestream is None:
        raise NotFound
    if livestream.cancel_until is not None and (at or now()) > livestream.cancel_until:
        raise TurnTooLate(until=f"{local(livestream.cancel_until):%Y-%m-%d %H:%M}")
    release_turn(session, event_id=event_id, enterprise_id=enterprise_id)


def release_turn(session: Session, *, event_id: int, enterprise_id: int) -> None:
    """Free a firm's turn without asking for the deadline: the bureau may always."""
    session.execute(
        delete(StreamTurn).where(StreamTurn.event_id == event_id, StreamTurn.enterprise_id == enterprise_id)
    )
    registration = session.get(Registration, (event_id, enterprise_id))
    if registration is not None:
        registration.state = RegistrationState.WITHDRAWN


def _open_livestream(session: Session, event_id: int) -> tuple[Livestream, Event]:
    """Return a livestream that takes firms; it stays as it is until the transaction ends.

    The shared lock lets firms in side by side and keeps the bureau from closing it or taking turns away
    meanwhile. SQLite has one writer anyway.
    """
    found = session.execute(
        select(Livestream, Event)
        .join(Event, Event.id == Livestream.event_id)
        .where(Livestream.event_id == event_id)
        .with_for_update(read=True, of=Livestream)
    ).one_or_none()
    if found is None:
        raise NotFound
    livestream, event = found
    if event.state is EventState.PLANNED:
        raise NotFound
    is_open = livestream.state == LivestreamState.OPEN and event.state == EventState.PUBLISHED
    if not is_open or livestream.closes_at is None or livestream.closes_at <= now():
        raise TurnsNotOpen(title_zh=event.title_zh, title_en=event.title_en)
    return livestream, event


def _register(session: Session, event: Event, enterprise_id: int) -> None:
    found = session.get(Registration, (event.id, enterprise_id))
    near = event.city_code in home_cities(session, enterprise_id=enterprise_id)
    state = RegistrationState.APPROVED if near else RegistrationState.REQUESTED
    if found is None:
        row = Registration(event_id=event.id, enterprise_id=enterprise_id, state=state, requested_at=now())
        try:
            with session.begin_nested():
                session.add(row)
        except IntegrityError:  # by a colleague, a moment ago
            return
    elif found.state in ANEW:
        refused = found.state is RegistrationState.REFUSED
        found.state, found.requested_at = RegistrationState.REQUESTED if refused else state, now()


def _taken(session: Session, event_id: int, ordinal: int, enterprise_id: int, minutes: int) -> bool:
    turn = StreamTurn(event_id=event_id, ordinal=ordinal, enterprise_id=enterprise_id, minutes_wanted=minutes)
    try:
        with session.begin_nested():
            session.add(turn)
    except IntegrityError:
        return False
    return True
