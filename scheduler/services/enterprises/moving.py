"""Moves the rows of one enterprise to another, by what the models say points to it."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from sqlalchemy import Table, inspect, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from scheduler.models import (
    Base,
    CaseFile,
    Enterprise,
    EnterpriseContact,
    EnterpriseMerge,
    Message,
    OfficerAssignment,
    Registration,
    ReviewCase,
    ReviewStep,
    SignUp,
    StoredFile,
)
from scheduler.services.enterprises.moving_registrations import (
    BEHIND,
    REGISTRATIONS,
    MergeBlocked,
    on_registrations,
    return_registrations,
    take_registrations,
)

Moved = dict[str, list[Any]]
# What was found out about the wrong entry stays with it: its papers, its history, its contact, its letters.
STAYS: set[type[Any]] = {
    CaseFile,
    Enterprise,
    EnterpriseContact,
    EnterpriseMerge,
    Message,
    OfficerAssignment,
    ReviewCase,
    ReviewStep,
    SignUp,
    StoredFile,
}
LEFT_BEHIND = {"avoided_neighbour", "booth_receipt", "enterprise_tier", "no_show"}
"""Of these a row that the other has already may stay where it is."""


class Pointer(NamedTuple):
    """A column of a model that points to an enterprise."""

    model: type[Any]
    column: str


def pointers() -> list[Pointer]:
    """Return every column that points to an enterprise, registrations and what hangs on them left out."""
    hanging = on_registrations()
    return [
        Pointer(mapper.class_, mapper.get_property_by_column(column).key)
        for mapper in sorted(Base.registry.mappers, key=lambda mapper: mapper.class_.__name__)
        if isinstance(mapper.local_table, Table) and mapper.class_ not in {*STAYS, Registration}
        for column in mapper.local_table.columns
        if any(key.column is Enterprise.__table__.c.id for key in column.foreign_keys)
        and not (mapper.local_table in hanging and column.name == "enterprise_id")
    ]


def move_rows(session: Session, *, source_id: int, target_id: int) -> Moved:
    """Lead what points to one enterprise to another; returns the keys of what moved, by column.

    Raises MergeBlocked.
    """
    try:
        with session.begin_nested():
            moved: Moved = take_registrations(session, source_id=source_id, target_id=target_id)
    except IntegrityError as error:
        raise MergeBlocked(what=REGISTRATIONS, which=source_id) from error
    for model, column in pointers():
        keys = [
            key
            for row in session.scalars(select(model).where(getattr(model, column) == source_id)).all()
            for key in _move_row(session, row, column, target_id)
        ]
        if keys:
            moved[f"{model.__tablename__}.{column}"] = keys
    return moved


def move_back(session: Session, moved: Mapping[str, Any], *, source_id: int, target_id: int) -> None:
    """Lead back what had moved and is still there; raises MergeBlocked."""
    try:
        with session.begin_nested():
            return_registrations(
                session,
                moved.get(REGISTRATIONS, []),
                moved.get(BEHIND, []),
                source_id=source_id,
                target_id=target_id,
            )
    except IntegrityError as error:
        raise MergeBlocked(what=REGISTRATIONS, which=source_id) from error
    for model, column in pointers():
        for key in moved.get(f"{model.__tablename__}.{column}", ()):
            row = session.get(model, tuple(key))
            if row is not None and getattr(row, column) == target_id:
                list(_move_row(session, row, column, source_id))


def _move_row(session: Session, row: Any, column: str, target_id: int) -> Iterator[list[Any]]:  # noqa: ANN401
    """Move a row and yield its key; one that may stay behind yields nothing."""
    table = type(row).__tablename__
    key = list(inspect(row).identity)
    try:
        with session.begin_nested():
            setattr(row, column, target_id)
            session.flush()
    except IntegrityError as error:
        if table in LEFT_BEHIND:
            return
        raise MergeBlocked(what=table, which=":".join(map(str, key))) from error
    yield list(inspect(row).identity)
