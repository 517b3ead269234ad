"""Why an event stands where it does, and what if, in names and in both languages."""

import pytest
import time_machine
from sqlalchemy import Engine

from scheduler.database import reading, transaction
from scheduler.models import VenueClosure
from scheduler.services.explaining import NoSuchPlace, PlanOutdated, WhatIf, ask_what_if, why_here
from solver.timetable.difference import Change
from tests.scheduler.explaining.world import World
from tests.scheduler.planning.plans import at


def ask(engine: Engine, world: World, event: int, day: int, clock: tuple[int, int] = (8, 30)) -> WhatIf:
    with reading(engine) as session:
        return ask_what_if(
            session,
            plan_id=world.draft,
            event_id=event,
            starts_at=at(day, *clock),
            venues=[world.hall],
            language="zh",
        )


def test_every_other_start_is_free_at_a_price_or_blocked_by_name(engine: Engine, world: World) -> None:
    with reading(engine) as session:
        found = why_here(session, plan_id=world.draft, event_id=world.first, language="zh")
    assert [(one.starts_at, one.state) for one in found] == [
        (at(11, 8, 30), "here"),
        (at(11, 14, 30), "free"),
        (at(12, 8, 30), "blocked"),
        (at(12, 14, 30), "free"),
        (at(13, 8, 30), "free"),
        (at(13, 14, 30), "free"),
    ]
    assert found[1].costs == {"times": 4}
    assert found[1].venue_names == ("示例大厅",)
    assert found[2].blocks[0].startswith("场地 示例大厅 同时有 专场")


def test_reasons_come_in_english_too(engine: Engine, world: World) -> None:
    with reading(engine) as session:
        found = why_here(session, plan_id=world.draft, event_id=world.first, language="en")
    assert found[2].blocks[0].startswith("venue Sample hall holds Fair")


def test_the_chain_says_who_moves_and_who_must_be_told(engine: Engine, world: World) -> None:
    found = ask(engine, world, world.first, 12)
    assert [(one.event_id, one.change, one.employers) for one in found.moves] == [
        (world.first, Change.TIME, 0),
        (world.second, Change.TIME, 1),
    ]
    assert found.moves[1].after is not None
    assert found.moves[1].after.starts_at == at(11, 8, 30)
    assert found.proven
    assert found.cost == 0


def test_events_of_other_cities_stay_where_the_plan_has_them(engine: Engine, world: World) -> None:
    found = ask(engine, world, world.second, 13)
    assert found.moves == ()
    assert len(found.impossible) == 1
    assert "在 2027-01-13 同时参加" in found.impossible[0]


def test_an_event_that_was_left_out_can_be_put_somewhere(engine: Engine, world: World) -> None:
    found = ask(engine, world, world.left_out, 12)
    assert [(one.event_id, one.change) for one in found.moves] == [
        (world.left_out, Change.PLACED),
        (world.second, Change.TIME),
    ]
    assert found.costs["left_out"] < 0


def test_nothing_moves_into_days_that_have_begun(engine: Engine, world: World) -> None:
    with time_machine.travel("2027-01-12T02:00:00Z"):
        found = ask(engine, world, world.second, 11)
    assert "冻结日期" in found.impossible[0]


@pytest.mark.parametrize("clock", [(9, 0), (23, 0)])
def test_a_time_that_is_no_slot_is_refused(engine: Engine, world: World, clock: tuple[int, int]) -> None:
    with pytest.raises(NoSuchPlace):
        ask(engine, world, world.first, 12, clock)


def test_a_plan_that_no_longer_keeps_the_rules_is_not_explained(engine: Engine, world: World) -> None:
    with transaction(engine) as session:
        day = at(11, 8).date()
        session.add(VenueClosure(venue_id=world.hall, first_on=day, last_on=day, reason_zh="维修"))
    with pytest.raises(PlanOutdated):
        ask(engine, world, world.first, 12)
