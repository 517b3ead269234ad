"""One planning problem: events, venues, crews and attendees on one calendar, with the price of each wish."""

from dataclasses import dataclass, fields

from solver.refuse import require_id, require_known, require_range
from solver.timetable.calendar import Calendar
from solver.timetable.conditions import Attendee, Count, LeadTime, Precedence, Travel
from solver.timetable.consistency import check
from solver.timetable.event import Event
from solver.timetable.solution import Placement
from solver.timetable.tally import Rivalry, Tally
from solver.timetable.venue import CrewPool, Venue

MOST_COST = 10_000
ONE_AREA_ONE_DAY = Rivalry()
PROFILE_GOALS = ("days", "times", "wishes")


@dataclass(frozen=True, slots=True)
class CostProfile:
    """What it costs to start in each slot, counted under the goal `days`, `times` or `wishes`."""

    id: str
    goal: str
    costs: tuple[int, ...]

    def __post_init__(self) -> None:
        """Refuse an unknown goal and a cost out of scale."""
        require_id(self.id, "cost profile")
        owner = f"cost profile {self.id!r}"
        require_known([self.goal], PROFILE_GOALS, owner, "goal")
        for cost in self.costs:
            require_range(cost, 0, MOST_COST, owner, "costs")


@dataclass(frozen=True, slots=True)
class Weights:
    """The price of one unit of each goal, 0: off; `left_out` is multiplied by 5 for each step of priority."""

    left_out: int = 400
    days: int = 1
    times: int = 1
    waste: int = 1
    distance: int = 1
    rent: int = 1
    rivals: int = 8
    nearby: int = 1
    load: int = 1
    livestreams: int = 1
    wishes: int = 1
    burden: int = 1
    access: int = 1
    stability: int = 1

    def __post_init__(self) -> None:
        """Refuse prices that would make integer costs meaningless."""
        for field in fields(self):
            require_range(getattr(self, field.name), 0, MOST_COST, "weights", field.name)


@dataclass(frozen=True, slots=True)
class Problem:
    """Everything the solver may know.

    `today` is the day on which the plan is made, counted from the calendar's first day (negative
    before it; None: lead times are not checked). Waste of a venue costs one unit per `waste_step`
    empty booths, never more than `waste_limit`. Events of one theme are rivals as `rivalry`
    says (None: never).
    `in_force` is the plan people rely on; it may still name events that are gone. What begins in it before
    the day `frozen_until` stays as it is, and nothing else is put there; with `keep_published` its published
    events stay too.
    """

    calendar: Calendar
    events: tuple[Event, ...]
    venues: tuple[Venue, ...] = ()
    crew_pools: tuple[CrewPool, ...] = ()
    attendees: tuple[Attendee, ...] = ()
    precedences: tuple[Precedence, ...] = ()
    lead_times: tuple[LeadTime, ...] = ()
    profiles: tuple[CostProfile, ...] = ()
    tallies: tuple[Tally, ...] = ()
    rivalry: Rivalry | None = ONE_AREA_ONE_DAY
    weights: Weights = Weights()
    today: int | None = None
    waste_step: int = 10
    waste_limit: int = 20
    in_force: tuple[Placement, ...] = ()
    frozen_until: int = 0
    keep_published: bool = False
    counts: tuple[Count, ...] = ()
    travel: tuple[Travel, ...] = ()

    def __post_init__(self) -> None:
        """Refuse duplicate ids, unknown references, windows outside the calendar, and contradictions."""
        require_range(self.waste_step, 1, 10**6, "problem", "waste_step")
        require_range(self.waste_limit, 0, MOST_COST, "problem", "waste_limit")
        check(self)
