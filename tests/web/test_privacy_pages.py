"""The privacy notice and the privacy centre: read, copy, correct, agree, withdraw, erase, and the receipt."""

import re
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy import Engine, select, update

from scheduler.database import transaction
from scheduler.mailing.letters import compose
from scheduler.models import (
    Account,
    AccountRole,
    Consent,
    Enterprise,
    EnterpriseRole,
    Invitation,
    Message,
    Purpose,
    Role,
)
from scheduler.privacy import REGISTER
from scheduler.services import accounts
from scheduler.services.privacy import keep_notice
from scheduler.settings import MailServer, Settings
from scheduler.times import now
from tests.web.conftest import settings_for, site_of
from tests.web.organizers import PASSWORD, add_world, post, sign_in

NOON = datetime.fromisoformat("2027-01-05T12:00:00+08:00")
CENTRE = "/account/privacy"


@pytest.fixture
def settings(sqlite_url: str, tmp_path: Path) -> Settings:
    mail = MailServer("127.0.0.1", 25, "", "", "", "fair@example.org")
    return settings_for(sqlite_url, tmp_path, privacy_contact="0531-12345678", mail=mail)


@pytest.fixture
def client(site_engine: Engine, settings: Settings) -> FlaskClient:
    """Lend a browser on a site with a seeker and an enterprise's owner."""
    add_world(site_engine)
    with transaction(site_engine) as session:
        firm = session.scalars(select(Enterprise.id)).first() or 0
        for login, belonging in (
            ("seeker", accounts.Belonging.seeker()),
            ("owner", accounts.Belonging.employer(firm, EnterpriseRole.OWNER)),
        ):
            accounts.create_account(
                session,
                login=login,
                password=PASSWORD,
                display_name=f"示例 {login}",
                belonging=belonging,
                email=f"{login}@example.org",
            )
    client = site_of(settings, site_engine).test_client()
    client.environ_base["HTTP_ACCEPT"] = "text/html"
    return client


def account_of(engine: Engine, login: str) -> Account:
    with transaction(engine) as session:
        account = session.scalars(select(Account).where(Account.login == login)).one()
        session.expunge(account)
        return account


def test_everybody_reads_the_notice_without_anaccount_of(client: FlaskClient) -> None:
    page = client.get("/privacy").text
    assert "0531-12345678" in page
    assert [kept.title.zh for kept in REGISTER if f"<h3>{kept.title.zh}</h3>" not in page] == []
    assert "登录失效后 180 天删除" in page
    assert "180 days after the sign-in ran out" in client.get("/privacy?lang=en").text


def test_earlier_versions_stay_readable(client: FlaskClient, site_engine: Engine) -> None:
    with transaction(site_engine) as session:
        assert keep_notice(session, contact="0531-1") == 1
        assert keep_notice(session, contact="0531-12345678") == 2
    old = client.get("/privacy?version=1").text
    assert "0531-1<" in old
    assert "这是以前的版本" in old
    assert "第 2 版" in client.get("/privacy").text
    assert client.get("/privacy?version=3").status_code == 404


@pytest.mark.parametrize("login", ["city-planner", "owner", "seeker"])
def test_everybody_gets_a_copy_of_everything(client: FlaskClient, login: str) -> None:
    sign_in(client, login)
    page = client.get(f"{CENTRE}/copy").text
    assert f"示例 {login}" in page
    answer = client.get(f"{CENTRE}/copy.json")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="my-data.json"'
    assert answer.json is not None
    (account,) = answer.json["kept"]["account"]
    assert (account["login"], account["password_hash"]) == (login, "***")
    assert answer.json["kept"]["sign_in"][0]["token_hash"] == "***"
    assert "argon2" not in answer.text


def test_a_name_is_corrected(client: FlaskClient, site_engine: Engine) -> None:
    sign_in(client, "seeker")
    post(client, f"{CENTRE}/name", page=CENTRE, display_name="李四")
    assert account_of(site_engine, "seeker").display_name == "李四"


def _link(engine: Engine, settings: Settings, kind: str) -> str:
    """Return the link of the newest letter of a kind, as its recipient reads it."""
    with transaction(engine) as session:
        message = session.scalars(select(Message).where(Message.kind == kind).order_by(-Message.id)).first()
        assert message is not None
        letter = compose(session, message, settings)
        assert letter is not None
    found = re.search(r"http://127\.0\.0\.1:8000(/\S+)", letter.text)
    assert found is not None
    return found[1]


def test_an_address_counts_once_its_letter_has_been_opened(
    client: FlaskClient, site_engine: Engine, settings: Settings
) -> None:
    sign_in(client, "seeker")
    form = {"email": "new@example.org", "proof": PASSWORD}
    assert post(client, f"{CENTRE}/address", page=CENTRE, **form).status_code == 302
    link = _link(site_engine, settings, "address")
    stranger = client.application.test_client()
    assert "new@example.org" in stranger.get(link).text
    assert account_of(site_engine, "seeker").email == "seeker@example.org"
    assert post(stranger, link, page=link).status_code == 302
    assert account_of(site_engine, "seeker").email == "new@example.org"
    assert stranger.get(link).status_code == 404
    assert stranger.get(f"{link}x").status_code == 404
    post(client, f"{CENTRE}/address/remove", page=CENTRE)
    assert account_of(site_engine, "seeker").email is None


def test_an_address_is_changed_by_who_knows_the_password(client: FlaskClient, site_engine: Engine) -> None:
    sign_in(client, "seeker")
    form = {"email": "new@example.org", "proof": "something else"}
    assert post(client, f"{CENTRE}/address", page=CENTRE, **form).status_code == 401
    with transaction(site_engine) as session:
        assert session.scalars(select(Message)).all() == []


def test_an_address_link_is_worthless_after_a_day_or_another_change(
    client: FlaskClient, site_engine: Engine, settings: Settings
) -> None:
    sign_in(client, "seeker")
    post(client, f"{CENTRE}/address", page=CENTRE, email="new@example.org", proof=PASSWORD)
    link = _link(site_engine, settings, "address")
    with time_machine.travel(now() + timedelta(hours=25)):
        assert client.get(link).status_code == 404
    with transaction(site_engine) as session:
        session.execute(update(Account).where(Account.login == "seeker").values(email=None))
    assert client.get(link).status_code == 404


def _invitation(engine: Engine, settings: Settings, belonging: accounts.Belonging) -> str:
    with transaction(engine) as session:
        found = accounts.invite(
            session,
            belonging=belonging,
            display_name="王五",
            email="wang@example.org",
            invited_by=None,
            language="zh",
        )
        return f"/invitations/{accounts.invitation_link(settings.secret_key, found.id)}"


def test_a_seeker_agrees_before_there_is_anaccount_of(
    client: FlaskClient, site_engine: Engine, settings: Settings
) -> None:
    assert post(client, "/register", page="/register", email="wang@example.org").status_code == 422
    with transaction(site_engine) as session:
        assert session.scalars(select(Invitation)).all() == []
    asked = post(client, "/register", page="/register", email="wang@example.org", agree="yes")
    assert asked.status_code == 200
    link = _link(site_engine, settings, "invitation")
    form = {"login": "wang", "display_name": "王五", "password": PASSWORD}
    assert post(client, link, page=link, **form).status_code == 422
    assert post(client, link, page=link, agree="yes", **form).status_code == 302
    with transaction(site_engine) as session:
        given = session.scalars(select(Consent)).all()
        assert [(one.purpose, one.notice_number) for one in given] == [(Purpose.ACCOUNT, 1)]
        kept = session.scalars(select(Invitation)).one()
        assert (kept.display_name, kept.email) == ("", None)
    assert account_of(site_engine, "wang").email == "wang@example.org"


def test_members_of_bureaus_need_not_agree(
    client: FlaskClient, site_engine: Engine, settings: Settings
) -> None:
    organizer_id = account_of(site_engine, "city-planner").organizer_id or 0
    link = _invitation(site_engine, settings, accounts.Belonging.member(organizer_id, [Role.PLANNER]))
    assert 'name="agree"' not in client.get(link).text
    form = {"login": "wang", "display_name": "王五", "password": PASSWORD, "reminders": "yes"}
    assert post(client, link, page=link, **form).status_code == 302
    with transaction(site_engine) as session:
        assert [one.purpose for one in session.scalars(select(Consent))] == [Purpose.REMINDERS]


def test_consent_is_given_and_withdrawn_in_the_centre(client: FlaskClient, site_engine: Engine) -> None:
    sign_in(client, "seeker")
    for agreeing, standing in (({"agree": "yes"}, 1), ({}, 0)):
        post(client, f"{CENTRE}/consent", page=CENTRE, purpose="reminders", **agreeing)
        with transaction(site_engine) as session:
            found = session.scalars(select(Consent).where(Consent.withdrawn_at.is_(None))).all()
            assert len(found) == standing
    answer = post(client, f"{CENTRE}/consent", page=CENTRE, purpose="account")
    assert answer.headers["Location"] == f"{CENTRE}/erase"


def test_nobody_looks_at_it_through_somebodys_eyes(client: FlaskClient, site_engine: Engine) -> None:
    administrator = account_of(site_engine, "city-planner").id
    with transaction(site_engine) as session:
        session.add(AccountRole(account_id=administrator, role=Role.ADMINISTRATOR))
    sign_in(client, "city-planner")
    page = f"/organizer/members/{account_of(site_engine, 'county-publisher').id}"
    post(client, f"{page}/look", page=page, reason="协助排查")
    for path in ("", "/copy", "/copy.json", "/erase"):
        assert client.get(f"{CENTRE}{path}").status_code == 403


def test_without_a_mail_server_no_address_can_be_proved(
    client: FlaskClient, site_engine: Engine, settings: Settings
) -> None:
    assert client
    bare = site_of(replace(settings, mail=None), site_engine).test_client()
    bare.environ_base["HTTP_ACCEPT"] = "text/html"
    sign_in(bare, "seeker")
    assert "没有发信服务器" in bare.get(CENTRE).text
