"""Checkers of people: attendees and crews are in one place at a time, and there are enough of them."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from itertools import permutations, product

from solver.timetable.checkers.plan import Facts, Plan
from solver.timetable.solution import Placement


def attendee_free(plan: Plan) -> Iterator[Facts]:
    """An enterprise, host or officer is at one event at a time."""
    slots = {placement.event: plan.slots(placement) for placement in plan.placements.values()}
    for attendee in plan.problem.attendees:
        at: dict[int, str] = {}
        for event_id in attendee.events:
            for slot in slots.get(event_id, ()):
                other = at.setdefault(slot, event_id)
                if other != event_id:
                    on = plan.problem.calendar.on(slot)
                    yield {"event": event_id, "other": other, "attendee": attendee.id, "on": on}
                    break


def attendee_travel(plan: Plan) -> Iterator[Facts]:
    """Between two events of one day an attendee has time to travel from one to the other."""
    minutes = {frozenset(travel.regions): travel.minutes for travel in plan.problem.travel}
    for attendee in plan.problem.attendees if minutes else ():
        visits = [plan.placements[event] for event in attendee.events if event in plan.placements]
        for one, other in permutations(visits, 2):
            for on in _too_soon(plan, one, other, minutes):
                yield {"event": other.event, "other": one.event, "attendee": attendee.id, "on": on}


def crew_travel(plan: Plan) -> Iterator[Facts]:
    """Between two events of one day a crew has time to travel from one to the other."""
    minutes = {frozenset(travel.regions): travel.minutes for travel in plan.problem.travel}
    on_duty = defaultdict(list)
    for placement in plan.placements.values() if minutes else ():
        for shift in placement.shifts:
            on_duty[shift.crew, plan.problem.calendar.day(shift.slot)].append((shift.slot, placement))
    for (crew, _), duties in on_duty.items():
        for (slot, one), (later, other) in permutations(duties, 2):
            if slot < later and one.event != other.event:
                pause = plan.problem.calendar.begin(later) - plan.problem.calendar.end(slot)
                if pause < _journey(plan, one, other, minutes):
                    on = plan.problem.calendar.on(later)
                    yield {"event": other.event, "other": one.event, "crew": crew, "on": on}


def _too_soon(
    plan: Plan, one: Placement, other: Placement, minutes: Mapping[frozenset[str], int]
) -> Iterator[date]:
    """Yield each day on which one event ends so late that another, farther on, begins too soon after it."""
    calendar, journey = plan.problem.calendar, _journey(plan, one, other, minutes)
    last = {calendar.day(slot): calendar.end(slot) for slot in plan.slots(one)}
    first = {calendar.day(slot): calendar.begin(slot) for slot in reversed(plan.slots(other))}
    for day in last.keys() & first.keys():
        if last[day] <= first[day] < last[day] + journey:
            yield calendar.first_on + timedelta(days=day)


def _journey(plan: Plan, one: Placement, other: Placement, minutes: Mapping[frozenset[str], int]) -> int:
    """Return the longest journey from where one event takes place to where another does."""
    return max(minutes.get(frozenset(pair), 0) for pair in product(plan.regions(one), plan.regions(other)))


def crews_enough(plan: Plan) -> Iterator[Facts]:
    """In every slot an event has as many crews as it calls for, each present and large enough."""
    calendar = plan.problem.calendar
    pools = {pool.id: {crew.id: crew for crew in pool.crews} for pool in plan.problem.crew_pools}
    for placement in plan.placements.values():
        event = plan.events[placement.event]
        if event.crew is None:
            continue
        able: Counter[int] = Counter()
        for slot, crew_id in {(shift.slot, shift.crew) for shift in placement.shifts}:
            crew = pools[event.crew.pool].get(crew_id)
            able[slot] += (
                crew is not None
                and crew.size >= event.crew.size
                and (calendar.day(slot) not in crew.away_days)
            )
        if any(able[slot] < event.crew.count for slot in plan.slots(placement)):
            yield {"event": event.id, "pool": event.crew.pool, "on": calendar.on(placement.start)}


def staff_enough(plan: Plan) -> Iterator[Facts]:
    """In no slot the events of a pool take more staff than it has."""
    limits = {pool.id: pool.staff for pool in plan.problem.crew_pools}
    working: Counter[tuple[str, int]] = Counter()
    for placement in sorted(plan.placements.values(), key=lambda one: (one.start, one.event)):
        need = plan.events[placement.event].crew
        limit = limits[need.pool] if need else None
        if need is None or limit is None:
            continue
        for slot in plan.slots(placement):
            working[need.pool, slot] += need.staff
            if working[need.pool, slot] > limit:
                on = plan.problem.calendar.on(slot)
                yield {"event": placement.event, "pool": need.pool, "on": on}
                break


def crew_free(plan: Plan) -> Iterator[Facts]:
    """A crew is on duty at one event at a time."""
    on_duty: dict[tuple[int, str], str] = {}
    for placement in plan.placements.values():
        for shift in placement.shifts:
            other = on_duty.setdefault((shift.slot, shift.crew), placement.event)
            if other != placement.event:
                on = plan.problem.calendar.on(shift.slot)
                yield {"event": placement.event, "other": other, "crew": shift.crew, "on": on}
