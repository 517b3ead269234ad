"""Checkers of time: windows, lead times, order and number, and what may not change."""

from collections.abc import Iterator

from solver.timetable.checkers.plan import Facts, Plan
from solver.timetable.conditions import Count
from solver.timetable.event import Event
from solver.timetable.solution import Placement


def window(plan: Plan) -> Iterator[Facts]:
    """An event lies within its days, and starts on a weekday, in a period and in a slot it may."""
    calendar = plan.problem.calendar
    for placement in plan.placements.values():
        event, day = plan.events[placement.event], calendar.day(placement.start)
        slots = plan.slots(placement)
        allowed = (
            event.first_day <= day
            and calendar.day(slots[-1]) <= event.last_day
            and calendar.day(slots[event.takes - 1]) == day
            and calendar.weekday(day) in event.weekdays
            and (not event.periods or calendar.period(placement.start).id in event.periods)
            and (event.starts is None or placement.start in event.starts)
        )
        if not allowed:
            yield {"event": event.id, "on": calendar.on(placement.start)}


def lead_time(plan: Plan) -> Iterator[Facts]:
    """Permits and filings leave the authority its days (large events: 20 days for the police permit)."""
    calendar = plan.problem.calendar
    for placement in plan.placements.values():
        event, day = plan.events[placement.event], calendar.day(placement.start)
        for lead in plan.problem.lead_times:
            due = plan.problem.today is not None and event.people >= lead.people_from
            if due and lead.id not in event.cleared and day < (plan.problem.today or 0) + lead.days:
                yield {
                    "event": event.id,
                    "lead": lead.id,
                    "days": lead.days,
                    "on": calendar.on(placement.start),
                }


def precedence(plan: Plan) -> Iterator[Facts]:
    """Two events in order start at least and at most so many slots, and so many days, apart."""
    day = plan.problem.calendar.day
    for order in plan.problem.precedences:
        first, then = plan.placements.get(order.first), plan.placements.get(order.then)
        if first and then:
            slots, days = then.start - first.start, day(then.start) - day(first.start)
            too_near = slots < order.least_slots or days < order.least_days
            too_late = order.most_slots is not None and slots > order.most_slots
            if too_near or too_late or (order.most_days is not None and days > order.most_days):
                yield {"event": order.then, "other": order.first}


def count_most(plan: Plan) -> Iterator[Facts]:
    """No more events of a count than its most begin within its days."""
    for count in plan.problem.counts:
        if count.most is not None:
            yield from _surplus(plan, count, _begin(plan, count, inside=True)[count.most :])


def count_least(plan: Plan) -> Iterator[Facts]:
    """So few events of a count begin outside its days that the least can still be within."""
    for count in plan.problem.counts:
        spare = sum(_is_counted(event, count) for event in plan.problem.events) - count.least
        yield from _surplus(plan, count, _begin(plan, count, inside=False)[spare:])


def _begin(plan: Plan, count: Count, *, inside: bool) -> list[Placement]:
    """Return the placed events of a count that begin within its days, or outside, in the order of time."""
    day = plan.problem.calendar.day
    found = [
        placement
        for placement in plan.placements.values()
        if _is_counted(plan.events[placement.event], count)
        and (count.first_day <= day(placement.start) <= count.last_day) == inside
    ]
    return sorted(found, key=lambda one: (one.start, one.event))


def _is_counted(event: Event, count: Count) -> bool:
    if count.events:
        return event.id in count.events
    somewhere = not count.regions or bool({event.region, event.area} & count.regions)
    return somewhere and (not count.kinds or event.kind in count.kinds)


def _surplus(plan: Plan, count: Count, placements: list[Placement]) -> Iterator[Facts]:
    for placement in placements:
        on = plan.problem.calendar.on(placement.start)
        yield {"event": placement.event, "other": count.id, "on": on}


def frozen(plan: Plan) -> Iterator[Facts]:
    """What begins in force before the frozen days are over stays as it is, and nothing else begins then."""
    calendar = plan.problem.calendar
    soon = range(plan.problem.frozen_until)
    for placement in plan.placements.values():
        before = plan.in_force.get(placement.event)
        was_soon = before is not None and calendar.day(before.start) in soon
        if (was_soon or calendar.day(placement.start) in soon) and _moved(before, placement):
            yield {"event": placement.event, "on": calendar.on(placement.start)}


def published(plan: Plan) -> Iterator[Facts]:
    """A published event stays where it is in force, if these are to be kept."""
    for placement in plan.placements.values():
        before = plan.in_force.get(placement.event)
        kept = plan.problem.keep_published and plan.events[placement.event].published
        if kept and before is not None and _moved(before, placement):
            yield {"event": placement.event, "on": plan.problem.calendar.on(before.start)}


def _moved(before: Placement | None, now: Placement) -> bool:
    return before is None or (before.start, before.venues) != (now.start, now.venues)


def pin(plan: Plan) -> Iterator[Facts]:
    """A pinned event stands in its slot and its venues."""
    for placement in plan.placements.values():
        event = plan.events[placement.event]
        moved = event.pin_start is not None and placement.start != event.pin_start
        if moved or (event.pin_venues and placement.venues != event.pin_venues):
            yield {"event": event.id}
