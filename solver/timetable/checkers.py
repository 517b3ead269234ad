"""One checker per hard rule, in plain Python that a planner can review; it shares no code with the model."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from solver.timetable.calendar import MINUTES_PER_DAY
from solver.timetable.event import Event, Need
from solver.timetable.problem import Problem
from solver.timetable.solution import Placement
from solver.timetable.venue import Venue

Facts = dict[str, object]


@dataclass(frozen=True, slots=True)
class Plan:
    """A problem and the placements to be judged, looked up by id."""

    problem: Problem
    placements: Mapping[str, Placement]
    events: Mapping[str, Event]
    venues: Mapping[str, Venue]
    in_force: Mapping[str, Placement]

    def slots(self, placement: Placement) -> list[int]:
        """Return the slots an event takes place in."""
        event, periods = self.events[placement.event], len(self.problem.calendar.periods)
        first = range(placement.start, placement.start + event.takes)
        return [slot + day * periods for day in range(event.days) for slot in first]

    def held(self, placement: Placement) -> tuple[int, int]:
        """Return the minutes from which and until which an event holds its venues."""
        event, calendar = self.events[placement.event], self.problem.calendar
        begin = calendar.begin(placement.start) - event.setup_minutes
        return begin, calendar.end(self.slots(placement)[-1]) + event.teardown_minutes

    def visits(self) -> Iterator[tuple[Placement, Event, Need, Venue]]:
        """Yield each placement with each of its needs and the venue that is to meet it."""
        for placement in self.placements.values():
            event = self.events[placement.event]
            for need, venue in zip(event.needs, placement.venues, strict=True):
                yield placement, event, need, self.venues[venue]


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


def crew_free(plan: Plan) -> Iterator[Facts]:
    """A crew is on duty at one event at a time."""
    on_duty: dict[tuple[int, str], str] = {}
    for placement in plan.placements.values():
        for shift in placement.shifts:
            other = on_duty.setdefault((shift.slot, shift.crew), placement.event)
            if other != placement.event:
                on = plan.problem.calendar.on(shift.slot)
                yield {"event": placement.event, "other": other, "crew": shift.crew, "on": on}


def precedence(plan: Plan) -> Iterator[Facts]:
    """Two events in order start at least and at most so many slots apart."""
    for order in plan.problem.precedences:
        first, then = plan.placements.get(order.first), plan.placements.get(order.then)
        if first and then:
            distance = then.start - first.start
            too_far = order.most_slots is not None and distance > order.most_slots
            if distance < order.least_slots or too_far:
                yield {"event": order.then, "other": order.first}


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
