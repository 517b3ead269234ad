"""Tests of the page on which a member makes and revokes access tokens."""

import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine

from tests.web.api.programs import Program
from tests.web.organizers import add_world, post, sign_in

PAGE = "/organizer/tokens"


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
