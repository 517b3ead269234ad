"""Notes how far a matter of an event's safety has come: by whom, with what number, reason and paper."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from scheduler.errors import Refusal
from scheduler.models import Event, FilePurpose
from scheduler.models.safety import SafetyKind, SafetyState, SafetyStep
from scheduler.queries.safety import owners_of, steps_of
from scheduler.services.files import Given, store_file
from scheduler.services.meanwhile import begun, require_as_seen
from scheduler.times import local, now, today

WITH_REASON = {SafetyState.REFUSED, SafetyState.NOT_NEEDED}


class NotOwed(Refusal):
    """A matter that the event does not have."""

    status = 422
    code = "safety_not_owed"
    zh = "按预计人数和活动类型，本活动不涉及这一安全事项。"
    en = "By its kind and its head count this event does not owe that."


class ReasonMissing(Refusal):
    """A refusal or an exemption without a word why."""

    status = 422
    code = "safety_reason_missing"
    zh = "选择“未获批准”或“无需办理”时，请在备注中写明理由。"
    en = "Say why in the note where it was refused or is not needed."


class UnknownOwner(Refusal):
    """Somebody who is no member of the event's bureau."""

    status = 422
    code = "safety_owner_unknown"
    zh = "负责人须为本活动办会机构的在用账号。"
    en = "Whoever sees to it must be a member of the event's bureau with an account in use."


class DueTooLate(Refusal):
    """A day of its own behind the day of the event."""

    status = 422
    code = "safety_due_too_late"
    zh = "期限不能晚于活动举办日 {day}。"
    en = "It cannot be due after the day of the event, {day}."


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody says of a matter; `due_on` None keeps the rule's day."""

    state: SafetyState
    owner_id: int | None = None
    due_on: date | None = None
    number: str = ""
    note: str = ""


def note_step(  # noqa: PLR0913 — what, of which event, with which paper, by whom
    session: Session,
    *,
    event: Event,
    kind: SafetyKind,
    said: Said,
    paper: Given | None,
    by: int,
    seen: str | None = None,
) -> SafetyStep:
    """Note a matter's state, looking at the one `seen`; a paper takes the place of the one before.

    Raises NotOwed, ReasonMissing, DueTooLate, UnknownOwner, SavedMeanwhile, UnknownFile and UnfitFile.
    """
    if kind not in {line.kind for line in steps_of(session, event)}:
        raise NotOwed
    if said.state in WITH_REASON and not said.note:
        raise ReasonMissing
    held_on = local(event.starts_at).date() if event.starts_at else None
    if said.due_on and held_on and said.due_on > held_on:
        raise DueTooLate(day=held_on)
    if said.owner_id is not None and said.owner_id not in owners_of(session, event):
        raise UnknownOwner
    row, is_first = begun(session, SafetyStep, {"event_id": event.id, "kind": kind})
    require_as_seen(row, seen, is_new=is_first)
    is_new = row.state is not said.state
    row.state, row.owner_id, row.due_on = said.state, said.owner_id, said.due_on
    row.number, row.note, row.updated_at = said.number, said.note, now()
    if said.state is SafetyState.OPEN:
        row.done_on = row.done_by = row.handed_in_on = row.people = None
    elif is_new:
        row.done_on, row.done_by = today(), by
    if said.state is SafetyState.HANDED_IN:
        row.handed_in_on = row.done_on
    if paper is not None:
        purpose, bureau = FilePurpose.EVENT_DOCUMENT, event.organizer_id
        row.file_id = store_file(session, given=paper, purpose=purpose, organizer_id=bureau, created_by=by).id
    session.flush()
    return row
