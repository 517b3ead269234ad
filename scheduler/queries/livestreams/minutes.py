"""When each firm is on air: the published run sheet counted from the livestream's beginning."""

from datetime import datetime, timedelta

from scheduler.models import Event, RunSheet
from scheduler.runsheets import LineKind, Timed, from_rows, timed


def turns_in(sheet: RunSheet | None) -> dict[int, Timed]:
    """Return the line of each firm on a sheet."""
    lines = timed(from_rows(sheet.lines)) if sheet else ()
    return {
        line.line.enterprise_id: line
        for line in lines
        if line.line.kind is LineKind.TURN and line.line.enterprise_id
    }


def minutes_of(sheet: RunSheet | None, event: Event) -> dict[int, datetime]:
    """Return the moment at which each firm's turn begins; nothing before the event has its time."""
    if event.starts_at is None:
        return {}
    starts_at = event.starts_at
    return {firm: starts_at + timedelta(minutes=line.start) for firm, line in turns_in(sheet).items()}
