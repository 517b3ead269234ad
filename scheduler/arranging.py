"""Orders run sheets at every tick: reads the question, solves it outside a transaction, writes the draft."""

import logging
from collections.abc import Callable

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from scheduler.database import reading, transaction
from scheduler.errors import NotFound
from scheduler.models import AvoidedNeighbour
from scheduler.queries.livestreams.firms import TurnFirm
from scheduler.queries.livestreams.given import sheets_of
from scheduler.runsheets import LineKind, Lines, from_rows
from scheduler.services.leases import Claim
from scheduler.services.livestreams import (
    SheetChanged,
    claim_order,
    fail_order,
    finish_order,
    judged,
    return_order,
    seen_of,
)
from scheduler.translate.runsheet import Frame, OnAirFirm, arranged
from solver.refuse import NonsenseError
from solver.runsheet import BrokenSheetError

PAUSES = {LineKind.BREAK, LineKind.HOST}

log = logging.getLogger(__name__)


def arrange_due(engine: Engine, *, stopping: Callable[[], bool] = lambda: False) -> int:
    """Order the sheets that are due, each in a second, until `stopping`; returns how often it tried."""
    attempts = 0
    while not stopping():
        with transaction(engine) as session:
            claim = claim_order(session)
        if claim is None:
            break
        _carry(engine, claim)
        attempts += 1
    return attempts


def _carry(engine: Engine, claim: Claim) -> None:
    """Carry one attempt; an error that nobody expects leaves the order to its lease, for another attempt."""
    try:
        with reading(engine) as session:
            seen = seen_of(session, event_id=claim.key)
            frame, firms, pauses = _question(session, claim.key)
        lines = arranged(frame, firms, pauses=pauses)
        with transaction(engine) as session:
            finish_order(session, claim=claim, seen=seen, lines=lines)
    except SheetChanged:
        with transaction(engine) as session:
            return_order(session, claim=claim)
    except (NotFound, BrokenSheetError, NonsenseError) as error:
        log.warning("run sheet of livestream %s: %s", claim.key, type(error).__name__)
        with transaction(engine) as session:
            fail_order(session, claim=claim)


def _question(session: Session, event_id: int) -> tuple[Frame, list[OnAirFirm], Lines]:
    """Return what the solver has to know of a livestream, with the host's minutes and breaks of its sheet."""
    found, known = judged(session, event_id=event_id), sheets_of(session, event_id=event_id)
    given, sheet = found.given, known.draft or known.published
    lines = from_rows(sheet.lines) if sheet else ()
    leads = sum(line.minutes for line in lines if line.kind is LineKind.LEAD)
    avoided = _avoided(session, event_id)
    return (
        Frame(given.minutes, leads if sheet else found.livestream.lead_minutes, given.least, given.most),
        [_firm(firm, avoided) for firm in found.firms if firm.admitted],
        tuple(line for line in lines if line.kind in PAUSES),
    )


def _firm(firm: TurnFirm, avoided: dict[int, set[int]]) -> OnAirFirm:
    return OnAirFirm(
        firm.enterprise.id,
        firm.enterprise.industry_code,
        firm.turn.minutes_wanted,
        sum(line.opening.headcount for line in firm.openings),
        frozenset(avoided.get(firm.enterprise.id, ())),
    )


def _avoided(session: Session, event_id: int) -> dict[int, set[int]]:
    query = select(AvoidedNeighbour.enterprise_id, AvoidedNeighbour.other_id).where(
        AvoidedNeighbour.event_id == event_id
    )
    found: dict[int, set[int]] = {}
    for firm, other in session.execute(query):
        found.setdefault(firm, set()).add(other)
    return found
