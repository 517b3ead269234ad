"""Why here, what if, apply and undo in the panel: as pages, and in a browser without a mouse."""

from collections.abc import Callable, Iterator

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Page
from sqlalchemy import Engine, select

from scheduler.database import reading, transaction
from scheduler.models import LeftOut, Organizer, PlanChange, PlanState, Role, Scarcity
from scheduler.models import Plan as PlanRow
from scheduler.queries.placed import placed_in
from scheduler.services import accounts
from tests.scheduler.explaining.world import BEFORE, World, add_world
from tests.scheduler.planning.plans import at
from tests.support.axe import obstacles
from tests.web.organizers import PASSWORD, enter, post

PAGE = "/organizer/plans/1"


@pytest.fixture
def world(site_engine: Engine) -> Iterator[World]:
    with time_machine.travel(BEFORE, tick=False), transaction(site_engine) as session:
        world = add_world(session)
        office = session.scalars(select(Organizer).where(Organizer.division_code == "370000")).one()
        for login, role in (("planner", Role.PLANNER), ("auditor", Role.AUDITOR)):
            accounts.create_account(
                session,
                login=login,
                password=PASSWORD,
                display_name=login,
                belonging=accounts.Belonging.member(office.id, [role]),
            )
    with time_machine.travel(BEFORE):
        yield world


@pytest.fixture
def signed_in(client: FlaskClient, world: World) -> FlaskClient:
    assert post(client, "/sign-in", page="/sign-in", login="planner", password=PASSWORD).status_code == 302
    return client


def asking(world: World, day: int, event: int | None = None) -> str:
    return f"{PAGE}?event={event or world.first}&ask=why&at=2027-01-{day}T08:30&venues={world.hall}"


def test_the_panel_offers_the_question_and_answers_it(signed_in: FlaskClient, world: World) -> None:
    offered = signed_in.get(f"{PAGE}?event={world.first}").text
    assert "为什么排在这里，还能排在哪里" in offered
    answered = signed_in.get(f"{PAGE}?event={world.first}&ask=why").text
    assert "1月11日 周一 上午：现在这里" in answered
    assert "1月11日 周一 下午：可行，代价 +4" in answered
    assert "1月12日 周二 上午：有冲突" in answered


def test_what_if_shows_the_chain_and_who_must_be_told(signed_in: FlaskClient, world: World) -> None:
    page = signed_in.get(asking(world, 12)).text
    assert "如果改到 1月12日 周二 08:30" in page
    assert "场地 示例大厅 同时有" in page
    assert "1 家报名单位" in page
    assert "已证明不能更少" in page
    assert "应用到草案" in page


def test_an_impossible_place_says_why_and_offers_nothing_to_apply(
    signed_in: FlaskClient, world: World
) -> None:
    page = signed_in.get(asking(world, 13, world.second)).text
    assert "排不到这里" in page
    assert "应用到草案" not in page


def test_other_cities_make_way_for_the_province_and_for_a_city_it_says_who_would_have_to(
    signed_in: FlaskClient, site_engine: Engine, world: World
) -> None:
    address = f"{asking(world, 13, world.second)}&wide=1"
    page = signed_in.get(address).text
    assert "370202局" in page
    assert "应用到草案" in page
    assert 'name="wide" value="1"' in page
    form = form_of(page) | {"wide": "1"}
    with transaction(site_engine) as session:
        office = session.scalars(select(Organizer).where(Organizer.division_code == "370100")).one()
        member = accounts.Belonging.member(office.id, [Role.PLANNER])
        accounts.create_account(
            session, login="city", password=PASSWORD, display_name="city", belonging=member
        )
    city: FlaskClient = signed_in.application.test_client()
    city.environ_base["HTTP_ACCEPT"] = "text/html"
    post(city, "/sign-in", page="/sign-in", login="city", password=PASSWORD)
    told = city.get(address).text
    assert "须由下列机构同意" in told
    assert "370202局" in told
    assert "其他市的一场活动" in told
    assert "应用到草案" not in told
    assert post(city, f"{PAGE}/moves", page=PAGE, **form).status_code == 403
    assert post(signed_in, f"{PAGE}/moves", page=PAGE, **form).status_code == 302
    with reading(site_engine) as session:
        moved = {one.event_id: one.starts_at for one in placed_in(session, plan_id=world.draft)}
    assert (moved[world.second], moved[world.abroad]) == (at(13, 8, 30), at(13, 14, 30))


def form_of(page: str) -> dict[str, str]:
    names = ("event", "at", "venues", "seen")
    return {name: page.split(f'name="{name}" value="')[1].split('"', maxsplit=1)[0] for name in names}


def test_applying_changes_the_draft_and_undoing_restores_it(
    signed_in: FlaskClient, site_engine: Engine, world: World
) -> None:
    form = form_of(signed_in.get(asking(world, 12)).text)
    answer = post(signed_in, f"{PAGE}/moves", page=PAGE, **form)
    assert answer.status_code == 302
    assert "已在草案中调整，尚未公开。可以撤销。" in signed_in.get(answer.location).text
    with reading(site_engine) as session:
        assert placed_in(session, plan_id=world.draft)[0].starts_at == at(12, 8, 30)
    answer = post(signed_in, f"{PAGE}/undo", page=PAGE, number="1")
    assert "已撤销上一次人工调整。" in signed_in.get(answer.location).text
    with reading(site_engine) as session:
        assert placed_in(session, plan_id=world.draft)[0].starts_at == at(11, 8, 30)


def test_applying_something_else_than_was_shown_says_so_and_changes_nothing(
    signed_in: FlaskClient, site_engine: Engine, world: World
) -> None:
    form = form_of(signed_in.get(asking(world, 12)).text) | {"seen": "0" * 16}
    answer = post(signed_in, f"{PAGE}/moves", page=PAGE, **form)
    assert "没有做任何修改" in signed_in.get(answer.location).text
    with reading(site_engine) as session:
        assert session.scalars(select(PlanChange)).all() == []


def test_a_published_plan_is_explained_but_not_changed(
    signed_in: FlaskClient, site_engine: Engine, world: World
) -> None:
    with transaction(site_engine) as session:
        session.get_one(PlanRow, world.draft).state = PlanState.SUPERSEDED
    page = signed_in.get(asking(world, 12)).text
    assert "应用到草案" not in page
    assert "只能查看" in page


def test_an_auditor_looks_but_may_not_touch(client: FlaskClient, world: World) -> None:
    post(client, "/sign-in", page="/sign-in", login="auditor", password=PASSWORD)
    page = client.get(asking(world, 12))
    assert page.status_code == 200
    assert "应用到草案" not in page.text
    answer = post(client, f"{PAGE}/moves", page="/organizer", event="1", at="2027-01-12T08:30", seen="x")
    assert answer.status_code == 403


@pytest.mark.parametrize(
    "query",
    ["ask=how", "at=2027-01-12", "at=2027-02-30T08:30", "venues=a", "venues=1,,2", "at=2027-01-12T24:00"],
)
def test_a_question_nobody_can_ask_is_refused(signed_in: FlaskClient, world: World, query: str) -> None:
    assert signed_in.get(f"{PAGE}?event={world.first}&{query}").status_code == 400


def test_an_event_left_out_says_why_and_what_would_help(
    signed_in: FlaskClient, site_engine: Engine, world: World
) -> None:
    told = {"zh": "没有场地", "en": "no venue"}
    because = {"zh": ["只有 0 个时段"], "en": ["there are 0"]}
    ways = {"zh": ["开放场地 甲"], "en": ["open venue A"]}
    with transaction(site_engine) as session:
        row = session.get_one(LeftOut, (world.draft, world.left_out))
        row.facts = {**told, "because": because, "ways": ways}
    page = signed_in.get(f"{PAGE}?event={world.left_out}").text
    assert page.index("为什么排不下") < page.index("只有 0 个时段") < page.index("开放场地 甲")
    english = signed_in.get(f"{PAGE}?event={world.left_out}&lang=en").text
    assert "there are 0" in english
    assert "open venue A" in english


def test_what_is_scarce_is_listed_with_names_and_numbers(
    signed_in: FlaskClient, site_engine: Engine, world: World
) -> None:
    week = {"plan_id": world.draft, "week_on": at(11, 8).date()}
    with transaction(site_engine) as session:
        session.add(Scarcity(**week, kind="week", subject="", demand=3.0, supply=30, used=2))
        session.add(Scarcity(**week, kind="crews", subject="crews:370100", demand=3.0, supply=4, used=2))
        session.add(Scarcity(**week, kind="venues", subject="370102:hr_market", demand=9.0, supply=6, used=5))
    page = signed_in.get(f"{PAGE}/scarcity").text
    assert page.index("370102 hr_market") < page.index("150.0%") < page.index("370100的工作组")
    assert "75.0%" in page


@pytest.fixture
def site(app: Flask, world: World, serve: Callable[[Flask], str]) -> str:
    assert world.draft == 1
    return serve(app)


def test_a_keyboard_asks_applies_and_undoes_and_axe_finds_nothing(
    site: str, glancing: Page, world: World
) -> None:
    enter(glancing, site, "planner")
    glancing.goto(f"{site}{PAGE}?event={world.first}")
    glancing.locator("#panel a[href*='ask=why']").press("Enter")
    glancing.locator("#why").wait_for()
    glancing.locator(".slot.blocked").first.press("Enter")
    glancing.locator("#what-if").wait_for()
    assert glancing.evaluate("document.activeElement.id") == "what-if"
    assert obstacles(glancing) == []
    glancing.locator("form[action$='/moves'] button").press("Enter")
    glancing.locator("form[action$='/undo'] button").press("Enter")
    assert glancing.locator("[role=status]").count() == 1


def test_other_cities_are_asked_by_keyboard_and_axe_finds_nothing(
    site: str, glancing: Page, world: World
) -> None:
    enter(glancing, site, "planner")
    glancing.goto(f"{site}{asking(world, 13, world.second)}")
    glancing.locator("#panel a[href*='wide=1']").press("Enter")
    glancing.locator(".chain .tag.warn").wait_for()
    assert glancing.evaluate("document.activeElement.id") == "what-if"
    assert obstacles(glancing) == []
