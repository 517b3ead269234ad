"""An allocation is read page by page, by name and at a glance; its public word is entered on the page."""

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Page
from sqlalchemy import Engine
from time_machine import TimeMachineFixture

from scheduler.database import transaction
from scheduler.models import BookingTerms, Enterprise, Event
from scheduler.queries.booking import outcomes
from scheduler.queries.booking.allocations import draft_of
from scheduler.services import allocation
from tests.scheduler.allocation.rows import receipts_of
from tests.scheduler.booking.rows import BEFORE
from tests.web.allocations import PAGE, asked_for, drafted
from tests.web.api.programs import Program, token_of
from tests.web.organizers import enter, sign_in
from tests.web.test_organizer_booths import told
from web.views.organizer import allocations

pytestmark = pytest.mark.usefixtures("week_before")

BUTTON = '<button class="primary">开始分配'


@pytest.fixture
def fair(client: FlaskClient, site_engine: Engine) -> int:
    return asked_for(client, site_engine)


@pytest.fixture
def board(app: Flask, serve: Callable[[Flask], str], page: Page, fair: int) -> Page:
    """Sign Jinan's publisher in, in a browser."""
    assert fair
    enter(page, serve(app), "city-publisher")
    return page


def test_the_public_word_is_entered_and_shown_before_anything_is_allocated(
    client: FlaskClient, site_engine: Engine, fair: int, time_machine: TimeMachineFixture
) -> None:
    with transaction(site_engine) as session:
        terms = session.get_one(BookingTerms, fair)
        terms.public_rule, terms.drawn_on = "排列5 第 27018 期", date(2026, 12, 29)
        uid = session.get_one(Event, fair).uid
    page = PAGE.format(fair)
    assert "公开词 12月29日 周二 公布，当天起在此填写" in client.get(page).text
    program, path = (
        Program(client, token_of(site_engine, "city-publisher")),
        f"/organizer/events/{fair}/public-word",
    )
    early = program.ask("PUT", path, body={"word": "30714"}).json
    assert early is not None
    assert early["code"] == "public_word_not_known"
    time_machine.move_to(BEFORE + timedelta(days=1), tick=True)
    sign_in(client, "city-publisher")
    assert BUTTON not in client.get(page).text
    assert "先填写公布的结果" in told(client, page, page)
    assert "已填写公开词" in told(client, f"{page}/word", page, word="30714")
    assert BUTTON in client.get(page).text
    public = client.get(f"/events/{uid}").text
    assert "排列5 第 27018 期" in public
    assert "30714" in public
    assert "12月29日 周二" in public
    drafted(site_engine, fair)
    assert "已用公开词“30714”抽签" in told(client, f"{page}/word", page, word="30715")
    assert program.ask("PUT", path, body={"word": "30715"}).status_code == 409
    same = program.ask("PUT", path, body={"word": "30714"}).json
    assert same is not None
    assert (same["public_word"], same["drawn_on"], same["seed"]) == ("30714", "2026-12-29", None)


def test_a_list_is_read_by_page_by_name_and_by_what_one_got(
    client: FlaskClient, site_engine: Engine, fair: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outcomes, "PAGE_SIZE", 4)
    number, page = drafted(site_engine, fair), PAGE.format(fair)

    def names(query: str) -> list[str]:
        return re.findall(r'<th scope="row"><a href="[^"]*panel"[^>]*>([^<]+)', client.get(page + query).text)

    first, second = names(""), names("?page=2")
    assert (len(first), len(second), len({*first, *second})) == (4, 2, 6)
    assert names(f"?q={first[2]}") == [first[2]]
    wish, other, none = (names(f"?got={got}") for got in ("wish", "other", "none"))
    assert sorted([*wish, *other, *none]) == sorted([*first, *second])
    assert len(none) == 2
    assert "意愿满足到第几位" in client.get(page).text
    with transaction(site_engine) as session:
        summed = outcomes.glance(draft_of(session, allocation_id=number))
    assert summed.all == 6
    assert (summed.waiting, [zone.taken for zone in summed.zones]) == (2, [4])
    program = Program(client, token_of(site_engine, "city-publisher"))
    some = program.read(f"/allocations/{number}/outcomes?limit=4").json
    assert some is not None
    rest = program.read(f"/allocations/{number}/outcomes?cursor={some['next']}").json
    assert rest is not None
    assert ([one["place"] for one in rest["items"]], rest["next"]) == ([5, 6], None)


def test_a_large_plan_is_drawn_when_it_is_asked_for(
    client: FlaskClient, site_engine: Engine, fair: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    drafted(site_engine, fair)
    small = client.get(PAGE.format(fair)).text
    monkeypatch.setattr(allocations, "DRAWN_AT_ONCE", 3)
    listed, drawn = (client.get(PAGE.format(fair) + query).text for query in ("", "?plan=true"))
    assert ["floor-plan" in one for one in (small, listed, drawn)] == [True, False, True]
    assert f'href="{PAGE.format(fair)}?plan=true#plan"' in listed
    firms = re.findall(r'href="[^"]*plan=true&amp;firm=([0-9A-Z]{18})#panel"', drawn)
    assert len({*firms}) == 4
    assert client.get(f"{PAGE.format(fair)}?plan=true&firm={firms[0]}").status_code == 200


def test_a_booth_of_a_large_plan_opens_its_firm_beside_the_plan(
    client: FlaskClient, board: Page, site_engine: Engine, fair: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    number, page = drafted(site_engine, fair), board
    monkeypatch.setattr(allocations, "DRAWN_AT_ONCE", 3)
    there = page.url.replace("/organizer", f"{PAGE.format(fair)}?plan=true#plan")
    page.goto(there)
    booth = page.locator("#plan .booth").nth(1)
    assert "拟给" in (booth.locator("title").text_content() or "")  # of a draft nobody has a booth yet
    booth.click()
    page.get_by_role("link", name="关闭").click()
    assert page.url == there
    assert booth.evaluate("booth => booth === document.activeElement")
    booth.click()
    page.get_by_role("link", name="关闭").wait_for()
    page.reload()
    assert page.locator("#plan .booth").nth(1).get_attribute("aria-current") == "true"
    with transaction(site_engine) as session:
        allocation.publish_allocation(session, allocation_id=number, published_by=None)
    drawn = client.get(f"{PAGE.format(fair)}?plan=true").text
    assert ("拟给" in drawn, "已订" in drawn) == (False, True)


def test_who_waits_because_booths_are_kept_reads_for_whom(
    client: FlaskClient, site_engine: Engine, fair: int
) -> None:
    with transaction(site_engine) as session:
        terms = session.get_one(BookingTerms, fair)
        terms.kept, uid = ["craft"], session.get_one(Event, fair).uid
    public = client.get(f"/events/{uid}").text
    assert ("用不完的留到" in public, "展位还没有排定" in public) == (True, True)
    number = drafted(site_engine, fair)
    with transaction(site_engine) as session:
        allocation.publish_allocation(session, allocation_id=number, published_by=None)
        rules = {firm: one.rule for firm, one in receipts_of(session, number).items()}
        codes = {firm: session.get_one(Enterprise, firm).credit_code for firm in rules}
    seated = sum(not rule for rule in rules.values())
    assert f"其中 {seated} 家有展位" in client.get(f"/events/{uid}").text
    waits, given = (next(firm for firm, rule in rules.items() if rule == wanted) for wanted in ("kept", ""))
    for firm, kept in ((waits, True), (given, False)):
        panel = client.get(f"{PAGE.format(fair)}?firm={codes[firm]}").text.partition('id="panel"')[2]
        own = client.application.test_client()
        sign_in(own, f"firm-{firm}")
        receipt = own.get(f"/enterprise/events/{uid}").text.partition('id="receipt"')[2]
        assert ("（留给：非遗、手造企业）" in panel, "（留给：非遗、手造企业）" in receipt) == (kept, kept)
