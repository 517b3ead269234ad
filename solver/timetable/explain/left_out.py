"""Why an event was left out of a plan: what it clashes with among the events that the plan did place."""

from collections.abc import Iterable

from solver.timetable.explain.clash import Clash, find_clash
from solver.timetable.explain.feasible import UndecidedError
from solver.timetable.problem import Problem
from solver.timetable.solution import Placement


def clash_with_placed(
    problem: Problem, placements: Iterable[Placement], event_id: str, seconds: float
) -> Clash | None:
    """Return the clash of an event with those of its area that are placed and could be held at its time.

    None: they would all fit, so the search had no time for it, or time is up here.
    """
    events = {event.id: event for event in problem.events}
    left_out, placed = events[event_id], {placement.event for placement in placements}
    about = {
        event.id
        for event in problem.events
        if event.id in placed
        and event.area == left_out.area
        and event.first_day <= left_out.last_day
        and left_out.first_day <= event.last_day
    }
    try:
        return find_clash(problem, {event_id, *about}, seconds)
    except UndecidedError:
        return None
