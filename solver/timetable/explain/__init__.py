"""Answers about a plan: why here, what if, why impossible, and what is scarce."""

from solver.timetable.explain.explainer import Explainer
from solver.timetable.explain.what_if import ImpossiblePlaceError, WhatIf
from solver.timetable.explain.why_here import Alternative

__all__ = ["Alternative", "Explainer", "ImpossiblePlaceError", "WhatIf"]
