"""The picture of a floor plan and its list say the same, in words and shapes, to eyes, keys and readers."""

from collections.abc import Callable, Iterator

import pytest
from flask import Blueprint, Flask, render_template_string
from flask.testing import FlaskClient
from playwright.sync_api import Page
from sqlalchemy import Engine

from scheduler.database import transaction
from scheduler.models import Event, EventState, Venue
from scheduler.queries.floors import PlanView, plans_of_event
from scheduler.services.booking import floor_for_event
from scheduler.services.floors import generate_for_venue
from tests.support.axe import findings
from tests.web import factories
from tests.web.conftest import settings_for
from web import create_app
from web.floor_pictures import Mark, MarkState, picture
from web.policy import policy, public
from web.site import reader
from web.views import BLUEPRINTS

FLOOR = "/events/event-1@fair.example/floor"
NAME = "齐鲁先进制造公司"


@pytest.fixture
def fair(site_engine: Engine) -> int:
    """Return the id of a published event in a hall with a floor plan of 60 booths."""
    with transaction(site_engine) as session:
        factories.add_province(session)
        event = factories.add_event(session, 1)
        session.flush()
        generate_for_venue(session, venue=session.get_one(Venue, event.organizer_id))
        floor_for_event(session, event.id)
        return event.id


WORDS = ("可订", "空", "保留中", "拟给", "已订", "我的", "意向", "停用", "选中", "目标", "有问题")


def marks_of(plan: PlanView) -> dict[int, Mark]:
    """Return a mark of each state for the first booths."""
    told = {
        MarkState.FREE: Mark(MarkState.FREE, href="/events", name=""),
        MarkState.TAKEN: Mark(MarkState.TAKEN, name=NAME),
        MarkState.WISHED: Mark(MarkState.WISHED, rank=2),
    }
    return {
        key: told.get(state, Mark(state))
        for key, state in zip(plan.booth_ids.values(), MarkState, strict=False)
    }


@pytest.fixture
def marked(fair: int, site_engine: Engine, sqlite_url: str, tmp_path: object) -> Flask:
    """Lend the site with a page more: the plan with marks, as a page for booking includes it."""
    page = Blueprint("marked", __name__)

    @page.get("/marked")
    @policy(public)
    def show() -> str:
        (plan,) = plans_of_event(reader(), event_id=fair)
        return render_template_string(PAGE, plan=plan, marks=marks_of(plan))

    settings = settings_for(sqlite_url, tmp_path)  # type: ignore[arg-type]
    return create_app(settings, site_engine, blueprints=(*BLUEPRINTS, page))


PAGE = """{% extends "public/floor.html" %}{% block title %}x{% endblock %}{% block content %}<h1>x</h1>
{% call(booth) floor_plan(plan, marks) %}
<a href="#choose-{{ booth.id }}">choose {{ booth.shape.code }}</a>
{% endcall %}
{% endblock %}"""


def test_an_event_shows_the_plan_of_its_hall_and_its_own_page(client: FlaskClient, fair: int) -> None:
    page = client.get("/events/event-1@fair.example").text
    assert f'href="{FLOOR}#plan-' in page
    assert page.count('class="booth plain"') == 60
    whole = client.get(FLOOR).text
    assert whole.count('class="booth plain"') == whole.count('<tr id="booth-') == 60
    assert "示例" in whole


def test_a_large_hall_is_shown_on_its_own_page_only(client: FlaskClient, site_engine: Engine) -> None:
    with transaction(site_engine) as session:
        factories.add_province(session)
        event = factories.add_event(session, 1)
        session.flush()
        venue = session.get_one(Venue, event.organizer_id)
        venue.booths = 201
        generate_for_venue(session, venue=venue)
        floor_for_event(session, event.id)
    assert '<svg class="floor-plan"' not in client.get("/events/event-1@fair.example").text
    assert client.get(FLOOR).text.count('class="booth plain"') == 201


def test_without_a_plan_or_an_event_there_is_no_page(client: FlaskClient, site_engine: Engine) -> None:
    with transaction(site_engine) as session:
        factories.add_province(session)
        factories.add_event(session, 1)
    assert client.get(FLOOR).status_code == 404
    assert client.get("/events/nothing@fair.example/floor").status_code == 404
    assert "展位图" not in client.get("/events/event-1@fair.example").text


def test_a_cancelled_event_shows_no_plan(client: FlaskClient, fair: int, site_engine: Engine) -> None:
    with transaction(site_engine) as session:
        session.get_one(Event, fair).state = EventState.CANCELLED
    assert client.get(FLOOR).status_code == 404
    assert "展位图" not in client.get("/events/event-1@fair.example").text


def test_every_state_has_a_word_and_a_shape_in_picture_and_list(marked: Flask) -> None:
    page = marked.test_client().get("/marked").text
    picture_part, _, list_part = page.partition('<div class="floor-list">')
    for state, word in zip(MarkState, WORDS, strict=True):
        assert f'<use href="#floor-{state}" x=' in picture_part
        assert f'<symbol id="floor-{state}"' in picture_part
        assert word in picture_part
        assert word in list_part
        assert f'<use href="#floor-{state}"/>' in list_part
    assert f"{NAME}，已订</title>" in picture_part
    assert NAME in list_part
    assert "意向 2" in list_part
    assert list_part.count(">choose ") == 60


def test_the_page_for_booking_has_no_axe_finding(
    marked: Flask, serve: Callable[[Flask], str], browser_page: Page
) -> None:
    address = serve(marked)
    for path in ("/marked", FLOOR):
        browser_page.goto(address + path)
        assert browser_page.locator(".booth").count() == 60
        assert findings(browser_page) == []


@pytest.fixture(params=[390, 1440])
def browser_page(browser: object, request: pytest.FixtureRequest) -> Iterator[Page]:
    """Open a page on a phone and on a desk, in which axe may run."""
    size = {"width": request.param, "height": 844}
    with browser.new_context(viewport=size, bypass_csp=True, locale="zh-CN") as context:  # type: ignore[attr-defined]
        yield context.new_page()


def test_arrow_keys_walk_from_booth_to_booth_and_buttons_zoom(
    fair: int, app: Flask, serve: Callable[[Flask], str], page: Page
) -> None:
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(serve(app) + FLOOR)
    focused = "document.activeElement.querySelector('title').textContent.split('，')[0]"
    page.locator(".booth").first.focus()
    walked = [page.evaluate(focused)]
    for key in ("ArrowRight", "ArrowUp", "ArrowLeft", "ArrowDown", "End", "Home"):
        page.keyboard.press(key)
        walked.append(page.evaluate(focused))
    assert walked == ["A01", "A02", "A14", "A13", "A01", "C12", "A01"]
    assert page.locator('.booth[tabindex="0"]').count() == 1
    before = width(page)
    page.get_by_role("button", name="放大").click()
    assert width(page) == pytest.approx(before * 1.25, rel=0.01)
    page.get_by_role("button", name="看全图").click()
    assert width(page) <= 390
    page.keyboard.press("Tab")
    page.locator(".booth").first.focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == page.evaluate("location.hash.slice(1)") != ""
    assert complaints == []


def width(page: Page) -> float:
    """Return how wide the picture is."""
    return float(page.locator(".floor-plan").bounding_box()["width"])  # type: ignore[index]


def test_without_a_script_booths_lead_to_their_lines_in_the_list(client: FlaskClient, fair: int) -> None:
    page = client.get(FLOOR).text
    first = page.partition('<a href="#booth-')[2].partition('"')[0]
    assert f'<tr id="booth-{first}"' in page


def test_letters_fit_their_booth_and_zones_beyond_the_hatchings_repeat_them(
    app: Flask, fair: int, site_engine: Engine
) -> None:
    with app.test_request_context(), transaction(site_engine) as session:
        (plan,) = plans_of_event(session, event_id=fair)
        drawn = picture(plan)
    assert {zone.pattern for zone in drawn.zones} == {1, 2, 3}
    for zone in drawn.zones:
        for one in zone.booths:
            assert one.letters * len(one.shape.code) * 3 <= one.shape.place.width * 5
            assert one.letters <= one.shape.place.depth
