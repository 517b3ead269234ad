"""Run sheets are made, changed by hand, taken back and published; a published one is never changed."""

from dataclasses import dataclass

from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from scheduler.database import changed
from scheduler.errors import NotFound, Refusal
from scheduler.models import Event, Livestream, RunSheet, SheetState
from scheduler.queries.livestreams.firms import TurnFirm, firms_of
from scheduler.queries.livestreams.given import judged_by, length_minutes, sheets_of
from scheduler.queries.livestreams.rules import terms_for
from scheduler.runsheets import (
    Conflict,
    Edit,
    Given,
    LineKind,
    Lines,
    UnfitEdit,
    conflicts,
    edited,
    from_rows,
    proposed,
    to_rows,
)
from scheduler.runsheets.edits import LONGEST_LINE, MOST_LINES
from scheduler.times import now

MOST_UNDO = 40


class SheetChanged(Refusal):
    """Somebody else has changed the run sheet since the page was loaded."""

    status = 409
    code = "sheet_changed"
    zh = "流程单刚刚被别人修改，您的这一步没有保存。显示的已是最新的流程单，请在它上面再改一次。"
    en = "Somebody has just changed the run sheet; your step was not saved. Do it again on the newest one."


class NoEditToUndo(Refusal):
    """There is no earlier state of the draft."""

    status = 409
    code = "no_edit_to_undo"
    zh = "没有可以撤销的修改。"
    en = "There is nothing to undo."


@dataclass(frozen=True, slots=True)
class Judged:
    """A livestream with its firms, by what its sheets are judged."""

    event: Event
    livestream: Livestream
    firms: tuple[TurnFirm, ...]
    given: Given

    def faults(self, lines: Lines) -> tuple[Conflict, ...]:
        """Return what is wrong with a sheet."""
        return conflicts(lines, self.given)


def judged(session: Session, *, event_id: int) -> Judged:
    """Return what a run sheet of the livestream is judged by; raises NotFound."""
    event, livestream = session.get(Event, event_id), session.get(Livestream, event_id)
    if event is None or livestream is None:
        raise NotFound
    firms = firms_of(session, event_id=event_id)
    terms = terms_for(session, division_code=event.division_code)
    return Judged(event, livestream, firms, judged_by(session, event, firms=firms, terms=terms))


def draft_sheet(session: Session, *, event_id: int, lines: Lines | None = None) -> RunSheet:
    """Return the livestream's draft; it begins with `lines`, else as the sheet in force, else as proposed.

    Lines that are given replace what the draft, or else the sheet in force, holds; undoing gives it back.
    """
    known = sheets_of(session, event_id=event_id)
    if known.draft is not None:
        if lines is not None:
            _write(session, known.draft, to_rows(lines), by_solver=True)
        return known.draft
    if lines is None and known.published is not None:
        rows = known.published.lines
    else:
        rows = to_rows(lines if lines is not None else _proposed(judged(session, event_id=event_id)))
    newest = session.scalar(select(func.max(RunSheet.version)).where(RunSheet.event_id == event_id)) or 0
    draft = RunSheet(
        event_id=event_id,
        version=newest + 1,
        state=SheetState.DRAFT,
        lines=rows,
        undo=[known.published.lines] if lines is not None and known.published is not None else [],
        made_by_solver=lines is not None,
    )
    try:
        with session.begin_nested():
            session.add(draft)
    except IntegrityError as error:  # a colleague began one at the same moment
        raise SheetChanged from error
    return draft


def edit_sheet(session: Session, *, event_id: int, revision: int, edit: Edit) -> RunSheet:
    """Change the draft, which is made when there is none; raises SheetChanged, NoSuchLine and UnfitEdit."""
    draft = draft_sheet(session, event_id=event_id)
    _require(draft, revision)
    lines = from_rows(draft.lines)
    _refuse_taking_out(session, event_id, lines, edit)
    _write(session, draft, to_rows(edited(lines, edit)))
    return draft


def undo_edit(session: Session, *, event_id: int, revision: int) -> RunSheet:
    """Take the last change of the draft back; raises NoEditToUndo and SheetChanged."""
    draft = sheets_of(session, event_id=event_id).draft
    if draft is None or not draft.undo:
        raise NoEditToUndo
    _require(draft, revision)
    *before, last = draft.undo
    _set(session, draft, lines=last, undo=before)
    return draft


def restore_sheet(session: Session, *, event_id: int, sheet_id: int) -> RunSheet:
    """Begin again from an earlier version; what the draft held can be had back by undoing."""
    found = session.scalars(
        select(RunSheet).where(RunSheet.id == sheet_id, RunSheet.event_id == event_id)
    ).one_or_none()
    if found is None or found.state is SheetState.DRAFT:
        raise NotFound
    draft = draft_sheet(session, event_id=event_id)
    if draft.lines != found.lines:
        _write(session, draft, found.lines)
    return draft


def _proposed(found: Judged) -> Lines:
    firms = [firm.enterprise.id for firm in found.firms if firm.admitted]
    given = found.given
    return proposed(
        firms,
        lead=found.livestream.lead_minutes,
        total=length_minutes(found.event),
        least=given.least,
        most=given.most,
    )


def _refuse_taking_out(session: Session, event_id: int, lines: Lines, edit: Edit) -> None:
    """A firm that has a turn stays on the sheet: who wants it gone takes its turn away."""
    if edit.do != "remove" or not 0 <= edit.index < len(lines):
        return
    line = lines[edit.index]
    present = {firm.enterprise.id for firm in firms_of(session, event_id=event_id)}
    again = sum(other.enterprise_id == line.enterprise_id for other in lines) > 1
    if line.kind is LineKind.TURN and line.enterprise_id in present and not again:
        raise UnfitEdit(longest=LONGEST_LINE, most=MOST_LINES)


def _require(draft: RunSheet, revision: int) -> None:
    if draft.revision != revision:
        raise SheetChanged


def _write(
    session: Session, draft: RunSheet, rows: list[dict[str, object]], *, by_solver: bool = False
) -> None:
    undo = [*draft.undo, draft.lines][-MOST_UNDO:]
    _set(session, draft, lines=rows, undo=undo, made_by_solver=by_solver)


def _set(session: Session, draft: RunSheet, **values: object) -> None:
    """Write in one statement that also checks: of two who change the same revision one is refused."""
    statement = (
        update(RunSheet)
        .where(RunSheet.id == draft.id, RunSheet.revision == draft.revision)
        .where(RunSheet.state == SheetState.DRAFT)
        .values(revision=draft.revision + 1, updated_at=now(), **values)
    )
    if not changed(session, statement):
        raise SheetChanged
    session.refresh(draft)
