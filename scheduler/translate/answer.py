"""The solver's plan as placements of our events, and what each of them costs."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from scheduler.models import Resource
from scheduler.queries.placed import OnDuty, Placed
from scheduler.translate.names import id_of, number_of
from scheduler.translate.problem import Translation
from scheduler.translate.timetable import Timetable
from solver.answers import Sentence
from solver.timetable import Event, LeftOut, Outcome, Placement, Shift, Solution, Venue
from solver.timetable.explain.bottleneck import Bottleneck
from solver.timetable.repair import Repair


@dataclass(frozen=True, slots=True)
class Reasons:
    """Why an event was left out, and the cheapest ways to change that, in Chinese and in English."""

    because: tuple[Sentence, ...]
    ways: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """A solution of a translated problem, read in terms of our rows; guests belong to another plan.

    `reasons` explain events left out, by the solver's id; `scarce` is what was scarce, by week.
    `repair` says what moved and why if the solution mends the plan in force.
    """

    translation: Translation
    solution: Solution
    reasons: Mapping[str, Reasons] = field(default_factory=dict)
    scarce: Sequence[Bottleneck] = ()
    repair: Repair | None = None

    @property
    def events(self) -> int:
        """Return how many events were to be placed."""
        return len(self.translation.problem.events) - len(self.translation.guests)

    def placed(self) -> list[Placed]:
        """Return where our events stand, in the order of their ids."""
        events = {event.id: event for event in self.translation.problem.events}
        return sorted(self._placed(events[one.event], one) for one in self._ours())

    def left_out(self) -> list[LeftOut]:
        """Return our events that have no place."""
        return [one for one in self.solution.left_out if one.event not in self.translation.guests]

    def costs(self) -> Mapping[int, dict[str, int]]:
        """Return, by event, the cost of its day, time, venue and move (what is counted is nobody's own)."""
        problem = self.translation.problem
        events = {event.id: event for event in problem.events}
        venues = {venue.id: venue for venue in problem.venues}
        before = {one.event: one for one in self.translation.previous}
        return {
            number_of(one.event): {
                **self._start_costs(events[one.event], one),
                **self._venue_costs(events[one.event], [venues[venue] for venue in one.venues]),
                "stability": self._move_cost(events[one.event], one, before.get(one.event)),
            }
            for one in self._ours()
        }

    def _ours(self) -> Iterator[Placement]:
        return (one for one in self.solution.placements if one.event not in self.translation.guests)

    def _placed(self, event: Event, placement: Placement) -> Placed:
        timetable = self.translation.timetable
        slots = timetable.slots(placement.start, takes=event.takes, days=event.days)
        on_duty = [
            OnDuty(
                Resource(shift.crew.partition(":")[0]), number_of(shift.crew), *timetable.place(shift.slot)
            )
            for shift in placement.shifts
        ]
        first = {duty.resource: duty.resource_id for duty in reversed(on_duty)}
        return Placed(
            number_of(event.id),
            *timetable.span(slots),
            first.get(Resource.CREW),
            first.get(Resource.HOST),
            tuple(sorted(number_of(venue) for venue in placement.venues)),
            tuple(sorted(on_duty)),
        )

    def _start_costs(self, event: Event, placement: Placement) -> dict[str, int]:
        weights = self.translation.problem.weights
        costs = {"days": 0, "times": 0, "wishes": 0}
        for profile in self.translation.problem.profiles:
            if profile.id in event.profiles:
                costs[profile.goal] += profile.costs[placement.start]
        return {goal: cost * int(getattr(weights, goal)) for goal, cost in costs.items()}

    def _venue_costs(self, event: Event, venues: list[Venue]) -> dict[str, int]:
        problem, waste, distance = self.translation.problem, 0, 0
        for need, venue in zip(event.needs, venues, strict=True):
            if need.booths:
                waste += min(problem.waste_limit, (venue.booths - need.booths) // problem.waste_step)
            distance += sum(reach.cost for reach in need.reaches if reach.region == venue.region)
        return {"waste": waste * problem.weights.waste, "distance": distance * problem.weights.distance}

    def _move_cost(self, event: Event, now: Placement, before: Placement | None) -> int:
        moved = before is not None and (before.start, before.venues) != (now.start, now.venues)
        return event.move_cost * self.translation.problem.weights.stability if moved else 0


def as_solution(translation: Translation, placed: Iterable[Placed], left_out: Iterable[int]) -> Solution:
    """Return stored placements as a solution that the judge can read; guests stand where they are pinned."""
    problem, timetable = translation.problem, translation.timetable
    slots = {timetable.place(slot): slot for slot in range(timetable.calendar.slots)}
    placements = [_placement(one, timetable, slots) for one in placed]
    placements += [
        Placement(event.id, event.pin_start)
        for event in problem.events
        if event.id in translation.guests and event.pin_start is not None
    ]
    absent = (LeftOut(id_of("event", event_id), "", "", "") for event_id in left_out)
    return Solution(Outcome.GOOD, tuple(placements), tuple(absent))


def _placement(one: Placed, timetable: Timetable, slots: Mapping[tuple[date, str], int]) -> Placement:
    shifts = (
        Shift(slots[duty.day_on, duty.period], id_of(duty.resource.value, duty.resource_id))
        for duty in one.duties
    )
    start = timetable.slot_of(one.starts_at)
    venues = tuple(id_of("venue", venue) for venue in one.venues)
    return Placement(id_of("event", one.event_id), start or 0, venues, tuple(shifts))
