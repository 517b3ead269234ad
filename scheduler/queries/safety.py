"""What an event owes for its safety and by when: derived from its kind and head count, noted by people."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from scheduler.models import (
    Account,
    Event,
    EventKind,
    EventState,
    Parameter,
    StoredFile,
    Strictness,
)
from scheduler.models.safety import SafetyKind, SafetyRules, SafetyState, SafetyStep
from scheduler.queries.bureau_rules import nearest_rules
from scheduler.queries.permits import FILED, FilingRule, PermitRule, filing_rule, permit_rule
from scheduler.queries.public_loading import chunks
from scheduler.queries.scope import Scope, scoped
from scheduler.times import local, now, today

CHECK_DAYS = 1
"""What holds where the parameter safety_check_lead is missing: the hall is checked the day before."""
SETTLED = frozenset({SafetyState.DONE, SafetyState.NOT_NEEDED})
PLANS = (SafetyKind.IMPLEMENTATION_PLAN, SafetyKind.EMERGENCY_PLAN, SafetyKind.SECURITY_PLAN)
"""人力资源市场暂行条例 (国务院令700号): who holds a fair on site has these three."""
OF_PERMITS = (SafetyKind.VENUE_CONSENT, SafetyKind.SAFETY_OFFICER, SafetyKind.CROWD_PLAN)
"""大型群众性活动安全管理条例 (国务院令505号) art. 13: handed in with the request for a permit."""
IN_THE_HALL = (
    SafetyKind.FIRE,
    SafetyKind.FIRST_AID,
    SafetyKind.GUARDS,
    SafetyKind.POWER,
    SafetyKind.WEATHER,
)
AHEAD = timedelta(days=45)
SOON = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class SafetyRule:
    """The rules from which days follow; `check_days` before the event the hall is checked."""

    permit: PermitRule
    filing: FilingRule
    check_days: int = CHECK_DAYS

    def due(self, kind: EventKind, people: int, starts_at: datetime | None) -> dict[SafetyKind, date | None]:
        """Return what an event owes, each with its day; None for the day where the event has none yet."""
        if kind not in FILED:
            return {}
        check = starts_at and local(starts_at).date() - timedelta(days=self.check_days)
        permit = starts_at and self.permit.due_on(starts_at)
        filing = starts_at and self.filing.due_on(starts_at)
        found: dict[SafetyKind, date | None] = {}
        papers = check
        if self.filing.concerns(kind):
            found[SafetyKind.FILING] = papers = filing
        if self.permit.concerns(people):
            found[SafetyKind.PERMIT] = papers = permit
            found |= dict.fromkeys(OF_PERMITS, permit)
        found |= dict.fromkeys(PLANS, papers) | dict.fromkeys(IN_THE_HALL, check)
        return {one: found[one] for one in SafetyKind if one in found}


@dataclass(frozen=True, slots=True)
class StepLine:
    """One matter as it stands, with the people in it by name."""

    kind: SafetyKind
    due_on: date | None
    row: SafetyStep | None
    owner: str = ""
    done_by: str = ""
    file: StoredFile | None = None

    @property
    def state(self) -> SafetyState:
        """Return where it stands."""
        return self.row.state if self.row else SafetyState.OPEN

    @property
    def is_settled(self) -> bool:
        """Tell whether nothing is to be done any more."""
        return self.state in SETTLED

    @property
    def is_late(self) -> bool:
        """Tell whether its day has passed and it is neither settled nor handed in."""
        waits = self.state in {SafetyState.OPEN, SafetyState.REFUSED}
        return waits and self.due_on is not None and self.due_on < today()


class DueLine(NamedTuple):
    """A matter that is to be seen to, of an event to come."""

    event: Event
    step: StepLine


def safety_rule(session: Session) -> SafetyRule:
    """Return the rules in force."""
    days = session.scalar(select(Parameter.default).where(Parameter.key == "safety_check_lead"))
    return SafetyRule(permit_rule(session), filing_rule(session), int(days or CHECK_DAYS))


def steps_of(session: Session, event: Event) -> tuple[StepLine, ...]:
    """Return what an event owes and how far it is, in the order of the kinds."""
    due = safety_rule(session).due(event.kind, event.people, event.starts_at)
    rows = {
        row.kind: row for row in session.scalars(select(SafetyStep).where(SafetyStep.event_id == event.id))
    }
    accounts = {key for row in rows.values() for key in (row.owner_id, row.done_by) if key}
    names = dict(
        session.execute(select(Account.id, Account.display_name).where(Account.id.in_(accounts))).all()
    )
    ids = [row.file_id for row in rows.values() if row.file_id]
    files = {file.id: file for file in session.scalars(select(StoredFile).where(StoredFile.id.in_(ids)))}
    return tuple(_line(kind, day, rows.get(kind), names, files) for kind, day in due.items())


def late_at(session: Session, moments: Iterable[tuple[int, datetime]]) -> dict[Event, list[StepLine]]:
    """Return of events, with the moments at which they are to begin, those with matters that are late."""
    soon = {key: starts_at for key, starts_at in moments if starts_at < now() + AHEAD}
    rule = safety_rule(session)
    found: dict[Event, list[StepLine]] = {}
    for chunk in chunks(sorted(soon)):
        events = session.scalars(select(Event).where(Event.id.in_(chunk)).order_by(Event.id)).all()
        rows = _rows(session, [event.id for event in events])
        for event in events:
            due = rule.due(event.kind, event.people, soon[event.id])
            lines = [_line(kind, day, rows.get((event.id, kind)), {}, {}) for kind, day in due.items()]
            if late := [one for one in lines if one.is_late]:
                found[event] = late
    return found


def waiting_steps(session: Session, *, scope: Scope) -> tuple[DueLine, ...]:
    """Return the matters of published events to come that are due within a week or late, by their days."""
    wanted = (
        select(Event)
        .where(scoped(Event, scope), Event.state == EventState.PUBLISHED)
        .where(Event.starts_at > now(), Event.starts_at < now() + AHEAD)
        .order_by(Event.starts_at, Event.id)
    )
    events = session.scalars(wanted).all()
    rule, rows = safety_rule(session), _rows(session, [event.id for event in events])
    lines = [
        DueLine(event, _line(kind, day, rows.get((event.id, kind)), {}, {}))
        for event in events
        for kind, day in rule.due(event.kind, event.people, event.starts_at).items()
    ]
    waiting = [
        one
        for one in lines
        if one.step.state in {SafetyState.OPEN, SafetyState.REFUSED}
        and one.step.due_on is not None
        and one.step.due_on <= today() + SOON
    ]
    return tuple(sorted(waiting, key=lambda one: (one.step.due_on or date.max, one.event.id)))


def safety_rules_for(session: Session, *, division_code: str) -> SafetyRules | None:
    """Return the rules that the nearest bureau has set; None where nobody has."""
    return nearest_rules(session, SafetyRules, division_code=division_code)


def strictness_of(rules: SafetyRules | None) -> Strictness:
    """Return what late matters do to publishing: as the nearest bureau says, warn where nobody does."""
    return rules.publishing if rules else Strictness.WARN


def strictness_for(session: Session, *, division_code: str) -> Strictness:
    """Return what late matters do to publishing for the bureau of a division."""
    return strictness_of(safety_rules_for(session, division_code=division_code))


def seen_to(kind: SafetyKind) -> Select[int]:
    """Select the events at which a matter is handed in, done or not needed."""
    done = (SafetyState.HANDED_IN, *SETTLED)
    return select(SafetyStep.event_id).where(SafetyStep.kind == kind, SafetyStep.state.in_(done))


def owners_of(session: Session, event: Event) -> dict[int, str]:
    """Return the members of an event's bureau who may see to its matters, by name."""
    rows = session.execute(
        select(Account.id, Account.display_name)
        .where(Account.organizer_id == event.organizer_id, Account.disabled_at.is_(None))
        .order_by(Account.display_name, Account.id)
    )
    return dict(rows.all())


def _rows(session: Session, event_ids: list[int]) -> dict[tuple[int, SafetyKind], SafetyStep]:
    found: dict[tuple[int, SafetyKind], SafetyStep] = {}
    for chunk in chunks(event_ids):
        for row in session.scalars(select(SafetyStep).where(SafetyStep.event_id.in_(chunk))):
            found[row.event_id, row.kind] = row
    return found


def _line(
    kind: SafetyKind,
    day: date | None,
    row: SafetyStep | None,
    names: dict[int, str],
    files: dict[int, StoredFile],
) -> StepLine:
    if row is None:
        return StepLine(kind, day, None)
    return StepLine(
        kind=kind,
        due_on=row.due_on or day,
        row=row,
        owner=names.get(row.owner_id or 0, ""),
        done_by=names.get(row.done_by or 0, ""),
        file=files.get(row.file_id or 0),
    )
