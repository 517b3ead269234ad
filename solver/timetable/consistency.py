"""Refuses a problem whose parts do not fit one another: unknown names, days outside, impossible orders."""

from collections import defaultdict, deque
from collections.abc import Iterable
from typing import TYPE_CHECKING

from solver.refuse import require, require_known, require_range, require_unique
from solver.timetable.conditions import Precedence, members

if TYPE_CHECKING:
    from solver.timetable.problem import Problem

MOST = {
    "events": 200_000,
    "venues": 100_000,
    "crew_pools": 10_000,
    "attendees": 2_000_000,
    "precedences": 200_000,
    "lead_times": 100,
    "profiles": 10_000,
    "counts": 10_000,
    "travel": 1_000_000,
    "tallies": 200_000,
}
"""How many of each a problem may hold."""
MOST_STARTS = 100_000_000
"""Slots in the windows of all events together: beyond this no machine could hold the choices."""
MOST_TODAY = 10_000
NAMED = ("events", "venues", "crew_pools", "attendees", "lead_times", "profiles", "counts", "tallies")
"""Lists of a problem within which ids are unique."""


def check(problem: "Problem") -> None:
    """Raise NonsenseError naming the first thing that contradicts another, or is too large."""
    for field, most in MOST.items():
        require_range(len(getattr(problem, field)), 0, most, "problem", f"number of {field}")
    for field in NAMED:
        require_unique((thing.id for thing in getattr(problem, field)), "problem", field)
    require_unique((frozenset(one.regions) for one in problem.travel), "problem", "travel")
    if problem.today is not None:
        require_range(problem.today, -MOST_TODAY, MOST_TODAY, "problem", "today")
    _check_in_force(problem)
    _check_profiles(problem)
    _check_events(problem)
    events = {event.id for event in problem.events}
    for attendee in problem.attendees:
        require_known(attendee.events, events, f"attendee {attendee.id!r}", "events")
    for order in problem.precedences:
        require_known((order.first, order.then), events, "precedence", "events")
    _refuse_contradiction(problem.precedences, len(problem.calendar.periods))
    _check_counts(problem, events)
    _check_tallies(problem, events)


def _check_in_force(problem: "Problem") -> None:
    require_range(problem.frozen_until, 0, problem.calendar.days, "problem", "frozen_until")
    require_unique((placement.event for placement in problem.in_force), "problem", "in_force")
    for placement in problem.in_force:
        owner = f"placement of {placement.event!r} in force"
        require_range(placement.start, 0, problem.calendar.slots - 1, owner, "start")


def _check_profiles(problem: "Problem") -> None:
    for profile in problem.profiles:
        fits = len(profile.costs) == problem.calendar.slots
        why = f"has {len(profile.costs)} values for {problem.calendar.slots} slots"
        require(fact=fits, owner=f"cost profile {profile.id!r}", field="costs", why=why)


def _check_events(problem: "Problem") -> None:
    periods = {period.id for period in problem.calendar.periods}
    venues = {venue.id for venue in problem.venues}
    pools = {pool.id for pool in problem.crew_pools}
    profiles = {profile.id for profile in problem.profiles}
    leads = {lead.id for lead in problem.lead_times}
    last_slot, slots = problem.calendar.slots - 1, 0
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
        slots += (event.last_day - event.first_day + 1) * len(periods)
    require_range(slots, 0, MOST_STARTS, "problem", "number of slots in the windows of its events")


def _check_counts(problem: "Problem", events: set[str]) -> None:
    counted = members(problem.counts, problem.events)
    for count in problem.counts:
        owner = f"count {count.id!r}"
        require_known(count.events, events, owner, "events")
        require_range(count.last_day, count.first_day, problem.calendar.days - 1, owner, "last_day")
        found = len(counted[count.id])
        why = f"is {count.least}, but only {found} events are counted"
        require(fact=count.least <= found, owner=owner, field="least", why=why)


def _check_tallies(problem: "Problem", events: set[str]) -> None:
    periods = {period.id for period in problem.calendar.periods}
    for tally in problem.tallies:
        owner = f"tally {tally.id!r}"
        require_known(tally.events, events, owner, "events")
        require_known(tally.periods, periods, owner, "periods")
        windows = tally.windows(problem.calendar.days)
        why = f"has {len(tally.already)} values for {windows} windows"
        require(fact=len(tally.already) in {0, windows}, owner=owner, field="already", why=why)


def _refuse_contradiction(precedences: Iterable[Precedence], periods: int) -> None:
    """Push events to their earliest slots; a chain longer than there are events goes round and never ends."""
    arrows: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
    for order in precedences:
        least, most = _slots_apart(order, periods)
        arrows[order.first].append((order.then, least))
        arrows[order.then] += [] if most is None else [(order.first, -most)]
    earliest, steps, due = dict.fromkeys(arrows, 0), dict.fromkeys(arrows, 0), deque(arrows)
    while due:
        one = due.popleft()
        for other, distance in arrows[one]:
            if earliest[one] + distance > earliest[other]:
                earliest[other], steps[other] = earliest[one] + distance, steps[one] + 1
                endless = steps[other] >= len(arrows)
                why = f"contradict one another: no start is late enough for {other!r}"
                require(fact=not endless, owner="problem", field="precedences", why=why)
                due.append(other)


def _slots_apart(order: Precedence, periods: int) -> tuple[int, int | None]:
    """Return the least and the greatest distance in slots that slots and days together allow."""
    least = max(order.least_slots, order.least_days * periods - (periods - 1) if order.least_days else 0)
    by_days = None if order.most_days is None else order.most_days * periods + periods - 1
    limits = [most for most in (order.most_slots, by_days) if most is not None]
    return least, min(limits, default=None)
