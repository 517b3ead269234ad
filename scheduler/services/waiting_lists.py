"""The waiting list (候补), whatever is waited for: joined once, served in order, offered once and for a time.

Booths, turns of livestreams and seekers' places share all of this; what each adds is how it keeps what it
offers. Every step is one conditional statement, so an offer is accepted, declined or lapsed, and only one
of them.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from scheduler.database import changed
from scheduler.errors import Refusal
from scheduler.models import Event, EventState, PlaceCount, Waiting, WaitingFor, WaitingState
from scheduler.models.waiting import ON_LIST
from scheduler.times import now

LONG, SHORT, SHORTEST = timedelta(hours=24), timedelta(hours=4), timedelta(minutes=30)
FAR, NEAR = timedelta(hours=48), timedelta(hours=6)
LEAST = timedelta(minutes=60)
"""An offer leaves at least so much of a fair, or so much before a livestream begins."""


class WaitingAlready(Refusal):
    """One stands on a list once."""

    status = 409
    code = "waiting_already"
    zh = "已在“{title_zh}”的候补名单中，不必重复登记。"
    en = "You are on the waiting list of “{title_en}” already."


class WaitingEnded(Refusal):
    """A place on a waiting list that is no longer there."""

    status = 409
    code = "waiting_ended"
    zh = "这次候补已经结束，不能再操作。"
    en = "This place on the waiting list has ended; nothing can be done with it."


class OfferRanOut(Refusal):
    """An offer of the waiting list that was not accepted in time."""

    status = 409
    code = "offer_ran_out"
    zh = "候补名额的确认时间已过，已依次提供给下一位。如仍需要，可重新登记候补。"
    en = "The time to accept this offer is over; the next in line is asked. You can join the list again."


def offer_until(starts_at: datetime, last_at: datetime) -> datetime:
    """Return until when an offer stands that is made now: the nearer the event, the shorter."""
    ahead = starts_at - now()
    length = LONG if ahead > FAR else SHORT if ahead > NEAR else SHORTEST
    return min(now() + length, last_at)


def last_offer_at(ends_at: datetime | None) -> datetime | None:
    """Return when the waiting list of an event is closed that ends then: an hour of it must be left."""
    return None if ends_at is None else ends_at - LEAST


def add(session: Session, waiting: Waiting, *, titles: Mapping[str, str]) -> Waiting:
    """Put somebody at the end of a list; raises WaitingAlready."""
    try:
        with session.begin_nested():
            session.add(waiting)
    except IntegrityError as error:
        raise WaitingAlready(**titles) from error
    return waiting


def in_line(session: Session, *, event_id: int, wanted: WaitingFor) -> Sequence[Waiting]:
    """Return who waits, first come first."""
    question = select(Waiting).where(waits(event_id, wanted)).order_by(Waiting.id)
    return session.scalars(question.execution_options(populate_existing=True)).all()


def waits(event_id: Any, wanted: WaitingFor) -> ColumnElement[bool]:  # noqa: ANN401 — a number or a column
    """Return the condition for those who wait and were offered nothing yet."""
    return and_(Waiting.event_id == event_id, Waiting.wanted == wanted, Waiting.state == WaitingState.WAITING)


def offered(event_id: Any, wanted: WaitingFor) -> ColumnElement[bool]:  # noqa: ANN401
    """Return the condition for those who have an offer, whether or not its time is over."""
    return and_(Waiting.event_id == event_id, Waiting.wanted == wanted, Waiting.state == WaitingState.OFFERED)


def somebody_waits(session: Session, *, event_id: int, wanted: WaitingFor, but: int | None = None) -> bool:
    """Tell whether somebody waits, beside one enterprise."""
    others = waits(event_id, wanted)
    if but is not None:
        others &= Waiting.enterprise_id != but
    return bool(session.scalar(select(exists().where(others))))


def mark(session: Session, waiting: Waiting, *, until: datetime, ordinal: int | None = None) -> None:
    """Turn a waiting into an offer, once; raises WaitingEnded."""
    offering = (
        update(Waiting)
        .where(Waiting.id == waiting.id, Waiting.state == WaitingState.WAITING)
        .values(state=WaitingState.OFFERED, offered_at=now(), offer_until=until, ordinal=ordinal)
    )
    if not changed(session, offering):
        raise WaitingEnded


def accept(session: Session, *, waiting_id: int) -> bool:
    """Accept an offer whose time is not over; tell whether it was this that ended it."""
    in_time = (Waiting.state == WaitingState.OFFERED) & (Waiting.offer_until > now())
    return _end(session, (Waiting.id == waiting_id) & in_time, WaitingState.ACCEPTED) == 1


def withdraw(session: Session, which: ColumnElement[bool], *states: WaitingState) -> int:
    """Take off who stands in one of the states (none named: who waits or has an offer); returns how many."""
    return _end(session, which & Waiting.state.in_(states or ON_LIST), WaitingState.WITHDRAWN)


def leave(session: Session, *, waiting_id: int) -> WaitingState:
    """Leave a list, or decline an offer; returns which of the two it was. Raises WaitingEnded."""
    for state in ON_LIST:
        if withdraw(session, Waiting.id == waiting_id, state):
            return state
    raise WaitingEnded


def close_offer(session: Session, which: ColumnElement[bool], *, becomes: WaitingState) -> int:
    """Let offers end that are kept elsewhere, as a booth's booking is; returns how many it were."""
    return _end(session, which & (Waiting.state == WaitingState.OFFERED), becomes)


def run_out(session: Session, *, event_id: int, wanted: WaitingFor) -> int:
    """End the offers whose time is over; returns how many it were."""
    over = Waiting.offer_until <= now()
    return _end(session, offered(event_id, wanted) & over, WaitingState.LAPSED)


def end_lists(session: Session, event_ids: Sequence[int]) -> None:
    """End the lists of those among some events that were cancelled; places kept for offers are given back."""
    gone = select(Event.id).where(Event.id.in_(event_ids), Event.state == EventState.CANCELLED)
    kept = (
        select(func.sum(Waiting.quantity)).where(offered(PlaceCount.event_id, WaitingFor.PLACE))
    ).scalar_subquery()
    freeing = (
        update(PlaceCount)
        .where(PlaceCount.event_id.in_(gone), exists().where(offered(PlaceCount.event_id, WaitingFor.PLACE)))
        .values(taken=PlaceCount.taken - kept)
    )
    changed(session, freeing)
    withdraw(session, Waiting.event_id.in_(gone))


def _end(session: Session, which: ColumnElement[bool], state: WaitingState) -> int:
    ending = update(Waiting).where(which).values(state=state, offer_until=None, ended_at=now())
    return changed(session, ending)
