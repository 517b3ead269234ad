"""Problems with one rule taken away or eased: each function returns the change, to be made when needed."""

from collections.abc import Callable, Collection
from dataclasses import replace

from solver.timetable.event import EVERY_WEEKDAY, Event
from solver.timetable.explain.sub_problem import only
from solver.timetable.problem import Problem
from solver.timetable.venue import Closure, Crew, CrewPool, Venue

Change = Callable[[Problem], Problem]
Days = tuple[int, int]
"""The first and the last of some days."""


def without_event(event_id: str) -> Change:
    """Let the event be left out."""
    return lambda problem: only(problem, {event.id for event in problem.events} - {event_id})


def with_event(event_id: str, change: Callable[[Event, Problem], Event]) -> Change:
    """Change one event; it is no longer held to where it stands in the plan in force."""

    def changed(problem: Problem) -> Problem:
        events = (change(one, problem) if one.id == event_id else one for one in problem.events)
        return replace(problem, events=tuple(events))

    return changed


def at_any_time(event: Event, problem: Problem) -> Event:
    """Let the event start whenever its length allows."""
    return replace(
        event,
        first_day=0,
        last_day=problem.calendar.days - 1,
        weekdays=EVERY_WEEKDAY,
        periods=frozenset(),
        starts=None,
    )


def widened(days: int) -> Callable[[Event, Problem], Event]:
    """Let the event take place some days earlier or later."""

    def change(event: Event, problem: Problem) -> Event:
        last = min(problem.calendar.days - 1, event.last_day + days)
        return replace(event, first_day=max(0, event.first_day - days), last_day=last, starts=None)

    return change


def cleared(event: Event, problem: Problem) -> Event:
    """Let permit and filing be in hand."""
    return replace(event, cleared=frozenset(lead.id for lead in problem.lead_times))


def unpinned(event: Event, _: Problem) -> Event:
    """Free the event from its pin."""
    return replace(event, pin_start=None, pin_venues=())


def undemanding(event: Event, _: Problem) -> Event:
    """Let the event do without a venue."""
    return replace(event, needs=(), pin_venues=())


def far_reaching(event: Event, _: Problem) -> Event:
    """Let any venue do that is of the right kind, size and equipment, wherever it is."""
    return replace(event, needs=tuple(replace(need, reaches=()) for need in event.needs))


def loosed(event_id: str) -> Change:
    """Let a published event move."""

    def change(problem: Problem) -> Problem:
        kept = tuple(one for one in problem.in_force if one.event != event_id)
        return replace(problem, in_force=kept)

    return change


def thawed(problem: Problem) -> Problem:
    """Freeze no days."""
    return replace(problem, frozen_until=0)


def at_no_distance(problem: Problem) -> Problem:
    """Let journeys take no time."""
    return replace(problem, travel=())


def with_venue(venue_id: str, change: Callable[[Venue], Venue]) -> Change:
    """Change one venue."""

    def changed(problem: Problem) -> Problem:
        venues = (change(one) if one.id == venue_id else one for one in problem.venues)
        return replace(problem, venues=tuple(venues))

    return changed


def always_open(venue: Venue) -> Venue:
    """Open a venue day and night."""
    return replace(venue, openings=(), closures=())


def reopened(venue: Venue) -> Venue:
    """Lift the closures of a venue, within its opening hours."""
    return replace(venue, closures=())


def more_venues(venue_id: str, count: int, days: Days | None = None) -> Change:
    """Add venues like this one, for some days or for good."""

    def change(problem: Problem) -> Problem:
        if not any(event.needs for event in problem.events):
            return problem
        known = {venue.id: venue for venue in problem.venues}
        first, last = days or (0, problem.calendar.days - 1)
        rest = ((-1, first - 1), (last + 1, problem.calendar.days))
        closures = known[venue_id].closures + tuple(Closure(*span) for span in rest if days)
        copies = (
            replace(known[venue_id], id=f"{venue_id} +{len(known) + number}", closures=closures)
            for number in range(count)
        )
        return replace(problem, venues=(*problem.venues, *copies))

    return change


def without_crews(pool_id: str) -> Change:
    """Let events of a pool do without its crews and staff."""

    def change(problem: Problem) -> Problem:
        events = (
            replace(one, crew=None) if one.crew and one.crew.pool == pool_id else one
            for one in problem.events
        )
        return replace(problem, events=tuple(events))

    return change


def more_staff(pool_id: str, count: int) -> Change:
    """Let a pool have so many more people on duty at once."""

    def more(pool: CrewPool) -> CrewPool:
        grows = pool.id == pool_id and pool.staff is not None
        return replace(pool, staff=(pool.staff or 0) + count) if grows else pool

    return lambda problem: replace(problem, crew_pools=tuple(map(more, problem.crew_pools)))


def more_crews(pool_id: str, count: int, days: Days) -> Change:
    """Add crews to a pool for some days, each able to serve any event."""

    def change(problem: Problem) -> Problem:
        away = frozenset(day for day in range(problem.calendar.days) if not days[0] <= day <= days[1])

        def more(pool: CrewPool) -> CrewPool:
            extra = (
                Crew(f"{pool_id} +{len(pool.crews) + number}", away_days=away) for number in range(count)
            )
            return replace(pool, crews=(*pool.crews, *extra)) if pool.id == pool_id else pool

        return replace(problem, crew_pools=tuple(map(more, problem.crew_pools)))

    return change


def excused(attendees: Collection[str]) -> Change:
    """Let some attendees be in several places."""
    return lambda problem: replace(
        problem, attendees=tuple(one for one in problem.attendees if one.id not in attendees)
    )


def without_count(count_id: str) -> Change:
    """Let any number of events begin within some days."""
    return lambda problem: replace(problem, counts=tuple(one for one in problem.counts if one.id != count_id))


def without_order(first: str, then: str) -> Change:
    """Let two events come in any order and distance."""
    return lambda problem: replace(
        problem,
        precedences=tuple(one for one in problem.precedences if (one.first, one.then) != (first, then)),
    )
