"""Organizers repair the published schedule: what they say is noted and a run starts, both or neither."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, func, select

from scheduler.database import reading, transaction
from scheduler.models import CrewAbsence, Event, Plan, PlanRun, PlanState, Venue, VenueClosure, VenueOpening
from tests.support.schedule import JINAN
from tests.web.organizers import World, add_world, post, sign_in

PAGE = "/organizer/repair?quarter=2027Q1"
CLOSURE = {
    "quarter": "2027Q1",
    "reason": "closure",
    "first_on": "2027-01-04",
    "last_on": "2027-01-10",
    "why": "消防检修",
    "frozen_days": "3",
    "most_moves": "5",
}


@pytest.fixture(autouse=True)
def world(site_engine: Engine, client: FlaskClient) -> World:
    world = add_world(site_engine)
    sign_in(client, "city-planner")
    return world


def count(engine: Engine, table: type[VenueClosure | CrewAbsence | PlanRun | Plan]) -> int:
    with reading(engine) as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def test_a_closure_is_noted_and_a_repair_starts(
    client: FlaskClient, site_engine: Engine, world: World
) -> None:
    answer = post(client, "/organizer/repairs", page=PAGE, venue=str(world.venue), **CLOSURE)
    with reading(site_engine) as session:
        run = session.scalars(select(PlanRun).order_by(PlanRun.id.desc())).first()
        closure = session.scalars(select(VenueClosure)).one()
        assert run is not None
        assert answer.headers["Location"] == f"/organizer/runs/{run.id}"
        assert (closure.venue_id, closure.reason_zh, str(closure.first_on)) == (
            world.venue,
            "消防检修",
            "2027-01-04",
        )
        assert run.repair == {
            "reason": "closure",
            "wanted": [],
            "frozen_days": 3,
            "most_moves": 5,
            "only_unpublished": False,
            "only_city": None,
            "note": "消防检修",
            "about": [],
            "enterprise_id": None,
        }
    assert "消防检修" in client.get(PAGE).text


def test_while_a_run_is_waiting_nothing_is_noted(
    client: FlaskClient, site_engine: Engine, world: World
) -> None:
    post(client, "/organizer/repairs", page=PAGE, quarter="2027Q1", reason="check", frozen_days="0")
    answer = post(client, "/organizer/repairs", page=PAGE, venue=str(world.venue), **CLOSURE)
    assert answer.status_code == 409
    assert "正在编排中" in answer.text
    assert count(site_engine, VenueClosure) == 0


def test_an_urgent_event_and_a_crew_away_start_repairs_too(
    client: FlaskClient, site_engine: Engine, world: World
) -> None:
    urgent = {"quarter": "2027Q1", "reason": "insertion", "event": str(world.new), "frozen_days": "0"}
    assert post(client, "/organizer/repairs", page=PAGE, **urgent).status_code == 302
    with transaction(site_engine) as session:
        run = session.scalars(select(PlanRun).order_by(PlanRun.id.desc())).first()
        assert run is not None
        assert run.repair is not None
        assert run.repair["wanted"] == [world.new]
        session.delete(run)
    away = CLOSURE | {"reason": "absence", "crew": "1"}
    assert post(client, "/organizer/repairs", page=PAGE, **away).status_code == 302
    assert count(site_engine, CrewAbsence) == 1


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"last_on": "2027-01-01"}, 422),
        ({"why": ""}, 422),
        ({"first_on": "soon"}, 400),
        ({"venue": "0"}, 400),
        ({"venue": "999999"}, 404),
        ({"most_moves": "-1"}, 400),
        ({"most_moves": "99999999"}, 422),
        ({"frozen_days": "61"}, 422),
        ({"only_city": "370200"}, 404),
        ({"only_city": "x"}, 400),
        ({"reason": "whim"}, 400),
        ({"role": "publisher"}, 400),
    ],
)
def test_what_makes_no_sense_is_refused_and_nothing_is_noted(
    client: FlaskClient, site_engine: Engine, world: World, change: dict[str, str], status: int
) -> None:
    form = {"venue": str(world.venue)} | CLOSURE | change
    assert post(client, "/organizer/repairs", page=PAGE, **form).status_code == status
    assert (count(site_engine, VenueClosure), count(site_engine, PlanRun)) == (0, 1)


def test_the_draft_says_from_where_to_where_why_and_who_must_be_told(
    client: FlaskClient, site_engine: Engine, world: World
) -> None:
    with transaction(site_engine) as session:
        session.get_one(Plan, world.draft).repair = {
            "hit": 1,
            "moves": 1,
            "least_moves": 1,
            "proven": True,
            "cost_before": 10,
            "reliefs": [
                {
                    "most_moves": 2,
                    "only_unpublished": False,
                    "only_city": None,
                    "moves": 2,
                    "left_out": 0,
                }
            ],
            "changes": [
                {
                    "event_id": world.published,
                    "change": "time",
                    "zh": ["场地停用"],
                    "en": ["the venue is closed"],
                    "crews_zh": ["一组"],
                    "crews_en": ["Crew 1"],
                }
            ],
        }
    page = client.get(f"/organizer/plans/{world.draft}").text
    for words in ("已证明不能更少", "场地停用", "1 家用人单位", "一组", "放宽到最多移动 2 场"):
        assert words in page
    english = client.get(f"/organizer/plans/{world.draft}?lang=en").text
    assert "the venue is closed" in english
    assert "proven to be the fewest" in english


def test_a_draft_is_discarded(client: FlaskClient, site_engine: Engine, world: World) -> None:
    page = f"/organizer/plans/{world.draft}"
    assert post(client, f"{page}/discard", page=page).status_code == 302
    assert client.get(page).status_code == 404
    assert count(site_engine, Plan) == 1


def test_what_is_in_force_is_copied_to_a_draft(
    client: FlaskClient, site_engine: Engine, world: World
) -> None:
    page = f"/organizer/plans/{world.province_draft}"
    assert "复制为草案" not in client.get(page).text
    with transaction(site_engine) as session:
        plan = session.get_one(Plan, world.province_draft)
        plan.state, plan.published_at = PlanState.PUBLISHED, plan.created_at
        event = session.get_one(Event, world.published)
        event.people, event.staff = 300, 0
        venue = session.get_one(Venue, world.venue)
        for weekday in range(1, 8):
            hours = {"opens_minute": 420, "closes_minute": 1260}
            session.add(VenueOpening(venue_id=venue.id, iso_weekday=weekday, **hours))
    assert "复制为草案" in client.get(page).text
    answer = post(client, f"{page}/copy", page=page)
    with reading(site_engine) as session:
        draft = session.scalars(select(Plan).order_by(Plan.id.desc())).first()
        assert draft is not None
        assert (draft.scope_code, draft.state, draft.placed) == (JINAN, PlanState.DRAFT, 1)
        made = f"/organizer/plans/{draft.id}"
    assert answer.headers["Location"] == made
    copied = client.get(made).text
    assert f"由现行方案 #{world.province_draft} 复制" in copied
    assert post(client, f"{made}/copy", page=page).headers["Location"] == made
    assert count(site_engine, Plan) == 3
