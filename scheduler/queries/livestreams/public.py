"""What the public sees of a livestream: the sheet in force, where to watch, each opening, and the replay."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.errors import NotFound
from scheduler.models import Enterprise, Livestream, StreamChannel
from scheduler.postings import WageUnit
from scheduler.queries.livestreams.firms import ShownOpening, openings_of
from scheduler.queries.livestreams.given import sheets_of
from scheduler.queries.public_rows import Named, VisibleEvent
from scheduler.runsheets import LineKind, from_rows, opening_starts, timed


@dataclass(frozen=True, slots=True)
class AirOpening:
    """An opening on air: the minute in which it is shown, its second in the recording."""

    id: int
    title_zh: str
    headcount: int
    wage_min: int | None
    wage_max: int | None
    wage_unit: WageUnit
    hours_zh: str | None
    insurance: str | None
    at: datetime
    replay_second: int | None


@dataclass(frozen=True, slots=True)
class AirLine:
    """A line of the sheet as the public sees it; the host's lines and breaks have no firm."""

    kind: LineKind
    at: datetime
    until: datetime
    firm_id: int | None
    firm_zh: str
    openings: tuple[AirOpening, ...]


@dataclass(frozen=True, slots=True)
class OnAir:
    """A livestream for everybody; `lines` is empty as long as no sheet is in force."""

    channel: Named | None
    platform: str
    stream_url: str | None
    replay_url: str | None
    lines: tuple[AirLine, ...]

    @property
    def indexed(self) -> tuple[AirLine, ...]:
        """Return the firms whose openings have a second in the recording."""
        return tuple(line for line in self.lines if any(it.replay_second is not None for it in line.openings))


def on_air(session: Session, *, event: VisibleEvent) -> OnAir | None:
    """Return a visible event's livestream; None where nothing of it is settled."""
    row = session.execute(
        select(Livestream, StreamChannel)
        .outerjoin(StreamChannel, StreamChannel.id == Livestream.channel_id)
        .where(Livestream.event_id == event.id)
    ).one_or_none()
    if row is None:
        return None
    stream, channel = row
    return OnAir(
        channel=Named(str(channel.id), channel.name_zh, channel.name_en) if channel else None,
        platform=channel.platform if channel else "",
        stream_url=stream.stream_url,
        replay_url=stream.replay_url,
        lines=_lines(session, event),
    )


def opening_on_air(session: Session, *, event: VisibleEvent, opening_id: int) -> tuple[AirLine, AirOpening]:
    """Return an opening that the sheet in force shows, with its firm's line; raises NotFound."""
    found = on_air(session, event=event)
    for line in found.lines if found else ():
        for opening in line.openings:
            if opening.id == opening_id:
                return line, opening
    raise NotFound


def _lines(session: Session, event: VisibleEvent) -> tuple[AirLine, ...]:
    sheet = sheets_of(session, event_id=event.id).published
    if sheet is None:
        return ()
    lines = timed(from_rows(sheet.lines))
    firms = [line.line.enterprise_id for line in lines if line.line.enterprise_id]
    query = select(Enterprise.id, Enterprise.name_zh).where(Enterprise.id.in_(firms))
    names = dict(session.execute(query).all())
    shown = openings_of(session, event_ids=[event.id])
    found = []
    for line in lines:
        firm = line.line.enterprise_id
        openings = shown[event.id, firm] if firm else ()
        starts = [_at(event, minute) for minute in opening_starts(line, len(openings))]
        found.append(
            AirLine(
                line.line.kind,
                _at(event, line.start),
                _at(event, line.end),
                firm,
                names.get(firm or 0, ""),
                tuple(_opening(one, at) for one, at in zip(openings, starts, strict=True)),
            )
        )
    return tuple(found)


def _opening(one: ShownOpening, at: datetime) -> AirOpening:
    opening = one.opening
    return AirOpening(
        opening.id,
        opening.title_zh,
        opening.headcount,
        opening.wage_min,
        opening.wage_max,
        opening.wage_unit,
        opening.hours_zh,
        opening.insurance,
        at,
        one.shown.replay_second,
    )


def _at(event: VisibleEvent, minute: int) -> datetime:
    return event.starts_at + timedelta(minutes=minute)
