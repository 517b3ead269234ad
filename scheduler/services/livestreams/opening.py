"""A bureau opens a livestream to firms: how many turns there are, and the days by which they are settled."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from scheduler.database import changed
from scheduler.errors import NotFound, Refusal
from scheduler.models import Event, EventKind, EventState, Livestream, LivestreamState, StreamTurn, Waiting
from scheduler.queries.livestreams.given import length_minutes
from scheduler.queries.livestreams.rules import Terms, terms_for
from scheduler.queries.working_days import business_ends_before
from scheduler.services import waiting_lists
from scheduler.services.livestreams.offering import TURN, promote_turns, turns_of
from scheduler.times import now

MOST_TURNS = 20


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
    """Open a published livestream to firms, or change how; what is not said follows the bureau's rules.

    Turns that firms have or were offered are not taken away; further ones go to who waits. Raises NotFound,
    NotALivestream and BadTurns.
    """
    event = require_to_come(session, event_id)
    livestream, terms = livestream_of(session, event), terms_for(session, division_code=event.division_code)
    waiting_lists.run_out(session, event_id=event_id, wanted=TURN)
    most, taken = most_turns(event, terms), len(turns_of(session, event_id))
    wanted = turns or max(taken, min(most, event.booths))
    starts_at = event.starts_at or now()
    closes_at = closes_at or business_ends_before(session, starts_at, terms.closes_lead_days)
    cancel_until = cancel_until or business_ends_before(session, starts_at, terms.cancel_lead_days)
    too_late = max(closes_at, cancel_until) > starts_at
    if too_late or not max(1, taken) <= wanted <= max(most, taken):
        raise BadTurns(least=max(1, taken), most=max(most, taken))
    _close_up(session, event_id, wanted)
    livestream.turns, livestream.state = wanted, LivestreamState.OPEN
    livestream.closes_at, livestream.cancel_until = closes_at, cancel_until
    session.flush()
    promote_turns(session, event_id=event_id)
    return livestream


def close_turns(session: Session, *, event_id: int) -> None:
    """Take no further firms; raises NotFound and NotALivestream."""
    livestream_of(session, require_to_come(session, event_id)).state = LivestreamState.CLOSED


def require_to_come(session: Session, event_id: int) -> Event:
    """Return a livestream that is public and to come; raises NotFound and NotALivestream."""
    event = session.get(Event, event_id)
    if event is None:
        raise NotFound
    to_come = event.starts_at is not None and event.starts_at > now()
    if event.kind is not EventKind.LIVESTREAM or event.state is not EventState.PUBLISHED or not to_come:
        raise NotALivestream(**event.titles)
    return event


def livestream_of(session: Session, event: Event) -> Livestream:
    """Return an event's livestream, made when it is missing, held against who takes turns meanwhile."""
    if event.kind is not EventKind.LIVESTREAM:
        raise NotALivestream(**event.titles)
    found = _locked(session, event.id)
    if found is not None:
        return found
    terms = terms_for(session, division_code=event.division_code)
    made = Livestream(
        event_id=event.id,
        state=LivestreamState.PREPARING,
        turns=max(1, min(most_turns(event, terms), event.booths)),
        lead_minutes=terms.lead_minutes,
    )
    try:
        with session.begin_nested():
            session.add(made)
    except IntegrityError:  # a colleague made it a moment ago
        return _locked(session, event.id) or made
    return made


def _locked(session: Session, event_id: int) -> Livestream | None:
    return session.scalars(
        select(Livestream).where(Livestream.event_id == event_id).with_for_update()
    ).one_or_none()


def most_turns(event: Event, terms: Terms) -> int:
    """Return how many of the shortest turns fit into the livestream's time after the host's beginning."""
    minutes = length_minutes(event) - terms.lead_minutes
    return max(1, min(MOST_TURNS, minutes // terms.least_minutes))


def _close_up(session: Session, event_id: int, turns: int) -> None:
    """Give firms whose number lies beyond the last turn a free one below; nobody takes one meanwhile."""
    held = turns_of(session, event_id)
    free = (ordinal for ordinal in range(1, turns + 1) if ordinal not in held)
    for ordinal in sorted(ordinal for ordinal in held if ordinal > turns):
        below = next(free)
        for row in (StreamTurn, Waiting):
            changed(
                session,
                update(row).where(row.event_id == event_id, row.ordinal == ordinal).values(ordinal=below),
            )
    session.expire_all()
