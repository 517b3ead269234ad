"""What belongs to a registration: the openings brought along, the wishes, whom not to stand beside."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, delete, insert, select
from sqlalchemy.orm import Session

from scheduler.errors import NotFound
from scheduler.models import (
    AvoidedNeighbour,
    Booth,
    BoothWish,
    Enterprise,
    EventFloor,
    FloorZone,
    Opening,
    Registration,
    RegistrationOpening,
)
from scheduler.services.openings import require_fit
from scheduler.services.registering.refusals import BadWish, ForeignOpening


@dataclass(frozen=True, slots=True)
class Wanted:
    """A booth or a zone that an enterprise would like: one of the two."""

    booth_id: int | None = None
    zone_code: str | None = None


def bring(session: Session, row: Registration, opening_ids: Collection[int]) -> None:
    """Bring exactly these openings; raises ForeignOpening and UnfitOpening. What stays is left as it is."""
    wanted = set(opening_ids)
    own = session.scalars(
        select(Opening.id).where(
            Opening.id.in_(wanted),
            Opening.enterprise_id == row.enterprise_id,
            Opening.withdrawn_at.is_(None),
        )
    ).all()
    if set(own) != wanted:
        raise ForeignOpening
    here, present = _here(row), brought(session, row)
    require_fit(session, event_id=row.event_id, opening_ids=wanted - present)
    if present - wanted:
        session.execute(
            delete(RegistrationOpening)
            .where(*here, RegistrationOpening.opening_id.in_(present - wanted))
            .execution_options(synchronize_session=False)
        )
    rows = [_of(row, opening_id=one) for one in sorted(wanted - present)]
    if rows:
        session.execute(insert(RegistrationOpening), rows)


def brought(session: Session, row: Registration) -> set[int]:
    """Return the openings that are brought along now."""
    return set(session.scalars(select(RegistrationOpening.opening_id).where(*_here(row))))


def wish(session: Session, row: Registration, wishes: Sequence[Wanted]) -> None:
    """State these wishes, dearest first; raises BadWish."""
    plans = select(EventFloor.floor_plan_id).where(EventFloor.event_id == row.event_id)
    booths = set(
        session.scalars(
            select(Booth.id).where(
                Booth.floor_plan_id.in_(plans),
                Booth.usable,
                Booth.id.in_([one.booth_id for one in wishes if one.booth_id]),
            )
        )
    )
    zones = set(session.scalars(select(FloorZone.code).where(FloorZone.floor_plan_id.in_(plans))))
    for one in wishes:
        if one.booth_id not in booths and one.zone_code not in zones:
            raise BadWish(wish=one.zone_code or one.booth_id)
    unique = list(dict.fromkeys(wishes))
    _replace(session, BoothWish, row)
    if unique:
        session.execute(
            insert(BoothWish),
            [
                _of(row, rank=rank, booth_id=one.booth_id, zone_code=one.zone_code)
                for rank, one in enumerate(unique, 1)
            ],
        )


def keep_apart(session: Session, row: Registration, avoided_ids: Collection[int]) -> None:
    """Say beside whom the enterprise would rather not stand; raises NotFound for who is not there."""
    others = set(avoided_ids) - {row.enterprise_id}
    known = set(session.scalars(select(Enterprise.id).where(Enterprise.id.in_(others))))
    if known != others:
        raise NotFound
    _replace(session, AvoidedNeighbour, row)
    if others:
        session.execute(insert(AvoidedNeighbour), [_of(row, other_id=one) for one in sorted(others)])


def _here(row: Registration) -> tuple[ColumnElement[bool], ...]:
    return (
        RegistrationOpening.event_id == row.event_id,
        RegistrationOpening.enterprise_id == row.enterprise_id,
    )


def _replace(session: Session, model: type[BoothWish] | type[AvoidedNeighbour], row: Registration) -> None:
    session.execute(
        delete(model)
        .where(model.event_id == row.event_id, model.enterprise_id == row.enterprise_id)
        .execution_options(synchronize_session=False)
    )


def _of(row: Registration, **values: object) -> dict[str, object]:
    return {"event_id": row.event_id, "enterprise_id": row.enterprise_id, **values}
