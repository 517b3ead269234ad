"""Reading and writing problems and plans for commands, and the exit codes that scripts can rely on."""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Sequence
from pathlib import Path

from solver.enrolment import read_sln, read_tim, write_sln
from solver.exchange import read_problem, read_solution, write_solution
from solver.plain import FormatError
from solver.timetable import Placement, Problem, Solution

AddParser = Callable[..., ArgumentParser]
"""Adds a command by its name, as a parser's `add_subparsers().add_parser` does."""

MOST_SECONDS = 1e6
FOUND, FAULTS, REFUSED = 0, 1, 2
"""Exit codes: done and nothing wrong; done but something is; the files cannot be read or mean nothing."""


def text_of(path: Path) -> str:
    """Return what a file holds. Raises FormatError, unless it is UTF-8, and OSError."""
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError as error:
        raise FormatError(f"{path}: not UTF-8") from error


def seconds(text: str) -> float:
    """Return a length of time in seconds, as a command line gives it. Raises ValueError."""
    if 0 <= (found := float(text)) <= MOST_SECONDS:
        return found
    raise ValueError(text)


def problem_of(chosen: Namespace) -> Problem:
    """Return the problem that a command names, JSON or .tim. Raises FormatError and OSError."""
    path = Path(chosen.problem)
    return (read_tim if path.suffix == ".tim" else read_problem)(text_of(path))


def plan_of(problem: Problem, path: Path) -> Solution:
    """Return a plan of the problem, JSON or .sln. Raises FormatError and OSError."""
    text = text_of(path)
    return read_sln(problem, text) if path.suffix == ".sln" else read_solution(text)


def write_plan(problem: Problem, solution: Solution, path: Path) -> None:
    """Write a plan as JSON or .sln, as the name of the file says. Raises FormatError and OSError."""
    is_sln = path.suffix == ".sln"
    path.write_text(write_sln(problem, solution.placements) if is_sln else write_solution(solution), "utf-8")


def placements_of(path: Path) -> Sequence[Placement]:
    """Return the placements of a plan. Raises FormatError and OSError."""
    return read_solution(text_of(path)).placements


def require_known(problem: Problem, plan: Path, placements: Sequence[Placement]) -> None:
    """Raise FormatError if a plan places what the problem does not know."""
    events, venues = {event.id for event in problem.events}, {venue.id for venue in problem.venues}
    for place, placement in enumerate(placements):
        if placement.event not in events:
            raise FormatError(f"{plan}: solution.placements[{place}].event: no event {placement.event!r}")
        for venue in placement.venues:
            if venue not in venues:
                raise FormatError(f"{plan}: solution.placements[{place}].venues: no venue {venue!r}")


def require_event(problem: Problem, event_id: str) -> None:
    """Raise FormatError if the problem has no such event."""
    if event_id not in {event.id for event in problem.events}:
        raise FormatError(f"event: no event {event_id!r} in the problem")


def where(placement: Placement | None) -> str:
    """Return a place in a few words."""
    return f"slot {placement.start} {' + '.join(placement.venues)}".strip() if placement else "nowhere"


def prices(costs: dict[str, int]) -> str:
    """Return a difference in cost, goal by goal."""
    return ", ".join(f"{goal} {cost:+d}" for goal, cost in costs.items()) or "same cost"
