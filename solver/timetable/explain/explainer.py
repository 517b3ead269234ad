"""Answers questions about one plan: made once, each answer takes a fraction of a second and no solver."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from solver.timetable.explain.blocks import attending
from solver.timetable.explain.what_if import SECONDS, WhatIf, what_if
from solver.timetable.explain.why_here import Alternative, why_here
from solver.timetable.ledger import Ledger
from solver.timetable.problem import Problem
from solver.timetable.rules import BrokenPlanError
from solver.timetable.solution import Placement


class Explainer:
    """Answers about the events of one plan; not for two threads at once, for it tries moves out."""

    def __init__(
        self, problem: Problem, placements: Iterable[Placement], previous: Iterable[Placement] | None = None
    ) -> None:
        """Write the whole plan into a ledger; raises BrokenPlanError if it breaks a hard rule.

        Moving away from `previous` has a price: without it, from the plan in force that the problem names.
        """
        self._ledger = Ledger(problem)
        self._attends = attending(problem)
        before = problem.in_force if previous is None else previous
        self._previous = {placement.event: placement for placement in before}
        for placement in placements:
            if not self._ledger.place_if_fits(replace(placement, shifts=())):
                raise BrokenPlanError(f"{placement.event} breaks a hard rule where it stands")

    def why_here(self, event_id: str) -> list[Alternative]:
        """Return every other start, and the venues at it, of an event in the plan or left out of it.

        The free ones come first, from the cheapest to the dearest; then the blocked ones, those with the
        fewest obstacles first.
        """
        return why_here(self._ledger, event_id, self._attends, self._previous)

    def what_if(
        self, event_id: str, start: int, venues: Sequence[str] = (), seconds: float = SECONDS
    ) -> WhatIf:
        """Return what becomes of the plan if an event is put to a start, in these venues or the best there.

        Raises ImpossiblePlaceError if the event may not stand there, whichever others move.
        """
        asked = Placement(event_id, start, tuple(venues))
        return what_if(self._ledger, asked, self._previous, seconds)
