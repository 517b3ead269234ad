"""Openings are added, changed, confirmed and withdrawn; the same opening twice is one opening."""

from dataclasses import asdict, dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from scheduler.errors import NotFound
from scheduler.models import Division, Enterprise, Insurance, OccupationGroup, Opening, SkillLevel
from scheduler.postings import WageUnit
from scheduler.services.meanwhile import require_as_seen
from scheduler.services.openings.fitting import require_fit_where_used
from scheduler.services.openings.refusals import OpeningWithdrawn, TooManyOpenings, UnfitWage, UnknownCode
from scheduler.times import now

MOST_OPENINGS = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What an enterprise says of an opening; wages are yuan for `wage_unit`, both None for 面议."""

    title_zh: str
    occupation_code: str
    headcount: int
    division_code: str
    skill_rank: int | None = None
    hired: int = 0
    wage_min: int | None = None
    wage_max: int | None = None
    wage_unit: WageUnit = WageUnit.MONTH
    workplace_zh: str = ""
    requirements_zh: str = ""
    hours_zh: str | None = None
    insurance: Insurance | None = None


def add_opening(session: Session, *, enterprise_id: int, facts: Facts) -> tuple[Opening, bool]:
    """Add an opening to the library; one that stands there with the same words is found instead (False).

    One at a time for an enterprise, so that a form sent twice adds one. Raises UnfitWage, UnknownCode and
    TooManyOpenings.
    """
    require_sound(session, facts)
    lock_library(session, enterprise_id)
    twin = session.scalars(
        select(Opening).filter_by(enterprise_id=enterprise_id, withdrawn_at=None, **asdict(facts))
    ).first()
    if twin is not None:
        return twin, False
    own = (Opening.enterprise_id == enterprise_id, Opening.withdrawn_at.is_(None))
    if (session.scalar(select(func.count()).select_from(Opening).where(*own)) or 0) >= MOST_OPENINGS:
        raise TooManyOpenings(most=MOST_OPENINGS)
    opening = Opening(enterprise_id=enterprise_id, **asdict(facts))
    session.add(opening)
    session.flush()
    return opening, True


def change_opening(session: Session, *, opening_id: int, facts: Facts, seen: str | None = None) -> Opening:
    """Change an opening, which confirms it, in every event that it was brought to.

    Raises NotFound, OpeningWithdrawn, SavedMeanwhile unless it is what was `seen`, UnfitWage, UnknownCode,
    and UnfitOpening when a bureau of an event to come would not let it in like that.
    """
    opening = hold_opening(session, opening_id=opening_id)
    if opening.withdrawn_at is not None:
        raise OpeningWithdrawn
    require_as_seen(opening, seen, is_new=False)
    require_sound(session, facts)
    for name, value in asdict(facts).items():
        setattr(opening, name, value)
    opening.confirmed_at = now()
    session.flush()
    require_fit_where_used(session, opening)
    return opening


def confirm_opening(session: Session, *, opening_id: int) -> None:
    """Say that an opening still holds; one that was withdrawn is in use again. Raises NotFound."""
    opening = hold_opening(session, opening_id=opening_id)
    opening.confirmed_at, opening.withdrawn_at = now(), None
    session.flush()


def withdraw_opening(session: Session, *, opening_id: int) -> None:
    """Take an opening out of use; the events that it was in keep it in their books. Raises NotFound."""
    opening = hold_opening(session, opening_id=opening_id)
    opening.withdrawn_at = opening.withdrawn_at or now()
    session.flush()


def hold_opening(session: Session, *, opening_id: int) -> Opening:
    """Return an opening as it is now, changed by nobody else until the transaction ends. Raises NotFound."""
    opening = session.get(Opening, opening_id, with_for_update=True, populate_existing=True)
    if opening is None:
        raise NotFound
    return opening


def lock_library(session: Session, enterprise_id: int) -> None:
    """Let one at a time add openings of an enterprise. Raises NotFound."""
    question = select(Enterprise.id).where(Enterprise.id == enterprise_id)
    if session.scalar(question.with_for_update(key_share=True)) is None:
        raise NotFound


def require_sound(session: Session, facts: Facts) -> None:
    """Raise UnfitWage or UnknownCode for what no opening can be."""
    low, high = facts.wage_min, facts.wage_max
    if (low is None) != (high is None) or (low is not None and high is not None and not 0 < low <= high):
        raise UnfitWage
    for model, key in (
        (Division, facts.division_code),
        (OccupationGroup, facts.occupation_code),
        (SkillLevel, facts.skill_rank),
    ):
        if key is not None and session.get(model, key) is None:
            raise UnknownCode(value=key)
