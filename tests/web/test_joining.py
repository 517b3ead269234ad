"""Tests of joining several events at once, on the page and by a program."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser
from sqlalchemy import Engine, select

from scheduler.database import transaction
from scheduler.models import (
    AvoidedNeighbour,
    EnterpriseRole,
    Event,
    EventState,
    Opening,
    Registration,
    RegistrationOpening,
)
from scheduler.services import accounts
from tests.scheduler.booking.rows import make_fair, make_firms
from tests.support.axe import obstacles
from tests.support.schedule import add_reference, make_employer
from tests.web.organizers import PASSWORD, enter, sign_in
from tests.web.test_organizer_booths import told

pytestmark = pytest.mark.usefixtures("week_before")


@pytest.fixture
def ids(client: FlaskClient, site_engine: Engine) -> list[int]:
    """Sign a firm of Jinan in, beside three fairs."""
    with transaction(site_engine) as session:
        add_reference(session)
        found = [make_fair(session, number, booths=2, needs_review=number == 1).id for number in (1, 2, 3)]
        staff = accounts.Belonging.employer(make_employer(session, 1).id, EnterpriseRole.STAFF)
        accounts.create_account(
            session, login="firm", password=PASSWORD, display_name="经办人", belonging=staff
        )
    sign_in(client, "firm")
    return found


def address(ids: list[int]) -> str:
    return "/enterprise/join?" + "&".join(f"event_{key}=1" for key in ids)


def test_events_are_ticked_joined_and_each_is_answered(
    client: FlaskClient, site_engine: Engine, ids: list[int]
) -> None:
    assert f'name="event_{ids[0]}"' in client.get("/enterprise/find").text
    page = address(ids)
    assert "报名 3 场" in client.get(page).text
    with transaction(site_engine) as session:
        session.get_one(Event, ids[2]).state = EventState.CANCELLED
        opening = session.scalars(select(Opening.id)).one()
        rival = make_firms(session, 1, first=80)[0].name_zh
    form = {f"event_{key}": "1" for key in ids} | {f"opening_{opening}": "1", "booths": "1", "avoided": rival}
    assert "没有找到“无此单位”" in told(client, "/enterprise/join", page, **form | {"avoided": "无此单位"})
    for _ in range(2):  # sent twice, it is done once
        shown = told(client, "/enterprise/join", page, **form)
        assert "共 3 场：通过 1，待审核 1，未成功 1。" in shown
        assert "当前不接受报名" in shown
    assert "event_" not in client.get("/enterprise/find").text  # nothing is left to tick
    with transaction(site_engine) as session:
        assert session.scalars(select(Registration.event_id).order_by(Registration.event_id)).all() == ids[:2]
        assert len(session.scalars(select(RegistrationOpening.event_id)).all()) == 2
        assert len(session.scalars(select(AvoidedNeighbour.event_id)).all()) == 2


@pytest.mark.parametrize(
    "changes", [{"booths": "0"}, {"booths": "x"}, {"opening_9999": "1"}, {"strange": "1"}]
)
def test_bad_input_is_said_and_registers_nothing(
    client: FlaskClient, site_engine: Engine, ids: list[int], changes: dict[str, str]
) -> None:
    form = {f"event_{key}": "1" for key in ids} | {"booths": "1", **changes}
    assert 'role="alert"' in told(client, "/enterprise/join", address(ids), **form)
    with transaction(site_engine) as session:
        assert session.scalars(select(Registration)).all() == []


def test_nothing_ticked_or_too_much_is_said(client: FlaskClient, ids: list[int]) -> None:
    assert ids
    answer = client.get("/enterprise/join")
    assert (answer.status_code, "请勾选 1–20 场活动" in answer.text) == (422, True)
    assert client.get(address(list(range(1, 22)))).status_code == 422
    assert client.get(f"{address(ids)}&event_1x=1").status_code == 400
    assert "所选活动已不可见" in client.get("/enterprise/join?event_99999=1").text


@pytest.mark.parametrize("width", [390, 1440])
def test_everyone_can_use_the_pages(
    app: Flask, serve: Callable[[Flask], str], browser: Browser, ids: list[int], width: int
) -> None:
    site = serve(app)
    found: list[str] = []
    size = {"width": width, "height": 844}
    with browser.new_context(locale="zh-CN", viewport=size, bypass_csp=True) as one:  # type: ignore[arg-type]
        tab = one.new_page()
        enter(tab, site, "firm", lands="**/enterprise**")

        def look(where: str) -> None:
            found.extend(f"{where} {one}" for one in obstacles(tab))

        tab.goto(f"{site}/enterprise/find")
        look("find")
        for key in ids:
            tab.locator(f"[name=event_{key}]").focus()
            tab.keyboard.press("Space")
        tab.keyboard.press("Enter")
        tab.wait_for_url("**/enterprise/join**")
        look("join")
        tab.locator("main form button.primary").click()
        tab.get_by_text("报名结果").first.wait_for()
        look("joined")
    assert found == []
