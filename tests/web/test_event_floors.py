"""The page on which an event gets another floor plan: what becomes of the bookings, then the deed."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Page, expect
from sqlalchemy import Engine, update

from scheduler.database import transaction
from scheduler.models import EventFloor, EventVenue
from scheduler.services.booking import floor_for_event
from tests.scheduler.booking.test_reseating import draw, home, places, row_of
from tests.support.axe import obstacles
from tests.support.schedule import make_venue
from tests.web.organizers import beside_booked_fair, enter, post, sign_in

pytestmark = pytest.mark.usefixtures("week_before")

PAGE = "/organizer/events/{}/floor"


@pytest.fixture
def fair(client: FlaskClient, site_engine: Engine) -> int:
    return beside_booked_fair(client, site_engine, "city-planner")


def version(engine: Engine, event_id: int, *codes: str) -> int:
    with transaction(engine) as session:
        return draw(session, home(session, event_id), *row_of(*codes))


def moved(engine: Engine, event_id: int, *codes: str) -> int:
    """Publish the event elsewhere; returns the plan of the new hall."""
    with transaction(engine) as session:
        venue = make_venue(session, name_zh="新场馆")
        plan_id = draw(session, venue.id, *row_of(*codes))
        here = update(EventVenue).where(EventVenue.event_id == event_id)
        session.execute(here.values(venue_id=venue.id))
        floor_for_event(session, event_id)
        return plan_id


def used(engine: Engine, event_id: int) -> set[int]:
    with transaction(engine) as session:
        rows = session.query(EventFloor).filter(EventFloor.event_id == event_id)
        return {row.floor_plan_id for row in rows}


def use(client: FlaskClient, event_id: int, plan_id: int) -> str:
    """Press the button of a preview, and return what the next page says."""
    page = f"{PAGE.format(event_id)}?plan={plan_id}"
    seen = re.search('name="seen" value="(.*?)"', client.get(page).text)
    assert seen is not None
    done = post(client, PAGE.format(event_id), page=page, plan=str(plan_id), seen=seen[1])
    return client.get(done.location).text if done.status_code == 302 else done.text


def test_the_preview_says_what_happens_and_the_deed_does_it(
    client: FlaskClient, fair: int, site_engine: Engine
) -> None:
    plan_id = version(site_engine, fair, "A9", "A2", "A1")
    page = client.get(PAGE.format(fair)).text
    assert "正在使用" in page
    assert f"?plan={plan_id}#after" in page
    preview = client.get(f"{PAGE.format(fair)}?plan={plan_id}").text
    assert "2 家单位的展位号不变。" in preview
    assert preview.count('class="booth taken"') == 2
    assert "已换用这张展位图，安排了 2 家单位。" in use(client, fair, plan_id)
    assert used(site_engine, fair) == {plan_id}
    assert "更换展位图" in client.get(f"/organizer/events/{fair}/booths").text


def test_a_plan_without_a_booked_booth_cannot_be_used_and_names_the_firm(
    client: FlaskClient, fair: int, site_engine: Engine
) -> None:
    plan_id = version(site_engine, fair, "A1", "A3")
    page = f"{PAGE.format(fair)}?plan={plan_id}"
    preview = client.get(page).text
    assert "1 家没有位置。" in preview
    assert 'name="seen"' not in preview
    assert "× 没有位置" in preview
    before = used(site_engine, fair)
    stale = post(client, PAGE.format(fair), page=page, plan=str(plan_id), seen="0")
    assert stale.status_code == 409
    assert "请按新的预览再确认一次" in stale.text
    assert used(site_engine, fair) == before


def test_an_event_that_moved_shows_who_was_left_behind_and_seats_them_at_once(
    client: FlaskClient, fair: int, site_engine: Engine
) -> None:
    plan_id = moved(site_engine, fair, "A1", "B1")
    desk = client.get(f"/organizer/events/{fair}/booths").text
    assert "仍有 2 家单位的展位留在原场地" in desk
    page = client.get(PAGE.format(fair)).text
    assert "△ 已离开的场地" in page
    preview = client.get(f"{PAGE.format(fair)}?plan={plan_id}").text
    assert "✓ 展位号不变" in preview
    assert "△ 换展区" in preview
    assert "安排了 2 家单位" in use(client, fair, plan_id)
    assert used(site_engine, fair) == {plan_id}
    assert "已离开的场地" not in client.get(PAGE.format(fair)).text
    with transaction(site_engine) as session:
        assert sorted(places(session).values()) == [["A1"], ["B1"]]


def test_who_finds_no_room_stays_listed_until_it_is_seen_to(
    client: FlaskClient, fair: int, site_engine: Engine
) -> None:
    plan_id = moved(site_engine, fair, "A1")
    said = use(client, fair, plan_id)
    assert "安排了 1 家单位" in said
    assert "1 家单位没有位置，仍留在原场地。" in said
    assert "仍有 1 家单位的展位留在原场地" in client.get(f"/organizer/events/{fair}/booths").text
    assert f"/organizer/events/{fair}/floor#left" in client.get("/organizer").text
    assert "× 没有合适的空展位" in said


def test_who_was_left_behind_is_seated_in_one_step_from_the_list(
    client: FlaskClient, fair: int, site_engine: Engine
) -> None:
    moved(site_engine, fair, "A1", "B1")
    page = client.get(PAGE.format(fair)).text
    deeds = re.findall('action="(/organizer/bookings/.*?/move)".*?<option value="(.*?)"', page)
    assert [codes for _, codes in deeds] == ["A1", "B1"]
    for address, codes in deeds:
        assert post(client, address, page=PAGE.format(fair), codes=codes).status_code == 302
    with transaction(site_engine) as session:
        assert sorted(places(session).values()) == [["A1"], ["B1"]]
    assert 'id="left"' not in client.get(PAGE.format(fair)).text
    assert "#left" not in client.get("/organizer").text


def test_nobody_else_looks_or_decides(app: Flask, fair: int, site_engine: Engine) -> None:
    plan_id = version(site_engine, fair, "A1", "A2")
    for login, looks, decides in (("city-auditor", 200, 403), ("sister-publisher", 404, 404)):
        client = app.test_client()
        client.environ_base["HTTP_ACCEPT"] = "text/html"
        sign_in(client, login)
        assert client.get(f"{PAGE.format(fair)}?plan={plan_id}").status_code == looks
        answer = post(client, PAGE.format(fair), page="/organizer", plan=str(plan_id), seen="0")
        assert answer.status_code == decides
    with transaction(site_engine) as session:
        foreign = draw(session, make_venue(session).id, *row_of("A1"))
    client = app.test_client()
    sign_in(client, "city-planner")
    assert client.get(f"{PAGE.format(fair)}?plan={foreign}").status_code == 404


def test_everybody_can_use_the_page(
    app: Flask, fair: int, site_engine: Engine, serve: Callable[[Flask], str], glancing: Page
) -> None:
    plan_id = moved(site_engine, fair, "A1", "B1")
    site = serve(app)
    enter(glancing, site, "city-planner")
    for path in (
        PAGE.format(fair),
        f"{PAGE.format(fair)}?plan={plan_id}",
        f"/organizer/events/{fair}/booths",
    ):
        glancing.goto(site + path)
        expect(glancing.locator("h1")).to_have_count(1)
        assert obstacles(glancing) == []
