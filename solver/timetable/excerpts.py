"""Cuts the smaller problem of some events out of a problem, with all that they can use and share."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence, Set
from dataclasses import replace
from itertools import chain

from solver.timetable.conditions import Count, members
from solver.timetable.event import Event
from solver.timetable.problem import Problem
from solver.timetable.solution import Placement
from solver.timetable.tallies import Tallies, Window


class Excerpts:
    """Knows who attends what and who is counted, so that an excerpt costs no more than its own size."""

    def __init__(self, problem: Problem) -> None:
        """Look up once, by event the numbers of its attendees, and by count and tally whom they are about."""
        self.problem = problem
        self.counted = members(problem.counts, problem.events)
        self.tallies = Tallies(problem)
        self._events = {event.id: event for event in problem.events}
        self.attended: defaultdict[str, list[int]] = defaultdict(list)
        for number, attendee in enumerate(problem.attendees):
            for event_id in attendee.events:
                self.attended[event_id].append(number)

    def of(
        self,
        events: Sequence[Event],
        venues: Set[str] | None = None,
        staying: Iterable[Placement] | None = None,
    ) -> Problem:
        """Return the problem of these events (which may be changed ones) as if there were no others.

        `venues` are those they can use (None: do not look). Events that are `staying` where they are come
        along in nothing but counts and tallies. Without any (None) the costs of such problems for separate
        sets of events never add up to more than those of the whole.
        """
        known = {event.id for event in events}
        stays = tuple(staying or ())
        pools = {event.crew.pool for event in events if event.crew}
        attending = sorted({number for event in events for number in self.attended[event.id]})
        attendees = (self.problem.attendees[number] for number in attending)
        regions = {event.region for event in events}
        regions |= {venue.region for venue in self.problem.venues if venues is None or venue.id in venues}
        reduced = (
            replace(who, events=tuple(event for event in who.events if event in known)) for who in attendees
        )
        return replace(
            self.problem,
            events=tuple(events),
            venues=tuple(venue for venue in self.problem.venues if venues is None or venue.id in venues),
            crew_pools=tuple(pool for pool in self.problem.crew_pools if pool.id in pools),
            attendees=tuple(who for who in reduced if len(who.events) > 1),
            travel=tuple(one for one in self.problem.travel if regions.issuperset(one.regions)),
            counts=tuple(self._counts_left(known, stays)),
            in_force=tuple(before for before in self.problem.in_force if before.event in known),
            precedences=tuple(
                order for order in self.problem.precedences if order.first in known and order.then in known
            ),
            tallies=self.tallies.within(known, None if staying is None else self._windows(stays)),
            rivalry=None,
        )

    def _windows(self, staying: Iterable[Placement]) -> Counter[Window]:
        """Count those who stay in each window of each tally."""
        windows = (self.tallies.windows_of(self._events[one.event], one.start) for one in staying)
        return Counter(chain.from_iterable(windows))

    def _counts_left(self, known: Collection[str], staying: Iterable[Placement]) -> Iterator[Count]:
        """Yield what each count still allows the known events, beside those that stay where they are.

        Events that are neither known nor staying are as good as left out, so that the most, and how many may
        begin outside, are no less than in the whole.
        """
        begins = {placement.event: self.problem.calendar.day(placement.start) for placement in staying}
        for count in self.problem.counts:
            counted = self.counted[count.id]
            events = tuple(event_id for event_id in counted if event_id in known)
            inside = [
                count.first_day <= begins[event_id] <= count.last_day
                for event_id in counted
                if event_id in begins
            ]
            outside = len(counted) - count.least - inside.count(False)
            if events:
                yield replace(
                    count,
                    events=events,
                    kinds=frozenset(),
                    regions=frozenset(),
                    least=max(0, len(events) - outside),
                    most=None if count.most is None else count.most - inside.count(True),
                )
