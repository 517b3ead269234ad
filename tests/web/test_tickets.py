"""The pages of tickets: without an account from the event to the QR code and back, and with one."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Page, expect
from sqlalchemy import Engine, select

from scheduler.database import reading, transaction
from scheduler.entry_codes import read_code
from scheduler.models import EventKind, Ticket
from scheduler.queries.tickets import ticket_view
from scheduler.services import accounts, tickets
from tests.web import factories
from web.views.tickets import code_address

BEFORE = datetime(2027, 1, 2, 2, tzinfo=UTC)
SECRET = "a secret of forty characters for the tests"
UID = "event-1@fair.example"
PASSWORD = "泉城的春天，2027 年"
FIELD = r'name="{}" value="([^"]+)"'


@pytest.fixture(autouse=True)
def _before_the_fair() -> Iterator[None]:
    with time_machine.travel(BEFORE, tick=False):
        yield


@pytest.fixture
def event_id(site_engine: Engine) -> int:
    with transaction(site_engine) as session:
        factories.add_province(session)
        return factories.add_event(session, kind=EventKind.COMPREHENSIVE).id


def field(page: str, name: str) -> str:
    found = re.search(FIELD.format(name), page)
    assert found is not None
    return found[1]


def take(client: FlaskClient, page: str | None = None) -> str:
    """Take a ticket with the form of a page, freshly loaded by default; return the address it leads to."""
    page = page or client.get(f"/events/{UID}/ticket").text
    form = {"csrf_token": field(page, "csrf_token"), "drawn": field(page, "drawn")}
    answer = client.post(f"/events/{UID}/ticket", data=form)
    assert answer.status_code == 302, answer.text
    return answer.location


def sign_in(client: FlaskClient, engine: Engine) -> None:
    with transaction(engine) as session:
        account = accounts.create_account(
            session,
            login="li",
            password=None,
            display_name="李示例",
            belonging=accounts.Belonging.seeker(),
        )
        token = accounts.open_sign_in(session, account_id=account.id)
    with client.session_transaction() as kept:
        kept["sign_in"] = token


def test_a_stranger_takes_a_ticket_and_nothing_is_kept_of_the_person(
    client: FlaskClient, site_engine: Engine, event_id: int
) -> None:
    assert f"/events/{UID}/ticket" in client.get(f"/events/{UID}").text
    shown = client.get(take(client)).text
    assert "入场时请出示此码" in shown
    with reading(site_engine) as session:
        ticket = session.scalars(select(Ticket)).one()
        assert ticket.account_id is None
        assert ticket.serial[:8].upper() in shown
        assert ticket.serial not in shown


def test_the_button_pressed_twice_takes_one_ticket(
    client: FlaskClient, site_engine: Engine, event_id: int
) -> None:
    page = client.get(f"/events/{UID}/ticket").text
    assert take(client, page) == take(client, page)
    with reading(site_engine) as session:
        assert len(session.scalars(select(Ticket)).all()) == 1


def test_a_full_event_says_so_and_takes_nobody(
    client: FlaskClient, site_engine: Engine, event_id: int
) -> None:
    page = client.get(f"/events/{UID}/ticket").text
    with transaction(site_engine) as session:
        tickets.set_places(session, event_id=event_id, capacity=0)
    form = {"csrf_token": field(page, "csrf_token"), "drawn": field(page, "drawn")}
    answer = client.post(f"/events/{UID}/ticket", data=form)
    assert (answer.status_code, "入场名额已领完" in answer.text) == (409, True)


def test_a_ticket_given_back_shows_no_code_any_more(client: FlaskClient, event_id: int) -> None:
    address = take(client)
    token = field(client.get(address).text, "csrf_token")
    client.post(f"{address}/cancel", data={"csrf_token": token})
    shown = client.get(address).text
    assert ("data:image/svg" in shown, "名额已退还" in shown) == (False, True)


def test_what_is_scanned_tells_the_event_and_leads_to_no_holder(
    client: FlaskClient, site_engine: Engine, event_id: int, app: Flask
) -> None:
    take(client)
    with reading(site_engine) as session:
        serial = session.scalars(select(Ticket.serial)).one()
    with app.test_request_context(), reading(site_engine) as session:
        address = code_address(ticket_view(session, serial=serial))
    path = address.removeprefix("http://127.0.0.1:8000")
    assert read_code(SECRET, path.removeprefix("/t/")).subject == serial
    shown = client.get(path).text
    assert ("本站签发的入场码" in shown, serial[:8].upper() in shown, "/cancel" in shown) == (
        True,
        False,
        False,
    )
    assert client.get(path[:-4] + "AAAA").status_code == 404


def test_an_account_keeps_its_tickets_and_has_one_for_an_event(
    client: FlaskClient, site_engine: Engine, event_id: int
) -> None:
    sign_in(client, site_engine)
    assert "还没有领过入场码" in client.get("/tickets").text
    before = client.get(f"/events/{UID}/ticket").text
    address = take(client)
    assert address in client.get("/tickets").text
    assert "您已领过这场活动的入场码" in client.get(f"/events/{UID}/ticket").text
    form = {"csrf_token": field(before, "csrf_token"), "drawn": tickets.draw_serial(SECRET)}
    assert client.post(f"/events/{UID}/ticket", data=form).status_code == 409


def test_a_livestream_has_no_tickets(client: FlaskClient, site_engine: Engine, event_id: int) -> None:
    with transaction(site_engine) as session:
        uid = factories.add_event(session, 2, kind=EventKind.LIVESTREAM).uid
    assert f"/events/{uid}/ticket" not in client.get(f"/events/{uid}").text
    assert "现在不发放入场码" in client.get(f"/events/{uid}/ticket").text


def test_a_phone_takes_a_ticket_with_a_large_code(
    serve: Callable[[Flask], str], app: Flask, page: Page, event_id: int
) -> None:
    page.goto(f"{serve(app)}/events/{UID}")
    page.get_by_role("link", name="领取入场码").click()
    page.get_by_role("button", name="领取").click()
    picture = page.get_by_alt_text("入场二维码")
    expect(picture).to_be_visible()
    box = picture.bounding_box()
    assert box is not None
    assert box["width"] >= 300


def test_when_an_event_is_over_its_pages_say_so_and_offer_nothing(
    client: FlaskClient, site_engine: Engine, event_id: int
) -> None:
    with transaction(site_engine) as session:
        tickets.set_places(session, event_id=event_id, capacity=1)
    take(client)
    form = {name: field(client.get(f"/events/{UID}/ticket").text, name) for name in ("csrf_token", "drawn")}
    place = client.post(f"/events/{UID}/ticket/wait", data=form).location
    assert "您排在候补第" in client.get(place).text
    with time_machine.travel(datetime(2027, 2, 1, tzinfo=UTC), tick=False):
        said = [client.get(address).text for address in (f"/events/{UID}/ticket", place)]
    assert ["这场活动已经结束" in page for page in said] == [True, True]
    assert ["<button" in page.partition("<main")[2] or "您排在" in page for page in said] == [False, False]


def test_who_finds_a_full_event_waits_without_an_account_and_accepts_the_offer(
    client: FlaskClient, site_engine: Engine, event_id: int
) -> None:
    with transaction(site_engine) as session:
        tickets.set_places(session, event_id=event_id, capacity=1)
        tickets.take_ticket(session, event_id=event_id, serial="0" * 32, account_id=None)
    page = client.get(f"/events/{UID}/ticket").text
    form = {"csrf_token": field(page, "csrf_token"), "drawn": field(page, "drawn")}
    place = client.post(f"/events/{UID}/ticket/wait", data=form).location
    assert client.post(f"/events/{UID}/ticket/wait", data=form).location == place
    assert "您排在候补第" in client.get(place).text
    token = {"csrf_token": form["csrf_token"]}
    assert client.post(f"{place}/accept", data=token).status_code == 409
    with transaction(site_engine) as session:
        tickets.cancel_ticket(session, serial="0" * 32)
    assert "接受并领取入场码" in client.get(place).text
    ticket = client.post(f"{place}/accept", data=token).location
    assert ("入场二维码" in client.get(ticket).text, "打开入场码" in client.get(place).text) == (True, True)
    assert client.post(f"{place}/leave", data=token).status_code == 409
