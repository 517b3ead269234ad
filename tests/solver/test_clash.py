"""Why impossible: a smallest set of rules that clash, each in a sentence, and the cheapest ways out."""

from dataclasses import replace

import pytest
from hypothesis import given

from solver.timetable import (
    Closure,
    Count,
    Crew,
    CrewNeed,
    CrewPool,
    LeadTime,
    Need,
    Precedence,
    Problem,
    Reach,
    Travel,
    solve,
)
from solver.timetable.crews import name_crews
from solver.timetable.explain.clash import Clash, find_clash
from solver.timetable.explain.feasible import UndecidedError
from solver.timetable.explain.grounds import grounds, relaxed
from solver.timetable.explain.sub_problem import only, with_few_venues
from tests.solver.factories import attendee, make_event, make_pool, make_problem, make_venue
from tests.solver.small import every_plan, is_legal, small_problems
from tests.support.examples import examples

FIRST = frozenset({0})


def all_can_be_placed(problem: Problem) -> bool:
    """Look at every plan that places all events."""
    return any(
        len(plan) == len(problem.events) and is_legal(problem, tuple(name_crews(problem, plan)))
        for plan in every_plan(problem)
    )


def all_are_placed(problem: Problem) -> bool:
    """Ask the one door, which knows nothing of clashes."""
    solution = solve(problem, seconds=20, seed=1)
    assert solution.bound == solution.cost
    return not solution.left_out


def clash_of(problem: Problem) -> Clash:
    found = find_clash(problem, seconds=20)
    assert found is not None
    return found


def named(found: Clash) -> list[tuple[str, str]]:
    return sorted((one.rule, one.subject) for one in found.grounds)


def keeping(core: Problem, needed: list[tuple[str, str]]) -> Problem:
    """Give up every rule but those named."""
    return relaxed(core, [one for one in grounds(core) if (one.rule, one.subject) not in needed])


@examples(60)
@given(small_problems())
def test_a_clash_is_found_exactly_where_not_all_fit_and_every_rule_of_it_is_needed(problem: Problem) -> None:
    found = find_clash(problem, seconds=20)
    assert (found is None) == all_can_be_placed(problem)
    if found is None:
        return
    assert found.minimal
    core, needed = with_few_venues(only(problem, found.events)), named(found)
    assert not all_are_placed(keeping(core, needed))
    for one in needed:
        assert all_are_placed(keeping(core, [other for other in needed if other != one]))


def test_two_events_in_the_only_hall_at_once() -> None:
    found = clash_of(make_problem(make_event("a", starts=FIRST), make_event("b", starts=FIRST)))
    assert named(found) == [
        ("held", "a"),
        ("held", "b"),
        ("venue_fit", "a"),
        ("venue_fit", "b"),
        ("venue_free", "hall"),
        ("window", "a"),
        ("window", "b"),
    ]
    assert [one.zh for one in found.relaxations] == [
        "允许活动 a 提前或推后 1 周",
        "允许活动 b 提前或推后 1 周",
        "2027-01-04 至 2027-01-10 增加 1 处与 hall 相同的场地",
        "免办活动 a（说明理由）",
        "免办活动 b（说明理由）",
    ]


def test_a_shortage_of_crews_is_counted_and_one_more_crew_is_the_cheapest_way_out() -> None:
    starts = frozenset({0, 1})
    events = (make_event(name, last_day=0, starts=starts, needs=(), crew=CrewNeed("city")) for name in "abcd")
    found = clash_of(make_problem(*events, crew_pools=(make_pool(Crew("c1")),)))
    assert len(found.events) == 3
    assert ("crews_enough", "city") in named(found)
    assert found.relaxations[0].en == "1 more crews in city from 2027-01-04 to 2027-01-04"


def test_counting_alone_names_what_is_short_by_how_much() -> None:
    events = (make_event(name, last_day=0) for name in "abcd")
    problem = make_problem(*events)
    found = clash_of(problem)
    assert found.shortage is not None
    assert found.shortage.sentence(problem.calendar) == (
        "2027-01-04 至 2027-01-04，4 场活动需要场地 hall 共 4 个时段，只有 3 个",
        "from 2027-01-04 to 2027-01-04, 4 events need 4 slots of hall: there are 3",
    )
    assert len(found.events) == 4


@pytest.mark.parametrize(
    ("problem", "rule", "cheapest"),
    [
        (
            make_problem(
                make_event("a", starts=FIRST, needs=()),
                make_event("b", starts=FIRST, needs=()),
                attendees=(attendee("a", "b"),),
            ),
            "attendee_free",
            "excuse firm from one of the events",
        ),
        (
            make_problem(
                make_event("a", starts=frozenset({3}), needs=()),
                make_event("b", starts=FIRST, needs=()),
                precedences=(Precedence("a", "b"),),
            ),
            "precedence",
            "ease the order or distance of b",
        ),
        (
            make_problem(make_event("a", people=2000), lead_times=(LeadTime("permit", 20, 1000),), today=0),
            "lead_time",
            "have the permit or filing of a in hand",
        ),
        (
            make_problem(make_event("a"), venues=(make_venue(closures=(Closure(0, 6),)),)),
            "venue_open",
            "open venue hall from 2027-01-04 to 2027-01-10",
        ),
        (
            make_problem(make_event("a", needs=(Need(booths=20, reaches=(Reach("island"),)),))),
            "venue_fit",
            "let a use suitable venues further away",
        ),
        (
            make_problem(make_event("a", pin_start=0, starts=frozenset({1}))),
            "pin",
            "unpin a",
        ),
        (
            make_problem(
                make_event("a", needs=(), starts=FIRST, crew=CrewNeed("city", count=0, staff=8)),
                crew_pools=(CrewPool("city", (), staff=5),),
            ),
            "staff_enough",
            "5 more people on duty in city",
        ),
        (
            make_problem(
                make_event("a", needs=(), last_day=2),
                make_event("b", needs=(), last_day=2),
                counts=(Count("early", 0, 2, most=1),),
            ),
            "counts",
            "waive the count early",
        ),
        (
            make_problem(
                make_event("a", starts=FIRST, needs=(), region="east"),
                make_event("b", starts=frozenset({1}), needs=(), region="west"),
                attendees=(attendee("a", "b"),),
                travel=(Travel(("east", "west"), 300),),
            ),
            "travel",
            "send two people, so that nobody has to travel",
        ),
        (
            make_problem(make_event("a", last_day=1), frozen_until=3),
            "frozen",
            "thaw the frozen days",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) and " " not in value else "",
)
def test_each_rule_can_be_part_of_a_clash_and_be_eased(problem: Problem, rule: str, cheapest: str) -> None:
    found = clash_of(problem)
    assert rule in {one.rule for one in found.grounds}
    assert cheapest in [one.en for one in found.relaxations]
    assert all(one.zh and one.en for one in found.grounds)
    assert all(one.zh and one.en for one in found.relaxations)


def test_the_least_of_a_count_clashes_too() -> None:
    events = (make_event(name, needs=(), starts=frozenset({9})) for name in "abc")
    found = clash_of(make_problem(*events, counts=(Count("early", 0, 2, least=2),)))
    assert ("counts", "early") in named(found)
    assert len(found.events) == 2


def test_the_more_important_event_is_waived_last() -> None:
    problem = make_problem(
        make_event("a", starts=FIRST, priority=2), make_event("b", starts=FIRST, priority=1)
    )
    assert [one.subject for one in clash_of(problem).relaxations if one.rule == "held"] == ["b", "a"]


def test_only_the_events_asked_about_are_looked_at() -> None:
    problem = make_problem(make_event("a", starts=FIRST), make_event("b", starts=FIRST), make_event("c"))
    assert find_clash(problem, ["a", "c"]) is None
    assert find_clash(problem, ["a", "b"]) is not None


def test_without_time_nothing_is_claimed() -> None:
    crowd = (make_event(name, last_day=2, setup_minutes=600, needs=make_event().needs) for name in "abcdefg")
    with pytest.raises(UndecidedError):
        find_clash(replace(make_problem(*crowd)), seconds=0)
