"""A bureau's statistics of one month (月度统计): its fairs, who recruited, who came, what came of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, Subquery, and_, exists, func, select, union_all
from sqlalchemy.orm import Session

from scheduler.models import (
    Booking,
    BookingTerms,
    Division,
    Event,
    EventState,
    Opening,
    Registration,
    RegistrationOpening,
    RegistrationState,
)
from scheduler.models.fair_days import CheckIn, FairResult, Passage, Verdict
from scheduler.queries.fair_day.results import THERE
from scheduler.queries.permits import FILED
from scheduler.queries.scope import Scope, scoped
from scheduler.times import moment

FIGURES = ("firms", "openings", "headcount", "seekers", "resumes", "intents", "hires", "said")
"""What is counted of each fair; `said` is how many firms have said what came of it."""
SAID = ("resumes", "intents", "hires")
LAST_MONTH = 12


@dataclass(frozen=True, slots=True)
class FairLine:
    """A fair of the month with its figures."""

    event: Event
    division: Division
    figures: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Month:
    """The fairs of a month, by time."""

    first_on: date
    lines: tuple[FairLine, ...]

    @property
    def sums(self) -> Mapping[str, int]:
        """Return the sum of each figure over the fairs."""
        return {name: sum(line.figures[name] for line in self.lines) for name in FIGURES}


def month_of(session: Session, *, first_on: date, scope: Scope) -> Month:
    """Return the statistics of the month that begins on a day, of the fairs of a division that took place or
    are announced.

    Who recruited is who had a booth and came, and where no booths were given who was admitted. Seekers are
    those whose tickets were checked in and whom gates counted in without one.
    """
    following = date(first_on.year + first_on.month // LAST_MONTH, first_on.month % LAST_MONTH + 1, 1)
    of_month = (
        scoped(Event, scope),
        Event.kind.in_(FILED),
        Event.state.in_([EventState.PUBLISHED, EventState.HELD]),
        Event.starts_at >= moment(first_on, 0),
        Event.starts_at < moment(following, 0),
    )
    rows = session.execute(
        select(Event, Division)
        .join(Division, Division.code == Event.division_code)
        .where(*of_month)
        .order_by(Event.starts_at, Event.id)
    )
    found = _figures(session, select(Event.id).where(*of_month))
    return Month(first_on, tuple(_line(event, division, found) for event, division in rows))


def _line(event: Event, division: Division, found: Mapping[str, Mapping[int, int]]) -> FairLine:
    return FairLine(
        event,
        division,
        {name: int(found[name].get(event.id) or 0) for name in FIGURES},
    )


def _figures(session: Session, fairs: Select[int]) -> dict[str, Mapping[int, int]]:
    """Return each figure by fair."""
    came = _came(fairs)
    brought = (
        select(came.c.event_id, func.count(), func.sum(Opening.headcount))
        .join(
            RegistrationOpening,
            and_(
                RegistrationOpening.event_id == came.c.event_id,
                RegistrationOpening.enterprise_id == came.c.enterprise_id,
            ),
        )
        .join(Opening, Opening.id == RegistrationOpening.opening_id)
        .group_by(came.c.event_id)
    )
    tickets = select(CheckIn.event_id, CheckIn.people).where(
        CheckIn.event_id.in_(fairs), CheckIn.verdict == Verdict.ACCEPTED, CheckIn.ticket_id.is_not(None)
    )
    counted = select(Passage.event_id, Passage.people).where(Passage.event_id.in_(fairs), Passage.people > 0)
    entered = union_all(tickets, counted).subquery()
    said = (
        select(FairResult.event_id, *(func.sum(getattr(FairResult, name)) for name in SAID), func.count())
        .where(FairResult.event_id.in_(fairs))
        .group_by(FairResult.event_id)
    )
    questions = {
        ("firms",): select(came.c.event_id, func.count()).group_by(came.c.event_id),
        ("openings", "headcount"): brought,
        ("seekers",): select(entered.c.event_id, func.sum(entered.c.people)).group_by(entered.c.event_id),
        (*SAID, "said"): said,
    }
    found: dict[str, Mapping[int, int]] = {}
    for names, question in questions.items():
        rows = session.execute(question).all()
        for place, name in enumerate(names, start=1):
            found[name] = {row[0]: row[place] for row in rows}
    return found


def _came(fairs: Select[int]) -> Subquery:
    """Select the enterprises that recruited at fairs."""
    booked = select(Booking.event_id, Booking.enterprise_id).where(
        Booking.event_id.in_(fairs), Booking.state.in_(THERE)
    )
    admitted = select(Registration.event_id, Registration.enterprise_id).where(
        Registration.event_id.in_(fairs),
        Registration.state == RegistrationState.APPROVED,
        ~exists().where(BookingTerms.event_id == Registration.event_id),
    )
    return union_all(booked, admitted).subquery()
