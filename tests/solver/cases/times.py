"""Cases of time: windows, lead times, order and number, and what may not change."""

from dataclasses import replace

from solver.timetable import (
    Count,
    LeadTime,
    Precedence,
)
from tests.solver.cases.case import TWO, TWO_HALLS, Case
from tests.solver.factories import at, make_event, make_problem

IN_FORCE = make_problem(
    make_event("a"),
    make_event("b", published=True),
    in_force=(at("a", 1), at("b", 7), at("gone", 0)),
    frozen_until=2,
)

TIMES = [
    Case("window", make_problem(make_event(first_day=2)), (at("a", 6),), (at("a", 5),)),
    Case("window", make_problem(make_event(last_day=1)), (at("a", 5),), (at("a", 6),)),
    Case("window", make_problem(make_event(weekdays=frozenset({1}))), (at("a", 3),), (at("a", 0),)),
    Case("window", make_problem(make_event(periods=frozenset({"morning"}))), (at("a", 3),), (at("a", 4),)),
    Case("window", make_problem(make_event(starts=frozenset({4}))), (at("a", 4),), (at("a", 5),)),
    Case("window", make_problem(make_event(takes=2)), (at("a", 1),), (at("a", 2),)),
    Case("window", make_problem(make_event(days=2, last_day=3)), (at("a", 6),), (at("a", 9),)),
    Case(
        "lead_time",
        make_problem(make_event(people=1000), lead_times=(LeadTime("permit", 5, 1000),), today=-2),
        (at("a", 9),),
        (at("a", 8),),
    ),
    Case(
        "precedence",
        make_problem(*TWO, precedences=(Precedence("a", "b", 2),)),
        (at("a", 0), at("b", 2)),
        (at("a", 0), at("b", 1)),
    ),
    Case(
        "precedence",
        make_problem(*TWO, precedences=(Precedence("a", "b", 1, 3),)),
        (at("a", 0), at("b", 3)),
        (at("a", 0), at("b", 4)),
    ),
    Case(
        "precedence",
        make_problem(*TWO, precedences=(Precedence("a", "b", least_days=1, most_days=1),)),
        (at("a", 2), at("b", 3)),
        (at("a", 1), at("b", 2)),
    ),
    Case(
        "precedence",
        make_problem(*TWO, precedences=(Precedence("a", "b", least_days=1, most_days=1),)),
        (at("a", 0), at("b", 5)),
        (at("a", 0), at("b", 6)),
    ),
    Case(
        "count_most",
        make_problem(*TWO, counts=(Count("quiet days", 0, 1, most=1, events=("a", "b")),)),
        (at("a", 5), at("b", 6)),
        (at("a", 5), at("b", 4)),
    ),
    Case(
        "count_most",
        make_problem(
            make_event("a", kind="campus", region="county"),
            make_event("b", kind="campus", area="city"),
            make_event("c", kind="campus", area="elsewhere"),
            make_event("d", kind="tour", area="city"),
            counts=(
                Count(
                    "term", 0, 1, most=1, kinds=frozenset({"campus"}), regions=frozenset({"county", "city"})
                ),
            ),
        ),
        (at("a", 0), at("b", 6), at("c", 1), at("d", 2)),
        (at("a", 0), at("b", 3), at("c", 1), at("d", 2)),
    ),
    Case(
        "count_least",
        make_problem(*TWO, counts=(Count("opening week", 0, 3, least=1),)),
        (at("a", 11), at("b", 12)),
        (at("a", 13), at("b", 12)),
    ),
    Case("frozen", IN_FORCE, (at("a", 1), at("b", 6)), (at("a", 2), at("b", 6))),
    Case("frozen", IN_FORCE, (at("a", 1), at("b", 6)), (at("a", 1), at("b", 5))),
    Case("frozen", IN_FORCE, (at("a", 1), at("b", 8)), (at("a", 6), at("b", 8))),
    Case(
        "published",
        replace(IN_FORCE, frozen_until=0, keep_published=True),
        (at("a", 0), at("b", 7)),
        (at("a", 0), at("b", 8)),
    ),
    Case("pin", make_problem(make_event(pin_start=4)), (at("a", 4),), (at("a", 5),)),
    Case(
        "pin",
        make_problem(make_event(pin_venues=("other",)), venues=TWO_HALLS),
        (at("a", 0, "other"),),
        (at("a", 0, "hall"),),
    ),
]
