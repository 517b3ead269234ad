"""Writes rows as JSON with the source they came from."""

import json

from scheduler.exporting.rows import ExportRow
from scheduler.exporting.source import Source


def written(source: Source, rows: list[ExportRow]) -> bytes:
    """Return UTF-8 with one row a line, so that two exports can be compared line by line."""
    head = {
        "quarter": str(source.quarter),
        "scope": source.scope_code,
        "plan": source.plan_id,
        "events": source.events,
    }
    lines = (json.dumps(_as_dict(row), ensure_ascii=False) for row in rows)
    opening = json.dumps(head, ensure_ascii=False)[:-1]
    return (f'{opening}, "rows": [\n' + ",\n".join(lines) + "\n]}\n").encode()


def _as_dict(row: ExportRow) -> dict[str, object]:
    return {**dict(zip(row.__slots__, row.cells(), strict=True)), "provisional": bool(row.provisional)}
