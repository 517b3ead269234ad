"""Hands a quarter's schedule out as a file: csv, xlsx, json or ics, complete or not at all."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from sqlalchemy.orm import Session

from scheduler.exporting import as_calendar, as_comma, as_json, as_workbook
from scheduler.exporting.source import NothingToExport, Source, choose_source, read_rows
from scheduler.models import PROVINCE
from scheduler.quarters import Quarter

__all__ = ["ExportReport", "Format", "NothingToExport", "export_quarter", "exported_octets"]


class Format(StrEnum):
    """The kinds of file."""

    CSV = "csv"
    XLSX = "xlsx"
    JSON = "json"
    ICS = "ics"


@dataclass(frozen=True, slots=True)
class ExportReport:
    """What was written. `plan_id` is the draft it came from; None means the published schedule."""

    path: Path
    format: Format
    events: int
    rows: int
    octets: int
    plan_id: int | None

    @property
    def is_draft(self) -> bool:
        """Tell whether the file holds a plan that is not in force."""
        return self.plan_id is not None


def export_quarter(  # noqa: PLR0913 — the command's options, by name
    session: Session,
    *,
    quarter: Quarter,
    format: Format,  # noqa: A002 — the word that users type
    out: Path,
    public_url: str,
    scope_code: str = PROVINCE,
    plan_id: int | None = None,
) -> ExportReport:
    """Write the schedule of a quarter within a division, one row per event and venue.

    That is what is published; where nothing is, the newest draft; or the plan that `plan_id` names. The
    file appears under its name only when it is complete, and replaces an older one. Raises
    NothingToExport and OSError.
    """
    source = choose_source(session, quarter=quarter, scope_code=scope_code, plan_id=plan_id)
    content, rows = _content(session, source, format, public_url)
    draft = out.with_name(f".{out.name}.part")
    try:
        draft.write_bytes(content)
        draft.replace(out)
    finally:
        draft.unlink(missing_ok=True)
    return ExportReport(out, format, source.events, rows, len(content), source.plan_id)


def exported_octets(
    session: Session,
    *,
    quarter: Quarter,
    format: Format,  # noqa: A002 — the word that users type
    public_url: str,
    scope_code: str,
) -> bytes:
    """Return the file of a quarter within a division, as export_quarter writes it; raises NothingToExport."""
    source = choose_source(session, quarter=quarter, scope_code=scope_code)
    return _content(session, source, format, public_url)[0]


def _content(session: Session, source: Source, wanted: Format, public_url: str) -> tuple[bytes, int]:
    """Return the file's octets and its number of rows."""
    if wanted is Format.ICS:
        return as_calendar.written(session, source, public_url=public_url), source.events
    rows = read_rows(session, source)
    write = {Format.CSV: as_comma.written, Format.XLSX: as_workbook.written, Format.JSON: as_json.written}
    return write[wanted](source, rows), len(rows)
