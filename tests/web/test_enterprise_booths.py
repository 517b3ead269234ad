"""Tests of an enterprise's way to a fair: finding it, registering, booking, waiting, leaving."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser
from sqlalchemy import Engine, select, update
from time_machine import TimeMachineFixture

from scheduler.database import transaction
from scheduler.models import (
    Booking,
    BookingState,
    BookingTerms,
    Enterprise,
    Event,
    EventFloor,
    FloorZone,
    Registration,
    RegistrationOpening,
    RegistrationState,
    Waiting,
    WaitingState,
)
from scheduler.times import local
from tests.scheduler.booking.rows import BEFORE, booths_of, confirmed, make_firms
from tests.scheduler.booking.test_reseating import move_away, row_of
from tests.support.axe import findings, obstacles
from tests.support.schedule import register
from tests.web.enterprises import beside_fair
from tests.web.organizers import enter, post, sign_in
from tests.web.test_organizer_booths import told

pytestmark = pytest.mark.usefixtures("week_before")

DAY = timedelta(days=1)


@pytest.fixture
def page(client: FlaskClient, site_engine: Engine) -> str:
    """Sign a firm of Jinan in that has two openings, beside a fair with two booths; its page there."""
    return beside_fair(client, site_engine)


def approve(engine: Engine) -> None:
    with transaction(engine) as session:
        session.execute(update(Registration).values(state=RegistrationState.APPROVED))


def give_all(engine: Engine) -> None:
    """Let others have both booths of the fair."""
    with transaction(engine) as session:
        event = session.scalars(select(Event)).one()
        for firm, booth in zip(
            make_firms(session, 2, event, first=50), booths_of(session, event), strict=True
        ):
            confirmed(session, event, firm, booth)


def states(engine: Engine) -> list[BookingState]:
    with transaction(engine) as session:
        return list(session.scalars(select(Booking.state).order_by(Booking.id)))


def test_a_branch_is_told_beforehand_that_the_fair_asks_for_its_parent_s_letter(
    client: FlaskClient, site_engine: Engine, page: str
) -> None:
    with transaction(site_engine) as session:
        session.scalars(select(Enterprise)).one().name_zh = "示例企业济南分公司"
    assert "去上传授权书" not in client.get(page).text
    with transaction(site_engine) as session:
        session.scalars(select(BookingTerms)).one().branch_authorised = True
    assert "去上传授权书" in client.get(page).text
    answer = post(client, f"{page}/register", page=page, booths="1")
    assert (answer.status_code, "要求分支机构持有上级单位的授权书" in answer.text) == (409, True)
    with transaction(site_engine) as session:
        event, firm = session.scalars(select(Event)).one(), session.scalars(select(Enterprise)).one()
        register(session, event, firm, RegistrationState.APPROVED)
    said = client.get(page).text
    assert ("报名保留，授权书审核通过后才能预订展位" in said, "保留 15 分钟" in said) == (True, False)
    assert "缺上级单位授权书" in client.get("/enterprise").text
    refused = post(client, f"{page}/hold", page=page, codes="A1")
    assert (refused.status_code, "要求分支机构持有上级单位的授权书" in refused.text) == (409, True)


def test_who_was_left_behind_by_a_move_is_told_on_both_pages_and_chooses_again(
    client: FlaskClient, site_engine: Engine, page: str
) -> None:
    with transaction(site_engine) as session:
        event, firm = session.scalars(select(Event)).one(), session.scalars(select(Enterprise)).one()
        register(session, event, firm, RegistrationState.APPROVED)
        booking_id = confirmed(session, event, firm, booths_of(session, event)[1])
        move_away(session, event, *row_of("A1", "B2"))
    said = client.get(page).text
    assert "活动已改换场地，展位 A2 不再使用。" in said
    assert "场地已变更，请重新选择展位" in client.get("/enterprise").text
    address = f"{page}/bookings/{booking_id}/choose-again"
    assert f'action="{address}"' in said
    options = said.partition('<datalist id="free-booths">')[2].partition("</datalist>")[0]
    assert re.findall('value="(.*?)"', options) == ["A1", "B2"]
    assert post(client, address, page=page, codes="B2").status_code == 302
    after = client.get(page).text
    assert "不再使用" not in after
    assert '<b class="figures">B2</b>' in after


def test_a_fair_is_found_and_registered_for_with_openings_and_wishes(
    client: FlaskClient, site_engine: Engine, page: str
) -> None:
    assert f'href="{page}"' in client.get("/enterprise/find").text
    assert "余 2 个" in client.get("/enterprise/find").text
    with transaction(site_engine) as session:
        event = session.scalars(select(Event)).one()
        kind, day = event.kind, local(event.starts_at or BEFORE).date()
    for query, there in (
        ("q=没有这样的", False),
        (f"q=&kind={kind}&from={day}&to={day}&anywhere=", True),
        ("kind=campus", False),
        (f"from={day + DAY}", False),
        (f"to={day - DAY}", False),
    ):
        listed = client.get(f"/enterprise/find?{query}").text
        assert (f'href="{page}"' in listed, "没有符合条件的活动" in listed) == (there, not there), query
    swapped = client.get(f"/enterprise/find?from={day}&to={day - DAY}")
    assert (swapped.status_code, "请交换两个日期" in swapped.text) == (400, True)
    form = client.get(page).text
    opening = form.partition('name="opening_')[2].partition('"')[0]
    with transaction(site_engine) as session:
        rival = make_firms(session, 1, first=80)[0].name_zh
    wishes = {f"opening_{opening}": "1", "booths": "1", "wishes": "A2，a1", "power": "1", "avoided": rival}
    assert "已获准参加" in told(client, f"{page}/register", page, **wishes)
    with transaction(site_engine) as session:
        row = session.scalars(select(Registration)).one()
        assert (row.needs_power, row.needs_network) == (True, False)
        assert len(session.scalars(select(RegistrationOpening)).all()) == 1
    shown = client.get(page).text
    assert 'value="A2, A1"' in shown
    assert f'value="{rival}"' in shown
    assert "不在本场活动的展位图上" in told(client, f"{page}/register", page, booths="1", wishes="Z9")


def test_a_registration_that_is_refused_keeps_what_was_typed_and_a_zone_goes_by_its_name(
    client: FlaskClient, site_engine: Engine, page: str
) -> None:
    with transaction(site_engine) as session:
        plan_id = session.scalars(select(EventFloor.floor_plan_id)).one()
        zone = FloorZone(floor_plan_id=plan_id, code="A", name_zh="A区", name_en="Zone A", industry_codes=[])
        session.add(zone)
    shown = told(client, f"{page}/register", page, booths="1", wishes="A区, Z9", avoided="没有这家")
    assert "没有找到“没有这家”" in shown
    assert 'value="A区, Z9"' in shown
    assert "不在本场活动的展位图上" in told(client, f"{page}/register", page, booths="1", wishes="A区, Z9")
    assert "已获准参加" in told(client, f"{page}/register", page, booths="1", wishes="A区")
    assert 'value="A"' in client.get(page).text


def test_a_booth_is_held_confirmed_and_cancelled(client: FlaskClient, site_engine: Engine, page: str) -> None:
    told(client, f"{page}/register", page, booths="1")
    approve(site_engine)
    assert "预订展位 A1" in client.get(page).text
    assert "请在限时内确认" in told(client, f"{page}/hold", page, codes="a1")
    assert re.search(r"展位 A1 为您保留至 \d\d:\d\d", client.get(page).text)
    with transaction(site_engine) as session:  # as long as an offer of the waiting list
        session.execute(update(Booking).values(held_until=BEFORE + timedelta(days=1)))
    assert re.search(r"展位 A1 为您保留至 \d+月\d+日 周. \d\d:\d\d", client.get(page).text)
    assert "展位预订已确认" in told(client, f"{page}/bookings/1/confirm", page)
    assert states(site_engine) == [BookingState.CONFIRMED]
    cancelled = told(client, f"{page}/bookings/1/cancel", page, reason="计划有变")
    assert ("已取消展位预订" in cancelled, "保留 15 分钟" in cancelled) == (True, True)
    assert states(site_engine) == [BookingState.CANCELLED]


def test_on_the_day_booths_are_chosen_only_where_the_rules_let_who_is_there(
    client: FlaskClient, site_engine: Engine, page: str, time_machine: TimeMachineFixture
) -> None:
    told(client, f"{page}/register", page, booths="1")
    approve(site_engine)
    with transaction(site_engine) as session:
        day = session.scalars(select(Event.starts_at)).one()
    assert day is not None
    time_machine.move_to(day)
    sign_in(client, "firm")
    for walk_in in (False, True):
        with transaction(site_engine) as session:
            session.execute(update(BookingTerms).values(walk_in=walk_in))
        shown = client.get(page).text
        assert ("预订展位 A1" in shown, "可订" in shown) == (walk_in, walk_in)
        assert ("为您保留" in told(client, f"{page}/hold", page, codes="A1")) is walk_in


def test_who_is_not_admitted_is_told_why_and_books_nothing(
    client: FlaskClient, site_engine: Engine, page: str
) -> None:
    assert "还没有获准参加" in told(client, f"{page}/hold", page, codes="A1")
    assert "没有展位“B7”" in told(client, f"{page}/hold", page, codes="B7")
    assert states(site_engine) == []


def test_a_full_fair_has_a_waiting_list_that_can_be_left(
    client: FlaskClient, site_engine: Engine, page: str
) -> None:
    give_all(site_engine)
    told(client, f"{page}/register", page, booths="1")
    approve(site_engine)
    assert "已订满，可候补" in client.get("/enterprise/find").text
    assert "已全部订出" in told(client, f"{page}/hold", page, codes="A1")
    full = client.get(page).text
    assert ("展位已满。登记候补" in full, "保留 15 分钟" in full) == (True, False)
    assert "已登记候补" in told(client, f"{page}/wait", page, quantity="1")
    assert "候补第 1 位" in client.get(page).text
    assert "候补第 1 位" in client.get("/enterprise").text
    assert "已退出候补" in told(client, f"{page}/waiting/1/leave", page)
    with transaction(site_engine) as session:
        assert session.scalars(select(Waiting.state)).all() == [WaitingState.WITHDRAWN]


def test_a_registration_is_withdrawn_with_its_booking(
    client: FlaskClient, site_engine: Engine, page: str
) -> None:
    told(client, f"{page}/register", page, booths="1")
    approve(site_engine)
    told(client, f"{page}/hold", page, codes="A1")
    assert "已撤回报名：不招了" in told(client, f"{page}/withdraw", page, reason="不招了")
    assert states(site_engine) == [BookingState.CANCELLED]
    with transaction(site_engine) as session:
        assert session.scalars(select(Registration)).one().state is RegistrationState.WITHDRAWN


def test_another_firms_booking_is_not_there(client: FlaskClient, site_engine: Engine, page: str) -> None:
    with transaction(site_engine) as session:
        event = session.scalars(select(Event)).one()
        firm = make_firms(session, 1, event, first=50)[0]
        confirmed(session, event, firm, booths_of(session, event)[0])
    assert post(client, f"{page}/bookings/1/cancel", page=page).status_code == 404
    assert states(site_engine) == [BookingState.CONFIRMED]


def test_on_a_phone_leaving_is_on_the_first_screen_and_needs_no_mouse(  # noqa: PLR0913, PLR0917 — a browser, too
    client: FlaskClient,
    app: Flask,
    serve: Callable[[Flask], str],
    browser: Browser,
    site_engine: Engine,
    page: str,
) -> None:
    told(client, f"{page}/register", page, booths="1")
    approve(site_engine)
    site = serve(app)
    with browser.new_context(locale="zh-CN", viewport={"width": 390, "height": 844}, bypass_csp=True) as one:
        tab = one.new_page()
        enter(tab, site, "firm", lands="**/enterprise**")
        tab.goto(site + page)
        assert tab.get_by_role("button", name="保留 15 分钟").bounding_box()["y"] < 844  # type: ignore[index]
        leaving = tab.locator("summary", has_text="不参加了")
        assert leaving.bounding_box()["y"] < 844 - 48  # type: ignore[index]
        leaving.focus()
        tab.keyboard.press("Enter")
        assert findings(tab) == []
        tab.keyboard.press("Tab")
        tab.keyboard.type("不招了")
        tab.keyboard.press("Enter")
        tab.get_by_text("已撤回报名：不招了").wait_for()
    with transaction(site_engine) as session:
        assert session.scalars(select(Registration.answer)).all() == ["不招了"]


@pytest.mark.parametrize("width", [390, 1440])
def test_everyone_can_use_the_pages(  # noqa: PLR0913, PLR0917 — a browser, too
    client: FlaskClient,
    app: Flask,
    serve: Callable[[Flask], str],
    browser: Browser,
    site_engine: Engine,
    page: str,
    width: int,
) -> None:
    told(client, f"{page}/register", page, booths="1")
    approve(site_engine)
    give_all(site_engine)
    site, found = serve(app), []
    with browser.new_context(
        locale="zh-CN", viewport={"width": width, "height": 844}, bypass_csp=True
    ) as one:
        tab = one.new_page()
        enter(tab, site, "firm", lands="**/enterprise**")
        for path in ("/enterprise/find", f"{page}?lang=en"):
            tab.goto(site + path)
            found += [f"{path} {one}" for one in obstacles(tab)]
    assert found == []
