"""What a livestream's run sheet is judged by, and which hosts can take over in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, select, tuple_
from sqlalchemy.orm import Session

from scheduler.models import Event, Hold, Host, Resource, RunSheet, SheetState, Strictness
from scheduler.queries.livestreams.firms import TurnFirm
from scheduler.queries.livestreams.rules import Terms
from scheduler.runsheets import Firm, Given

USUAL_MINUTES = 120
"""How long a livestream is taken to be before it has its time."""


@dataclass(frozen=True, slots=True)
class Sheets:
    """A livestream's run sheets: the draft, the one in force, and the versions before."""

    draft: RunSheet | None
    published: RunSheet | None
    older: tuple[RunSheet, ...]


def sheets_of(session: Session, *, event_id: int) -> Sheets:
    """Return all versions of a livestream's run sheet."""
    rows = session.scalars(
        select(RunSheet).where(RunSheet.event_id == event_id).order_by(RunSheet.version.desc())
    ).all()
    by_state = {row.state: row for row in rows}
    older = tuple(row for row in rows if row.state is SheetState.REPLACED)
    return Sheets(by_state.get(SheetState.DRAFT), by_state.get(SheetState.PUBLISHED), older)


def length_minutes(event: Event) -> int:
    """Return how long a livestream is."""
    if event.starts_at is None or event.ends_at is None:
        return USUAL_MINUTES
    return int((event.ends_at - event.starts_at).total_seconds()) // 60


def judged_by(session: Session, event: Event, *, firms: Sequence[TurnFirm], terms: Terms) -> Given:
    """Return what decides whether a run sheet of the livestream is right."""
    return Given(
        minutes=length_minutes(event),
        least=terms.least_minutes,
        most=terms.most_minutes,
        firms={
            firm.enterprise.id: Firm(
                firm.enterprise.name_zh, firm.admitted, tuple(check.kind for check in firm.lacking)
            )
            for firm in firms
        },
        hosts=frozenset(host.id for host in free_hosts(session, event)),
        checklist_blocks=terms.checklist is Strictness.BLOCK,
    )


def slots_of(event_id: int) -> Select[date, str]:
    """Return the question for the slots that an event holds."""
    return select(Hold.day_on, Hold.period).where(Hold.event_id == event_id).distinct()


def free_hosts(session: Session, event: Event) -> tuple[Host, ...]:
    """Return the city's hosts who are in no other livestream while this one is on."""
    slots = session.execute(slots_of(event.id)).all()
    busy = set(
        session.scalars(
            select(Hold.resource_id).where(
                Hold.resource == Resource.HOST,
                Hold.event_id != event.id,
                tuple_(Hold.day_on, Hold.period).in_([tuple(slot) for slot in slots]),
            )
        )
        if slots
        else ()
    )
    hosts = session.scalars(select(Host).where(Host.city_code == event.city_code).order_by(Host.id))
    return tuple(host for host in hosts if host.id not in busy)
