"""The review queue: cases of the division worked in and below, by their deadline, the oldest first."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session

from scheduler.models import CaseState, Division, Enterprise, ReviewCase, SignUp
from scheduler.queries.actors import Member
from scheduler.queries.paging import NumberedPage
from scheduler.queries.scope import scoped
from scheduler.times import local, now, today

PAGE_SIZE = 30
MOST_SIGN_UPS = 50


class Which(StrEnum):
    """Which cases: those that wait for the reviewer, for the enterprise, or for nobody."""

    OPEN = "open"
    CORRECTION = "correction"
    DECIDED = "decided"


CASES: Mapping[Which, ColumnElement[bool]] = {
    Which.OPEN: ReviewCase.state == CaseState.OPEN,
    Which.CORRECTION: ReviewCase.state == CaseState.CORRECTION,
    Which.DECIDED: ReviewCase.state.in_((CaseState.APPROVED, CaseState.REFUSED)),
}


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A case with its enterprise and county; `waited_days` since it was opened."""

    case: ReviewCase
    enterprise: Enterprise
    division: Division

    @property
    def waited_days(self) -> int:
        """Return for how many days the case has been open."""
        return (_end(self.case) - local(self.case.opened_at).date()).days

    @property
    def overdue(self) -> bool:
        """Tell whether it should have been decided before today."""
        return self.case.state is CaseState.OPEN and self.case.due_on < today()


def queue(session: Session, *, actor: Member, which: Which, number: int) -> NumberedPage[CaseLine]:
    """Return one page of the cases within the actor's scope."""
    wanted = (scoped(ReviewCase, actor), CASES[which])
    order = (
        (ReviewCase.decided_at.desc(), ReviewCase.id.desc())
        if which is Which.DECIDED
        else (ReviewCase.due_on, ReviewCase.id)
    )
    rows = session.execute(
        select(ReviewCase, Enterprise, Division)
        .join(Enterprise, Enterprise.id == ReviewCase.enterprise_id)
        .join(Division, Division.code == Enterprise.division_code)
        .where(*wanted)
        .order_by(*order)
        .limit(PAGE_SIZE)
        .offset((number - 1) * PAGE_SIZE)
    )
    total = session.scalar(select(func.count()).select_from(ReviewCase).where(*wanted)) or 0
    lines = tuple(CaseLine(*row) for row in rows)
    return NumberedPage(lines=lines, number=number, total=total, size=PAGE_SIZE)


def counts(session: Session, *, actor: Member) -> dict[str, int]:
    """Return how many cases wait for the reviewer, how many of them for too long, and how many for others."""
    mine = scoped(ReviewCase, actor)
    late = and_(CASES[Which.OPEN], ReviewCase.due_on < today())
    asked = {
        Which.OPEN.value: CASES[Which.OPEN],
        Which.CORRECTION.value: CASES[Which.CORRECTION],
        "late": late,
    }
    return {
        name: session.scalar(select(func.count()).select_from(ReviewCase).where(mine, condition)) or 0
        for name, condition in asked.items()
    }


def standing_sign_ups(session: Session, *, actor: Member) -> tuple[SignUp, ...]:
    """Return sign-ups whose link has not been used: where no letters are sent, it is handed over."""
    rows = session.scalars(
        select(SignUp)
        .where(scoped(SignUp, actor), SignUp.accepted_at.is_(None), SignUp.expires_at > now())
        .order_by(SignUp.id.desc())
        .limit(MOST_SIGN_UPS)
    )
    return tuple(rows)


def _end(case: ReviewCase) -> date:
    return local(case.decided_at).date() if case.decided_at else today()
