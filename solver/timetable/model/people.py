"""The rules on people: attendees are in one place at a time, and every event has its crews."""

from collections import defaultdict

from solver.timetable.conflicts import conflict_masks, cover_by_cliques, groups_of
from solver.timetable.model.frame import Frame, Literal, Term


def one_place_per_attendee(frame: Frame) -> None:
    """Of events that share an attendee at most one takes place in each slot."""
    numbers = {event.id: number for number, event in enumerate(frame.problem.events)}
    busy = [frame.by_slot(frame.choices[event]) for event in numbers]
    spans = [sum(1 << slot for slot in slots) for slots in busy]
    groups = groups_of((attendee.events for attendee in frame.problem.attendees), numbers)
    for clique in cover_by_cliques(conflict_masks(groups, spans)):
        meanwhile: defaultdict[int, list[Literal]] = defaultdict(list)
        for number in clique:
            for slot, literals in busy[number].items():
                meanwhile[slot] += literals
        for literals in meanwhile.values():
            frame.at_most_one(literals)


def enough_staff(frame: Frame) -> None:
    """In each slot the events of a pool take no more staff than it has."""
    limits = {pool.id: pool.staff for pool in frame.problem.crew_pools if pool.staff is not None}
    working: defaultdict[tuple[str, int], list[Term]] = defaultdict(list)
    for choice in frame.choices.values():
        need = choice.options.event.crew
        if need and need.staff and need.pool in limits:
            for slot, literals in frame.by_slot(choice).items():
                working[need.pool, slot] += [(literal, need.staff) for literal in literals]
    for (pool, _), terms in working.items():
        frame.at_most(terms, limits[pool])


def enough_crews(frame: Frame) -> None:
    """In each slot the events that call for crews of some size find as many of at least that size."""
    for pool in frame.problem.crew_pools:
        needs = [
            (choice, choice.options.event.crew)
            for choice in frame.choices.values()
            if choice.options.event.crew and choice.options.event.crew.pool == pool.id
        ]
        for size in sorted({need.size for _, need in needs}):
            demand: defaultdict[int, list[Term]] = defaultdict(list)
            for choice, need in needs:
                if need.size >= size:
                    for slot, literals in frame.by_slot(choice).items():
                        demand[slot] += [(literal, need.count) for literal in literals]
            able = [crew for crew in pool.crews if crew.size >= size]
            for slot, terms in demand.items():
                day = frame.problem.calendar.day(slot)
                frame.at_most(terms, sum(day not in crew.away_days for crew in able))
