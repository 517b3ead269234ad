"""Which event, where and when."""

from solver.timetable.calendar import Calendar, Period
from solver.timetable.door import BrokenPlanError, solve
from solver.timetable.event import CrewNeed, Event, Need, Reach
from solver.timetable.fingerprint import problem_hash
from solver.timetable.problem import Attendee, CostProfile, LeadTime, Precedence, Problem, Weights
from solver.timetable.rules import RULES, Violation, violations
from solver.timetable.solution import LeftOut, Outcome, Placement, Progress, Shift, Solution
from solver.timetable.venue import Closure, Crew, CrewPool, Opening, Venue

__all__ = [
    "RULES",
    "Attendee",
    "BrokenPlanError",
    "Calendar",
    "Closure",
    "CostProfile",
    "Crew",
    "CrewNeed",
    "CrewPool",
    "Event",
    "LeadTime",
    "LeftOut",
    "Need",
    "Opening",
    "Outcome",
    "Period",
    "Placement",
    "Precedence",
    "Problem",
    "Progress",
    "Reach",
    "Shift",
    "Solution",
    "Venue",
    "Violation",
    "Weights",
    "problem_hash",
    "solve",
    "violations",
]
