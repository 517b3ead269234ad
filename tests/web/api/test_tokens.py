"""Tests of what a token allows: its scopes and its owner's rights, until it ends, so often a minute."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, select

from scheduler.database import transaction
from scheduler.models import AccessToken, Account, EnterpriseRole, TokenScope
from scheduler.queries.actors import actor_of
from scheduler.services import accounts
from scheduler.services.accounts import disable_account
from scheduler.services.tokens import UselessScope, make_token, revoke_token
from tests.support.schedule import make_employer
from tests.web.api.programs import ROOT, Program, new_key, token_of
from tests.web.conftest import settings_for, site_of
from tests.web.organizers import World, add_world, sign_in

RUN = {"quarter": "2027Q2", "scope": "370100", "seconds": 5, "seed": 1}


@pytest.fixture(autouse=True)
def world(site_engine: Engine) -> World:
    return add_world(site_engine)


@pytest.mark.parametrize(
    ("login", "scopes", "status"),
    [
        ("city-planner", (TokenScope.PLAN,), 201),
        ("city-planner", (TokenScope.READ, TokenScope.PUBLISH), 403),
        ("city-auditor", (TokenScope.PLAN,), 403),
        ("city-auditor", (), 403),
        ("sister-publisher", (TokenScope.PLAN,), 404),
    ],
)
def test_scope_and_rights_are_both_needed(
    client: FlaskClient, site_engine: Engine, login: str, scopes: tuple[TokenScope, ...], status: int
) -> None:
    program = Program(client, token_of(site_engine, login, *scopes))
    assert program.ask("POST", "/runs", body=RUN, key=new_key()).status_code == status


def test_a_revoked_token_is_refused_at_once(client: FlaskClient, site_engine: Engine) -> None:
    program = Program(client, token_of(site_engine, "city-planner"))
    assert program.read("/duties").status_code == 200
    with transaction(site_engine) as session:
        token = session.scalars(select(AccessToken)).one()
        revoke_token(session, account_id=token.account_id, token_id=token.id)
    assert program.read("/duties").status_code == 401


def test_a_token_ends_with_its_day_and_with_its_owner(client: FlaskClient, site_engine: Engine) -> None:
    program = Program(client, token_of(site_engine, "city-planner", days=3))
    with time_machine.travel(datetime.now(UTC) + timedelta(days=4)):  # noqa: TID251
        assert program.read("/duties").status_code == 401
    with transaction(site_engine) as session:
        account_id = session.scalars(select(Account.id).where(Account.login == "city-planner")).one()
        disable_account(session, account_id=account_id)
    assert program.read("/duties").status_code == 401


@pytest.mark.parametrize(
    "header", ["", "Bearer", "Bearer fair_", "Basic Zm9vOmJhcg==", "Bearer fair_" + "x" * 43, "Bearer fair_ü"]
)
def test_what_is_no_token_opens_nothing(client: FlaskClient, header: str) -> None:
    answer = client.get(f"{ROOT}/duties", headers={"Authorization": header})
    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, 'Bearer realm="fair"')


def test_a_cookie_opens_nothing_on_the_api(client: FlaskClient) -> None:
    sign_in(client, "city-planner")
    assert client.get("/organizer").status_code == 200
    assert client.get(f"{ROOT}/duties").status_code == 401


def test_a_token_opens_no_page(client: FlaskClient, site_engine: Engine) -> None:
    secret = token_of(site_engine, "city-planner")
    answer = client.get("/organizer", headers={"Authorization": f"Bearer {secret}"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/sign-in?next=/organizer")


def test_the_last_use_is_remembered(client: FlaskClient, site_engine: Engine) -> None:
    Program(client, token_of(site_engine, "city-planner")).read("/duties")
    with transaction(site_engine) as session:
        assert session.scalars(select(AccessToken.last_used_at)).one() is not None


def test_who_asks_too_often_is_told_when_to_come_back(
    site_engine: Engine, sqlite_url: str, tmp_path: object
) -> None:
    settings = settings_for(sqlite_url, tmp_path, api_rate=20)  # type: ignore[arg-type]
    one, other = (site_of(settings, site_engine).test_client() for _ in range(2))
    with time_machine.travel("2027-01-05T01:00:10Z", tick=False):
        secret = token_of(site_engine, "city-planner")
        answers = [Program(one if turn % 2 else other, secret).read("/duties") for turn in range(30)]
        statuses = [answer.status_code for answer in answers]
    assert (statuses.count(200), statuses.count(429)) == (20, 10)
    assert answers[-1].headers["Retry-After"] == "50"
    with time_machine.travel("2027-01-05T01:01:00Z", tick=False):
        assert Program(one, secret).read("/duties").status_code == 200


def test_public_operations_are_never_limited(app: Flask) -> None:
    client = app.test_client()
    assert {client.get(f"{ROOT}/divisions").status_code for _ in range(50)} == {200}


def test_an_enterprise_makes_tokens_of_its_own_and_only_with_what_it_can_use(
    client: FlaskClient, site_engine: Engine
) -> None:
    with transaction(site_engine) as session:
        employer = accounts.Belonging.employer(make_employer(session, 5).id, EnterpriseRole.STAFF)
        accounts.create_account(
            session, login="firm", password=None, display_name="经办人", belonging=employer
        )
    program = Program(client, token_of(site_engine, "firm"))
    listed = program.read("/tokens").json
    assert listed is not None
    assert listed["items"][0]["scopes"] == ["book", "read", "tokens"]
    body = {"name": "一个", "scopes": ["publish"], "days": 3}
    assert program.ask("POST", "/tokens", body=body, key=new_key()).status_code == 403
    assert program.read("/runs?quarter=2027Q1").status_code == 403
    with transaction(site_engine) as session:
        account = session.scalars(select(Account).where(Account.login == "firm")).one()
        actor = actor_of(session, account_id=account.id)
        assert actor is not None
        with pytest.raises(UselessScope):
            make_token(session, actor=actor, name="一个", scopes=[TokenScope.PUBLISH], days=3)
