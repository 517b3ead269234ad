"""The firms of a livestream with the openings that they show, in three queries however many there are."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.models import (
    Enterprise,
    Industry,
    Opening,
    Registration,
    RegistrationState,
    StreamOpening,
    StreamTurn,
)
from scheduler.queries.livestreams.checklist import Check, checked
from scheduler.queries.public_rows import Named


@dataclass(frozen=True, slots=True)
class ShownOpening:
    """An opening with its place in the firm's turn and what came of it."""

    opening: Opening
    shown: StreamOpening


@dataclass(frozen=True, slots=True)
class TurnFirm:
    """A firm that has a turn, with its openings in their order and its checklist."""

    turn: StreamTurn
    enterprise: Enterprise
    industry: Named
    registration: RegistrationState
    openings: tuple[ShownOpening, ...]
    checks: tuple[Check, ...]

    @property
    def admitted(self) -> bool:
        """Tell whether the bureau has let the firm in."""
        return self.registration is RegistrationState.APPROVED

    @property
    def lacking(self) -> tuple[Check, ...]:
        """Return what the checklist still lacks."""
        return tuple(check for check in self.checks if not check.done)


def firms_of(session: Session, *, event_id: int, enterprise_id: int | None = None) -> tuple[TurnFirm, ...]:
    """Return the firms that have a turn in a livestream, or one of them, in the order of their coming."""
    query = (
        select(StreamTurn, Enterprise, Industry, Registration.state)
        .join(Enterprise, Enterprise.id == StreamTurn.enterprise_id)
        .join(Industry, Industry.code == Enterprise.industry_code)
        .join(
            Registration,
            (Registration.event_id == StreamTurn.event_id)
            & (Registration.enterprise_id == StreamTurn.enterprise_id),
        )
        .where(StreamTurn.event_id == event_id)
        .order_by(StreamTurn.taken_at, StreamTurn.ordinal)
    )
    if enterprise_id is not None:
        query = query.where(StreamTurn.enterprise_id == enterprise_id)
    openings = openings_of(session, event_ids=[event_id])
    return tuple(
        TurnFirm(
            turn,
            enterprise,
            Named(industry.code, industry.name_zh, industry.name_en),
            state,
            openings[event_id, enterprise.id],
            checked(turn, enterprise, state, [line.opening for line in openings[event_id, enterprise.id]]),
        )
        for turn, enterprise, industry, state in session.execute(query)
    )


def openings_of(
    session: Session, *, event_ids: Sequence[int]
) -> defaultdict[tuple[int, int], tuple[ShownOpening, ...]]:
    """Return the openings shown in livestreams, by event and firm, in their order."""
    rows = session.execute(
        select(Opening, StreamOpening)
        .join(Opening, Opening.id == StreamOpening.opening_id)
        .where(StreamOpening.event_id.in_(event_ids))
        .order_by(StreamOpening.event_id, StreamOpening.enterprise_id, StreamOpening.position, Opening.id)
    )
    found: defaultdict[tuple[int, int], tuple[ShownOpening, ...]] = defaultdict(tuple)
    for opening, shown in rows:
        found[shown.event_id, shown.enterprise_id] += (ShownOpening(opening, shown),)
    return found
