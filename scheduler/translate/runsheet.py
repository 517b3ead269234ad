"""A livestream's firms into a run-sheet problem of the solver, and its sheet back into lines."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from scheduler.runsheets import Line, LineKind, Lines
from scheduler.translate.crowds import CROWD_HEADCOUNT
from solver.runsheet import Firm, Pause, Problem, Sheet, arrange

PRIME_FROM, PRIME_TO = 0.25, 0.75
"""The part of a livestream that most people watch."""


@dataclass(frozen=True, slots=True)
class OnAirFirm:
    """What the solver may know of a firm: its trade, its wish, whom it keeps away from."""

    enterprise_id: int
    industry: str
    minutes_wanted: int
    headcount: int = 0
    avoids: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Frame:
    """The livestream's minutes: in all, the host's at the beginning, and a turn's least and most."""

    minutes: int
    lead: int
    least: int
    most: int


def arranged(
    frame: Frame, firms: Sequence[OnAirFirm], *, pauses: Lines = (), seconds: float = 1.0, seed: int = 1
) -> Lines:
    """Return the best run sheet that is found for the firms, in the order of their coming.

    `pauses` are breaks and changes of host that the sheet keeps, wherever they fit. Raises BrokenSheetError
    when they alone are too long.
    """
    held = {f"pause-{place}": line for place, line in enumerate(pauses)}
    return from_sheet(arrange(to_problem(frame, firms, held), seconds=seconds, seed=seed), frame, held)


def to_problem(frame: Frame, firms: Sequence[OnAirFirm], pauses: Mapping[str, Line]) -> Problem:
    """Return the question for the solver."""
    there = {firm.enterprise_id for firm in firms}
    return Problem(
        minutes=frame.minutes,
        firms=tuple(
            Firm(
                enterprise=str(firm.enterprise_id),
                industry=firm.industry,
                wanted_minutes=min(max(firm.minutes_wanted, frame.least), frame.most),
                least_minutes=frame.least,
                prime=firm.headcount >= CROWD_HEADCOUNT,
                crowd_puller=firm.headcount >= CROWD_HEADCOUNT,
                avoids=frozenset(str(other) for other in firm.avoids & there),
            )
            for firm in firms
        ),
        pauses=tuple(
            Pause(key, line.minutes, frame.lead, frame.minutes - line.minutes) for key, line in pauses.items()
        ),
        lead_minutes=frame.lead,
        prime_from=int(frame.minutes * PRIME_FROM),
        prime_to=int(frame.minutes * PRIME_TO),
    )


def from_sheet(sheet: Sheet, frame: Frame, pauses: Mapping[str, Line]) -> Lines:
    """Return a sheet of the solver as lines; minutes in which nobody is on air become breaks."""
    blocks = [(turn.start, Line(LineKind.TURN, turn.minutes, int(turn.enterprise))) for turn in sheet.turns]
    blocks += [(start, pauses[key]) for key, start in sheet.pauses.items()]
    lines = [Line(LineKind.LEAD, frame.lead)] if frame.lead else []
    minute = frame.lead
    for start, line in sorted(blocks, key=lambda block: block[0]):
        if start > minute:
            lines.append(Line(LineKind.BREAK, start - minute))
        lines.append(line)
        minute = start + line.minutes
    return tuple(lines)
