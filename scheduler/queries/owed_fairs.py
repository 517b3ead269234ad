"""The regular fairs of a year that duties ask for and that nobody has planned yet, quarter by quarter."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.models import Division, Duty, EventState, Organizer
from scheduler.quarters import Quarter
from scheduler.queries import duties as query
from scheduler.queries.duties import Counted, Ledger, Period, Requirement, Windows
from scheduler.queries.permits import FILED
from scheduler.times import today

WEEKLY, MONTHLY = "week", "calendar_month"
"""A fair is regular when it counts toward a duty that comes back each week or each month."""
QUARTERS = (1, 2, 3, 4)


@dataclass(frozen=True, slots=True, kw_only=True)
class OwedFair:
    """A fair that a duty asks for in a period, with no event for it; `organizer` is the bureau's name."""

    period: Period
    is_weekly: bool
    clause: str
    division: Division
    organizer: str


def owed_fairs(session: Session, *, year: int, scope_code: str) -> tuple[OwedFair, ...]:
    """Return the regular fairs of a year that are still to be planned in a division and below, by their days.

    What is planned or held counts as it does for the duties, and what is waived or past is not owed. One that
    is listed counts for the duties after it, and is of the kind of which one would be made, as when its
    quarter's duties are expanded.
    """
    first, last = Quarter(year, QUARTERS[0]), Quarter(year, QUARTERS[-1])
    whole = query.scope(session, scope_code)
    book = query.ledger(
        session,
        first_on=first.weeks[0].monday_on,
        last_on=last.weeks[-1].sunday_on,
        cities=whole.cities,
    )
    let_off, campaigns = query.waivers(session), query.windows(session)
    clauses = dict(session.execute(select(Duty.code, Duty.clause)).all())
    names = dict(session.execute(select(Organizer.division_code, Organizer.name_zh)).all())
    found = [
        OwedFair(
            period=period,
            is_weekly=item.period == WEEKLY,
            clause=clauses[item.code],
            division=division,
            organizer=names.get(division.code, ""),
        )
        for item in query.requirements(session)
        if _is_regular_fair(item)
        for division in whole.at(item.level)
        for period in _due(item, year, campaigns)
        if not let_off.reason(item.code, whole.line(division), period.label)
        for _ in _missing(book, item, division, period, whole.city_of(division))
    ]
    return tuple(sorted(found, key=lambda one: (one.period.first_on, one.division.code, one.clause)))


def _is_regular_fair(item: Requirement) -> bool:
    often = item.programme is None and item.period in {WEEKLY, MONTHLY}
    return often and bool(item.kinds) and item.kinds[0] in FILED


def _due(item: Requirement, year: int, campaigns: Windows) -> Iterator[Period]:
    for number in QUARTERS:
        quarter = Quarter(year, number)
        for period in query.periods(item.period, quarter, campaigns, item.theme.campaign_code):
            if item.valid_in(period) and period.last_on >= today():
                yield period


def _missing(
    book: Ledger, item: Requirement, division: Division, period: Period, city_code: str
) -> Iterator[Counted]:
    """Yield an event for each that is not there, and count it from then on."""
    for number in range(len(book.counting(item, division, period)), item.count):
        event = Counted(
            uid=f"{item.code}-{division.code}-{period.label}-{number}",
            kind=item.kinds[0],
            division_code=division.code,
            city_code=city_code,
            campaign_code=item.theme.campaign_code or None,
            industry_code=None,
            first_on=period.first_on,
            last_on=period.last_on,
            state=EventState.PLANNED,
            links=frozenset({(item.code, period.label)}),
        )
        book.add(event)
        yield event
