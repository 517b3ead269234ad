"""Who hears of it when the booking of an event opens: who is registered by letter, others on their pages."""

from dataclasses import dataclass

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session, aliased

from scheduler.models import (
    REGISTERED,
    Account,
    Division,
    Enterprise,
    Event,
    Registration,
    Verification,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Audience:
    """How many enterprises are registered and how many of them have a letter box, how many letters that is,
    and how many verified ones of the city and its circle may register without being asked about.
    """

    registered: int
    written: int
    letters: int
    nearby: int


def registered(event_id: int) -> Select[int]:
    """Return the question which enterprises are registered for an event, admitted or not answered yet."""
    return select(Registration.enterprise_id).where(
        Registration.event_id == event_id, Registration.state.in_(REGISTERED)
    )


def audience_of(session: Session, *, event: Event) -> Audience:
    """Return who would hear of it if the booking of an event opened now."""
    firms = registered(event.id)
    boxes = select(func.count(), func.count(Account.enterprise_id.distinct())).where(
        Account.enterprise_id.in_(firms), Account.disabled_at.is_(None), Account.email.is_not(None)
    )
    letters, written = session.execute(boxes).one()
    own, near = aliased(Division), aliased(Division)
    cities = (
        select(near.code)
        .join(own, or_(near.code == own.code, near.circle_code == own.circle_code))
        .where(own.code == event.city_code)
    )
    nearby = select(func.count(Enterprise.id)).where(
        Enterprise.verification == Verification.VERIFIED,
        Enterprise.merged_into_id.is_(None),
        Enterprise.city_code.in_(cities),
    )
    return Audience(
        registered=session.scalar(select(func.count()).select_from(firms.subquery())) or 0,
        written=written,
        letters=letters,
        nearby=session.scalar(nearby) or 0,
    )
