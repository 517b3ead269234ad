"""Puts the model of a problem together, and reads a plan from the values found."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from solver.timetable.model.frame import Frame, weighted
from solver.timetable.model.order import keep_precedence, no_fewer_than_counted, no_more_than_counted
from solver.timetable.model.people import enough_crews, enough_staff, one_place_per_attendee
from solver.timetable.model.places import meet_every_need, one_event_per_venue, place_each_event_once
from solver.timetable.model.prices import price_choices, price_moves, price_rivals
from solver.timetable.problem import Problem
from solver.timetable.solution import Placement

RULES = (
    place_each_event_once,
    meet_every_need,
    one_event_per_venue,
    one_place_per_attendee,
    enough_crews,
    enough_staff,
    keep_precedence,
    no_more_than_counted,
    no_fewer_than_counted,
)
"""What concerns several events; what concerns one event alone has decided already which choices it has."""
GOALS = (price_choices, price_moves, price_rivals)


class TimetableModel(Frame):
    """Variables and constraints of a problem; `read` turns values back into placements."""

    def __init__(
        self,
        problem: Problem,
        previous: Iterable[Placement] = (),
        *,
        shortlist: int | None = None,
        elsewhere: Mapping[str, int] | None = None,
        keep: Collection[str] = (),
    ) -> None:
        """Build the whole model; previous placements price moves.

        Two ways make it easier than the problem, so that its bound holds but its plan may not. With a
        `shortlist` of n an event competes for its n cheapest venues only, and the next one is always to be
        had. An event of which `elsewhere` knows may stay without a place at that price. Events in `keep` may
        choose from all their venues, not only from those that the cheapest plan can need.
        """
        super().__init__(problem, previous, shortlist, elsewhere, keep)
        for write in (*RULES, *GOALS):
            write(self)
        self.model.minimize(weighted(self.terms))

    def read(self, values: Sequence[int]) -> list[Placement]:
        """Return the placements that a list of values, one per variable, stands for."""
        placements = []
        for event_id, choice in self.choices.items():
            for start, literal in choice.starts.items():
                if values[literal.index]:
                    venues = tuple(
                        venue
                        for eligible in choice.venues
                        for (slot, venue), taken in eligible.items()
                        if slot == start and values[taken.index]
                    )
                    placements.append(Placement(event_id, start, venues))
        return placements
