"""Puts the model of a problem together, and reads a plan from the values found."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from solver.timetable.model.frame import Frame, Term, weighted
from solver.timetable.model.order import keep_precedence, no_fewer_than_counted, no_more_than_counted
from solver.timetable.model.people import enough_crews, enough_staff, one_place_per_attendee
from solver.timetable.model.places import meet_every_need, one_event_per_venue, place_each_event_once
from solver.timetable.model.prices import left_out_price, price_choices, price_moves
from solver.timetable.model.tallies import price_tallies
from solver.timetable.model.travel import time_for_attendees, time_for_crews
from solver.timetable.problem import Problem
from solver.timetable.solution import Placement

FINENESS = 4
"""So many units of a surcharge make one unit of cost."""
Surcharges = Mapping[str, Mapping[int, int]]
"""By event and start, what it costs beyond its own price, in units of 1 / FINENESS."""

RULES = (
    place_each_event_once,
    meet_every_need,
    one_event_per_venue,
    one_place_per_attendee,
    enough_crews,
    enough_staff,
    time_for_attendees,
    time_for_crews,
    keep_precedence,
    no_more_than_counted,
    no_fewer_than_counted,
)
"""What concerns several events; what concerns one event alone has decided already which choices it has."""
GOALS = (price_choices, price_moves, price_tallies)


class TimetableModel(Frame):
    """Variables and constraints of a problem; `read` turns values back into placements."""

    def __init__(  # noqa: PLR0913 - each names one way in which a part differs from the whole
        self,
        problem: Problem,
        previous: Iterable[Placement] = (),
        *,
        shortlist: int | None = None,
        elsewhere: Mapping[str, int] | None = None,
        keep: Collection[str] = (),
        surcharges: Surcharges | None = None,
        most_out: int | None = None,
        places_only: bool = False,
    ) -> None:
        """Build the whole model; previous placements price moves.

        Two ways make it easier than the problem, so that its bound holds but its plan may not. With a
        `shortlist` of n an event competes for its n cheapest venues only, and the next one is always to be
        had. An event of which `elsewhere` knows may stay without a place at that price. Events in `keep` may
        choose from all their venues, not only from those that the cheapest plan can need.
        `surcharges` make starts of some events dearer, by fractions of a unit: the objective then counts
        units of 1 / FINENESS. Who is left out counts no more than `most_out` together, by priority. With
        `places_only` this count is all that is minimized: no goal is part of the model.
        """
        super().__init__(problem, previous, shortlist, elsewhere, keep)
        for write in RULES if places_only else (*RULES, *GOALS):
            write(self)
        out = [(choice.out, left_out_price(1, choice.options.event)) for choice in self.choices.values()]
        if most_out is not None:
            without = zip(self.choices, out, strict=True)
            self.at_most([term for event_id, term in without if event_id not in self.elsewhere], most_out)
        if places_only:
            self.terms = out
        self.model.minimize(weighted(self._with(surcharges) if surcharges else self.terms))

    def _with(self, surcharges: Surcharges) -> list[Term]:
        """Return the prices in fractions, with what some starts cost beyond them."""
        extra = [
            (self.choices[event_id].starts[start], fractions)
            for event_id, by_start in surcharges.items()
            for start, fractions in by_start.items()
            if start in self.choices[event_id].starts
        ]
        return [(literal, FINENESS * cost) for literal, cost in self.terms] + extra

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
