"""Folders of reference files that tests may spoil."""

import csv
from pathlib import Path

from scheduler.services.reference import REFERENCE_DIR


def read(name: str, folder: Path = REFERENCE_DIR) -> list[dict[str, str]]:
    """Return the rows of a shipped file as text."""
    with (folder / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(folder: Path, name: str, rows: list[dict[str, str]]) -> Path:
    """Write rows as a file of a folder."""
    with (folder / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
    return folder / name


def spoil(folder: Path, name: str, row: int, **cells: str) -> Path:
    """Write a shipped file with other cells in one row (the header being row 1)."""
    rows = read(name)
    rows[row - 2] |= cells
    return write(folder, name, rows)
