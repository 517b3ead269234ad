"""The one home of what makes a floor plan legal: `check` returns every rule that is broken."""

from scheduler.drawings.checks import aisles, doors, standing
from scheduler.drawings.checks.findings import SENTENCES, Finding
from scheduler.drawings.limits import Limits
from scheduler.drawings.shapes import Drawing

__all__ = ["SENTENCES", "Finding", "check"]

MUDDLED = {"overlap", "size"}


def check(drawing: Drawing, limits: Limits, *, people: int) -> tuple[Finding, ...]:
    """Return what is wrong with a plan for a day's people: errors first, warnings last.

    What cannot be judged yet is not: nothing without an outline that has an inside, and no aisles while
    booths stand on one another.
    """
    if broken := tuple(standing.hall(drawing)):
        return broken
    stand = tuple(standing.places(drawing))
    is_clear = MUDDLED.isdisjoint(one.rule for one in stand)
    found = (
        *standing.codes(drawing),
        *stand,
        *doors.doors(drawing, limits),
        *aisles.main_aisles(drawing, limits),
        *(aisles.gaps(drawing, limits) if is_clear else ()),
        *(aisles.ways(drawing, limits) if is_clear else ()),
        *doors.people(drawing, limits, people),
        *doors.distances(drawing, limits),
    )
    return tuple(sorted(found, key=lambda one: not one.is_error))
