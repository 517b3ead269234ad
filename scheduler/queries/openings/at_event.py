"""What is to be put right in the openings that enterprises bring to an event, for the bureau that reviews."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.models import (
    REGISTERED,
    Enterprise,
    Event,
    Opening,
    Organizer,
    Registration,
    RegistrationOpening,
)
from scheduler.postings import FindingKind
from scheduler.queries.booking.rules import Rules, rules_for
from scheduler.queries.openings.judging import Judged, judge


@dataclass(frozen=True, slots=True)
class Brought:
    """An opening that an enterprise brings, with what is to be put right in it."""

    opening: Opening
    findings: tuple[Judged, ...]

    @property
    def is_faulty(self) -> bool:
        """Tell whether more than advice was found."""
        return any(one.finding.kind is not FindingKind.ADVICE for one in self.findings)


def rules_of_event(session: Session, *, event_id: int) -> Rules:
    """Return the rules of the bureau that holds an event, as they are now."""
    query = select(Organizer.division_code).join(Event, Event.organizer_id == Organizer.id)
    return rules_for(session, division_code=session.scalars(query.where(Event.id == event_id)).one())


def to_put_right(session: Session, *, event_id: int) -> tuple[tuple[str, tuple[Brought, ...]], ...]:
    """Return who brings openings to an event in which more than advice was found, those asking first."""
    rows = session.execute(
        select(Enterprise.id, Enterprise.name_zh)
        .join(Registration, Registration.enterprise_id == Enterprise.id)
        .where(Registration.event_id == event_id, Registration.state.in_(REGISTERED))
        .order_by(Registration.state.desc(), Registration.requested_at, Enterprise.id)
    ).all()
    brought = brought_to(session, event_id=event_id)
    found = ((name, tuple(line for line in brought.get(key, ()) if line.is_faulty)) for key, name in rows)
    return tuple((name, lines) for name, lines in found if lines)


def brought_to(session: Session, *, event_id: int) -> Mapping[int, tuple[Brought, ...]]:
    """Return the openings brought to an event by the enterprise, as they are now."""
    rows = session.execute(
        select(RegistrationOpening.enterprise_id, Opening)
        .join(Opening, Opening.id == RegistrationOpening.opening_id)
        .where(RegistrationOpening.event_id == event_id)
        .order_by(RegistrationOpening.enterprise_id, Opening.id)
    ).all()
    judged = judge(session, [row[1] for row in rows], rules_of_event(session, event_id=event_id))
    found: defaultdict[int, tuple[Brought, ...]] = defaultdict(tuple)
    for enterprise_id, opening in rows:
        found[enterprise_id] += (Brought(opening, judged[opening.id]),)
    return found
