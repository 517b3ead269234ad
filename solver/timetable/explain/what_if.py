"""What if an event stood elsewhere: the moves that make room, who falls out, and what it all costs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from solver.timetable.difference import Difference, differences
from solver.timetable.explain.blocks import attending, blocks, forbidden
from solver.timetable.explain.chains import Chain, ChainSearch
from solver.timetable.explain.places import Places, Priced
from solver.timetable.explain.prices import difference
from solver.timetable.goals import score
from solver.timetable.ledger import Ledger
from solver.timetable.problem import Problem
from solver.timetable.rules import Violation
from solver.timetable.solution import Placement

SECONDS = 0.7
"""How long to look for the shortest chain: with the rest of the answer this stays under a second."""


class ImpossiblePlaceError(ValueError):
    """A place the event cannot have, whichever others move; `blocks` says why, in two languages."""

    def __init__(self, event_id: str, because: Iterable[Violation]) -> None:
        """Keep the reasons; the message is the English ones."""
        self.event, self.blocks = event_id, tuple(because)
        super().__init__("; ".join(one.en for one in self.blocks) or f"{event_id} may not stand there")


@dataclass(frozen=True, slots=True)
class WhatIf:
    """A plan in which one event was put elsewhere.

    `moves` are all events that stand elsewhere afterwards, the one asked about first; `left_out` names those
    that find no place. `costs` is the difference per goal, without the goals that stay equal. `proven` says
    that no other way leaves out fewer, or as few and moves fewer.
    """

    event: str
    moves: tuple[Difference, ...]
    left_out: tuple[str, ...]
    costs: dict[str, int]
    placements: tuple[Placement, ...]
    proven: bool

    @property
    def cost(self) -> int:
        """How much dearer the plan would be, negative if cheaper."""
        return sum(self.costs.values())


def what_if(ledger: Ledger, asked: Placement, previous: Mapping[str, Placement], seconds: float) -> WhatIf:
    """Put an event to a start, in the venues named or else the best; the ledger is as before afterwards.

    Raises ImpossiblePlaceError if no moves of others, unless they are pinned, make the place possible.
    """
    event_id = asked.event
    before = dict(ledger.placed)
    wanted = _wanted(ledger, asked)
    if event_id in before:
        ledger.remove(event_id)
    try:
        chain = ChainSearch(ledger, seconds).find(event_id, wanted)
        if chain is None:
            attends = attending(ledger.problem)
            raise ImpossiblePlaceError(event_id, blocks(ledger, wanted[0][1], attends))
    finally:
        ledger.restore(before)
    return _answer(ledger.problem, before, previous, event_id, chain)


def _wanted(ledger: Ledger, there: Placement) -> list[Priced]:
    """Return the places meant; raise ImpossiblePlaceError if the event may have none of them."""
    found = []
    if there.start in ledger.choices[there.event].start_costs:
        found = Places(ledger).at(there.event, there.start)
    if there.venues:
        same = [one for one in found if sorted(one[1].venues) == sorted(there.venues)]
        found = [one for one in same if one[1].venues == there.venues] or same
    if not found:
        raise ImpossiblePlaceError(there.event, forbidden(ledger, there))
    return sorted(found, key=lambda one: (one[0], one[1].venues))


def _answer(
    problem: Problem,
    before: Mapping[str, Placement],
    previous: Mapping[str, Placement],
    event_id: str,
    chain: Chain,
) -> WhatIf:
    after = {event: place for event, place in before.items() if event not in chain.out} | chain.placed
    now, then = (score(problem, plan.values(), previous.values()) for plan in (before, after))
    moves = differences(before.values(), after.values())
    return WhatIf(
        event_id,
        tuple(sorted(moves, key=lambda move: (move.event != event_id, move.event in chain.out, move.event))),
        tuple(sorted(chain.out)),
        difference(now, then),
        tuple(after.values()),
        chain.proven,
    )
