"""Which event, where and when."""

from solver.timetable.calendar import Calendar, Period
from solver.timetable.event import CrewNeed, Event, Need, Reach
from solver.timetable.problem import Attendee, CostProfile, LeadTime, Precedence, Problem, Weights
from solver.timetable.solution import LeftOut, Outcome, Placement, Progress, Shift, Solution
from solver.timetable.venue import Closure, Crew, CrewPool, Opening, Venue

__all__ = [
    "Attendee",
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
    "Weights",
]
