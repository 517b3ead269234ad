"""Erasing the own account on the web: with proof, at once, unless somebody has to hand over first."""

from datetime import datetime, timedelta

import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy import Engine, select, update

from scheduler.database import transaction
from scheduler.models import Account, AccountRole, Erasure, Role
from scheduler.services import accounts
from scheduler.services.sealing import seal
from tests.web.organizers import PASSWORD, post, sign_in
from tests.web.test_privacy_pages import CENTRE, account_of, client, settings

__all__ = ["client", "settings"]
NOON = datetime.fromisoformat("2027-01-05T12:00:00+08:00")


def _erase(client: FlaskClient, **form: str) -> str:
    answer = post(client, f"{CENTRE}/erase", page=f"{CENTRE}/erase", sure="yes", **form)
    assert answer.status_code == 302, answer.text
    return str(answer.headers["Location"])


def test_an_erased_account_is_gone_and_its_receipt_holds(client: FlaskClient, site_engine: Engine) -> None:
    sign_in(client, "seeker")
    link = _erase(client, proof=PASSWORD)
    with transaction(site_engine) as session:
        seal(session)
    assert client.get("/account").status_code == 302
    page = client.get(link).text
    assert page.count("✓ 成立") == 3
    receipt = client.get(f"{link}/receipt.json").json
    assert receipt is not None
    with transaction(site_engine) as session:
        assert session.scalars(select(Erasure.sha256)).one() == receipt["sha256"]
    assert client.get(f"{link}x").status_code == 404
    answer = post(client, "/sign-in", page="/sign-in", login="seeker", password=PASSWORD)
    assert answer.status_code == 401
    with transaction(site_engine) as session:  # the login is free again, and leads to another account
        accounts.create_account(
            session,
            login="seeker",
            password=None,
            display_name="",
            belonging=accounts.Belonging.seeker(),
        )


@pytest.mark.parametrize("form", [{"proof": "something else"}, {}])
def test_nothing_is_erased_without_proof(
    client: FlaskClient, site_engine: Engine, form: dict[str, str]
) -> None:
    sign_in(client, "seeker")
    answer = post(client, f"{CENTRE}/erase", page=f"{CENTRE}/erase", sure="yes", **form)
    assert answer.status_code == 401
    assert account_of(site_engine, "seeker").erased_at is None


def test_nothing_is_erased_before_the_box_is_ticked(client: FlaskClient, site_engine: Engine) -> None:
    sign_in(client, "seeker")
    answer = post(client, f"{CENTRE}/erase", page=f"{CENTRE}/erase", proof=PASSWORD)
    assert answer.headers["Location"] == f"{CENTRE}/erase"
    assert account_of(site_engine, "seeker").erased_at is None


def test_the_last_administrator_is_told_to_hand_over(client: FlaskClient, site_engine: Engine) -> None:
    planner, publisher = (account_of(site_engine, f"city-{name}").id for name in ("planner", "publisher"))
    with transaction(site_engine) as session:
        session.add(AccountRole(account_id=planner, role=Role.ADMINISTRATOR))
    sign_in(client, "city-planner")
    answer = post(client, f"{CENTRE}/erase", page=f"{CENTRE}/erase", sure="yes", proof=PASSWORD)
    assert answer.status_code == 409
    assert "唯一的管理员" in answer.text
    with transaction(site_engine) as session:
        session.add(AccountRole(account_id=publisher, role=Role.ADMINISTRATOR))
    _erase(client, proof=PASSWORD)


def test_who_has_no_password_proves_it_by_a_fresh_sign_in(client: FlaskClient, site_engine: Engine) -> None:
    with time_machine.travel(NOON, tick=False):
        sign_in(client, "seeker")
        with transaction(site_engine) as session:
            session.execute(update(Account).where(Account.login == "seeker").values(password_hash=""))
    with time_machine.travel(NOON + timedelta(minutes=11), tick=False):
        answer = post(client, f"{CENTRE}/erase", page=f"{CENTRE}/erase", sure="yes")
        assert answer.status_code == 401
        assert "重新登录" in answer.text
        with transaction(site_engine) as session:
            number = session.scalars(select(Account.id).where(Account.login == "seeker")).one()
            token = accounts.open_sign_in(session, account_id=number)
        with client.session_transaction() as kept:
            kept["sign_in"] = token
        _erase(client)
