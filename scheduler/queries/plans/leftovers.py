"""The events a plan left out, each with the rule in its way."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.models import Division, Event, EventKind, LeftOut


@dataclass(frozen=True, slots=True)
class LeftOutLine:
    """An event without a place: the rule in the way, and who or what exactly in both languages."""

    event_id: int
    kind: EventKind
    title_zh: str
    title_en: str
    city_zh: str
    city_en: str
    priority: int
    window_first_on: date
    window_last_on: date
    reason: str
    zh: str
    en: str


def left_out(session: Session, *, plan_id: int) -> list[LeftOutLine]:
    """Return the events a plan could not place, the most important first."""
    rows = (
        select(LeftOut, Event, Division.name_zh, Division.name_en)
        .join(Event, Event.id == LeftOut.event_id)
        .join(Division, Division.code == Event.city_code)
        .where(LeftOut.plan_id == plan_id)
        .order_by(Event.priority.desc(), Event.id)
    )
    return [
        LeftOutLine(
            event_id=event.id,
            kind=event.kind,
            title_zh=event.title_zh,
            title_en=event.title_en,
            city_zh=city_zh,
            city_en=city_en,
            priority=event.priority,
            window_first_on=event.window_first_on,
            window_last_on=event.window_last_on,
            reason=out.reason,
            zh=out.facts["zh"],
            en=out.facts["en"],
        )
        for out, event, city_zh, city_en in session.execute(rows)
    ]
