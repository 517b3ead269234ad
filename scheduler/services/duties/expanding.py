"""Duties become events: what the valid duties and the customary programme still miss is made."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.models import PROVINCE, Campaign, Division, Event, Level, Organizer
from scheduler.quarters import Quarter
from scheduler.queries import duties as query
from scheduler.queries.duties import Ledger, Period, Requirement, Waivers
from scheduler.services.duties.building import Builder, Wish, as_counted
from scheduler.services.duties.chance import ranges
from scheduler.services.duties.expansion import Expansion, Part
from scheduler.services.duties.industries import rotation
from scheduler.services.duties.writing import NewLink, write


def expand_duties(session: Session, *, quarter: Quarter, scope_code: str = PROVINCE) -> Expansion:
    """Make the events that a quarter still owes in a division and below it; a second call adds none.

    What is planned, published or held counts, whichever of a duty's alternatives it is; a waived
    period owes nothing; an expired duty makes nothing. The province's own duties are met only when
    the scope is the province. Raises NotFound for an unknown division, OrganizerMissing and
    MissingParameter.
    """
    desk = _desk(session, quarter, scope_code)
    parts = [
        part
        for item in query.requirements(session)
        for division in desk.builder.scope.at(item.level)
        if (part := desk.meet(item, division))
    ]
    write(session, desk.made, desk.links)
    provisional = {period.label for period in desk.builder.windows.periods(quarter) if period.provisional}
    return Expansion(quarter, scope_code, tuple(parts), tuple(sorted(provisional)))


@dataclass(slots=True)
class _Desk:
    """The papers on the planner's desk while the quarter's duties are gone through."""

    builder: Builder
    ledger: Ledger
    waivers: Waivers
    taken: set[str]
    made: list[dict[str, Any]] = field(default_factory=list)
    links: list[NewLink] = field(default_factory=list)

    def meet(self, item: Requirement, division: Division) -> Part | None:
        """Make what one requirement misses at one division; None when it does not fall due there."""
        quarter = self.builder.quarter
        found = query.periods(item.period, quarter, self.builder.windows, item.theme.campaign_code)
        due = [period for period in found if item.valid_in(period)]
        if not due:
            return None
        met = [self._meet(item, division, period, turn) for turn, period in enumerate(due)]
        already, waived, added = (sum(column) for column in zip(*met, strict=True))
        return Part(
            code=item.code,
            is_duty=item.programme is None,
            division_code=division.code,
            level=item.level,
            period=item.period,
            periods=len(due),
            each=item.count,
            already=already,
            waived=waived,
            added=added,
        )

    def _meet(self, item: Requirement, division: Division, period: Period, turn: int) -> tuple[int, int, int]:
        """Return how many counted already, are waived, and were made."""
        found = self.ledger.counting(item, division, period)
        for event in found:
            if (item.code, period.label) not in event.links:
                self._link(item, event.uid, period)
        gap = max(0, item.count - len(found))
        if gap and self.waivers.reason(item.code, self.builder.scope.line(division), period.label):
            return item.count - gap, gap, 0
        return item.count - gap, 0, self._make(item, division, period, turn, gap)

    def _make(self, item: Requirement, division: Division, period: Period, turn: int, gap: int) -> int:
        added = 0
        for ordinal in self._ordinals(item):
            if added == gap:
                break
            wish = Wish(item, division, period, turn, ordinal)
            if self.builder.uid(wish) not in self.taken:
                self._add(wish)
                added += 1
        return added

    def _ordinals(self, item: Requirement) -> Iterator[int]:
        """Yield the numbers an event may get.

        A duty's cancelled event is replaced by one with a new number, the programme's is not. A duty
        that names neither kind nor campaign (1,000 events in the province) is only counted.
        """
        if item.programme is not None:
            yield from range(1, item.count + 1)
        elif item.kinds or item.theme.campaign_code:
            yield from range(1, item.count + len(self.taken) + 1)

    def _add(self, wish: Wish) -> None:
        row = self.builder.build(wish)
        self.taken.add(row["uid"])
        self.made.append(row)
        self.ledger.add(as_counted(row))
        self._link(wish.item, row["uid"], wish.period)

    def _link(self, item: Requirement, uid: str, period: Period) -> None:
        if item.programme is None:
            self.links.append(NewLink(uid, item.code, period.label))


def _wait_turn(session: Session) -> None:
    """Let one expansion after the other read what there is; two at once would make the same events."""
    province = select(Division.code).where(Division.level == Level.PROVINCE)
    session.execute(province.with_for_update(key_share=True))  # SQLite has one writer anyway


def _desk(session: Session, quarter: Quarter, scope_code: str) -> _Desk:
    _wait_turn(session)
    builder = _builder(session, quarter, scope_code)
    first_on, last_on = query.span(builder.windows.periods(quarter), quarter)
    book = query.ledger(session, first_on=first_on, last_on=last_on, cities=builder.scope.cities)
    taken = set(session.scalars(select(Event.uid).where(Event.quarter == str(quarter))))
    return _Desk(builder, book, query.waivers(session), taken)


def _builder(session: Session, quarter: Quarter, scope_code: str) -> Builder:
    organizers = select(Organizer.division_code, Organizer.id)
    return Builder(
        quarter=quarter,
        scope=query.scope(session, scope_code),
        windows=query.windows(session),
        ranges=ranges(session),
        rotation=rotation(session),
        campaigns={row.code: row for row in session.scalars(select(Campaign))},
        organizers=dict(session.execute(organizers).all()),
    )
