"""Firms take turns in a livestream and give them back; the last turn goes to one firm, whoever asks."""

from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, exists, select
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
    Waiting,
    WaitingState,
)
from scheduler.queries.circles import home_cities
from scheduler.services import waiting_lists
from scheduler.services.livestreams.offering import (
    TURN,
    free_turns,
    hold_alone,
    hold_beside,
    promote_turns,
    turns_of,
)
from scheduler.services.verifying import require_verified
from scheduler.services.waiting_lists import OfferRanOut, WaitingEnded
from scheduler.times import now, to_the_minute

USUAL_MINUTES = 20
OFFERED = Waiting.state == WaitingState.OFFERED
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
    zh = "“{title_zh}”的 {turns} 个场次已全部报满。可登记候补：有单位退出时按登记先后提供。"
    en = "All {turns} turns of “{title_en}” are taken. Join the waiting list: it is offered those given back."


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


class TurnsAreFree(Refusal):
    """Nobody waits where a turn can be taken."""

    status = 409
    code = "turns_are_free"
    zh = "“{title_zh}”还有空余场次，可以直接报名，不必候补。"
    en = "“{title_en}” has turns left: take one, there is no need to wait."


def take_turn(
    session: Session, *, event_id: int, enterprise_id: int, minutes_wanted: int = USUAL_MINUTES
) -> StreamTurn:
    """Give a firm the turn that it was offered, else a free one of an open livestream, and register it for
    the event if it is not yet.

    A firm of the event's city or circle is admitted at once, another one waits for the bureau's answer.
    Who was refused before waits too. Raises NotFound, NotVerified, TurnsNotOpen, TurnTakenAlready,
    OfferRanOut, and TurnsFull also where others wait for what is free.
    """
    require_verified(session, enterprise_id)
    livestream, event = _published(session, event_id)
    offered = select(Waiting).where(own_waiting(event_id, enterprise_id), OFFERED)
    offer = session.scalars(offered).one_or_none()
    if offer is None:
        _require_open(livestream, event)
    _register(session, event, enterprise_id)
    if offer is not None:
        if not waiting_lists.accept(session, waiting_id=offer.id):
            raise OfferRanOut
        if not _taken(session, event_id, offer.ordinal or 0, enterprise_id, minutes_wanted):
            raise TurnTakenAlready(**event.titles)
        return session.get_one(StreamTurn, (event_id, offer.ordinal))
    for _ in range(livestream.turns + 1):
        if enterprise_id in turns_of(session, event_id).values():
            raise TurnTakenAlready(**event.titles)
        free = free_turns(session, livestream)
        if not free or _others_wait(session, event_id, enterprise_id):
            break
        # firms that ask at once try different turns, so that few of them meet
        ordinal = free[enterprise_id % len(free)]
        if _taken(session, event_id, ordinal, enterprise_id, minutes_wanted):
            waiting_lists.withdraw(session, own_waiting(event_id, enterprise_id))
            return session.get_one(StreamTurn, (event_id, ordinal))
    raise TurnsFull(**event.titles, turns=livestream.turns)


def join_turn_list(session: Session, *, event_id: int, enterprise_id: int) -> Waiting:
    """Let a firm wait for a turn of an open livestream that has none left.

    Raises NotFound, NotVerified, TurnsNotOpen, TurnTakenAlready, TurnsAreFree and WaitingAlready.
    """
    require_verified(session, enterprise_id)
    livestream, event = _published(session, event_id)
    _require_open(livestream, event)
    waiting = Waiting(event_id=event_id, wanted=TURN, enterprise_id=enterprise_id, state=WaitingState.WAITING)
    if session.scalar(select(exists().where(*_own_turn(event_id, enterprise_id)))):
        raise TurnTakenAlready(**event.titles)
    waiting_lists.add(session, waiting, titles=event.titles)
    if free_turns(session, livestream) and not _others_wait(session, event_id, enterprise_id):
        raise TurnsAreFree(**event.titles)
    return waiting


def leave_turn_list(session: Session, *, event_id: int, enterprise_id: int) -> None:
    """Leave a livestream's list, or decline its offer, which goes to the next; raises WaitingEnded."""
    hold_alone(session, event_id=event_id)
    if not waiting_lists.withdraw(session, own_waiting(event_id, enterprise_id)):
        raise WaitingEnded
    promote_turns(session, event_id=event_id)


def give_turn_back(
    session: Session, *, event_id: int, enterprise_id: int, at: datetime | None = None
) -> None:
    """Free a firm's turn and withdraw its registration; raises NotFound and TurnTooLate."""
    turn = session.scalars(select(StreamTurn).where(*_own_turn(event_id, enterprise_id))).one_or_none()
    livestream = session.get(Livestream, event_id)
    if turn is None or livestream is None:
        raise NotFound
    if livestream.cancel_until is not None and (at or now()) > livestream.cancel_until:
        raise TurnTooLate(until=to_the_minute(livestream.cancel_until))
    release_turn(session, event_id=event_id, enterprise_id=enterprise_id)


def release_turn(session: Session, *, event_id: int, enterprise_id: int) -> None:
    """Free a firm's turn without asking for the deadline: the bureau may always.

    The turn is offered to who waits; the firm itself waits for none any more.
    """
    if hold_alone(session, event_id=event_id) is None:
        return
    session.execute(delete(StreamTurn).where(*_own_turn(event_id, enterprise_id)))
    registration = session.get(Registration, (event_id, enterprise_id))
    if registration is not None:
        registration.state = RegistrationState.WITHDRAWN
    waiting_lists.withdraw(session, own_waiting(event_id, enterprise_id))
    promote_turns(session, event_id=event_id)


def own_waiting(event_id: int, enterprise_id: int) -> ColumnElement[bool]:
    """Return the condition for a firm's waiting for a turn of a livestream."""
    return and_(Waiting.event_id == event_id, Waiting.wanted == TURN, Waiting.enterprise_id == enterprise_id)


def _others_wait(session: Session, event_id: int, enterprise_id: int) -> bool:
    return waiting_lists.somebody_waits(session, event_id=event_id, wanted=TURN, but=enterprise_id)


def _own_turn(event_id: int, enterprise_id: int) -> tuple[ColumnElement[bool], ...]:
    return StreamTurn.event_id == event_id, StreamTurn.enterprise_id == enterprise_id


def _published(session: Session, event_id: int) -> tuple[Livestream, Event]:
    """Return a livestream of a public event; it stays as it is until the transaction ends."""
    found = hold_beside(session, event_id=event_id)
    if found is None or found[1].state is EventState.PLANNED:
        raise NotFound
    if found[1].state is not EventState.PUBLISHED:
        raise TurnsNotOpen(**found[1].titles)
    return found


def _require_open(livestream: Livestream, event: Event) -> None:
    is_open = livestream.state == LivestreamState.OPEN
    if not is_open or livestream.closes_at is None or livestream.closes_at <= now():
        raise TurnsNotOpen(**event.titles)


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
