"""An enterprise entered twice becomes one: what belongs to the wrong entry moves to the right one.

Which tables point to an enterprise is read from the models, so a table added tomorrow moves too, or
stops the merge by name. A row that the right entry has already stays behind or stops it, never both:
every constraint stays true. What moved is kept by its key, so that the merge can be taken back.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from scheduler.errors import Refusal
from scheduler.models import (
    CaseKind,
    CaseState,
    Enterprise,
    EnterpriseMerge,
    ReviewCase,
    ReviewDeed,
    ReviewReason,
)
from scheduler.queries.actors import Member
from scheduler.queries.verification_rules import verification_rules
from scheduler.services.enterprises.moving import move_back, move_rows
from scheduler.services.enterprises.submitting import UNDECIDED, CaseMoved
from scheduler.services.enterprises.telling import note_step, tell_enterprise
from scheduler.times import now, today


class UnfitMerge(Refusal):
    """An enterprise with itself, or with one that has gone on under another row already."""

    status = 409
    code = "unfit_merge"
    zh = "请选择另一家未被合并的单位。分支机构有自己的信用代码，应各自保留，不合并。"
    en = "Choose another enterprise that is not merged itself. Branches with a code of their own stay apart."


class MergeOver(Refusal):
    """A merge that was taken back already, or that is too old for it."""

    status = 409
    code = "merge_over"
    zh = "这次合并已撤销，或已超过可撤销期限（{until}）。如确需分开，请按新单位重新登记。"
    en = "This merge was undone, or could be undone only until {until}. To separate now, sign up anew."


def merge_enterprises(
    session: Session, *, kept_id: int, merged_id: int, by: Member, reason: str
) -> EnterpriseMerge:
    """Let `merged_id` go on under `kept_id`, all or nothing.

    Raises UnfitMerge, and MergeBlocked where both have what only one may have.
    """
    if kept_id == merged_id:
        raise UnfitMerge
    _take_both(session, kept_id, merged_id)
    _close_cases(session, merged_id, by)
    rules = verification_rules(session)
    merge = EnterpriseMerge(
        kept_id=kept_id,
        merged_id=merged_id,
        reason=reason,
        moved=move_rows(session, source_id=merged_id, target_id=kept_id),
        merged_by=by.account_id,
        merged_at=now(),
        undo_to=today() + timedelta(days=rules.undo_days),
    )
    session.add(merge)
    session.execute(update(Enterprise).where(Enterprise.id == merged_id).values(merged_into_id=kept_id))
    _note(session, (kept_id, merged_id), ReviewDeed.MERGED, by, reason)
    return merge


def undo_merge(session: Session, *, merge_id: int, by: Member, on: date | None = None) -> None:
    """Take a merge back: what moved returns, with what has been added to it since.

    Raises MergeOver, and MergeBlocked where something cannot return.
    """
    merge = session.get_one(EnterpriseMerge, merge_id)
    taken = session.execute(
        update(EnterpriseMerge)
        .where(
            EnterpriseMerge.id == merge_id,
            EnterpriseMerge.undone_at.is_(None),
            EnterpriseMerge.undo_to >= (on or today()),
        )
        .values(undone_at=now(), undone_by=by.account_id)
        .returning(EnterpriseMerge.id)
    ).one_or_none()
    if taken is None:
        raise MergeOver(until=merge.undo_to)
    session.execute(update(Enterprise).where(Enterprise.id == merge.merged_id).values(merged_into_id=None))
    move_back(session, merge.moved, source_id=merge.merged_id, target_id=merge.kept_id)
    _note(session, (merge.kept_id, merge.merged_id), ReviewDeed.SEPARATED, by, merge.reason)


def _take_both(session: Session, kept_id: int, merged_id: int) -> None:
    """Hold both rows until the end, the lower id first, so that two merges never wait for each other."""
    for enterprise_id in sorted((kept_id, merged_id)):
        held = session.execute(
            update(Enterprise)
            .where(Enterprise.id == enterprise_id, Enterprise.merged_into_id.is_(None))
            .values(ownership=Enterprise.ownership)
            .returning(Enterprise.id)
        ).one_or_none()
        if held is None:
            raise UnfitMerge
    into_it = select(Enterprise.id).where(Enterprise.merged_into_id == merged_id).limit(1)
    if session.scalar(into_it) is not None:
        raise UnfitMerge


def _close_cases(session: Session, merged_id: int, by: Member) -> None:
    """Close what waits for a review under the wrong entry; a claim of it has to be decided first."""
    waiting = session.scalars(
        select(ReviewCase).where(ReviewCase.enterprise_id == merged_id, ReviewCase.state.in_(UNDECIDED))
    ).all()
    if any(case.kind is CaseKind.CLAIM for case in waiting):
        raise CaseMoved
    for case in waiting:
        case.state, case.decided_at = CaseState.REFUSED, now()
        note_step(
            session,
            enterprise_id=merged_id,
            deed=ReviewDeed.REFUSED,
            by=by.account_id,
            case_id=case.id,
            reasons=[ReviewReason.DUPLICATE],
        )


def _note(session: Session, ids: Sequence[int], deed: ReviewDeed, by: Member, note: str) -> None:
    for enterprise_id in ids:
        values: dict[str, Any] = {"enterprise_id": enterprise_id, "deed": deed, "by": by.account_id}
        tell_enterprise(session, note_step(session, note=note, **values))
