"""A draft becomes ready only without errors, a ready plan changes no more, and nobody overwrites another."""

from dataclasses import replace

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from scheduler.database import transaction
from scheduler.drawings import Drawing, Limits
from scheduler.errors import NotFound
from scheduler.models import Booth, EventFloor, EventState, EventVenue, FloorPlan, FloorState, Parameter
from scheduler.queries.floors import floor_limits, plan_view
from scheduler.services.floors import (
    FloorChanged,
    FloorHasErrors,
    FloorNotDraft,
    FloorNotInForce,
    FloorStillUsed,
    copy_plan,
    discard,
    generate_for_venue,
    make_ready,
    retire,
    store,
)
from scheduler.services.reference import load_reference
from scheduler.times import now
from tests.scheduler.drawings.plans import HALL, booth, with_booths
from tests.scheduler.planning.plans import at
from tests.scheduler.planning.world import COUNTY, add_event, add_regions, add_venue


def draft(session: Session, drawing: Drawing = HALL) -> FloorPlan:
    add_regions(session)
    venue = add_venue(session, people=300)
    return store(session, venue_id=venue.id, drawing=drawing, name_zh="新图")


def test_a_legal_draft_becomes_ready_once(engine: Engine) -> None:
    with transaction(engine) as session:
        plan = draft(session)
        make_ready(session, floor_plan_id=plan.id, revision=1)
        assert plan.state is FloorState.READY
        with pytest.raises(FloorNotDraft):
            make_ready(session, floor_plan_id=plan.id, revision=1)
        with pytest.raises(NotFound):
            make_ready(session, floor_plan_id=plan.id + 1, revision=1)


def test_errors_are_listed_and_the_draft_stays_one(engine: Engine) -> None:
    broken = with_booths(booth("A02", 5_999, 6_000), booth("A04", 18_001, 6_000))
    with transaction(engine) as session:
        plan = draft(session, broken)
        with pytest.raises(FloorHasErrors) as refusal, session.begin_nested():
            make_ready(session, floor_plan_id=plan.id, revision=1)
        session.refresh(plan)
        assert plan.state is FloorState.DRAFT
    assert refusal.value.values["many"] == 2
    assert refusal.value.text("zh") == (
        "展位图有 2 处错误，不能设为可用：A04 超出场地轮廓。A01、A02 互相重叠。 请修改后再试。"
    )
    assert "A01, A02 overlap." in refusal.value.text("en")


def test_what_was_changed_meanwhile_is_not_made_ready(engine: Engine) -> None:
    with transaction(engine) as session:
        plan = draft(session)
        plan.revision = 2
        session.flush()
        with pytest.raises(FloorChanged):
            make_ready(session, floor_plan_id=plan.id, revision=1)


def test_a_plan_of_events_to_come_is_not_retired(engine: Engine) -> None:
    with transaction(engine) as session:
        plan = draft(session)
        with pytest.raises(FloorNotInForce):
            retire(session, floor_plan_id=plan.id)
        make_ready(session, floor_plan_id=plan.id, revision=1)
        event = add_event(session)
        session.add(EventVenue(event_id=event.id, venue_id=plan.venue_id))
        session.add(EventFloor(event_id=event.id, floor_plan_id=plan.id))
        event.state, event.starts_at, event.ends_at = EventState.PUBLISHED, at(11, 9), at(11, 11)
        session.flush()
        assert at(11, 11) > now()
        with pytest.raises(FloorStillUsed):
            retire(session, floor_plan_id=plan.id)
        event.state = EventState.CANCELLED
        session.flush()
        retire(session, floor_plan_id=plan.id)
        session.refresh(plan)
        assert plan.state is FloorState.RETIRED


def test_a_version_is_copied_whole_and_a_draft_thrown_away_whole(engine: Engine) -> None:
    with transaction(engine) as session:
        add_regions(session)
        first = generate_for_venue(session, venue=add_venue(session))
        view = plan_view(session, floor_plan_id=first.id, scope=COUNTY)
        copied = copy_plan(session, plan=view)
        assert (copied.version, copied.state) == (2, FloorState.DRAFT)
        assert plan_view(session, floor_plan_id=copied.id, scope=COUNTY).drawing == view.drawing
        with pytest.raises(FloorNotDraft):
            discard(session, floor_plan_id=first.id)
        discard(session, floor_plan_id=copied.id)
        assert session.scalar(select(func.count()).select_from(Booth)) == len(view.drawing.booths)


def test_a_site_changes_what_plans_are_measured_against(engine: Engine) -> None:
    with transaction(engine) as session:
        assert floor_limits(session).aisle == 1_800
        load_reference(session)
        session.flush()
        limits = floor_limits(session)
        assert limits == Limits()
        session.get_one(Parameter, "floor_aisle").default = "2000"
        session.flush()
        assert floor_limits(session) == replace(limits, aisle=2_000)
