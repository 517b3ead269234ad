"""Livestreams as an enterprise sees them: its own turns, and those that it could take."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session, aliased

from scheduler.errors import NotFound
from scheduler.models import (
    Division,
    Event,
    EventState,
    EventVenue,
    Livestream,
    LivestreamState,
    Opening,
    RunSheet,
    SheetState,
    StreamTurn,
    Venue,
    Waiting,
    WaitingFor,
    WaitingState,
)
from scheduler.queries.actors import Employer
from scheduler.queries.circles import home_cities
from scheduler.queries.livestreams.firms import ShownOpening, TurnFirm, firms_of
from scheduler.queries.livestreams.minutes import turns_in
from scheduler.queries.public_rows import Named
from scheduler.queries.scope import scoped
from scheduler.queries.waiting import Place, open_places
from scheduler.runsheets import Timed
from scheduler.times import now

MOST_SHOWN = 100


@dataclass(frozen=True, slots=True)
class MyTurn:
    """A livestream in which the enterprise has a turn, with its line of the sheet in force."""

    event: Event
    livestream: Livestream
    city: Named
    line: Timed | None


@dataclass(frozen=True, slots=True)
class OpenStream:
    """A livestream that takes firms: how many turns are left to be taken, and the enterprise's place on its
    list; nothing is left where others wait for it.
    """

    event: Event
    livestream: Livestream
    city: Named
    left: int
    place: Place | None
    near: bool


@dataclass(frozen=True, slots=True)
class FirmView:
    """The enterprise's turn with all that it can still change."""

    event: Event
    livestream: Livestream
    firm: TurnFirm
    line: Timed | None
    openings: tuple[Opening, ...]
    venues: tuple[Venue, ...]
    can_change: bool
    can_leave: bool

    @property
    def known(self) -> tuple[ShownOpening, ...]:
        """Return the openings of which the bureau has said how often they were seen or asked for."""
        return tuple(
            line
            for line in self.firm.openings
            if line.shown.views is not None or line.shown.resumes is not None
        )


def my_turns(session: Session, *, actor: Employer) -> tuple[MyTurn, ...]:
    """Return the enterprise's turns, the next one first, those that are over last."""
    rows = session.execute(
        select(Event, Livestream, Division)
        .join(Livestream, Livestream.event_id == Event.id)
        .join(StreamTurn, StreamTurn.event_id == Event.id)
        .join(Division, Division.code == Event.city_code)
        .where(scoped(StreamTurn, actor))
        .order_by(Event.starts_at < now(), Event.starts_at)
        .limit(MOST_SHOWN)
    ).all()
    sheets = _sheets(session, [event.id for event, _, _ in rows])
    return tuple(
        MyTurn(event, stream, _named(city), turns_in(sheets.get(event.id)).get(actor.enterprise_id))
        for event, stream, city in rows
    )


def open_streams(session: Session, *, actor: Employer) -> tuple[OpenStream, ...]:
    """Return the livestreams that take firms, or on whose list the enterprise is: near ones first, then
    by time.
    """
    city = aliased(Division)
    near = Event.city_code.in_(home_cities(session, enterprise_id=actor.enterprise_id))
    mine = exists().where(StreamTurn.event_id == Event.id, scoped(StreamTurn, actor))
    taken = select(func.count()).where(StreamTurn.event_id == Event.id).correlate(Event).scalar_subquery()
    listed = (Waiting.event_id == Event.id, Waiting.wanted == WaitingFor.STREAM_TURN)
    kept = select(func.count()).where(*listed, Waiting.state == WaitingState.OFFERED).scalar_subquery()
    waited = exists().where(*listed, Waiting.state == WaitingState.WAITING, ~scoped(Waiting, actor))
    places = open_places(session, actor=actor, wanted=WaitingFor.STREAM_TURN)
    rows = session.execute(
        select(Event, Livestream, city, taken + kept, waited, near)
        .join(Livestream, Livestream.event_id == Event.id)
        .join(city, city.code == Event.city_code)
        .where(
            ((Livestream.state == LivestreamState.OPEN) & (Livestream.closes_at > now()))
            | Event.id.in_(places),
            Event.state == EventState.PUBLISHED,
            ~mine,
        )
        .order_by(near.desc(), Event.starts_at, Event.id)
        .limit(MOST_SHOWN)
    )
    return tuple(
        OpenStream(
            event,
            stream,
            _named(where),
            0 if others else max(0, stream.turns - int(count)),
            places.get(event.id),
            bool(is_near),
        )
        for event, stream, where, count, others, is_near in rows
    )


def firm_view(session: Session, *, event_id: int, actor: Employer) -> FirmView:
    """Return the enterprise's turn in a livestream; raises NotFound where it has none."""
    row = session.execute(
        select(Event, Livestream)
        .join(Livestream, Livestream.event_id == Event.id)
        .join(StreamTurn, StreamTurn.event_id == Event.id)
        .where(Event.id == event_id, scoped(StreamTurn, actor))
    ).one_or_none()
    if row is None:
        raise NotFound
    event, stream = row
    (firm,) = firms_of(session, event_id=event_id, enterprise_id=actor.enterprise_id)
    sheet = _sheets(session, [event_id]).get(event_id)
    shown = [line.opening.id for line in firm.openings]
    usable = Opening.withdrawn_at.is_(None) | Opening.id.in_(shown)
    openings = session.scalars(
        select(Opening).where(scoped(Opening, actor), usable).order_by(Opening.id)
    ).all()
    venues = session.scalars(
        select(Venue).join(EventVenue, EventVenue.venue_id == Venue.id).where(EventVenue.event_id == event_id)
    ).all()
    to_come = event.starts_at is not None and event.starts_at > now()
    return FirmView(
        event=event,
        livestream=stream,
        firm=firm,
        line=turns_in(sheet).get(actor.enterprise_id),
        openings=tuple(openings),
        venues=tuple(venues),
        can_change=to_come and event.state is EventState.PUBLISHED,
        can_leave=to_come and (stream.cancel_until is None or stream.cancel_until >= now()),
    )


def _sheets(session: Session, ids: Sequence[int]) -> dict[int, RunSheet]:
    query = select(RunSheet).where(RunSheet.event_id.in_(ids), RunSheet.state == SheetState.PUBLISHED)
    return {sheet.event_id: sheet for sheet in session.scalars(query)}


def _named(division: Division) -> Named:
    return Named(division.code, division.name_zh, division.name_en)
