"""A draft is saved over the revision that was opened, never over what somebody else has saved meanwhile."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import Engine, func, select, update
from sqlalchemy.orm import Session

from scheduler.database import transaction
from scheduler.drawings import Drawing
from scheduler.errors import NotFound
from scheduler.models import Booth, FloorPlan, FloorState, FloorZone
from scheduler.queries.floors import plan_view
from scheduler.services.floors import (
    FloorChanged,
    FloorCodesTwice,
    FloorNotDraft,
    copy_plan,
    make_ready,
    save_as_new,
    save_drawing,
    saving,
    store,
)
from tests.scheduler.drawings.plans import EXIT, HALL, booth, with_booths, with_fixtures
from tests.scheduler.planning.world import COUNTY, add_regions, add_venue
from tests.support.racing import together

FEWER = replace(HALL, booths=HALL.booths[:2])


def draft(session: Session, drawing: Drawing = HALL) -> int:
    add_regions(session)
    venue = add_venue(session, people=300)
    return store(session, venue_id=venue.id, drawing=drawing, name_zh="春季图").id


def drawn(session: Session, floor_plan_id: int) -> Drawing:
    return plan_view(session, floor_plan_id=floor_plan_id, scope=COUNTY).drawing


def save(session: Session, floor_plan_id: int, revision: int, drawing: Drawing = FEWER) -> int:
    return save_drawing(
        session, floor_plan_id=floor_plan_id, revision=revision, drawing=drawing, name_zh="夏季图"
    )


def test_what_was_drawn_takes_the_place_of_the_draft(engine: Engine) -> None:
    changed = replace(
        with_booths(booth("A02", 6_000, 6_000, power=True, zone_code=None, usable=False)),
        fixtures=with_fixtures(without=(EXIT,)).fixtures,
        zones=(),
    )
    with transaction(engine) as session:
        plan_id = draft(session)
    with transaction(engine) as session:
        assert save(session, plan_id, 1, changed) == 2
    with transaction(engine) as session:
        assert drawn(session, plan_id) == changed
        plan = session.get_one(FloorPlan, plan_id)
        assert (plan.name_zh, plan.revision, plan.version) == ("夏季图", 2, 1)
        assert session.scalar(select(func.count()).select_from(FloorZone)) == 0


def test_an_illegal_drawing_is_kept_as_a_draft(engine: Engine) -> None:
    overlapping = with_booths(booth("A02", 5_000, 6_000))
    with transaction(engine) as session:
        plan_id = draft(session)
        assert save(session, plan_id, 1, overlapping) == 2
        assert drawn(session, plan_id) == overlapping


def test_a_code_given_twice_is_named_before_anything_is_written(engine: Engine) -> None:
    twice = replace(HALL, booths=(*HALL.booths, booth("A02", 0, 0)), zones=HALL.zones * 2)
    with transaction(engine) as session:
        plan_id = draft(session)
        with pytest.raises(FloorCodesTwice) as refused:
            save(session, plan_id, 1, twice)
        assert "重复：A02、A。" in refused.value.text("zh")
        with pytest.raises(FloorCodesTwice):
            save_as_new(session, venue_id=1, drawing=twice, name_zh="图")
        assert drawn(session, plan_id) == HALL


def test_nobody_saves_over_somebody_else_a_ready_plan_or_nothing(engine: Engine) -> None:
    with transaction(engine) as session:
        plan_id = draft(session)
        save(session, plan_id, 1)
        with pytest.raises(FloorChanged) as refused:
            save(session, plan_id, 1, HALL)
        assert "第 2 次修改" in refused.value.text("zh")
        assert drawn(session, plan_id) == FEWER
        made_id = save_as_new(
            session, venue_id=session.get_one(FloorPlan, plan_id).venue_id, drawing=HALL, name_zh="我的"
        ).id
        assert drawn(session, made_id) == HALL
        ready_id = copy_plan(session, plan=plan_view(session, floor_plan_id=made_id, scope=COUNTY)).id
        make_ready(session, floor_plan_id=ready_id, revision=1)
        with pytest.raises(FloorNotDraft):
            save(session, ready_id, 1)
        with pytest.raises(NotFound):
            save(session, ready_id + 9, 1)


def test_of_two_who_save_at_once_one_is_told(engine: Engine) -> None:
    with transaction(engine) as session:
        plan_id = draft(session)
    drawings = [HALL, FEWER]

    def deed(client: int) -> int:
        with transaction(engine) as session:
            return save(session, plan_id, 1, drawings[client])

    went = together(2, deed)
    (winner,) = (client for client, result in enumerate(went) if result == 2)
    assert isinstance(went[1 - winner], FloorChanged)
    with transaction(engine) as session:
        assert drawn(session, plan_id) == drawings[winner]


def test_without_the_revision_in_the_statement_both_believe_that_they_have_saved(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: it is the condition of the one statement that refuses the second."""

    def unguarded(session: Session, *, floor_plan_id: int, revision: int, values: Mapping[str, Any]) -> None:
        session.execute(update(FloorPlan).where(FloorPlan.id == floor_plan_id).values(values))

    monkeypatch.setattr(saving, "take_draft", unguarded)
    with transaction(engine) as session:
        plan_id = draft(session)

    def deed(client: int) -> int:
        with transaction(engine) as session:
            return save(session, plan_id, 1, HALL if client else FEWER)

    assert together(2, deed) == [2, 2]


def test_what_is_saved_while_it_is_made_ready_is_checked_or_refused(engine: Engine) -> None:
    """A drawing with errors never becomes ready, whoever comes first."""
    overlapping = with_booths(booth("A02", 5_000, 6_000))
    with transaction(engine) as session:
        plan_id = draft(session)

    def deed(client: int) -> None:
        with transaction(engine) as session:
            if client:
                save(session, plan_id, 1, overlapping)
            else:
                make_ready(session, floor_plan_id=plan_id, revision=1)

    refused = [one for one in together(2, deed) if one is not None]
    assert [type(one) for one in refused] in ([FloorChanged], [FloorNotDraft])
    with transaction(engine) as session:
        state = session.get_one(FloorPlan, plan_id).state
        assert (drawn(session, plan_id) == overlapping) == (state is FloorState.DRAFT)
        assert session.scalar(select(func.count()).select_from(Booth)) == 6
