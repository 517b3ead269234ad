"""One planning problem: events, venues, crews and attendees on one calendar, with the price of each wish."""

from collections.abc import Iterable
from dataclasses import dataclass, fields

from solver.refuse import require, require_id, require_known, require_range, require_unique
from solver.timetable.calendar import MOST_DAYS, Calendar
from solver.timetable.event import Event
from solver.timetable.solution import Placement
from solver.timetable.venue import CrewPool, Venue

MOST_EVENTS = 200_000
MOST_COST = 10_000
PROFILE_GOALS = ("days", "times")


@dataclass(frozen=True, slots=True)
class Attendee:
    """An enterprise, host or officer who is in one place at a time, and the events they attend."""

    id: str
    events: tuple[str, ...]
    kind: str = "enterprise"

    def __post_init__(self) -> None:
        """Refuse the same event twice."""
        require_id(self.id, "attendee")
        require_unique(self.events, f"attendee {self.id!r}", "events")


@dataclass(frozen=True, slots=True)
class Precedence:
    """`then` starts `least_slots` to `most_slots` slots after `first` starts (None: any time after)."""

    first: str
    then: str
    least_slots: int = 1
    most_slots: int | None = None

    def __post_init__(self) -> None:
        """Refuse an event before itself and a distance nothing can meet."""
        owner = f"precedence {self.first!r} before {self.then!r}"
        require(fact=self.first != self.then, owner=owner, field="then", why="is the same event")
        require_range(self.least_slots, 0, 10**6, owner, "least_slots")
        if self.most_slots is not None:
            require_range(self.most_slots, self.least_slots, 10**6, owner, "most_slots")


@dataclass(frozen=True, slots=True)
class LeadTime:
    """Days an authority needs before an event of at least `people_from` expected people (permit, filing)."""

    id: str
    days: int
    people_from: int = 0

    def __post_init__(self) -> None:
        """Refuse negative days."""
        require_id(self.id, "lead time")
        require_range(self.days, 0, MOST_DAYS, f"lead time {self.id!r}", "days")
        require_range(self.people_from, 0, 10**6, f"lead time {self.id!r}", "people_from")


@dataclass(frozen=True, slots=True)
class CostProfile:
    """What it costs to start in each slot, counted under the goal `days` or `times`."""

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
    empty booths, never more than `waste_limit`.
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
    weights: Weights = Weights()
    today: int | None = None
    waste_step: int = 10
    waste_limit: int = 20
    in_force: tuple[Placement, ...] = ()
    frozen_until: int = 0
    keep_published: bool = False

    def __post_init__(self) -> None:
        """Refuse duplicate ids, unknown references and windows outside the calendar."""
        require_range(len(self.events), 0, MOST_EVENTS, "problem", "number of events")
        require_range(self.waste_step, 1, 10**6, "problem", "waste_step")
        require_range(self.waste_limit, 0, MOST_COST, "problem", "waste_limit")
        for field in ("events", "venues", "crew_pools", "attendees", "lead_times", "profiles"):
            require_unique((thing.id for thing in getattr(self, field)), "problem", field)
        _check_in_force(self)
        _check_profiles(self)
        _check_events(self)
        _check_attendees(self)
        _check_precedences(self)


def _check_in_force(problem: Problem) -> None:
    require_range(problem.frozen_until, 0, problem.calendar.days, "problem", "frozen_until")
    require_unique((placement.event for placement in problem.in_force), "problem", "in_force")
    for placement in problem.in_force:
        owner = f"placement of {placement.event!r} in force"
        require_range(placement.start, 0, problem.calendar.slots - 1, owner, "start")


def _check_profiles(problem: Problem) -> None:
    for profile in problem.profiles:
        fits = len(profile.costs) == problem.calendar.slots
        why = f"has {len(profile.costs)} values for {problem.calendar.slots} slots"
        require(fact=fits, owner=f"cost profile {profile.id!r}", field="costs", why=why)


def _check_events(problem: Problem) -> None:
    periods = {period.id for period in problem.calendar.periods}
    venues = {venue.id for venue in problem.venues}
    pools = {pool.id for pool in problem.crew_pools}
    profiles = {profile.id for profile in problem.profiles}
    leads = {lead.id for lead in problem.lead_times}
    last_slot = problem.calendar.slots - 1
    for event in problem.events:
        owner = f"event {event.id!r}"
        require_range(event.last_day, event.first_day, problem.calendar.days - 1, owner, "last_day")
        require_range(event.takes, 1, len(periods), owner, "takes")
        require_known(event.periods, periods, owner, "periods")
        require_known(event.pin_venues, venues, owner, "pin_venues")
        require_known(event.profiles, profiles, owner, "profiles")
        require_known(event.cleared, leads, owner, "cleared")
        require_known([event.crew.pool] if event.crew else [], pools, owner, "crew")
        for slot in event.starts or ():
            require_range(slot, 0, last_slot, owner, "starts")
        if event.pin_start is not None:
            require_range(event.pin_start, 0, last_slot, owner, "pin_start")


def _check_attendees(problem: Problem) -> None:
    events = {event.id for event in problem.events}
    for attendee in problem.attendees:
        require_known(attendee.events, events, f"attendee {attendee.id!r}", "events")


def _check_precedences(problem: Problem) -> None:
    events = {event.id for event in problem.events}
    for precedence in problem.precedences:
        require_known((precedence.first, precedence.then), events, "precedence", "events")
    _refuse_cycle((item.first, item.then) for item in problem.precedences if item.least_slots)


def _refuse_cycle(arrows: Iterable[tuple[str, str]]) -> None:
    """Peel off events nothing must precede; what remains goes round in circles."""
    before: dict[str, set[str]] = {}
    for first, then in arrows:
        before.setdefault(then, set()).add(first)
        before.setdefault(first, set())
    while ready := [event for event, firsts in before.items() if not firsts & before.keys()]:
        for event in ready:
            del before[event]
    why = f"go round in a circle through {min(before, default='')!r}"
    require(fact=not before, owner="problem", field="precedences", why=why)
