"""Watches the two doors into the database, a session's flush and its bulk statements, and notes.

What a bulk statement changes is read and locked before it, and read again after it; it changes no other
row. A statement on a table instead of a class would pass by; services write none.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Delete,
    Insert,
    Result,
    Select,
    String,
    Update,
    bindparam,
    cast,
    event,
    insert,
    inspect,
    select,
    tuple_,
)
from sqlalchemy.orm import ORMExecuteState, Session, UOWTransaction

from scheduler.auditing.noted import AUDITED, Noted, compare, fields
from scheduler.models import PROVINCE, AuditEntry, Base
from scheduler.times import now

BY, CONCERNS = "audit_by", "audit_concerns"
NOTE, SUBJECT_ID = "note_", "subject_id"
Row = dict[str, Any]
Key = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class By:
    """Who writes in a session: an account (None: the site itself), and the division it works in."""

    account_id: int | None = None
    division_code: str = PROVINCE


def act_as(session: Session, by: By) -> None:
    """Say in whose name a session writes; without it, it is the site's own: a command or the worker."""
    session.info[BY] = by


def concerning(session: Session, division_code: str) -> None:
    """Say which division the decisions concern whose rows do not tell; else it is where the writer works."""
    session.info[CONCERNS] = division_code


def note_made(session: Session, model: type[Base], key: Key, row: Mapping[str, Any]) -> None:
    """Note a row that a statement inserted past the doors below; `row` holds the values it was given."""
    _write(session, [_made(model, key, row)])


def note_of(session: Session, model: type[Base], row: Mapping[str, Any]) -> Row:
    """Return the values of `noting` for a row that the same statement inserts with the values of `row`."""
    (entry,) = _entries(session, [_made(model, (), row)])
    return {NOTE + name: value for name, value in entry.items() if name != SUBJECT_ID}


def noting(key: ColumnElement[Any]) -> Insert:
    """Return the statement that notes what another one has inserted, as a part of it: a note for each key."""
    columns = [column for column in AuditEntry.__table__.c if column.name not in {"id", SUBJECT_ID}]
    values = [bindparam(NOTE + column.name, type_=column.type) for column in columns]
    names = [*(column.name for column in columns), SUBJECT_ID]
    return insert(AuditEntry).from_select(names, select(*values, cast(key, String)))


def watch() -> None:
    """Begin to note what sessions write; once begun, calling it again changes nothing."""
    if not event.contains(Session, "after_flush", _after_flush):
        event.listen(Session, "after_flush", _after_flush)
        event.listen(Session, "do_orm_execute", _around_statement)


def _after_flush(session: Session, _context: UOWTransaction) -> None:
    notes = [compare(type(row), _key(row), None, _row(row)) for row in session.new if type(row) in AUDITED]
    notes += [compare(type(row), _key(row), _was(row), _row(row)) for row in _in_order(session.dirty)]
    notes += [compare(type(row), _key(row), _row(row), None) for row in _in_order(session.deleted)]
    _write(session, notes)


def _in_order(rows: Iterable[Any]) -> Sequence[Any]:
    """Return the audited rows of a flush by their keys: the session has them in no order of its own."""
    audited = [row for row in rows if type(row) in AUDITED]
    return sorted(audited, key=lambda row: (type(row).__name__, _key(row)))


def _around_statement(running: ORMExecuteState) -> Result[Any] | None:
    """Let a bulk change run, and note every row that it has changed or removed."""
    statement = running.statement
    if running.bind_mapper is None or not isinstance(statement, Update | Delete):
        return None
    model = running.bind_mapper.class_
    if model not in AUDITED or not _may_be_noted(statement, AUDITED[model], running.parameters):
        return None
    before = _read(running.session, model, _chosen(model, statement))
    result: Result[Any] = running.invoke_statement(_only(statement, model, before))
    if before:
        first = inspect(model).primary_key[0]
        after = _read(
            running.session, model, select(*_columns(model)).where(first.in_({key[0] for key in before}))
        )
        _write(running.session, [compare(model, key, before[key], after.get(key)) for key in before])
    return result


def _may_be_noted(statement: Update | Delete, noted: Sequence[str], parameters: object) -> bool:
    """Tell whether a statement can change a noted field: a lease renewed every second need not be read twice.

    What values it sets, only the statement itself knows; with parameters beside it anything may be set.
    """
    if isinstance(statement, Delete) or parameters:
        return True
    return any(getattr(column, "key", column) in noted for column in statement._values or ())  # noqa: SLF001


def _chosen(model: type[Base], statement: Update | Delete) -> Select[Any]:
    """Return the question for the rows of a bulk change, which stay as they are until it is done.

    Unlocked, a row could change between the reading and the change, and the note would tell of somebody
    else's deed. Locked in the order of their keys, two such changes never wait for each other.
    """
    chosen = select(*_columns(model)).order_by(*inspect(model).primary_key)
    if statement.whereclause is not None:
        chosen = chosen.where(statement.whereclause)
    return chosen.with_for_update(key_share=True, of=model)


def _only(statement: Update | Delete, model: type[Base], keys: Iterable[Key]) -> Update | Delete:
    """Return the change for the rows that were read, and no other.

    PostgreSQL lets a statement see what was committed since the one before it: a row that comes to answer
    the condition in between would be changed without a note.
    """
    columns = inspect(model).primary_key
    if len(columns) == 1:
        return statement.where(columns[0].in_([key[0] for key in keys]))
    return statement.where(tuple_(*columns).in_(list(keys)))


def _columns(model: type[Base]) -> Sequence[Any]:
    return [*inspect(model).primary_key, *(inspect(model).columns[name] for name in fields(model))]


def _read(session: Session, model: type[Base], chosen: Select[Any]) -> dict[Key, Row]:
    width = len(inspect(model).primary_key)
    found = session.connection().execute(chosen)
    return {tuple(row[:width]): dict(zip(fields(model), row[width:], strict=True)) for row in found}


def _key(row: Any) -> Key:  # noqa: ANN401 - any audited row
    mapper = inspect(type(row))
    return tuple(getattr(row, mapper.get_property_by_column(column).key) for column in mapper.primary_key)


def _row(row: Any) -> Row:  # noqa: ANN401
    return {name: getattr(row, name) for name in fields(type(row))}


def _was(row: Any) -> Row:  # noqa: ANN401
    """Return what a changed row was before: the old value of what has changed, else what it is."""
    state, was = inspect(row), _row(row)
    for name in was:
        history = state.attrs[name].history
        if history.has_changes():
            was[name] = history.deleted[0] if history.deleted else None
    return was


def _made(model: type[Base], key: Key, row: Mapping[str, Any]) -> Noted | None:
    return compare(model, key, None, {name: row.get(name) for name in fields(model)})


def _write(session: Session, notes: Iterable[Noted | None]) -> None:
    rows = _entries(session, notes)
    if rows:
        session.connection().execute(NOTING, rows)


def _entries(session: Session, notes: Iterable[Noted | None]) -> list[Row]:
    """Return notes as rows of AuditEntry, with who writes them and where."""
    by: By = session.info.get(BY, By())
    common = {"noted_at": now(), "account_id": by.account_id}
    rows = [{**common, **note.values()} for note in notes if note is not None]
    for row in rows:
        row["division_code"] = row["division_code"] or session.info.get(CONCERNS) or by.division_code
    return rows


NOTING = insert(AuditEntry)
