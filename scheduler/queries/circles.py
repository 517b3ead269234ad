"""Where an enterprise is at home: its own city, and the cities of its circle (经济圈)."""

from collections.abc import Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, aliased

from scheduler.models import Division, Enterprise


def home_cities(session: Session, *, enterprise_id: int) -> Sequence[str]:
    """Return the codes of the cities whose events an enterprise attends without asking, its own first."""
    own, near = aliased(Division), aliased(Division)
    cities = (
        select(near.code)
        .join(own, or_(near.code == own.code, near.circle_code == own.circle_code))
        .join(Enterprise, Enterprise.city_code == own.code)
        .where(Enterprise.id == enterprise_id)
        .order_by(near.code != own.code, near.code)
    )
    return session.scalars(cities).all()
