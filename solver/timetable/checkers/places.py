"""Checkers of places: what a venue must be, when it is open, and that it holds one event at a time."""

from collections import defaultdict
from collections.abc import Iterator

from solver.timetable.calendar import MINUTES_PER_DAY
from solver.timetable.checkers.plan import Facts, Plan


def venue_kind(plan: Plan) -> Iterator[Facts]:
    """A venue is of a kind the event can use."""
    for _, event, need, venue in plan.visits():
        if need.kinds and venue.kind not in need.kinds:
            yield {"event": event.id, "venue": venue.id}


def venue_capacity(plan: Plan) -> Iterator[Facts]:
    """A venue has booths and room for everyone expected."""
    for _, event, need, venue in plan.visits():
        if need.booths > venue.booths or (venue.people is not None and need.people > venue.people):
            yield {"event": event.id, "venue": venue.id}


def venue_features(plan: Plan) -> Iterator[Facts]:
    """A venue has all the equipment asked for."""
    for _, event, need, venue in plan.visits():
        if missing := sorted(need.features - venue.features):
            yield {"event": event.id, "venue": venue.id, "missing": ", ".join(missing)}


def venue_region(plan: Plan) -> Iterator[Facts]:
    """A venue lies in a region the event may go to."""
    for _, event, need, venue in plan.visits():
        if need.reaches and venue.region not in {reach.region for reach in need.reaches}:
            yield {"event": event.id, "venue": venue.id}


def venue_open(plan: Plan) -> Iterator[Facts]:
    """Every slot of an event lies within opening hours of its venue."""
    calendar = plan.problem.calendar
    for placement, event, _, venue in plan.visits():
        for slot in plan.slots(placement):
            period, weekday = calendar.period(slot), calendar.weekday(calendar.day(slot))
            hours = [opening for opening in venue.openings if opening.weekday == weekday]
            inside = any(
                opening.begin_minute <= period.begin_minute and period.end_minute <= opening.end_minute
                for opening in hours
            )
            if venue.openings and not inside:
                yield {"event": event.id, "venue": venue.id, "on": calendar.on(slot)}
                break


def venue_closed(plan: Plan) -> Iterator[Facts]:
    """No closure falls into the time an event holds its venue, set-up and tear-down included."""
    for placement, event, _, venue in plan.visits():
        begin, end = plan.held(placement)
        for closure in venue.closures:
            for day in range(closure.first_day, closure.last_day + 1):
                midnight = day * MINUTES_PER_DAY
                if midnight + closure.begin_minute < end and begin < midnight + closure.end_minute:
                    on = plan.problem.calendar.on(placement.start)
                    yield {"event": event.id, "venue": venue.id, "on": on}
                    break


def venue_free(plan: Plan) -> Iterator[Facts]:
    """A venue holds one event at a time, set-up and tear-down included."""
    held = defaultdict(list)
    for placement, event, _, venue in plan.visits():
        held[venue.id].append((*plan.held(placement), event.id))
    for venue_id, intervals in held.items():
        latest_end, latest = -(10**9), ""
        for begin, end, event_id in sorted(intervals):
            if begin < latest_end:
                yield {"event": event_id, "other": latest, "venue": venue_id}
            if end > latest_end:
                latest_end, latest = end, event_id
