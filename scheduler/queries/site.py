"""What a site already holds, so that starting it twice prepares nothing twice."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from scheduler.models import Enterprise, Plan, PlanState


@dataclass(frozen=True, slots=True)
class SiteState:
    """How many enterprises are known, and which quarters ("2027Q1") have a published plan, sorted."""

    enterprises: int
    published: tuple[str, ...]


def site_state(session: Session) -> SiteState:
    """Return what the site holds; the database must have been upgraded."""
    published = select(Plan.quarter).where(Plan.state == PlanState.PUBLISHED)
    return SiteState(
        enterprises=session.scalar(select(func.count()).select_from(Enterprise)) or 0,
        published=tuple(sorted(set(session.scalars(published)))),
    )
