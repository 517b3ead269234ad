"""How a plan differs from the schedule in force, event by event."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from scheduler.errors import NotFound
from scheduler.models import (
    ChangeKind,
    Event,
    EventChange,
    EventState,
    EventVenue,
    LeftOut,
    Placement,
    PlacementVenue,
    Plan,
    PlanState,
    Publication,
    Venue,
)


@dataclass(frozen=True, slots=True)
class DifferenceLine:
    """One event that a plan changes: `change` is new, moved or gone; None where there is no time."""

    event_id: int
    title_zh: str
    title_en: str
    change: str
    before_at: datetime | None
    after_at: datetime | None
    before_venues: Sequence[str]
    after_venues: Sequence[str]


WORDS = {ChangeKind.PUBLISHED: "new", ChangeKind.MOVED: "moved", ChangeKind.CANCELLED: "gone"}


def plan_difference(session: Session, *, plan_id: int) -> list[DifferenceLine]:
    """Return the events that differ, moved ones first, then gone, then new, each in order of time.

    A draft is compared with what is public now; a plan that was published tells what its publication
    changed. Raises NotFound.
    """
    plan = session.get(Plan, plan_id)
    if plan is None:
        raise NotFound
    lines = _of_draft(session, plan_id) if plan.state == PlanState.DRAFT else _published(session, plan_id)
    order = ["moved", "gone", "new"]
    return sorted(lines, key=lambda one: (order.index(one.change), str(one.after_at or one.before_at)))


def _of_draft(session: Session, plan_id: int) -> list[DifferenceLine]:
    before = _venue_names(session, select(EventVenue.event_id, EventVenue.venue_id))
    placed = select(PlacementVenue.event_id, PlacementVenue.venue_id).where(PlacementVenue.plan_id == plan_id)
    after = _venue_names(session, placed)
    rows = (
        select(Event, Placement.starts_at)
        .outerjoin(Placement, (Placement.event_id == Event.id) & (Placement.plan_id == plan_id))
        .outerjoin(LeftOut, (LeftOut.event_id == Event.id) & (LeftOut.plan_id == plan_id))
        .where(Placement.event_id.is_not(None) | LeftOut.event_id.is_not(None))
    )
    lines = (
        _line(event, starts_at, before.get(event.id, ()), after.get(event.id, ()))
        for event, starts_at in session.execute(rows)
    )
    return [line for line in lines if line is not None]


def _line(
    event: Event, after_at: datetime | None, before: Sequence[str], after: Sequence[str]
) -> DifferenceLine | None:
    is_public = event.state == EventState.PUBLISHED
    if after_at is None and not is_public:
        return None
    if is_public and (event.starts_at, before) == (after_at, after):
        return None
    change = "new" if not is_public else "gone" if after_at is None else "moved"
    before_at = event.starts_at if is_public else None
    return DifferenceLine(
        event.id,
        event.title_zh,
        event.title_en,
        change,
        before_at,
        after_at,
        before if is_public else (),
        after,
    )


def _published(session: Session, plan_id: int) -> list[DifferenceLine]:
    names = _all_names(session)
    rows = (
        select(EventChange, Event.title_zh, Event.title_en)
        .join(Publication, Publication.id == EventChange.publication_id)
        .join(Event, Event.id == EventChange.event_id)
        .where(Publication.plan_id == plan_id)
    )
    return [
        DifferenceLine(
            change.event_id,
            zh,
            en,
            WORDS[change.kind],
            _moment(change.before),
            None if change.kind == ChangeKind.CANCELLED else _moment(change.after),
            _names(change.before, names),
            () if change.kind == ChangeKind.CANCELLED else _names(change.after, names),
        )
        for change, zh, en in session.execute(rows)
    ]


def _moment(standing: Mapping[str, Any]) -> datetime | None:
    return datetime.fromisoformat(standing["starts_at"]) if "starts_at" in standing else None


def _names(standing: Mapping[str, Any], names: Mapping[int, str]) -> tuple[str, ...]:
    return tuple(names[venue] for venue in standing.get("venues", ()))


def _all_names(session: Session) -> dict[int, str]:
    return dict(session.execute(select(Venue.id, Venue.name_zh)).all())


def _venue_names(session: Session, pairs: Select[int, int]) -> dict[int, tuple[str, ...]]:
    names = _all_names(session)
    found: dict[int, tuple[str, ...]] = {}
    rows: Iterable[tuple[int, int]] = sorted(session.execute(pairs))
    for event_id, venue_id in rows:
        found[event_id] = (*found.get(event_id, ()), names[venue_id])
    return found
