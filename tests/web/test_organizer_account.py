"""Signing in and out on the web: one answer for all that is wrong, and nothing that can be forged."""

from datetime import datetime

import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy import Engine, update

from scheduler.database import transaction
from scheduler.models import Account
from scheduler.times import now
from tests.web.organizers import PASSWORD, TOKEN, add_world, post, sign_in

NOON = datetime.fromisoformat("2026-12-01T12:00:00+08:00")
PAGES = ("/organizer", "/organizer/plans", "/organizer/venues/1/floors")
ELSEWHERE = (
    "https://evil.example",
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "//evil.example/organizer/plans",
    "/enterprise",
    "/organizer/plan-runs",
    "/sign-out",
    "/static/css/base.css",
    "organizer.today",
    "nonsense",
)


@pytest.fixture(autouse=True)
def world(site_engine: Engine) -> None:
    add_world(site_engine)


def _try(client: FlaskClient, login: str, password: str) -> tuple[int, str]:
    answer = post(client, "/sign-in", page="/sign-in", login=login, password=password)
    return answer.status_code, TOKEN.sub("", answer.text).replace(f'value="{login}"', "")


def test_unknown_disabled_and_wrong_get_the_same_page(client: FlaskClient, site_engine: Engine) -> None:
    with transaction(site_engine) as session:
        session.execute(update(Account).where(Account.login == "city-planner").values(disabled_at=now()))
    unknown = _try(client, "nobody", PASSWORD)
    assert unknown[0] == 401
    assert _try(client, "city-planner", PASSWORD) == unknown
    assert _try(client, "city-publisher", "not the password") == unknown


def test_after_several_failures_the_answer_says_when_to_try_again(client: FlaskClient) -> None:
    with time_machine.travel(NOON, tick=False):
        for _ in range(5):
            assert _try(client, "nobody", PASSWORD)[0] == 401
        answer = post(client, "/sign-in", page="/sign-in", login="nobody", password=PASSWORD)
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "2")


def test_the_cookie_is_for_the_browser_alone(client: FlaskClient) -> None:
    answer = post(client, "/sign-in", page="/sign-in", login="city-planner", password=PASSWORD)
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_answers_to_members_are_kept_by_nobody(client: FlaskClient) -> None:
    sign_in(client, "city-planner")
    assert client.get("/organizer").headers["Cache-Control"] == "private, no-store"


def test_signing_out_acts_on_the_next_request_even_with_the_old_cookie(client: FlaskClient) -> None:
    sign_in(client, "city-planner")
    stolen = client.get_cookie("fair")
    assert stolen is not None
    post(client, "/sign-out", page="/organizer")
    client.set_cookie("fair", stolen.value)
    assert client.get("/organizer").status_code == 302


def test_a_disabled_member_is_out_on_the_next_request(client: FlaskClient, site_engine: Engine) -> None:
    sign_in(client, "city-planner")
    with transaction(site_engine) as session:
        session.execute(update(Account).where(Account.login == "city-planner").values(disabled_at=now()))
    assert client.get("/organizer").status_code == 302


@pytest.mark.parametrize("path", PAGES)
def test_signing_in_leads_to_the_page_that_was_asked_for(client: FlaskClient, path: str) -> None:
    asked = client.get(path)
    assert asked.headers["Location"] == f"/sign-in?next={path}"
    form = {"login": "city-planner", "password": PASSWORD, "next": path}
    answer = post(client, "/sign-in", page=asked.headers["Location"], **form)
    assert answer.headers["Location"] == path


@pytest.mark.parametrize("name", ELSEWHERE)
def test_signing_in_leads_nowhere_else(client: FlaskClient, name: str) -> None:
    form = {"login": "city-planner", "password": PASSWORD, "next": name}
    assert post(client, "/sign-in", page="/sign-in", **form).headers["Location"] == "/organizer"


def test_who_is_signed_in_is_not_asked_again(client: FlaskClient) -> None:
    sign_in(client, "city-planner")
    assert client.get("/sign-in").headers["Location"] == "/organizer"


def test_letters_come_in_the_language_that_was_chosen(client: FlaskClient) -> None:
    sign_in(client, "city-planner")
    assert 'value="zh" lang="zh" selected' in client.get("/account").text
    post(client, "/account/language", page="/account", language="en")
    assert 'value="en" lang="en" selected' in client.get("/account").text
    assert post(client, "/account/language", page="/account", language="fr").status_code == 400
    assert 'value="en" lang="en" selected' in client.get("/account").text
