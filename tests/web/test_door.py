"""The door: second factor, invitation, reset, and looking through somebody's eyes, as pages."""

import re
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pyotp
import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy import Engine, select, update

from scheduler.database import transaction
from scheduler.models import Account, AccountRole, AuditEntry, Circle, Division, Level, Role, SignIn
from scheduler.services import accounts
from tests.web.conftest import settings_for, site_of
from tests.web.organizers import PASSWORD, add_world, post, sign_in
from web import create_app

NOON = datetime.fromisoformat("2026-12-01T12:00:00+08:00")
OTHER = "另一个足够长的密码，2028 年"


@pytest.fixture(autouse=True)
def world(site_engine: Engine) -> None:
    add_world(site_engine)


@pytest.fixture
def strict(site_engine: Engine, sqlite_url: str, tmp_path: Path) -> FlaskClient:
    """Lend a browser on a site where members of organizers need a second factor."""
    settings = replace(settings_for(sqlite_url, tmp_path), second_factor_required=True)
    client = site_of(settings, site_engine).test_client()
    client.environ_base["HTTP_ACCEPT"] = "text/html"
    return client


def _account(engine: Engine, login: str) -> int:
    with transaction(engine) as session:
        return session.scalars(select(Account.id).where(Account.login == login)).one()


def _enter(client: FlaskClient, login: str) -> str:
    answer = post(client, "/sign-in", page="/sign-in", login=login, password=PASSWORD)
    return str(answer.headers["Location"])


def _make_administrator(engine: Engine, login: str) -> int:
    with transaction(engine) as session:
        account_id = session.scalars(select(Account.id).where(Account.login == login)).one()
        session.add(AccountRole(account_id=account_id, role=Role.ADMINISTRATOR))
        return account_id


@time_machine.travel(NOON, tick=False)  # else a new code may fall due between two uses of one
def test_a_member_sets_the_second_factor_up_before_going_on(strict: FlaskClient) -> None:
    assert _enter(strict, "city-planner") == "/sign-in/set-up"
    assert strict.get("/organizer").status_code == 302
    page = strict.get("/sign-in/set-up").text
    found = re.search(r'class="secret">([A-Z2-7 ]+)<', page)
    assert found is not None
    app = pyotp.TOTP(found[1].replace(" ", ""))
    assert post(strict, "/sign-in/set-up", page="/sign-in/set-up", code="000000").status_code == 401
    done = post(strict, "/sign-in/set-up", page="/sign-in/set-up", code=app.now())
    codes = re.findall(r"<li>(\w{4}-\w{4}-\w{4})</li>", done.text)
    assert len(codes) == 10
    assert strict.get("/organizer").status_code == 200
    post(strict, "/sign-out", page="/organizer")
    assert _enter(strict, "city-planner") == "/sign-in/code"
    assert strict.get("/organizer").status_code == 302
    assert post(strict, "/sign-in/code", page="/sign-in/code", code=app.now()).status_code == 401
    let_in = post(strict, "/sign-in/code", page="/sign-in/code", code=codes[0])
    assert let_in.headers["Location"] == "/organizer"


def test_wrong_codes_make_the_next_one_wait(strict: FlaskClient) -> None:
    with time_machine.travel(NOON, tick=False):  # the wait is two seconds: a slow machine would sit it out
        _enter(strict, "city-planner")
        strict.get("/sign-in/set-up")
        tries = [post(strict, "/sign-in/set-up", page="/sign-in/set-up", code="000000") for _ in range(6)]
    assert [answer.status_code for answer in tries] == [401] * 5 + [429]
    assert int(tries[-1].headers["Retry-After"]) > 0


def test_the_token_of_an_unfinished_sign_in_is_worth_nothing_after_it_is_finished(
    strict: FlaskClient,
) -> None:
    _enter(strict, "city-planner")
    kept = strict.get_cookie("fair")
    assert kept is not None
    page = strict.get("/sign-in/set-up").text
    secret = re.search(r'class="secret">([A-Z2-7 ]+)<', page)
    assert secret is not None
    code = pyotp.TOTP(secret[1].replace(" ", "")).now()
    post(strict, "/sign-in/set-up", page="/sign-in/set-up", code=code)
    strict.set_cookie("fair", kept.value)
    assert strict.get("/organizer").status_code == 302


def test_an_invitation_is_handed_over_and_used_once(client: FlaskClient, site_engine: Engine) -> None:
    _make_administrator(site_engine, "city-planner")
    sign_in(client, "city-planner")
    page = client.get("/organizer/members").text
    bureau = re.search(r'name="bureau" value="(\d+)"', page)
    assert bureau is not None
    form = {"bureau": bureau[1], "display_name": "王五", "email": "", "role_planner": "yes"}
    post(client, "/organizer/members/invitations", page="/organizer/members", **form)
    link = re.search(r"http://127\.0\.0\.1:8000(/invitations/[\w.-]+)", client.get("/organizer/members").text)
    assert link is not None
    newcomer = client.application.test_client()
    person = {"login": "wang.wu", "display_name": "王五", "password": PASSWORD}
    assert post(newcomer, link[1], page=link[1], **person).headers["Location"] == "/organizer"
    assert newcomer.get("/organizer").status_code == 200
    assert newcomer.get(link[1]).status_code == 404
    assert newcomer.get(f"{link[1]}x").status_code == 404


def test_a_reset_link_sets_one_password_and_signs_everybody_out(
    client: FlaskClient, site_engine: Engine
) -> None:
    _make_administrator(site_engine, "province-publisher")
    number = _account(site_engine, "city-planner")
    member = client.application.test_client()
    sign_in(member, "city-planner")
    sign_in(client, "province-publisher")
    shown = post(client, f"/organizer/members/{number}/reset-link", page=f"/organizer/members/{number}").text
    link = re.search(r"http://127\.0\.0\.1:8000(/reset/[\w.-]+)", shown)
    assert link is not None
    assert post(member, link[1], page=link[1], password=OTHER).headers["Location"] == "/sign-in"
    assert member.get("/organizer").status_code == 302
    assert member.get(link[1]).status_code == 404
    answer = post(member, "/sign-in", page="/sign-in", login="city-planner", password=OTHER)
    assert answer.headers["Location"] == "/organizer"


def test_who_took_a_reset_link_and_when_the_password_changed_is_on_record(
    client: FlaskClient, site_engine: Engine
) -> None:
    by = _make_administrator(site_engine, "province-publisher")
    number = _account(site_engine, "city-planner")
    sign_in(client, "province-publisher")
    shown = post(client, f"/organizer/members/{number}/reset-link", page=f"/organizer/members/{number}").text
    link = re.search(r"http://127\.0\.0\.1:8000(/reset/[\w.-]+)", shown)
    assert link is not None
    member = client.application.test_client()
    post(member, link[1], page=link[1], password=OTHER)
    with transaction(site_engine) as session:
        noted = session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc()).limit(2)).all()
        changed, handed = [(row.subject, row.account_id, row.after) for row in noted]
    assert handed == ("reset_handover", by, {"account_id": number})
    assert changed[:2] == ("account", None)
    assert list(changed[2]) == ["password_changed_at"]


@pytest.mark.parametrize("login", ["city-planner", "nobody", "x" * 79])
def test_asking_for_a_reset_says_the_same_to_everybody(client: FlaskClient, login: str) -> None:
    answer = post(client, "/forgotten", page="/forgotten", login=login)
    assert answer.status_code == 200
    assert "几分钟内会收到" in answer.text
    assert login not in answer.text


def test_a_browser_is_signed_out_from_another_one(client: FlaskClient, site_engine: Engine) -> None:
    sign_in(client, "city-planner")
    other = client.application.test_client()
    sign_in(other, "city-planner")
    with transaction(site_engine) as session:
        numbers = list(session.scalars(select(SignIn.id).order_by(SignIn.id)))
    post(client, f"/account/sign-ins/{numbers[1]}/revoke", page="/account")
    assert other.get("/organizer").status_code == 302
    assert client.get("/organizer").status_code == 200


def test_looking_through_somebodys_eyes_reads_only_and_says_so(
    client: FlaskClient, site_engine: Engine
) -> None:
    _make_administrator(site_engine, "city-planner")
    number = _account(site_engine, "county-publisher")
    sign_in(client, "city-planner")
    page = f"/organizer/members/{number}"
    post(client, f"{page}/look", page=page, reason="协助排查")
    seen = client.get("/organizer").text
    assert "您正在以“示例 county-publisher”的视角查看" in seen
    form = {"quarter": "2027Q1", "region": "370102", "duty": "Q02", "period": "2027-W03", "reason": "停工"}
    assert post(client, "/organizer/duties/waivers", page="/organizer", **form).status_code == 403
    assert client.get("/account").status_code == 403
    assert 'href="/account"' not in seen
    post(client, "/account/end-view", page="/organizer")
    assert "视角查看" not in client.get("/organizer").text
    member = client.application.test_client()
    sign_in(member, "county-publisher")
    assert "协助排查" in member.get("/account").text


def test_what_a_city_shares_is_read_in_its_circle_and_nowhere_else(
    client: FlaskClient, site_engine: Engine
) -> None:
    _make_administrator(site_engine, "city-planner")
    with transaction(site_engine) as session:
        session.add(Circle(code="one", name_zh="省会经济圈", name_en="Capital"))
        session.flush()
        session.execute(update(Division).where(Division.level == Level.CITY).values(circle_code="one"))
    sign_in(client, "city-planner")
    sister = client.application.test_client()
    sign_in(sister, "sister-publisher")
    assert "历下示例大厅" not in sister.get("/organizer/venues").text
    post(client, "/organizer/rights/sharing", page="/organizer/rights", what="venues", shared="yes")
    assert "历下示例大厅" in sister.get("/organizer/venues").text
    with transaction(site_engine) as session:
        session.execute(update(Division).where(Division.code == "370200").values(circle_code=None))
    assert "历下示例大厅" not in sister.get("/organizer/venues").text


@pytest.mark.parametrize(("hops", "address"), [(0, "127.0.0.1"), (1, "203.0.113.9"), (2, "198.51.100.7")])
def test_of_forwarded_addresses_exactly_as_many_are_believed_as_there_are_proxies(
    site_engine: Engine, sqlite_url: str, tmp_path: Path, hops: int, address: str
) -> None:
    client = create_app(
        replace(settings_for(sqlite_url, tmp_path), trusted_proxies=hops), site_engine
    ).test_client()
    forged = "192.0.2.1, 198.51.100.7, 203.0.113.9"
    client.environ_base["HTTP_X_FORWARDED_FOR"] = forged
    sign_in(client, "city-planner")
    with transaction(site_engine) as session:
        assert session.scalars(select(SignIn.address)).all() == [address]


def test_a_forged_address_gains_no_further_try(client: FlaskClient) -> None:
    statuses = []
    with time_machine.travel(NOON, tick=False):
        for number in range(6):
            client.environ_base["HTTP_X_FORWARDED_FOR"] = f"192.0.2.{number}"
            form = {"login": "city-planner", "password": "not the password"}
            statuses.append(post(client, "/sign-in", page="/sign-in", **form).status_code)
    assert statuses == [401] * 5 + [429]


def test_five_hundred_people_behind_one_address_do_not_wait_for_each_other(site_engine: Engine) -> None:
    """Each of them mistypes four times, all within the quarter of an hour that is remembered."""
    with time_machine.travel(NOON, tick=False), transaction(site_engine) as session:
        for number in range(500):
            for _ in range(accounts.FREE_TRIES - 1):
                accounts.begin_try(session, login=f"person-{number}")
        for number in range(500):
            accounts.begin_try(session, login=f"person-{number}")
        with pytest.raises(accounts.TooManyTries):
            accounts.begin_try(session, login="person-0")
