"""Takes venues, crews and hosts for published events: the primary key of Hold is the only judge."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import delete, insert, select, tuple_
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from scheduler.errors import Refusal
from scheduler.models import Event, EventState, Hold, Parameter, Resource
from scheduler.queries.public_loading import chunks
from scheduler.services.livestreams import free_channels
from scheduler.services.publishing.changes import Change
from scheduler.times import local
from scheduler.translate.timetable import SHAPES, Timetable, make_timetable

CHECKED_AT_ONCE = 200


class SlotTaken(Refusal):
    """A venue, crew or host is held by another published event in one of the slots."""

    status = 409
    code = "slot_taken"
    zh = "场地、工作组或主持人在 {day} {period} 已被“{title_zh}”占用。请重新编排后再发布。"
    en = "A venue, crew or host is taken on {day} ({period}) by “{title_en}”. Plan again, then publish."


def move_holds(session: Session, changes: Sequence[Change]) -> None:
    """Free what the changed events held and take what they need now. Raises SlotTaken."""
    free_holds(session, [change.event_id for change in changes])
    staying = [change for change in changes if change.after.state == EventState.PUBLISHED]
    if not staying:
        return
    rows = list(_holds(staying, _timetable(session, staying)))
    try:
        with session.begin_nested():
            session.execute(insert(Hold), rows)
    except IntegrityError as error:
        raise _taken(session, rows) from error


def free_holds(session: Session, event_ids: Sequence[int]) -> None:
    """Give back all that the events held."""
    free_channels(session, event_ids)
    for chunk in chunks(event_ids):
        session.execute(delete(Hold).where(Hold.event_id.in_(chunk)))


def _timetable(session: Session, changes: Iterable[Change]) -> Timetable:
    rows = session.scalars(select(Parameter).where(Parameter.key.startswith("slot_")))
    days = [local(at).date() for one in changes for at in (one.after.starts_at, one.after.ends_at) if at]
    return make_timetable(days, {row.key: row.default for row in rows})


def _holds(changes: Iterable[Change], timetable: Timetable) -> Iterator[dict[str, Any]]:
    """Yield a hold per slot: venues from the first slot to the last without a break, people when on duty."""
    for change in changes:
        start = timetable.slot_of(change.after.starts_at) if change.after.starts_at else None
        if start is None:
            raise ValueError(f"event {change.event_id} starts at no slot: {change.after.starts_at}")
        shape = SHAPES[change.pattern]
        last = timetable.slots(start, takes=shape.takes, days=shape.days)[-1]
        for slot in range(start, last + 1):
            for venue in change.after.venues:
                yield _hold(change, Resource.VENUE, venue, *timetable.place(slot))
        for duty in change.after.duties:
            yield _hold(change, *duty)


def _hold(change: Change, resource: Resource, resource_id: int, day_on: date, period: str) -> dict[str, Any]:
    return {
        "resource": resource,
        "resource_id": resource_id,
        "day_on": day_on,
        "period": period,
        "event_id": change.event_id,
    }


def _taken(session: Session, rows: Sequence[dict[str, Any]]) -> SlotTaken:
    """Name the first slot that somebody else holds."""
    wanted = tuple_(Hold.resource, Hold.resource_id, Hold.day_on, Hold.period)
    keys = [(row["resource"], row["resource_id"], row["day_on"], row["period"]) for row in rows]
    for first in range(0, len(keys), CHECKED_AT_ONCE):
        found = session.execute(
            select(Hold.day_on, Hold.period, Event.title_zh, Event.title_en)
            .join(Event, Event.id == Hold.event_id)
            .where(wanted.in_(keys[first : first + CHECKED_AT_ONCE]))
        ).first()
        if found:
            day, period, title_zh, title_en = found
            return SlotTaken(day=day, period=period, title_zh=title_zh, title_en=title_en)
    return SlotTaken(day="?", period="?", title_zh="?", title_en="?")
