"""Which roles a member has in a division: those held at home, and those that bureaus above have lent."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.models import INCLUDES, Delegation, Organizer, Role
from scheduler.queries.tree import covers
from scheduler.times import today


@dataclass(frozen=True, slots=True)
class Lent:
    """A role over a division that the bureau may use at present."""

    role: Role
    division_code: str


def lent_to(session: Session, *, organizer_id: int) -> tuple[Lent, ...]:
    """Return what is lent to a bureau today: by a bureau whose own division still covers it."""
    rows = session.execute(
        select(Delegation.role, Delegation.division_code, Organizer.division_code)
        .join(Organizer, Organizer.id == Delegation.from_organizer_id)
        .where(
            Delegation.to_organizer_id == organizer_id,
            Delegation.withdrawn_at.is_(None),
            Delegation.last_on >= today(),
        )
        .order_by(Delegation.division_code)
    )
    return tuple(Lent(role, lent) for role, lent, lender in rows if covers(lender, lent))


def rights(
    held: frozenset[Role], *, home_code: str, scope_code: str, publishes_itself: bool, lent: Iterable[Lent]
) -> frozenset[Role]:
    """Return the roles that somebody who holds `held` at home has in a division.

    At home a bureau that may not publish by itself plans only, unless publishing is lent to it there;
    elsewhere only what is lent counts, and only for those who hold it at home.
    """
    there = {
        loan.role
        for loan in lent
        if covers(loan.division_code, scope_code) and not held.isdisjoint(INCLUDES[loan.role])
    }
    if scope_code != home_code:
        return frozenset(there)
    if publishes_itself or Role.PUBLISHER not in held or Role.PUBLISHER in there:
        return held
    return held - {Role.PUBLISHER} | {Role.PLANNER}
