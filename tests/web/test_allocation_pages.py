"""The organizer allocates, looks and publishes; everybody sees what came of it and can work it out again."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser
from sqlalchemy import Engine, select

from scheduler.allocator import allocate_due
from scheduler.database import transaction
from scheduler.models import BookingTerms, BoothAllocation, Enterprise, Event, Registration
from scheduler.services import allocation, booking
from solver.__main__ import main
from tests.scheduler.allocation.rows import bookings, make_allocating, not_come, receipts_of
from tests.scheduler.booking.rows import booths_of, make_firms
from tests.support.axe import obstacles
from tests.support.schedule import make_employer
from tests.web.allocations import NEVER, PAGE, asked_for, drafted
from tests.web.api.programs import Program, token_of
from tests.web.organizers import enter, sign_in
from tests.web.test_organizer_booths import told

pytestmark = pytest.mark.usefixtures("week_before")


@pytest.fixture
def fair(client: FlaskClient, site_engine: Engine) -> int:
    return asked_for(client, site_engine)


def test_from_the_button_to_the_published_result(client: FlaskClient, site_engine: Engine, fair: int) -> None:
    page = PAGE.format(fair)
    assert "开始分配" in client.get(page).text
    assert "已开始分配展位" in told(client, page, page)
    assert 'data-active="yes"' in client.get(f"{page}/progress").text
    allocate_due(site_engine, NEVER)
    progress = client.get(f"{page}/progress").text
    assert 'data-active="no"' in progress
    assert "草案已生成" in progress
    shown = client.get(page).text
    assert "草案尚未生效" in shown
    assert "没有带电源的合适展位" in shown
    with transaction(site_engine) as session:
        seed = session.get_one(BookingTerms, fair).seed
        assert seed not in shown
        draft = session.scalars(select(BoothAllocation.id)).one()
        assert bookings(session, fair) == {}
    done = told(client, f"/organizer/allocations/{draft}/publish", page)
    assert "分配结果已公布" in done
    assert seed in client.get(page).text
    with transaction(site_engine) as session:
        assert len(bookings(session, fair)) == 4
    again = told(client, f"/organizer/allocations/{draft}/publish", page)
    assert "这次分配已经发布" in again


def test_each_enterprise_is_explained_by_its_name(
    client: FlaskClient, site_engine: Engine, fair: int
) -> None:
    draft = drafted(site_engine, fair)
    with transaction(site_engine) as session:
        firms = session.scalars(
            select(Enterprise).join(Registration).where(Registration.event_id == fair)
        ).all()
        for firm in firms:
            shown = client.get(f"{PAGE.format(fair)}?firm={firm.credit_code}").text
            panel = shown[shown.index('id="panel"') :]
            assert firm.name_zh in panel
            assert "抽签号" in panel
            assert not any(f"{other.credit_code} 使用" in panel for other in firms)
    assert draft


def test_a_stale_draft_is_refused_with_what_to_do(
    client: FlaskClient, site_engine: Engine, fair: int
) -> None:
    draft, page = drafted(site_engine, fair), PAGE.format(fair)
    with transaction(site_engine) as session:
        outsider = make_employer(session, 90)
        booking.override(
            session,
            event_id=fair,
            enterprise_id=outsider.id,
            booth_ids=[booths_of(session, fair)[0]],
            reason="重点企业",
            booked_by=None,
        )
    refused = told(client, f"/organizer/allocations/{draft}/publish", page)
    assert "新增 1 家" in refused
    assert "重新分配" in refused
    assert "草案已丢弃" in told(client, f"/organizer/allocations/{draft}/discard", page)


def test_today_says_what_waits_to_be_allocated(client: FlaskClient, site_engine: Engine, fair: int) -> None:
    assert "报名已截止，展位待分配" in client.get("/organizer").text
    number = drafted(site_engine, fair)
    assert "展位分配草案待公布" in client.get("/organizer").text
    with transaction(site_engine) as session:
        allocation.publish_allocation(session, allocation_id=number, published_by=None)
    assert PAGE.format(fair) not in client.get("/organizer").text


def test_whom_a_rule_kept_out_is_told_on_its_page(
    client: FlaskClient, site_engine: Engine, fair: int
) -> None:
    with transaction(site_engine) as session:
        firm = session.scalars(
            select(Enterprise).join(Registration).where(Registration.event_id == fair)
        ).first()
        assert firm is not None
        not_come(session, firm.id)
        login, uid = f"firm-{firm.id}", session.get_one(Event, fair).uid
    number = drafted(site_engine, fair)
    assert "未参加分配的单位" in client.get(PAGE.format(fair)).text
    with transaction(site_engine) as session:
        allocation.publish_allocation(session, allocation_id=number, published_by=None)
    own = client.application.test_client()
    sign_in(own, login)
    assert "本单位没有参加展位分配" in own.get(f"/enterprise/events/{uid}").text


def test_before_the_closing_date_nothing_begins(client: FlaskClient, site_engine: Engine, fair: int) -> None:
    with transaction(site_engine) as session:
        event = make_allocating(session, 51)
        make_firms(session, 1, event, first=80)
        event_id = event.id
    page = PAGE.format(event_id)
    assert "报名截止后才能分配" in client.get(page).text
    assert "截止后才能分配展位" in told(client, page, PAGE.format(fair))


def test_receipt_and_record_are_downloaded_and_worked_out_again(
    client: FlaskClient, site_engine: Engine, fair: int, tmp_path: Path
) -> None:
    number = drafted(site_engine, fair)
    with transaction(site_engine) as session:
        uid = session.get_one(Event, fair).uid
    assert client.get(f"/events/{uid}/allocation").status_code == 404
    public = client.get(f"/events/{uid}").text
    with transaction(site_engine) as session:
        terms = session.get_one(BookingTerms, fair)
        assert terms.seed_hash in public
        assert terms.seed not in public
        allocation.publish_allocation(session, allocation_id=number, published_by=None)
        firms = list(receipts_of(session, number))
    record = client.get(f"/events/{uid}/allocation")
    assert "attachment" in record.headers["Content-Disposition"]
    (tmp_path / "record.json").write_bytes(record.data)
    assert main(["booths", "verify", str(tmp_path / "record.json")]) == 0
    for firm in firms:
        one = client.application.test_client()
        sign_in(one, f"firm-{firm}")
        assert "分配回执" in one.get(f"/enterprise/events/{uid}").text
        (tmp_path / "receipt.json").write_bytes(one.get(f"/enterprise/events/{uid}/receipt").data)
        both = [str(tmp_path / "record.json"), str(tmp_path / "receipt.json")]
        assert main(["booths", "verify", *both]) == 0


def test_a_program_does_the_same_and_asks_once(client: FlaskClient, site_engine: Engine, fair: int) -> None:
    program = Program(client, token_of(site_engine, "city-publisher"))
    body = {"event_id": fair, "seconds": 5}
    first = program.ask("POST", "/allocations", body=body, key="one-allocation")
    again = program.ask("POST", "/allocations", body=body, key="one-allocation")
    assert (first.status_code, again.headers["Idempotent-Replayed"]) == (201, "true")
    assert first.json == again.json
    assert first.json is not None
    path = f"/allocations/{first.json['id']}"
    assert program.read(f"{path}/outcomes").status_code == 404
    busy = program.ask("POST", "/allocations", body=body, key="two-allocations")
    assert busy.json is not None
    assert (busy.status_code, busy.json["code"]) == (409, "allocation_busy")
    allocate_due(site_engine, NEVER)
    outcomes = program.read(f"{path}/outcomes").json
    assert outcomes is not None
    assert [one["place"] for one in outcomes["items"]] == [1, 2, 3, 4, 5, 6]
    published = program.ask("PUT", f"{path}/publication")
    assert published.json is not None
    assert (published.status_code, published.json["state"]) == (200, "published")
    assert program.ask("DELETE", path).status_code == 409
    with transaction(site_engine) as session:
        firm = next(iter(bookings(session, fair)))
    own = Program(client, token_of(site_engine, f"firm-{firm}")).read(f"/registrations/{fair}/receipt").json
    assert own is not None
    assert len(own["booths"]) == 1


@pytest.mark.parametrize(("locale", "width"), [("zh-CN", 390), ("zh-CN", 1440), ("en-GB", 390)])
def test_everyone_can_use_the_pages(  # noqa: PLR0913, PLR0917 - fixtures
    app: Flask,
    serve: Callable[[Flask], str],
    browser: Browser,
    site_engine: Engine,
    fair: int,
    locale: str,
    width: int,
) -> None:
    drafted(site_engine, fair)
    with transaction(site_engine) as session:
        uid = session.get_one(Event, fair).uid
        code = session.scalars(
            select(Enterprise.credit_code).join(Registration).where(Registration.event_id == fair)
        ).first()
    site, page_of = serve(app), PAGE.format(fair)
    found: list[str] = []
    with browser.new_context(locale=locale, viewport={"width": width, "height": 844}, bypass_csp=True) as one:
        page = one.new_page()

        def look(path: str) -> None:
            page.goto(site + path)
            found.extend(f"{path} {one}" for one in obstacles(page))

        enter(page, site, "city-publisher")
        look(page_of)
        assert page.evaluate(
            "document.querySelector('.allotted').scrollWidth <= innerWidth"
        )  # cards on a phone
        page.locator("a[data-panel]").first.click()
        page.locator("#panel h2").wait_for()
        look(f"{page_of}?firm={code}")
        page.goto(site + page_of)
        page.locator("form[action$='/publish'] button").press("Enter")
        page.locator(".notice.held").first.wait_for()
        look(page_of)
        look(f"/events/{uid}")
        with transaction(site_engine) as session:
            firm = next(iter(bookings(session, fair)))
        one.clear_cookies()
        enter(page, site, f"firm-{firm}", "**/enterprise**")
        look(f"/enterprise/events/{uid}")
    assert found == []
