"""What a rule is tried on."""

from dataclasses import dataclass

from solver.timetable import Placement, Problem
from tests.solver.factories import make_event, make_venue


@dataclass(frozen=True)
class Case:
    """A problem, placements that fit, and placements that break exactly one rule."""

    rule: str
    problem: Problem
    fits: tuple[Placement, ...]
    breaks: tuple[Placement, ...]


TWO = (make_event("a"), make_event("b"))
TWO_HALLS = (make_venue("hall"), make_venue("other"))
