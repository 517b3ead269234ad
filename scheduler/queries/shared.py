"""What other cities of the circle let a member read: their venues, crews or hosts."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.models import Division
from scheduler.queries.actors import Member
from scheduler.queries.scope import SHARED, shared_in_circle

MODELS: dict[str, type[Any]] = {what.value: model for model, what in SHARED.items()}
MOST_SHOWN = 200


@dataclass(frozen=True, slots=True)
class SharedLine:
    """A venue, crew or host of another city, with the city."""

    row: Any
    city: Division


def shared_with(session: Session, *, actor: Member, what: str) -> tuple[SharedLine, ...]:
    """Return what cities of the actor's circle share of one kind (`Shareable`), city by city."""
    model = MODELS[what]
    rows = session.execute(
        select(model, Division)
        .join(Division, Division.code == model.city_code)
        .where(shared_in_circle(model, actor))
        .order_by(model.city_code, model.id)
        .limit(MOST_SHOWN)
    )
    return tuple(SharedLine(row, city) for row, city in rows)
