"""Who did not come (违约): as reviewers answer appeals, and as an enterprise reads its own record."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session

from scheduler.models import Booking, BookingState, Enterprise, Event, NoShow
from scheduler.queries.actors import Employer, Member
from scheduler.queries.paging import NumberedPage
from scheduler.queries.scope import scoped

PAGE_SIZE = 50


class Which(StrEnum):
    """Which records are wanted: those with an appeal to answer, those that count, those that are lifted."""

    APPEALED = "appealed"
    COUNTS = "counts"
    LIFTED = "lifted"


OF: Mapping[Which, ColumnElement[bool]] = {
    Which.APPEALED: and_(
        NoShow.appealed_at.is_not(None), NoShow.answered_at.is_(None), NoShow.lifted_at.is_(None)
    ),
    Which.COUNTS: NoShow.lifted_at.is_(None),
    Which.LIFTED: NoShow.lifted_at.is_not(None),
}


@dataclass(frozen=True, slots=True)
class Absence:
    """A record of absence with its event and its enterprise."""

    no_show: NoShow
    event: Event
    enterprise: Enterprise

    @property
    def can_appeal(self) -> bool:
        """Tell whether the enterprise may still appeal: once, while the record counts."""
        return self.no_show.appealed_at is None and self.no_show.lifted_at is None

    @property
    def waits(self) -> bool:
        """Tell whether an appeal waits for its answer."""
        row = self.no_show
        return row.appealed_at is not None and row.answered_at is None and row.lifted_at is None


def absences(session: Session, *, actor: Member, which: Which, number: int) -> NumberedPage[Absence]:
    """Return one page of the records within the actor's scope: appeals as they came, else newest first."""
    wanted = and_(scoped(NoShow, actor), OF[which])
    order = (NoShow.appealed_at, NoShow.id) if which is Which.APPEALED else (NoShow.id.desc(),)
    total = session.scalar(select(func.count()).select_from(NoShow).where(wanted)) or 0
    lines = _lines(session, wanted, *order, page=number)
    return NumberedPage(lines=lines, number=number, total=total, size=PAGE_SIZE)


def appeals_waiting(session: Session, *, actor: Member) -> int:
    """Return how many appeals wait for an answer within the actor's scope."""
    wanted = and_(scoped(NoShow, actor), OF[Which.APPEALED])
    return session.scalar(select(func.count()).select_from(NoShow).where(wanted)) or 0


def own_absences(session: Session, *, actor: Employer) -> Sequence[Absence]:
    """Return the records of the actor's enterprise, the newest first."""
    return _lines(session, scoped(NoShow, actor), NoShow.id.desc())


def released(session: Session, *, event_id: int) -> Mapping[int, NoShow]:
    """Return the records of an event that count, by the booking that was released."""
    same = and_(Booking.event_id == NoShow.event_id, Booking.enterprise_id == NoShow.enterprise_id)
    rows = session.execute(
        select(Booking.id, NoShow)
        .join(NoShow, same)
        .where(NoShow.event_id == event_id, NoShow.lifted_at.is_(None), Booking.state == BookingState.NO_SHOW)
    )
    return dict(rows.all())


def _lines(
    session: Session,
    wanted: ColumnElement[bool],
    *order: ColumnElement[Any],
    page: int = 1,
) -> list[Absence]:
    rows = session.execute(
        select(NoShow, Event, Enterprise)
        .join(Event, Event.id == NoShow.event_id)
        .join(Enterprise, Enterprise.id == NoShow.enterprise_id)
        .where(wanted)
        .order_by(*order)
        .limit(PAGE_SIZE)
        .offset((page - 1) * PAGE_SIZE)
    )
    return [Absence(*row) for row in rows]
