"""Seating as a model: one function per rule and per goal."""

from solver.booths.model.seating import Seating, seat

__all__ = ["Seating", "seat"]
