"""The pages of a venue's floor plans: made from numbers, checked, put in force, retired, by who may."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Page
from sqlalchemy import Engine, select

from scheduler.database import reading, transaction
from scheduler.models import FloorPlan, FloorState, Venue
from scheduler.services.floors import generate_for_venue, store
from tests.scheduler.drawings.plans import HALL, booth, with_booths
from tests.support.axe import obstacles
from tests.web.organizers import World, add_world, enter, post, sign_in

NUMBERS = {
    "name": "春季图",
    "width": "40",
    "depth": "30.5",
    "booths": "30",
    "booth_width": "3",
    "booth_depth": "3",
    "aisle": "2.4",
    "main_aisle": "3.6",
    "doors": "1",
    "stage": "yes",
}


@pytest.fixture
def world(site_engine: Engine, client: FlaskClient) -> World:
    world = add_world(site_engine)
    sign_in(client, "city-planner")
    return world


def states(engine: Engine) -> list[tuple[int, FloorState]]:
    with reading(engine) as session:
        rows = session.execute(select(FloorPlan.version, FloorPlan.state).order_by(FloorPlan.version))
        return [(version, state) for version, state in rows]


def test_a_plan_is_made_checked_used_copied_and_retired(
    client: FlaskClient, world: World, site_engine: Engine
) -> None:
    page = f"/organizer/venues/{world.venue}/floors"
    made = post(client, page, page=page, **NUMBERS)
    plan = made.headers["Location"]
    shown = client.get(plan).text
    assert "春季图" in shown
    assert "没有错误" in shown
    assert shown.count('<tr id="booth-') == 30
    post(client, f"{plan}/ready", page=plan, revision="1")
    assert "✓ 可用" in client.get(plan).text
    copied = post(client, f"{plan}/copy", page=plan).headers["Location"]
    assert states(site_engine) == [(1, FloorState.READY), (2, FloorState.DRAFT)]
    post(client, f"{copied}/discard", page=copied)
    post(client, f"{plan}/retire", page=plan)
    assert states(site_engine) == [(1, FloorState.RETIRED)]
    assert "– 已停用" in client.get(page).text


def test_numbers_that_do_not_fit_come_back_with_the_reason(
    client: FlaskClient, world: World, site_engine: Engine
) -> None:
    page = f"/organizer/venues/{world.venue}/floors"
    answer = post(client, page, page=page, **(NUMBERS | {"booths": "900"}))
    assert answer.status_code == 422
    assert re.search("最多放 \\d+ 个展位，放不下 900 个", answer.text)
    assert 'value="30.5"' in answer.text
    assert 'value="春季图"' in answer.text
    unread = post(client, page, page=page, **(NUMBERS | {"width": "40m"}))
    assert (unread.status_code, "“场地宽”应填：" in unread.text) == (400, True)
    assert re.search('name="width"[^>]* value="40m"', unread.text)
    for wrong in ({"depth": "-1"}, {"aisle": "1.2345"}, {"stage": "perhaps"}, {"x": "1"}):
        assert post(client, page, page=page, **(NUMBERS | wrong)).status_code == 400
    assert states(site_engine) == []


def test_errors_are_listed_and_marked_and_keep_the_plan_a_draft(
    client: FlaskClient, world: World, site_engine: Engine
) -> None:
    broken = with_booths(booth("A02", 5_999, 6_000))
    with transaction(site_engine) as session:
        plan_id = store(session, venue_id=world.venue, drawing=broken, name_zh="新图").id
    page = f"/organizer/floors/{plan_id}"
    answer = post(client, f"{page}/ready", page=page, revision="1")
    assert answer.status_code == 422
    assert "不能设为可用" in answer.text
    assert "× A01、A02 互相重叠。" in answer.text
    assert answer.text.count('class="booth faulty"') == 2
    assert states(site_engine) == [(1, FloorState.DRAFT)]
    stale = post(client, f"{page}/ready", page=page, revision="7")
    assert stale.status_code == 409


def test_the_suggested_hall_takes_the_venues_booths(client: FlaskClient, world: World) -> None:
    page = f"/organizer/venues/{world.venue}/floors"
    form = client.get(page).text
    values = dict(re.findall(r'name="([a-z_]+)"[^>]* value="([^"]*)"', form))
    numbers = {name: values[name] for name in NUMBERS if name in values}
    assert post(client, page, page=page, **numbers).status_code == 302


def test_an_auditor_reads_and_changes_nothing(app: Flask, world: World, site_engine: Engine) -> None:
    client = app.test_client()
    client.environ_base["HTTP_ACCEPT"] = "text/html"
    with transaction(site_engine) as session:
        plan_id = generate_for_venue(session, venue=session.get_one(Venue, world.venue)).id
    sign_in(client, "city-auditor")
    page = client.get(f"/organizer/floors/{plan_id}")
    assert page.status_code == 200
    assert f"/organizer/floors/{plan_id}/" not in page.text
    assert post(client, f"/organizer/floors/{plan_id}/retire", page="/organizer").status_code == 403
    assert 'name="booth_width"' not in client.get(f"/organizer/venues/{world.venue}/floors").text


FAULTY = (
    '{"width": 9000, "depth": 9000, "outline": [[0,0],[9000,0],[0,9000]], "fixtures": [], "zones": [],'
    ' "booths": [{"code": "A1", "x": -5}]}'
)


def test_only_a_draft_is_edited_and_bad_drawings_are_refused_by_part(
    client: FlaskClient, world: World, site_engine: Engine
) -> None:
    with transaction(site_engine) as session:
        plan_id = store(session, venue_id=world.venue, drawing=HALL, name_zh="新图").id
    page = f"/organizer/floors/{plan_id}"
    assert client.get(f"{page}/edit").status_code == 200
    for wrong, field in (("{", "drawing"), ('{"booths": 1}', "width"), (FAULTY, "booths.0.x")):
        answer = post(client, f"{page}/save", page=page, revision="1", name="图", drawing=wrong)
        assert (answer.status_code, f"“{field}”" in answer.text) == (400, True)
    long = post(client, f"{page}/save", page=page, revision="1", name="图", drawing="{" * 2_000_000)
    assert long.status_code == 413
    with transaction(site_engine) as session:
        session.get_one(FloorPlan, plan_id).state = FloorState.READY
    assert client.get(f"{page}/edit").status_code == 409


def test_everybody_can_use_the_pages(
    app: Flask, world: World, site_engine: Engine, serve: Callable[[Flask], str], glancing: Page
) -> None:
    with transaction(site_engine) as session:
        broken = with_booths(booth("A02", 5_999, 6_000))
        plan_id = store(session, venue_id=world.venue, drawing=broken, name_zh="新图").id
    site = serve(app)
    enter(glancing, site, "city-planner")
    for path in (f"/organizer/venues/{world.venue}/floors", f"/organizer/floors/{plan_id}"):
        glancing.goto(site + path)
        assert glancing.locator("h1").count() == 1
        assert obstacles(glancing) == []
