"""What one event costs at a place beside the others, by goal, and in one sum for the search."""

from collections.abc import Mapping

from solver.timetable.explain.blocks import alone_with
from solver.timetable.goals import score
from solver.timetable.ledger import Ledger
from solver.timetable.solution import Placement


class Prices:
    """The price of every place of one event; the event itself stands nowhere meanwhile."""

    def __init__(self, ledger: Ledger, event_id: str, previous: Mapping[str, Placement]) -> None:
        """Set the event and the plan in force, from which moving away has a price."""
        self._ledger, self._event = ledger, ledger.choices[event_id].event
        self._alone = alone_with(ledger.problem, event_id)
        self._previous = [previous[event_id]] if event_id in previous else []

    def of(self, there: Placement | None) -> dict[str, int]:
        """Return the cost by goal of a place, or of being left out."""
        costs = score(self._alone, [there] if there else [], self._previous)
        if there:
            for goal, cost in counted(self._ledger, there).items():
                costs[goal] += cost
        return costs


def counted(ledger: Ledger, there: Placement) -> dict[str, int]:
    """Return by goal what an event adds to what is counted over several events."""
    return ledger.tallied(ledger.choices[there.event].event, there.start)


def price(ledger: Ledger, there: Placement) -> int:
    """Return what slot and venues of a place cost on their own."""
    choice = ledger.choices[there.event]
    venues = zip(choice.needs, there.venues, strict=True)
    return choice.start_costs[there.start] + sum(eligible[venue] for eligible, venue in venues)


def difference(now: Mapping[str, int], then: Mapping[str, int]) -> dict[str, int]:
    """Return by goal how much dearer it becomes; goals that stay equal are left out."""
    return {goal: then[goal] - now[goal] for goal in now if then[goal] != now[goal]}
