"""A run sheet is put in force: nobody's fault left in it, its hosts held, and every firm told its minute."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import delete, insert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from scheduler.errors import Refusal
from scheduler.models import Event, Hold, Resource, RunSheet, SheetState
from scheduler.queries.livestreams.given import sheets_of, slots_of
from scheduler.queries.livestreams.minutes import minutes_of
from scheduler.runsheets import LineKind, from_rows
from scheduler.services.livestreams.sheets import SheetChanged, judged
from scheduler.services.telling import tell
from scheduler.times import now

LETTER = "stream_minute"


class NoDraftSheet(Refusal):
    """There is no draft to publish."""

    status = 409
    code = "no_draft_sheet"
    zh = "没有待发布的流程单。请先排定流程单，或在现行版本上修改。"
    en = "There is no draft of a run sheet. Make one, or change the one in force."


class SheetUnfit(Refusal):
    """A run sheet with faults that keep it from being published."""

    status = 409
    code = "sheet_unfit"
    zh = "流程单还有 {many} 处问题，不能发布。第一处：{first_zh}"
    en = "The run sheet has {many} faults and cannot be published. The first: {first_en}"


class HostBusy(Refusal):
    """A host who takes over is in another livestream at that time."""

    status = 409
    code = "host_busy"
    zh = "流程单中接替的主持人在这一时段已有其他直播。请换人后再发布。"
    en = "A host who takes over is in another livestream at that time. Choose another one, then publish."


def publish_sheet(session: Session, *, event_id: int, revision: int, published_by: int | None) -> RunSheet:
    """Put the draft in force, and write to the firms whose minute it sets or changes.

    Raises NotFound, NoDraftSheet, SheetChanged, SheetUnfit and HostBusy.
    """
    found, known = judged(session, event_id=event_id), sheets_of(session, event_id=event_id)
    draft, before = known.draft, known.published
    if draft is None:
        raise NoDraftSheet
    if draft.revision != revision:
        raise SheetChanged
    lines = from_rows(draft.lines)
    faults = [fault for fault in found.faults(lines) if fault.blocks]
    if faults:
        raise SheetUnfit(many=len(faults), first_zh=faults[0].text("zh"), first_en=faults[0].text("en"))
    if before is not None:
        before.state = SheetState.REPLACED
        session.flush()
    draft.state, draft.published_at, draft.published_by = SheetState.PUBLISHED, now(), published_by
    draft.revision, draft.undo = draft.revision + 1, []
    session.flush()
    if not hold_hosts(session, event=found.event, sheet=draft):
        raise HostBusy
    told = minutes_of(before, found.event)
    changed = {firm: at for firm, at in minutes_of(draft, found.event).items() if told.get(firm) != at}
    tell_minutes(session, sheet=draft, minutes=changed)
    return draft


def hold_hosts(session: Session, *, event: Event, sheet: RunSheet) -> bool:
    """Take the hosts who take over, beside the event's own; tell whether all of them were free."""
    hosts = {line.host_id for line in from_rows(sheet.lines) if line.kind is LineKind.HOST}
    hosts -= {event.host_id}
    extra = Hold.resource_id != (event.host_id or 0)
    session.execute(delete(Hold).where(Hold.event_id == event.id, Hold.resource == Resource.HOST, extra))
    slots = session.execute(slots_of(event.id)).all()
    rows = [
        {
            "resource": Resource.HOST,
            "resource_id": host,
            "day_on": day_on,
            "period": period,
            "event_id": event.id,
        }
        for host in sorted(host for host in hosts if host)
        for day_on, period in slots
    ]
    try:
        with session.begin_nested():
            if rows:
                session.execute(insert(Hold), rows)
    except IntegrityError:
        return False
    return True


def tell_minutes(session: Session, *, sheet: RunSheet, minutes: Mapping[int, datetime]) -> None:
    """Write to the members of each firm when it is on air; the letter says what holds when it is sent."""
    for firm, at in sorted(minutes.items()):
        cause = f"sheet {sheet.id} firm {firm} {at:%Y%m%d%H%M}"
        payload = {"event": sheet.event_id, "enterprise": firm, "at": at.isoformat()}
        tell(session, LETTER, cause, (sheet.event_id, firm), payload)
