"""Rows into solver problems, and solver plans back into rows: the only place that speaks both languages."""

from scheduler.translate.problem import Translation, to_problem, translate
from scheduler.translate.timetable import Timetable

__all__ = ["Timetable", "Translation", "to_problem", "translate"]
