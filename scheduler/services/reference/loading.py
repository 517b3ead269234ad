"""Loads reference files: everything is read and checked before the first row is written."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.errors import Refusal
from scheduler.models import Base, Division, Level
from scheduler.services.reference.merging import ReferenceReport, merge
from scheduler.services.reference.reading import Row, read_rows
from scheduler.services.reference.tables import FILES, REFERENCE_DIR, ReferenceFile

Known = Mapping[str, set[Any]]
ABOVE = {
    Level.PROVINCE: None,
    Level.CITY: Level.PROVINCE,
    Level.COUNTY: Level.CITY,
    Level.ZONE: Level.CITY,
}


class NoReferenceFiles(Refusal):
    """A folder without any reference file, or with a file that is none."""

    status = 422
    code = "no_reference_files"
    zh = "“{folder}”中没有可载入的参考数据：{reason_zh}。可用的文件名：{names}。"
    en = "“{folder}” holds no reference data that can be loaded: {reason_en}. Known files: {names}."


def load_reference(session: Session, *, folder: Path = REFERENCE_DIR) -> ReferenceReport:
    """Load the reference files of a folder, or one file; a bureau's own folder may hold just some of them.

    Rows are added or updated, never removed; values edited here stay and are reported. Raises RowError
    at the first wrong row and NoReferenceFiles; then nothing has been written.
    """
    read = [(file, read_rows(file, path)) for file, path in _present(folder)]
    every = [row for _, rows in read for row in rows]
    _check_repeats(every)
    _check_references(every, _known(session, read))
    _check_levels(session, [row for row in every if row.file.model is Division])
    return sum((merge(session, file, rows) for file, rows in read), ReferenceReport())


def _present(folder: Path) -> list[tuple[ReferenceFile, Path]]:
    paths = {path.name: path for path in ([folder] if folder.is_file() else sorted(folder.glob("*.csv")))}
    files = [(file, paths.pop(file.name)) for file in FILES if file.name in paths]
    if paths or not files:
        unknown = ", ".join(sorted(paths))
        raise NoReferenceFiles(
            folder=folder,
            reason_zh=f"无法识别 {unknown}" if paths else "没有 CSV 文件",
            reason_en=f"{unknown} is not known" if paths else "there is no CSV file",
            names=", ".join(file.name for file in FILES),
        )
    return files


def _known(session: Session, read: Iterable[tuple[ReferenceFile, list[Row]]]) -> Known:
    """Return the stored keys of every table that columns of the files refer to."""
    targets = {target for file, _ in read for target in file.references().values()}
    known = {}
    for name in sorted(targets):
        (key,) = Base.metadata.tables[name].primary_key.columns
        known[name] = set(session.scalars(select(key)))
    return known


def _check_references(rows: Iterable[Row], known: Known) -> None:
    """Check that all that a row refers to is stored, or stands in a row before it; raises RowError."""
    for row in rows:
        for column, target in row.file.references().items():
            value = row.values[column]
            missing = [word for word in _each(value) if word not in known[target]]
            if missing:
                raise row.wrong(
                    column,
                    f"引用的“{missing[0]}”不存在，或列在后面",
                    f"refers to “{missing[0]}”, which does not exist or comes later",
                )
        known.get(row.file.table.name, set()).add(row.file.key(row.values)[0])


def _each(value: Any) -> list[Any]:  # noqa: ANN401 — a key, a list of keys, or None
    if isinstance(value, list):
        return value
    return [] if value is None else [value]


def _check_repeats(rows: Iterable[Row]) -> None:
    """Check that no two files give the same row of a table; raises RowError."""
    seen: dict[tuple[Any, ...], Row] = {}
    for row in rows:
        earlier = seen.setdefault((row.file.table.name, *row.file.key(row.values)), row)
        if earlier is not row:
            raise row.wrong(
                row.file.keys[0],
                f"与 {earlier.file.name} 第 {earlier.number} 行重复",
                f"repeats row {earlier.number} of {earlier.file.name}",
            )


def _check_levels(session: Session, rows: list[Row]) -> None:
    """Check that counties and zones belong to cities and cities to the province; raises RowError."""
    levels: dict[str, Level] = dict(session.execute(select(Division.code, Division.level)).all())
    levels |= {row.values["code"]: row.values["level"] for row in rows}
    for row in rows:
        parent = row.values["parent_code"]
        if (levels[parent] if parent else None) != ABOVE[row.values["level"]]:
            raise row.wrong("parent_code", f"“{parent}”不是其上一级", f"“{parent}” is not one level above")
