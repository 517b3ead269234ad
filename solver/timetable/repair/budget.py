"""How much a repair may change: at most so many moves, no published event, one area only."""

from dataclasses import dataclass, replace

from solver.refuse import require, require_range
from solver.timetable.event import Event
from solver.timetable.problem import Problem

MOST_MOVES = 10**6


@dataclass(frozen=True, slots=True)
class Budget:
    """Limits that an organizer sets; without any, a repair moves whatever it must.

    `most_moves` is the greatest number of events in force that may stand elsewhere afterwards (None: any).
    With `only_unpublished` no published event moves; with `only_area` only events of that area do.
    """

    most_moves: int | None = None
    only_unpublished: bool = False
    only_area: str | None = None

    def __post_init__(self) -> None:
        """Refuse a number of moves out of scale and an area without a name."""
        if self.most_moves is not None:
            require_range(self.most_moves, 0, MOST_MOVES, "budget", "most_moves")
        require(fact=self.only_area != "", owner="budget", field="only_area", why="is empty")

    def applied(self, problem: Problem) -> Problem:
        """Return the problem with what the rules can say of the budget; the judge then holds it too."""
        if not self.only_unpublished or problem.keep_published:
            return problem
        return replace(problem, keep_published=True)

    def covers(self, event: Event) -> bool:
        """Tell whether the event belongs to the part of the plan that may change."""
        return self.only_area is None or event.area == self.only_area

    def looser(self) -> "list[Budget]":
        """Return budgets with one limit after the other lifted: moves, then published events, then area."""
        found = [self]
        lifted: tuple[dict[str, bool | None], ...] = (
            {"most_moves": None},
            {"only_unpublished": False},
            {"only_area": None},
        )
        for change in lifted:
            wider = replace(found[-1], **change)  # type: ignore[arg-type]  # names and kinds belong together
            if wider != found[-1]:
                found.append(wider)
        return found[1:]
