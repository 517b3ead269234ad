"""The receipt of an enterprise, and what everybody may know of an event's lottery."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.models import AllocationState, BookingTerms, BoothAllocation, BoothReceipt, Way
from scheduler.queries.actors import Employer
from scheduler.queries.scope import scoped
from solver.booths.exchange import read_receipt
from solver.booths.receipt import Receipt


@dataclass(frozen=True, slots=True)
class PublicLottery:
    """What is announced of an event that allocates its booths; `seed` is None until they are allocated.

    `public_rule` says which public fact comes into it (None: none), `drawn_on` the day from which it can be
    known, `public_word` what it was, once it is. Of the tiers in `kept` booths are kept until `kept_until`.
    """

    event_id: int
    closes_at: datetime
    seed_hash: str
    seed: str | None
    public_rule: str | None
    drawn_on: date | None
    public_word: str | None
    allocated_at: datetime | None
    shares: Mapping[str, Any]
    kept: Sequence[str]
    kept_until: datetime


def lottery_of(session: Session, *, event_id: int) -> PublicLottery | None:
    """Return the lottery of an event; None where booths are not allocated. The caller has judged who asks."""
    terms = session.scalar(
        select(BookingTerms).where(BookingTerms.event_id == event_id, BookingTerms.way == Way.ALLOCATION)
    )
    if terms is None:
        return None
    return lottery_by(terms)


def lottery_by(terms: BookingTerms) -> PublicLottery:
    """Return what is announced by the terms of an event."""
    return PublicLottery(
        event_id=terms.event_id,
        closes_at=terms.closes_at,
        seed_hash=terms.seed_hash,
        seed=terms.seed if terms.allocated_at else None,
        public_rule=terms.public_rule,
        drawn_on=terms.drawn_on,
        public_word=terms.public_word,
        allocated_at=terms.allocated_at,
        shares=terms.shares,
        kept=terms.kept,
        kept_until=terms.cancel_until,
    )


def receipt_text(session: Session, *, event_id: int, actor: Employer) -> str | None:
    """Return what the enterprise was handed when the event's booths were allocated last; None: nothing."""
    question = (
        select(BoothReceipt.receipt)
        .join(BoothAllocation, BoothAllocation.id == BoothReceipt.allocation_id)
        .where(
            BoothAllocation.event_id == event_id,
            BoothAllocation.state == AllocationState.PUBLISHED,
            scoped(BoothReceipt, actor),
        )
        .order_by(BoothAllocation.id.desc())
        .limit(1)
    )
    return session.scalar(question)


def exclusion_of(session: Session, *, event_id: int, actor: Employer) -> Mapping[str, Any] | None:
    """Return by which rule the enterprise took no part in the last allocation; None: no rule kept it out."""
    question = (
        select(BoothAllocation.excluded)
        .where(BoothAllocation.event_id == event_id, BoothAllocation.state == AllocationState.PUBLISHED)
        .order_by(BoothAllocation.id.desc())
        .limit(1)
    )
    excluded = session.scalar(question) or []
    return next((one for one in excluded if one["enterprise_id"] == actor.enterprise_id), None)


def receipt_of(session: Session, *, event_id: int, actor: Employer) -> Receipt | None:
    """Return the enterprise's receipt as values; None: it has none."""
    text = receipt_text(session, event_id=event_id, actor=actor)
    return read_receipt(text) if text else None
