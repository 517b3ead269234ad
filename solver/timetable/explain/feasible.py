"""Whether all events of a problem fit: by counting, else by a try, else by a model without goals."""

import time

from solver.search import Limits, contradiction, search
from solver.timetable.construct import construct
from solver.timetable.explain.shortages import shortages
from solver.timetable.ledger import Ledger
from solver.timetable.model import TimetableModel
from solver.timetable.problem import Problem

NAMING_SECONDS = 1.0
"""How long to ask which few events clash before being content with knowing that all of them do."""


class UndecidedError(Exception):
    """Time was up before it was known whether the events fit."""


class Judgement:
    """Decides, within one limit of time for all its questions, which events do not fit together."""

    def __init__(self, seconds: float) -> None:
        """Start the clock."""
        self._until = time.monotonic() + seconds

    @property
    def left(self) -> float:
        """Seconds that are left."""
        return self._until - time.monotonic()

    def fits(self, problem: Problem) -> bool:
        """Tell whether all events can be placed. Raises UndecidedError."""
        easy = self._easy(Ledger(problem))
        return self._fits(_Held(problem)) if easy is None else easy

    def clashing(self, problem: Problem) -> frozenset[str]:
        """Return some events that cannot all be placed, none if all can. Raises UndecidedError."""
        if self._easy(Ledger(problem)):
            return frozenset()
        model = _Held(problem)
        few = contradiction(model.model, model.held, self._limits(NAMING_SECONDS))
        if few is not None:
            names = list(model.choices)
            return frozenset(names[place] for place in few)
        model.model.clear_assumptions()
        return frozenset() if self._fits(model) else frozenset(model.choices)

    def _easy(self, ledger: Ledger) -> bool | None:
        """Tell what counting and a first try know; None if they do not."""
        if self.left <= 0:
            raise UndecidedError
        if not all(choice.start_costs for choice in ledger.choices.values()) or shortages(ledger):
            return False
        homeless = construct(ledger, 0, lambda: self.left <= 0)
        return None if homeless else True

    def _fits(self, model: "_Held") -> bool:
        """Fix that every event is held: the relaxation sees it then, and proves more than it could name."""
        model.model.add_bool_and(model.held)
        found = search(model.model, self._limits(self.left))
        if found.values is None and not found.impossible:
            raise UndecidedError
        return not found.impossible

    def _limits(self, seconds: float) -> Limits:
        return Limits(seconds=max(min(seconds, self.left), 0.01), seed=1)


class _Held(TimetableModel):
    """A model without a goal, and for each event the literal that it is held."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self.model.clear_objective()  # type: ignore[no-untyped-call] # ortools left it so
        self.held = [choice.out.negated() for choice in self.choices.values()]
