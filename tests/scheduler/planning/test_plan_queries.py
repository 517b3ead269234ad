"""An organizer sees runs move, drafts with their price, placements by place and week, and differences."""

from datetime import date, timedelta

import pytest
from sqlalchemy import Engine

from scheduler.database import reading, transaction
from scheduler.errors import NotFound
from scheduler.models import EventKind, EventState, EventVenue, RunState
from scheduler.queries.plans import (
    PlacementFilter,
    get_run,
    left_out,
    list_plans,
    list_runs,
    plan_days,
    plan_difference,
    plan_placements,
    plan_summary,
    run_progress,
)
from scheduler.services.planning import Point, claim_run, record_progress, request_plan
from tests.scheduler.planning.plans import Q1, add_draft, at, morning
from tests.scheduler.planning.world import (
    CITY,
    COUNTY,
    OTHER_CITY,
    OTHER_COUNTY,
    add_event,
    add_regions,
    add_venue,
)


@pytest.fixture
def site(engine: Engine) -> Engine:
    with transaction(engine) as session:
        add_regions(session)
    return engine


def test_a_run_is_shown_as_it_moves_and_as_dead_when_its_lease_is_over(site: Engine) -> None:
    with transaction(site) as session:
        run_id = request_plan(session, quarter=Q1, seconds=60, seed=7).id
        claim = claim_run(session, lease=timedelta(seconds=-5))
        assert claim is not None
        points = [Point(100, 1, 50, 20, "first plan"), Point(200, 2, 40, 30, "cities")]
        record_progress(session, claim=claim, points=points, events=2)
    with reading(site) as session:
        run = get_run(session, run_id=run_id)
        assert (run.state, run.is_active, run.stage, run.gap) == (RunState.INTERRUPTED, False, "cities", 0.25)
        assert list_runs(session, quarter=Q1) == [run]
        assert [point.cost for point in run_progress(session, run_id=run_id, after=100)] == [40]
        with pytest.raises(NotFound):
            get_run(session, run_id=run_id + 1)


def test_placements_are_filtered_by_city_county_kind_and_week(site: Engine) -> None:
    with transaction(site) as session:
        hall = add_venue(session).id
        first = add_event(session).id
        second = add_event(session, kind=EventKind.COMPREHENSIVE, division_code=CITY).id
        third = add_event(session, division_code=OTHER_COUNTY, city_code=OTHER_CITY).id
        placed = [morning(first, 11, hall), morning(second, 18, hall), morning(third, 12, hall)]
        plan_id = add_draft(session, placed).id
    filters = {
        (first, third, second): PlacementFilter(),
        (first, second): PlacementFilter(city=CITY),
        (first,): PlacementFilter(county=COUNTY),
        (second,): PlacementFilter(kind=EventKind.COMPREHENSIVE),
        (first, third): PlacementFilter(monday_on=date(2027, 1, 11)),
    }
    with reading(site) as session:
        for expected, wanted in filters.items():
            page = plan_placements(session, plan_id=plan_id, wanted=wanted)
            assert tuple(line.event_id for line in page.lines) == expected
        days = plan_days(session, plan_id=plan_id, wanted=PlacementFilter(city=CITY))
        assert days == {date(2027, 1, 11): 1, date(2027, 1, 18): 1}


def test_a_page_beyond_the_last_is_the_last(site: Engine) -> None:
    with transaction(site) as session:
        hall = add_venue(session).id
        events = [add_event(session).id for _ in range(3)]
        plan_id = add_draft(session, [morning(event, 11 + i, hall) for i, event in enumerate(events)]).id
    with reading(site) as session:
        page = plan_placements(session, plan_id=plan_id, page=9, per_page=2)
        (line,) = page.lines
        assert (page.total, page.page, page.pages, line.event_id) == (3, 2, 2, events[2])
        assert ([venue.name_en for venue in line.venues], line.costs) == (["Sample hall"], {"waste": 2})


def test_a_summary_tells_price_reasons_and_whether_it_is_stale(site: Engine) -> None:
    with transaction(site) as session:
        plan_id = add_draft(session, [], [add_event(session).id]).id
    with reading(site) as session:
        summary = plan_summary(session, plan_id=plan_id)
        (out,) = left_out(session, plan_id=plan_id)
        assert (summary.reasons, summary.stale, round(summary.line.gap or 0, 3)) == (
            {"venue_free": 1},
            False,
            0.05,
        )
        assert (out.reason, out.zh, out.en) == ("venue_free", "没有空闲场地", "no venue is free")
        assert list_plans(session) == [summary.line]
    with transaction(site) as session:
        add_venue(session)
    with reading(site) as session:
        assert plan_summary(session, plan_id=plan_id).stale is True


def test_a_draft_differs_from_what_is_public_now(site: Engine) -> None:
    public = {"state": EventState.PUBLISHED, "starts_at": at(11, 8, 30), "ends_at": at(11, 12)}
    with transaction(site) as session:
        hall, other = add_venue(session).id, add_venue(session, name_zh="新厅").id
        same, moved, gone = (add_event(session, **public).id for _ in range(3))
        new = add_event(session).id
        for event_id in (same, moved, gone):
            session.add(EventVenue(event_id=event_id, venue_id=hall))
        placed = [morning(same, 11, hall), morning(moved, 11, other), morning(new, 12, hall)]
        plan_id = add_draft(session, placed, [gone]).id
    with reading(site) as session:
        lines = plan_difference(session, plan_id=plan_id)
        assert [(line.event_id, line.change) for line in lines] == [
            (moved, "moved"),
            (gone, "gone"),
            (new, "new"),
        ]
        assert (lines[0].before_venues, lines[0].after_venues) == (("示例大厅",), ("新厅",))


def test_a_plan_that_does_not_exist_is_not_found(site: Engine) -> None:
    with reading(site) as session:
        assert list_plans(session, quarter=Q1) == []
        with pytest.raises(NotFound):
            plan_summary(session, plan_id=1)
        with pytest.raises(NotFound):
            plan_difference(session, plan_id=1)
