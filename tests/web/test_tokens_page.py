"""Tests of the page on which a member makes and revokes access tokens."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser
from sqlalchemy import Engine

from tests.support.axe import obstacles
from tests.web.api.programs import Program
from tests.web.organizers import PASSWORD, add_world, post, sign_in

PAGE = "/account/tokens"


@pytest.fixture(autouse=True)
def signed_in(client: FlaskClient, site_engine: Engine) -> None:
    add_world(site_engine)
    sign_in(client, "city-planner")


def make(client: FlaskClient, **boxes: str) -> str:
    return post(client, PAGE, page=PAGE, name="大屏", days="30", **boxes).text


def test_a_token_is_shown_once_and_works_until_it_is_revoked(client: FlaskClient) -> None:
    found = re.search(r'value="(fair_[A-Za-z0-9_-]+)"', make(client, read="1"))
    assert found is not None
    program = Program(client, found[1])
    assert program.read("/duties").status_code == 200
    assert program.read("/tokens").status_code == 403
    listed = client.get(PAGE).text
    assert ("大屏" in listed, found[1] in listed, found[1][-4:] in listed) == (True, False, True)
    post(client, f"{PAGE}/1/revoke", page=PAGE)
    assert program.read("/duties").status_code == 401
    assert "大屏" not in client.get(PAGE).text


def test_a_token_without_scope_is_refused_with_the_reason(client: FlaskClient) -> None:
    assert "令牌至少需要一项权限范围" in make(client)


def test_nobody_sees_or_revokes_a_colleagues_token(client: FlaskClient) -> None:
    make(client, read="1")
    colleague = client.application.test_client()
    sign_in(colleague, "city-publisher")
    assert "大屏" not in colleague.get(PAGE).text
    assert post(colleague, f"{PAGE}/1/revoke", page=PAGE).status_code == 404


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("locale", ["zh-CN", "en-GB"])
def test_everyone_can_use_the_page(
    app: Flask, serve: Callable[[Flask], str], browser: Browser, width: int, locale: str
) -> None:
    site, found = serve(app), []
    with browser.new_context(
        locale=locale, viewport={"width": width, "height": 844}, bypass_csp=True
    ) as context:
        page = context.new_page()
        page.goto(f"{site}/sign-in?next=/account/tokens")
        page.locator("[name=login]").fill("city-planner")
        page.locator("[name=password]").fill(PASSWORD)
        page.locator("main form button").first.click()
        page.wait_for_url("**/account/tokens")
        for filled in (False, True):
            if filled:
                page.locator("[name=name]").fill("大屏")
                page.locator("form.sheet button").click()
                page.wait_for_selector("#secret")
            found += [f"{one}, filled: {filled}" for one in obstacles(page)]
    assert found == []
