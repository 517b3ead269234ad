"""What came of a fair, enterprise by enterprise, and who has not said so yet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import Session

from scheduler.errors import NotFound
from scheduler.models import Account, Booking, BookingState, Enterprise, Event, EventState, Message
from scheduler.models.fair_days import FairResult
from scheduler.queries.booking.booths import codes_by_id
from scheduler.queries.public_loading import event_rows, load_events
from scheduler.queries.public_rows import VisibleEvent
from scheduler.queries.scope import Scope, scoped
from scheduler.times import now

THERE = (BookingState.CHECKED_IN, BookingState.CONFIRMED)
"""Who was there: a booking that was not checked in and not released counts, where nobody held a gate."""
FIGURES = ("visitors", "resumes", "intents", "hires")


@dataclass(frozen=True, slots=True)
class ResultLine:
    """An enterprise that was at a fair, with what it has said; `has_letters`: whether a letter reaches it."""

    enterprise: Enterprise
    booths: tuple[str, ...]
    result: FairResult | None
    has_letters: bool


@dataclass(frozen=True, slots=True)
class ResultPage:
    """A fair as one enterprise that was there looks back on it."""

    event: VisibleEvent
    enterprise: Enterprise
    result: FairResult | None


class Unheard(NamedTuple):
    """A fair, and how many enterprises that were there have said nothing and are reached by no letter."""

    event: Event
    enterprises: int


@dataclass(frozen=True, slots=True)
class Results:
    """What came of a fair so far, those who have said nothing first."""

    lines: tuple[ResultLine, ...]

    @property
    def said(self) -> int:
        """Return how many enterprises have said what came of it."""
        return sum(line.result is not None for line in self.lines)

    @property
    def missing(self) -> int:
        """Return how many have not."""
        return len(self.lines) - self.said

    @property
    def reachable(self) -> int:
        """Return how many of those a letter reaches."""
        return sum(line.result is None and line.has_letters for line in self.lines)

    @property
    def sums(self) -> Mapping[str, int]:
        """Return the sum of each figure over those who have said it."""
        rows = [line.result for line in self.lines if line.result is not None]
        return {figure: sum(getattr(row, figure) for row in rows) for figure in FIGURES}


def results(session: Session, *, event_id: int) -> Results:
    """Return what came of a fair so far."""
    there = attendances(session, event_id=event_id)
    said = {row.enterprise_id: row for row in _said(session, event_id)}
    firms = session.scalars(
        select(Enterprise).where(Enterprise.id.in_({*there, *said})).order_by(Enterprise.name_zh)
    )
    reached = set(session.scalars(_with_letters()))
    codes = codes_by_id(session, booth_ids=[key for keys in there.values() for key in keys])
    lines = [
        ResultLine(
            firm,
            tuple(sorted(codes[key] for key in there.get(firm.id, ()) if key in codes)),
            said.get(firm.id),
            firm.id in reached,
        )
        for firm in firms
    ]
    return Results(tuple(sorted(lines, key=lambda line: line.result is not None)))


def attendances(session: Session, *, event_id: int) -> Mapping[int, Sequence[int]]:
    """Return the booths of each enterprise that was at a fair, by the enterprise."""
    query = select(Booking.enterprise_id, Booking.booth_ids).where(
        Booking.event_id == event_id, Booking.state.in_(THERE)
    )
    return dict(session.execute(query).all())


def missing_firms(session: Session, *, event_id: int, without_cause: str = "") -> Sequence[int]:
    """Return the enterprises that have said nothing and have a letter box; with the cause of a letter only
    those to whom none was written for it.
    """
    query = (
        select(Booking.enterprise_id)
        .where(
            Booking.event_id == event_id,
            Booking.state.in_(THERE),
            Booking.enterprise_id.in_(_with_letters()),
            ~exists().where(
                FairResult.event_id == Booking.event_id, FairResult.enterprise_id == Booking.enterprise_id
            ),
        )
        .order_by(Booking.enterprise_id)
    )
    found = session.scalars(query).all()
    if not without_cause or not found:
        return found
    payloads = session.scalars(select(Message.payload).where(Message.cause == without_cause))
    written = {payload["enterprise"] for payload in payloads}
    return [key for key in found if key not in written]


def unheard(session: Session, *, scope: Scope, since: datetime) -> Sequence[Unheard]:
    """Return the fairs of a division that ended since a moment and wait for results which only the bureau
    can get: by passing the link on, or by telephone. The one that ended first comes first.
    """
    waits = (
        select(Event.id, func.count())
        .join(Booking, Booking.event_id == Event.id)
        .where(
            *(scoped(Event, scope), Event.state == EventState.PUBLISHED),
            *(Event.ends_at > since, Event.ends_at <= now()),
            Booking.state.in_(THERE),
            Booking.enterprise_id.not_in(_with_letters()),
            ~exists().where(
                FairResult.event_id == Booking.event_id, FairResult.enterprise_id == Booking.enterprise_id
            ),
        )
        .group_by(Event.id)
    )
    many = dict(session.execute(waits).all())
    events = session.scalars(select(Event).where(Event.id.in_(many)).order_by(Event.ends_at, Event.id))
    return [Unheard(event, many[event.id]) for event in events]


def result_page(session: Session, *, event_id: int, enterprise_id: int) -> ResultPage:
    """Return a fair and what an enterprise that was there has said; raises NotFound where it was not."""
    rows = session.execute(event_rows().where(Event.id == event_id, Event.starts_at.is_not(None))).all()
    came = select(Enterprise).join(Booking, Booking.enterprise_id == Enterprise.id)
    firm = session.scalar(
        came.where(Enterprise.id == enterprise_id, Booking.event_id == event_id, Booking.state.in_(THERE))
    )
    if not rows or firm is None:
        raise NotFound
    said = one_result(session, event_id=event_id, enterprise_id=enterprise_id)
    return ResultPage(load_events(session, rows)[0], firm, said)


def one_result(session: Session, *, event_id: int, enterprise_id: int) -> FairResult | None:
    """Return what an enterprise has said of a fair."""
    return session.get(FairResult, (event_id, enterprise_id))


def _said(session: Session, event_id: int) -> Sequence[FairResult]:
    return session.scalars(select(FairResult).where(FairResult.event_id == event_id)).all()


def _with_letters() -> Select[int | None]:
    return select(Account.enterprise_id).where(
        Account.enterprise_id.is_not(None), Account.email.is_not(None), Account.disabled_at.is_(None)
    )
