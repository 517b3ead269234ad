"""Venues nobody needs are dropped, and no others."""

from dataclasses import replace

from solver.search import Limits, search
from solver.timetable import Event, Problem
from solver.timetable.model import TimetableModel
from solver.timetable.options import Options
from solver.timetable.pruning import venues_to_consider
from tests.solver.factories import make_event, make_problem, make_venue

HALLS = tuple(make_venue(name, booths=size) for name, size in (("near", 30), ("mid", 50), ("far", 90)))


def considered(problem: Problem, keep: tuple[str, ...] = ()) -> dict[str, list[str]]:
    """Return the venues each event may consider at slot 0."""
    options = Options(problem)
    choices = venues_to_consider(options, {event.id: options.of(event) for event in problem.events}, keep, {})
    return {event_id: by_start[0] for (event_id, _), by_start in choices.items()}


def fairs(*names: str) -> list[Event]:
    return [make_event(name, pin_start=0) for name in names]


def test_alone_an_event_takes_the_cheapest() -> None:
    assert considered(make_problem(*fairs("a"), venues=HALLS)) == {"a": ["near"]}


def test_two_events_need_no_third_venue() -> None:
    problem = make_problem(*fairs("a", "b"), venues=HALLS)
    assert considered(problem) == {"a": ["near", "mid"], "b": ["near", "mid"]}


def test_whoever_pays_for_moving_keeps_every_venue() -> None:
    problem = make_problem(*fairs("a"), venues=HALLS)
    assert considered(problem, keep=("a",)) == {"a": ["near", "mid", "far"]}


def test_events_that_never_meet_do_not_contest_a_venue() -> None:
    morning, afternoon = make_event("a", pin_start=0), make_event("b", pin_start=1)
    problem = make_problem(morning, afternoon, venues=HALLS)
    assert considered(make_problem(morning, venues=HALLS))["a"] == considered_at(problem, "a", 0) == ["near"]
    crowded = make_problem(morning, replace(afternoon, setup_minutes=151), venues=HALLS)
    assert considered_at(crowded, "a", 0) == ["near", "mid"]


def considered_at(problem: Problem, event_id: str, start: int) -> list[str]:
    """Return the venues one event may consider at one start."""
    options = Options(problem)
    choices = venues_to_consider(options, {event.id: options.of(event) for event in problem.events}, (), {})
    return choices[event_id, 0][start]


def test_a_shortlist_makes_the_bound_no_higher_and_the_model_smaller() -> None:
    problem = make_problem(*fairs("a", "b", "c"), venues=HALLS)
    sizes, bounds = [], []
    for shortlist in (0, 1, None):
        model = TimetableModel(problem, shortlist=shortlist)
        sizes.append(len(model.model.proto.variables))
        bounds.append(search(model.model, Limits(5.0)).bound)
    assert sizes == sorted(set(sizes))
    assert bounds == [1 + 1 + 1, 1 + 3 + 3, 1 + 3 + 7]
