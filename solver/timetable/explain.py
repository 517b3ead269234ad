"""Why an event stands where it stands: every other start and venue, what blocks it or what it would cost."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from solver.timetable.goals import score
from solver.timetable.ledger import Ledger
from solver.timetable.problem import Problem
from solver.timetable.rules import BrokenPlanError, Violation, say
from solver.timetable.solution import Placement


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another place for an event: free if nothing blocks it; `costs` is the difference per goal."""

    placement: Placement
    blocks: tuple[Violation, ...]
    costs: dict[str, int]

    @property
    def cost(self) -> int:
        """How much dearer the plan would be, negative if cheaper."""
        return sum(self.costs.values())


class Explainer:
    """Answers questions about one plan; made once, each answer takes a fraction of a second."""

    def __init__(self, problem: Problem, placements: Iterable[Placement]) -> None:
        """Write the whole plan into a ledger; raises BrokenPlanError if it breaks a hard rule."""
        self._ledger = Ledger(problem)
        self._attending: defaultdict[str, set[str]] = defaultdict(set)
        for attendee in problem.attendees:
            for event_id in attendee.events:
                self._attending[event_id].add(attendee.id)
        for placement in placements:
            if not self._ledger.place_if_fits(replace(placement, shifts=())):
                raise BrokenPlanError(f"{placement.event} breaks a hard rule where it stands")

    def why_here(self, event_id: str) -> list[Alternative]:
        """Return every other start, and every eligible venue at it, of a placed event with one need or none.

        The free ones come first, from the cheapest to the dearest; then the blocked ones, those with the
        fewest obstacles first. Events with several venues are explained with the cheapest free ones.
        """
        here = self._ledger.remove(event_id)
        try:
            found = [self._look_at(there, here) for there in self._others(here)]
        finally:
            self._ledger.place(here)
        return sorted(
            found, key=lambda one: (len(one.blocks), one.cost, one.placement.start, one.placement.venues)
        )

    def _others(self, here: Placement) -> Iterator[Placement]:
        choice = self._ledger.choices[here.event]
        for start in choice.start_costs:
            for venues in self._venues(here.event, start):
                there = Placement(here.event, start, venues)
                if (start, venues) != (here.start, here.venues):
                    yield there

    def _venues(self, event_id: str, start: int) -> list[tuple[str, ...]]:
        choice = self._ledger.choices[event_id]
        if len(choice.needs) == 1:
            return [(venue,) for venue in choice.needs[0]]
        found = self._ledger.cheapest_venues(choice, start)
        return [found[1]] if found else []

    def _look_at(self, there: Placement, here: Placement) -> Alternative:
        return Alternative(there, tuple(self._blocks(there)), self._difference(there, here))

    def _blocks(self, there: Placement) -> Iterator[Violation]:
        """Yield one sentence per rule and per event or pool in the way."""
        ledger = self._ledger
        event, on = ledger.choices[there.event].event, ledger.problem.calendar.on(there.start)
        for venue in there.venues:
            if there.start not in ledger.options.open_starts(venue, event):
                yield say("venue_open", {"event": event.id, "venue": venue, "on": on})
            for other in sorted(ledger.holders(venue, event, there.start)):
                yield say("venue_free", {"event": event.id, "other": other, "venue": venue})
        for rule, other in sorted(ledger.people_in_the_way(event, there.start)):
            shared = ", ".join(sorted(self._attending[event.id] & self._attending[other]))
            facts = {"event": event.id, "other": other, "pool": other, "attendee": shared, "on": on}
            yield say(rule, facts)

    def _difference(self, there: Placement, here: Placement) -> dict[str, int]:
        """Return per goal how much dearer the plan would be; goals that stay equal are left out."""
        ledger = self._ledger
        event = ledger.choices[there.event].event
        alone = replace(ledger.problem, events=(event,), attendees=(), precedences=())
        now, then = score(alone, [here]), score(alone, [there])
        now["rivals"] += ledger.rivals(event, here.start)
        then["rivals"] += ledger.rivals(event, there.start)
        return {goal: then[goal] - now[goal] for goal in now if then[goal] != now[goal]}


def _freest_first(one: Alternative) -> tuple[int, int, int, tuple[str, ...]]:
    return len(one.blocks), one.cost, one.placement.start, one.placement.venues
