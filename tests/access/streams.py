"""Rows of livestreams for the access matrix: one with its channel, a firm's turn and a run sheet."""

from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.models import (
    Enterprise,
    Event,
    Insurance,
    Livestream,
    LivestreamState,
    Opening,
    Platform,
    RunSheet,
    SheetState,
    Verification,
)
from scheduler.runsheets import Line, LineKind, to_rows
from scheduler.services import livestreams
from tests.scheduler.livestreams.rows import make_livestream
from tests.support.schedule import LIXIA

PUBLISHED_AT = datetime(2026, 11, 20, 2, tzinfo=UTC)


def add_stream(session: Session, number: int, code: str, city: str, firm: Enterprise) -> dict[str, str]:
    """Add a livestream of a division with everything on it that an address can name."""
    event = make_livestream(session, number, state=LivestreamState.OPEN)
    channel = livestreams.add_channel(
        session,
        city_code=city if city.endswith("00") else f"{LIXIA[:4]}00",
        platform=Platform.DOUYIN,
        name_zh=f"直播间{number}",
        name_en="",
        is_verified=True,
    )
    take_part(session, event, firm.id)
    move(session, event, code, city)
    opening = complete(session, event, firm)
    session.get_one(Livestream, event.id).replay_url = "https://www.bilibili.com/video/1"
    lines = to_rows([Line(LineKind.TURN, 20, enterprise_id=firm.id)])
    old = RunSheet(
        event_id=event.id,
        version=1,
        state=SheetState.PUBLISHED,
        lines=lines,
        published_at=PUBLISHED_AT,
    )
    session.add_all([old, RunSheet(event_id=event.id, version=2, state=SheetState.DRAFT, lines=lines)])
    session.flush()
    return {
        "stream": str(event.id),
        "stream_uid": event.uid,
        "stream_firm": str(firm.id),
        "channel": str(channel.id),
        "sheet": str(old.id),
        "shown": str(opening),
    }


def take_part(session: Session, event: Event, firm_id: int) -> int:
    """Give a firm a turn; return the event's number."""
    livestreams.take_turn(session, event_id=event.id, enterprise_id=firm_id)
    return event.id


def move(session: Session, event: Event, code: str, city: str) -> None:
    """Make a livestream another division's."""
    event.division_code, event.city_code = code, city
    session.flush()


def complete(session: Session, event: Event, firm: Enterprise) -> int:
    """Complete a firm's checklist; return the opening that it shows."""
    firm.verification = Verification.VERIFIED
    opening = session.scalars(select(Opening).where(Opening.enterprise_id == firm.id)).first()
    assert opening is not None
    opening.hours_zh, opening.insurance = "8:00–17:00", Insurance.FIVE
    named = {"event_id": event.id, "enterprise_id": firm.id}
    livestreams.choose_openings(session, **named, opening_ids=[opening.id])
    livestreams.present_firm(session, **named, about_zh="生产零部件", questions_zh="")
    livestreams.accept_rules(session, **named)
    return opening.id
