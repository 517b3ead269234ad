"""Who and which are meant in a list: enterprises by their credit codes, booths by their codes."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.models import Booth, Enterprise, EventFloor


def named_enterprises(session: Session, credit_codes: Collection[str]) -> dict[str, int]:
    """Return the ids of those enterprises that there are, by their credit codes."""
    question = select(Enterprise.credit_code, Enterprise.id).where(Enterprise.credit_code.in_(credit_codes))
    return dict(session.execute(question).all())


def named_booths(session: Session, *, event_id: int) -> dict[str, int]:
    """Return the booths of an event by their codes; of a code in two halls the first hall's."""
    question = (
        select(Booth.code, Booth.id)
        .join(EventFloor, EventFloor.floor_plan_id == Booth.floor_plan_id)
        .where(EventFloor.event_id == event_id)
        .order_by(Booth.floor_plan_id.desc())
    )
    return dict(session.execute(question).all())
