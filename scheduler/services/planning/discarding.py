"""Throws away a draft that nobody wants to publish."""

from sqlalchemy import delete
from sqlalchemy.orm import Session

from scheduler.errors import NotFound, Refusal
from scheduler.models import Plan, PlanState


class NotDiscardable(Refusal):
    """A plan that is or was in force is kept for the record."""

    status = 409
    code = "not_discardable"
    zh = "方案 {plan_id} 已发布或曾经发布，须留存，不能丢弃。"
    en = "Plan {plan_id} is or was in force and is kept on record; it cannot be discarded."


def discard_plan(session: Session, *, plan_id: int) -> None:
    """Delete a draft with all its placements; raises NotFound and NotDiscardable."""
    draft = delete(Plan).where(Plan.id == plan_id, Plan.state == PlanState.DRAFT).returning(Plan.id)
    if session.execute(draft).first() is None:
        if session.get(Plan, plan_id) is None:
            raise NotFound
        raise NotDiscardable(plan_id=plan_id)
