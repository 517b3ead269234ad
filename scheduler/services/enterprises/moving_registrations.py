"""Moves registrations with what hangs on them: bookings, turns in livestreams, openings brought along.

A registration is named by event and enterprise, and other tables point to that name, some through one
another. So it is written anew under the other enterprise; rows whose own key names the enterprise are
written anew as well, the others are led there; then the old one is taken away.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Table, and_, exists, insert, inspect, literal, or_, select, update
from sqlalchemy.orm import Session

from scheduler.errors import Refusal
from scheduler.models import (
    STANDING,
    Base,
    Booking,
    Registration,
    RegistrationState,
    RunSheet,
    StreamTurn,
)


class MergeBlocked(Refusal):
    """Both enterprises have what only one may have; a person decides which of them is given up."""

    status = 409
    code = "merge_blocked"
    zh = "不能合并：两家单位在“{what}”（{which}）上相互冲突，按规则只能保留一项。请先取消其中一项，再合并。"
    en = "They cannot be merged: both stand in “{what}” ({which}), where there may be one. Cancel one first."


REGISTRATIONS, BEHIND = "registration", "registration.withdrawn"
OWNER = "enterprise_id"


def on_registrations() -> list[Table]:
    """Return the tables that point to a registration or to one another by the enterprise, in that order."""
    found: list[Table] = [Registration.__table__]  # type: ignore[list-item]
    for table in Base.metadata.sorted_tables:
        keys = [key for key in table.foreign_key_constraints if OWNER in key.column_keys]
        if table not in found and any(key.referred_table in found for key in keys):
            found.append(table)
    return found[1:]


def take_registrations(session: Session, *, source_id: int, target_id: int) -> dict[str, list[Any]]:
    """Move registrations; where both are registered, the one without anything booked is withdrawn and stays.

    Raises MergeBlocked where it has booked something, or stands in a run sheet that others rely on.
    """
    taken = set(session.scalars(select(Registration.event_id).where(Registration.enterprise_id == target_id)))
    moved: list[int] = []
    behind: list[list[Any]] = []
    for row in session.scalars(select(Registration).where(Registration.enterprise_id == source_id)).all():
        booked = _has_booked(session, row.event_id, source_id)
        if _in_run_sheet(session, row.event_id, source_id):
            raise MergeBlocked(what=RunSheet.__tablename__, which=row.event_id)
        if row.event_id in taken and booked:
            raise MergeBlocked(what=REGISTRATIONS, which=row.event_id)
        if row.event_id in taken:
            behind.append([row.event_id, row.state.value])
            row.state = RegistrationState.WITHDRAWN
        else:
            move_registration(session, row.event_id, source_id, target_id)
            moved.append(row.event_id)
    session.flush()
    return {REGISTRATIONS: moved, BEHIND: behind}


def return_registrations(
    session: Session,
    moved: Sequence[int],
    behind: Sequence[Sequence[Any]],
    *,
    source_id: int,
    target_id: int,
) -> None:
    """Lead registrations back that are still there, and let those that stayed behind stand as they did."""
    for event_id in moved:
        if session.get(Registration, (event_id, target_id)) is not None:
            move_registration(session, event_id, target_id, source_id)
    for event_id, state in behind:
        row = session.get(Registration, (event_id, source_id))
        if row is not None and row.state is RegistrationState.WITHDRAWN:
            row.state = RegistrationState(state)
    session.flush()


def move_registration(session: Session, event_id: int, source_id: int, target_id: int) -> None:
    """Write a registration anew under another enterprise, with what hangs on it."""
    old = session.get_one(Registration, (event_id, source_id))
    values = {
        name: getattr(old, name) for name in [column.key for column in inspect(Registration).column_attrs]
    }
    session.add(Registration(**{**values, OWNER: target_id}))
    session.flush()
    for table in on_registrations():
        if OWNER in table.primary_key.columns:
            _copy(session, table, event_id, source_id, target_id)
        else:
            _lead(session, table, event_id, source_id, target_id)
    session.delete(old)
    session.flush()
    session.expire_all()


def _has_booked(session: Session, event_id: int, enterprise_id: int) -> bool:
    """Tell whether an enterprise has booths or a turn in a livestream."""
    booking = exists().where(
        Booking.event_id == event_id,
        Booking.enterprise_id == enterprise_id,
        Booking.state.in_(STANDING),
    )
    turn = exists().where(StreamTurn.event_id == event_id, StreamTurn.enterprise_id == enterprise_id)
    return bool(session.scalar(select(or_(booking, turn))))


def _in_run_sheet(session: Session, event_id: int, enterprise_id: int) -> bool:
    """Tell whether a run sheet, which names firms by the minute, has been made with the enterprise."""
    turn = exists().where(StreamTurn.event_id == event_id, StreamTurn.enterprise_id == enterprise_id)
    sheet = exists().where(RunSheet.event_id == event_id)
    return bool(session.scalar(select(and_(turn, sheet))))


def _copy(session: Session, table: Table, event_id: int, source_id: int, target_id: int) -> None:
    names = [column.name for column in table.columns]
    chosen = [literal(target_id) if name == OWNER else table.c[name] for name in names]
    rows = select(*chosen).where(table.c.event_id == event_id, table.c[OWNER] == source_id)
    session.execute(insert(table).from_select(names, rows))


def _lead(session: Session, table: Table, event_id: int, source_id: int, target_id: int) -> None:
    model = next(mapper.class_ for mapper in Base.registry.mappers if mapper.local_table is table)
    session.execute(
        update(model)
        .where(model.event_id == event_id, model.enterprise_id == source_id)
        .values(enterprise_id=target_id)
        .execution_options(synchronize_session=False)
    )
