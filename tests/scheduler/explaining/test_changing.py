"""Changing a draft by hand: what was shown, all of it, once, and back again."""

from collections.abc import Sequence

import pytest
from sqlalchemy import Engine, select, update

from scheduler.database import reading, transaction
from scheduler.models import LeftOut, Plan, PlanChange, PlanState
from scheduler.queries.placed import Placed, placed_in
from scheduler.services.explaining import (
    AnswerOutdated,
    NotChangeable,
    NothingToUndo,
    WhatIf,
    apply_what_if,
    ask_what_if,
    last_change,
    undo_change,
)
from scheduler.services.publishing import publish_plan
from tests.scheduler.explaining.world import World
from tests.scheduler.planning.plans import at
from tests.scheduler.planning.world import OTHER_COUNTY


def seen(engine: Engine, world: World, event: int, day: int) -> str:
    with reading(engine) as session:
        return ask_what_if(
            session, plan_id=world.draft, event_id=event, starts_at=at(day, 8, 30), venues=[], language="zh"
        ).seen


def apply(engine: Engine, world: World, event: int, day: int, shown: str | None = None) -> None:
    shown = shown or seen(engine, world, event, day)
    with transaction(engine) as session:
        apply_what_if(
            session,
            plan_id=world.draft,
            event_id=event,
            starts_at=at(day, 8, 30),
            venues=[],
            seen=shown,
            made_by=None,
        )


def undo(engine: Engine, world: World, number: int | None = None) -> None:
    with transaction(engine) as session:
        last = last_change(session, plan_id=world.draft)
        number = number or (last.number if last else 1)
        undo_change(session, plan_id=world.draft, number=number, made_by=None)


def placed(engine: Engine, world: World) -> Sequence[Placed]:
    with reading(engine) as session:
        return placed_in(session, plan_id=world.draft)


def figures(engine: Engine, world: World) -> tuple[int, int, str]:
    with reading(engine) as session:
        plan = session.get_one(Plan, world.draft)
        assert plan.cost == sum(plan.costs_by_goal.values())
        return plan.cost, plan.placed, plan.outcome


def test_a_chain_is_applied_whole_and_its_crews_follow(engine: Engine, world: World) -> None:
    apply(engine, world, world.first, 12)
    first, second, _ = placed(engine, world)
    assert (first.starts_at, second.starts_at) == (at(12, 8, 30), at(11, 8, 30))
    assert [(duty.resource_id, duty.day_on.day) for duty in first.duties] == [(world.crew, 12)]
    assert figures(engine, world) == (50_040, 3, "changed")


def test_undoing_restores_everything_but_keeps_the_record(engine: Engine, world: World) -> None:
    before = placed(engine, world)
    apply(engine, world, world.first, 12)
    undo(engine, world)
    assert placed(engine, world) == before
    with reading(engine) as session:
        assert last_change(session, plan_id=world.draft) is None
        assert list(session.execute(select(PlanChange.number, PlanChange.undoes))) == [(1, None), (2, 1)]


def test_changes_are_undone_one_after_the_other_newest_first(engine: Engine, world: World) -> None:
    before = placed(engine, world)
    apply(engine, world, world.first, 12)
    apply(engine, world, world.first, 13)
    undo(engine, world)
    undo(engine, world)
    assert placed(engine, world) == before
    with pytest.raises(NothingToUndo):
        undo(engine, world)


def test_placing_what_was_left_out_counts_it_as_placed_and_undoing_leaves_it_out(
    engine: Engine, world: World
) -> None:
    apply(engine, world, world.left_out, 12)
    cost, events, _ = figures(engine, world)
    assert (events, cost < 50_040) == (4, True)
    undo(engine, world)
    assert figures(engine, world)[:2] == (50_040, 3)
    with reading(engine) as session:
        assert list(session.scalars(select(LeftOut.event_id))) == [world.left_out]


def test_only_what_was_shown_is_applied(engine: Engine, world: World) -> None:
    shown = seen(engine, world, world.first, 12)
    apply(engine, world, world.second, 13 - 2)
    with pytest.raises(AnswerOutdated):
        apply(engine, world, world.first, 12, shown)
    with pytest.raises(AnswerOutdated):
        apply(engine, world, world.first, 12, "0" * 16)


def test_asking_changes_nothing(engine: Engine, world: World) -> None:
    before = placed(engine, world)
    seen(engine, world, world.first, 12)
    assert placed(engine, world) == before


def test_a_plan_that_is_no_draft_is_not_changed(engine: Engine, world: World) -> None:
    shown = seen(engine, world, world.first, 12)
    with transaction(engine) as session:
        session.execute(update(Plan).values(state=PlanState.SUPERSEDED))
    with pytest.raises(NotChangeable):
        apply(engine, world, world.first, 12, shown)


def test_a_changed_draft_is_judged_as_a_whole_and_can_be_published(engine: Engine, world: World) -> None:
    apply(engine, world, world.first, 12)
    with transaction(engine) as session:
        publish_plan(session, plan_id=world.draft, published_by=None, public_url="http://fair.test")
    with pytest.raises(NotChangeable):
        undo(engine, world)


def wide_answer(engine: Engine, world: World) -> WhatIf:
    with reading(engine) as session:
        return ask_what_if(
            session,
            plan_id=world.draft,
            event_id=world.second,
            starts_at=at(13, 8, 30),
            venues=[],
            language="zh",
            wide=True,
        )


def test_what_no_city_can_do_alone_moves_events_of_two_and_is_undone_in_both(
    engine: Engine, world: World
) -> None:
    """An enterprise of `second` is in another city on that morning: only that city's fair could make way."""
    before = placed(engine, world)
    with reading(engine) as session:
        alone = ask_what_if(
            session,
            plan_id=world.draft,
            event_id=world.second,
            starts_at=at(13, 8, 30),
            venues=[],
            language="zh",
        )
    assert alone.impossible
    answer = wide_answer(engine, world)
    assert [(move.event_id, move.bureau) for move in answer.moves] == [
        (world.second, ""),
        (world.abroad, f"{OTHER_COUNTY}局"),
    ]
    with transaction(engine) as session:
        apply_what_if(
            session,
            plan_id=world.draft,
            event_id=world.second,
            starts_at=at(13, 8, 30),
            venues=[],
            seen=answer.seen,
            made_by=None,
            wide=True,
        )
    moved = {one.event_id: one.starts_at for one in placed(engine, world)}
    assert (moved[world.second], moved[world.abroad]) == (at(13, 8, 30), at(13, 14, 30))
    undo(engine, world)
    assert placed(engine, world) == before


def test_the_moves_of_two_cities_are_not_applied_as_one_citys(engine: Engine, world: World) -> None:
    answer = wide_answer(engine, world)
    with pytest.raises(AnswerOutdated), transaction(engine) as session:
        apply_what_if(
            session,
            plan_id=world.draft,
            event_id=world.second,
            starts_at=at(13, 8, 30),
            venues=[],
            seen=answer.seen,
            made_by=None,
        )
