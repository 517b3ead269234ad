"""Nonsense is refused at the door; the message names the object and the field."""

from collections.abc import Callable
from datetime import date

import pytest

from solver.refuse import NonsenseError
from solver.timetable import (
    Attendee,
    Calendar,
    Closure,
    CostProfile,
    Count,
    CrewNeed,
    CrewPool,
    Event,
    LeftOut,
    Opening,
    Outcome,
    Period,
    Placement,
    Precedence,
    Shift,
    Solution,
    Travel,
    Venue,
    Weights,
)
from tests.solver.factories import CALENDAR, attendee, make_event, make_problem, make_venue

NONSENSE: list[tuple[Callable[[], object], str]] = [
    (
        lambda: Period("noon", 720, 720),
        "period 'noon': end_minute is 720, must be a whole number from 721 to 1440",
    ),
    (lambda: Calendar(date(2027, 1, 4), 0, CALENDAR.periods), "calendar: days is 0, "),
    (
        lambda: Calendar(date(2027, 1, 4), 7, CALENDAR.periods[::-1]),
        "period 'afternoon': begin_minute is before",
    ),
    (lambda: make_event(" "), "event: id is empty"),
    (lambda: make_event(first_day=3, last_day=2), "event 'a': last_day is 2, "),
    (lambda: make_event(days=8), "event 'a': days is 8, "),
    (lambda: make_event(priority=4), "event 'a': priority is 4, "),
    (lambda: make_event(weekdays=frozenset()), "event 'a': weekdays is empty"),
    (lambda: make_event(weekdays=frozenset({7})), "event 'a': weekdays must be from 0 to 6"),
    (lambda: make_event(pin_venues=("x", "y")), "event 'a': pin_venues must name one venue per need"),
    (lambda: CrewNeed("city", 0), "need of crew pool 'city': count is 0, "),
    (lambda: Venue("hall", "county", people=0), "venue 'hall': people is 0, "),
    (lambda: Venue("hall", "county", booths=-1), "venue 'hall': booths is -1, "),
    (lambda: Opening(0, 600, 600), "opening: end_minute is 600, "),
    (lambda: Closure(3, 2), "closure: last_day is 2, "),
    (lambda: CrewPool("city", ()), "crew pool 'city': crews is empty"),
    (lambda: Attendee("firm", ("a", "a")), "attendee 'firm': events holds 'a' twice"),
    (lambda: Precedence("a", "a"), "precedence 'a' before 'a': then is the same event"),
    (lambda: Precedence("a", "b", 3, 2), "precedence 'a' before 'b': most_slots is 2, "),
    (lambda: CostProfile("late", "mood", ()), "cost profile 'late': goal names 'mood'"),
    (lambda: Weights(rivals=-1), "weights: rivals is -1, "),
    (lambda: make_problem(make_event(), make_event()), "problem: events holds 'a' twice"),
    (lambda: make_problem(make_event(last_day=7)), "event 'a': last_day is 7, "),
    (lambda: make_problem(make_event(takes=4)), "event 'a': takes is 4, "),
    (lambda: make_problem(make_event(periods=frozenset({"night"}))), "event 'a': periods names 'night'"),
    (lambda: make_problem(make_event(profiles=("late",))), "event 'a': profiles names 'late'"),
    (lambda: make_problem(make_event(starts=frozenset({21}))), "event 'a': starts is 21, "),
    (lambda: make_problem(make_event(pin_start=21)), "event 'a': pin_start is 21, "),
    (lambda: make_problem(make_event(crew=CrewNeed("city"))), "event 'a': crew names 'city'"),
    (lambda: make_problem(attendees=(attendee("a"),)), "attendee 'firm': events names 'a'"),
    (lambda: make_problem(venues=(make_venue(), make_venue())), "problem: venues holds 'hall' twice"),
    (
        lambda: make_problem(profiles=(CostProfile("late", "times", (1,)),)),
        "cost profile 'late': costs has 1 values for 21 slots",
    ),
    (
        lambda: make_problem(
            make_event("a"), make_event("b"), precedences=(Precedence("a", "b"), Precedence("b", "a"))
        ),
        "problem: precedences contradict one another: no start is late enough for 'a'",
    ),
    (
        lambda: make_problem(
            make_event("a"),
            make_event("b"),
            make_event("c"),
            precedences=(Precedence("a", "b", 2), Precedence("b", "c", 2), Precedence("a", "c", 1, 3)),
        ),
        "problem: precedences contradict one another: no start is late enough for ",
    ),
    (
        lambda: make_problem(
            make_event("a"), make_event("b"), precedences=(Precedence("a", "b", 1, 3, least_days=2),)
        ),
        "problem: precedences contradict one another: no start is late enough for ",
    ),
    (lambda: Precedence("a", "b", least_days=2, most_days=1), "precedence 'a' before 'b': most_days is 1, "),
    (lambda: Count("c", 3, 2), "count 'c': last_day is 2, "),
    (lambda: Count("c", 0, 1, 3, 2), "count 'c': most is 2, "),
    (
        lambda: Count("c", 0, 1, events=("a",), kinds=frozenset({"tour"})),
        "count 'c': events are listed, so kinds and regions must be empty",
    ),
    (
        lambda: make_problem(make_event(), counts=(Count("c", 0, 1, 2),)),
        "count 'c': least is 2, but only 1 events are counted",
    ),
    (lambda: make_problem(counts=(Count("c", 0, 7),)), "count 'c': last_day is 7, "),
    (lambda: make_problem(counts=(Count("c", 0, 1, events=("x",)),)), "count 'c': events names 'x'"),
    (lambda: CrewPool("city", staff=0), "crew pool 'city': staff is 0, "),
    (
        lambda: Attendee("firm", tuple(map(str, range(1001)))),
        "attendee 'firm': number of events is 1001, ",
    ),
    (lambda: make_problem(today=10_001), "problem: today is 10001, "),
    (lambda: Travel(("a",), 5), "travel a: regions must name two regions"),
    (lambda: Travel(("a", "b"), -5), "travel a - b: minutes is -5, "),
    (
        lambda: make_problem(travel=(Travel(("a", "b"), 5), Travel(("b", "a"), 6))),
        "problem: travel holds",
    ),
    (lambda: make_problem(frozen_until=8), "problem: frozen_until is 8, "),
    (lambda: make_problem(in_force=(Placement("a", 21),)), "placement of 'a' in force: start is 21, "),
    (lambda: make_problem(in_force=(Placement("a", 0),) * 2), "problem: in_force holds 'a' twice"),
    (
        lambda: Solution(Outcome.GOOD, (Placement("a", 0),), (LeftOut("a", "time", "", ""),)),
        "solution: placements and left_out holds 'a' twice",
    ),
    (lambda: Placement("a", -1), "placement of 'a': start is -1, "),
    (lambda: Shift(10**6, "c"), "shift of crew 'c': slot is 1000000, "),
]


@pytest.mark.parametrize(("build", "message"), NONSENSE, ids=[message for _, message in NONSENSE])
def test_nonsense_is_refused_by_name(build: Callable[[], object], message: str) -> None:
    with pytest.raises(NonsenseError) as refused:
        build()
    assert str(refused.value).startswith(message)


def test_a_slot_knows_its_day_and_time() -> None:
    slot = CALENDAR.slot_on(date(2027, 1, 6), "afternoon")
    assert slot == CALENDAR.slot(2, "afternoon") == 7
    assert (CALENDAR.on(slot), CALENDAR.period(slot).id) == (date(2027, 1, 6), "afternoon")
    assert (CALENDAR.begin(slot), CALENDAR.end(slot)) == (2 * 1440 + 870, 2 * 1440 + 1020)
    assert [CALENDAR.weekday(day) for day in range(7)] == list(range(7))


def test_an_unknown_period_or_day_has_no_slot() -> None:
    with pytest.raises(NonsenseError, match="holds no 'night'"):
        CALENDAR.slot(0, "night")
    with pytest.raises(NonsenseError, match="day is 7"):
        CALENDAR.slot_on(date(2027, 1, 11), "morning")


def test_the_smallest_event_is_enough() -> None:
    assert Event("a", 0, 0).weekdays == frozenset(range(7))
