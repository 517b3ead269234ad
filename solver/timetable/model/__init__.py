"""The CP-SAT model of one planning problem: one function for each hard rule and each goal."""

from solver.timetable.model.build import FINENESS, Surcharges, TimetableModel
from solver.timetable.model.frame import EventChoice
from solver.timetable.model.prices import left_out_price

__all__ = ["FINENESS", "EventChoice", "Surcharges", "TimetableModel", "left_out_price"]
