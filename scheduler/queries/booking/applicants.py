"""One enterprise as the bureau of an event judges it: its verified record, what it brings, what is on record.

Who holds the event reads it whatever county the enterprise is of: most that wait for an answer are from
elsewhere, and their file lies with the bureau that verified them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.errors import NotFound
from scheduler.models import Division, Enterprise, Event, Industry, NoShow, Registration, Tier
from scheduler.queries.booking.records import REMEMBERED, remembered
from scheduler.queries.fair_day.absences import Absence
from scheduler.queries.openings.at_event import Brought, brought_to
from scheduler.queries.scope import Scope, get_scoped, scoped
from scheduler.queries.tiers import tiers_of
from scheduler.times import now


@dataclass(frozen=True, slots=True, kw_only=True)
class Applicant:
    """An enterprise that is or was registered for an event.

    `absences` are those that count for the event, wherever they were; `is_ours` tells whether its whole file
    lies within the scope of who asks.
    """

    event: Event
    registration: Registration
    enterprise: Enterprise
    industry: Industry
    division: Division
    tiers: Sequence[Tier]
    brought: Sequence[Brought]
    absences: Sequence[Absence]
    is_ours: bool


def applicant(session: Session, *, event_id: int, enterprise_id: int, scope: Scope) -> Applicant:
    """Return an enterprise that asked to come to an event of the division; raises NotFound."""
    event: Event = get_scoped(session, Event, event_id, scope)
    found = session.execute(
        select(Registration, Enterprise, Industry, Division)
        .join(Enterprise, Enterprise.id == Registration.enterprise_id)
        .join(Industry, Industry.code == Enterprise.industry_code)
        .join(Division, Division.code == Enterprise.division_code)
        .where(Registration.event_id == event_id, Registration.enterprise_id == enterprise_id)
    ).one_or_none()
    if found is None:
        raise NotFound
    registration, enterprise, industry, division = found
    ours = select(Enterprise.id).where(Enterprise.id == enterprise_id, scoped(Enterprise, scope))
    return Applicant(
        event=event,
        registration=registration,
        enterprise=enterprise,
        industry=industry,
        division=division,
        tiers=tiers_of(session, [enterprise_id]).get(enterprise_id, ()),
        brought=brought_to(session, event_id=event_id).get(enterprise_id, ()),
        absences=_absences(session, event_id, enterprise_id),
        is_ours=session.scalar(ours) is not None,
    )


def _absences(session: Session, event_id: int, enterprise_id: int) -> Sequence[Absence]:
    """Return the records that are counted beside the registration, the newest first."""
    rows = session.execute(
        select(NoShow, Event, Enterprise)
        .join(Event, Event.id == NoShow.event_id)
        .join(Enterprise, Enterprise.id == NoShow.enterprise_id)
        .where(
            NoShow.enterprise_id == enterprise_id,
            NoShow.lifted_at.is_(None),
            remembered(NoShow.recorded_at, since=now() - REMEMBERED, event_id=event_id),
        )
        .order_by(NoShow.id.desc())
    )
    return [Absence(*row) for row in rows]
