"""Signing in through an identity provider, against a real one in a process of its own."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import requests
from flask.testing import FlaskClient
from sqlalchemy import Engine, select

from scheduler.database import transaction
from scheduler.models import Account, Identity
from scheduler.services.accounts import link_identity
from scheduler.settings import IdentityProvider
from tests.support import provider
from tests.web.conftest import settings_for
from tests.web.organizers import add_world, post, sign_in
from web import create_app

SUBJECT = "370102-0001"


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    with provider.running() as address:
        yield address


@pytest.fixture
def client(site_engine: Engine, sqlite_url: str, tmp_path: Path, issuer: str) -> FlaskClient:
    add_world(site_engine)
    return _client(site_engine, sqlite_url, tmp_path, issuer)


def _client(engine: Engine, url: str, folder: Path, issuer: str) -> FlaskClient:
    known = IdentityProvider(issuer, provider.CLIENT_ID, provider.CLIENT_SECRET)
    app = create_app(replace(settings_for(url, folder), identity_provider=known), engine)
    client = app.test_client()
    client.environ_base["HTTP_ACCEPT"] = "text/html"
    return client


def _by_way_of(there: str, subject: str = SUBJECT) -> str:
    """Go to the provider as a browser does; returns where it sends the browser back to."""
    answer = requests.get(f"{there}&login_hint={subject}", allow_redirects=False, timeout=10)
    assert answer.status_code == 302, answer.text
    back = urlsplit(answer.headers["Location"])
    return f"{back.path}?{back.query}"


def _link(engine: Engine, issuer: str) -> None:
    with transaction(engine) as session:
        account_id = session.scalars(select(Account.id).where(Account.login == "city-planner")).one()
        link_identity(session, account_id=account_id, issuer=issuer, subject=SUBJECT)


def test_a_linked_person_is_let_in(client: FlaskClient, site_engine: Engine, issuer: str) -> None:
    _link(site_engine, issuer)
    there = client.get("/sign-in/provider").headers["Location"]
    assert client.get(_by_way_of(there)).headers["Location"] == "/organizer"
    assert client.get("/organizer").status_code == 200


def test_state_nonce_and_pkce_are_sent(client: FlaskClient) -> None:
    there = client.get("/sign-in/provider").headers["Location"]
    for part in ("state=", "nonce=", "code_challenge=", "code_challenge_method=S256"):
        assert part in there


def test_an_unknown_person_is_told_to_link_first(client: FlaskClient) -> None:
    there = client.get("/sign-in/provider").headers["Location"]
    answer = client.get(_by_way_of(there, "somebody-else"))
    assert answer.status_code == 401
    assert "尚未关联" in answer.text


def test_an_answer_that_this_browser_did_not_ask_for_is_refused(
    client: FlaskClient, site_engine: Engine, issuer: str
) -> None:
    _link(site_engine, issuer)
    back = _by_way_of(client.get("/sign-in/provider").headers["Location"])
    stranger = client.application.test_client()
    assert stranger.get(back).status_code == 502
    assert stranger.get("/organizer").status_code == 302


def test_an_answer_is_good_once(client: FlaskClient, site_engine: Engine, issuer: str) -> None:
    _link(site_engine, issuer)
    back = _by_way_of(client.get("/sign-in/provider").headers["Location"])
    assert client.get(back).status_code == 302
    assert client.get(back).status_code == 502


@pytest.mark.parametrize("fault", [fault for fault in provider.FAULTS if fault != "none"])
def test_a_token_that_does_not_hold_lets_nobody_in(
    site_engine: Engine, sqlite_url: str, tmp_path: Path, fault: str
) -> None:
    add_world(site_engine)
    with provider.running(fault) as issuer:
        _link(site_engine, issuer)
        _link_elsewhere(site_engine)
        client = _client(site_engine, sqlite_url, tmp_path, issuer)
        back = _by_way_of(client.get("/sign-in/provider").headers["Location"])
        assert client.get(back).status_code == 502
        assert client.get("/organizer").status_code == 302


def test_a_person_links_the_own_identity_and_takes_it_away_again(
    client: FlaskClient, site_engine: Engine, issuer: str
) -> None:
    sign_in(client, "city-planner")
    page = post(client, "/account/identities", page="/account").text
    there = page.partition('class="button primary" href="')[2].partition('"')[0].replace("&amp;", "&")
    assert there.startswith(issuer)
    assert client.get(_by_way_of(there)).headers["Location"] == "/account"
    with transaction(site_engine) as session:
        found = session.scalars(select(Identity)).one()
        number, linked = found.id, (found.issuer, found.subject)
    assert linked == (issuer, SUBJECT)
    post(client, f"/account/identities/{number}/remove", page="/account")
    with transaction(site_engine) as session:
        assert session.scalars(select(Identity)).all() == []


def test_without_the_provider_one_signs_in_by_password(
    site_engine: Engine, sqlite_url: str, tmp_path: Path
) -> None:
    add_world(site_engine)
    client = _client(site_engine, sqlite_url, tmp_path, "http://127.0.0.1:9")
    assert client.get("/sign-in/provider").status_code == 502
    sign_in(client, "city-planner")


def _link_elsewhere(engine: Engine) -> None:
    """Link the issuer that a faulty token names, so that only the check of the issuer keeps it out."""
    _link(engine, "https://elsewhere.example")
