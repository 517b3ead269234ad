"""Tests of the organizer's pages about an event's booths: opening, answering, arranging, rules."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser
from sqlalchemy import Engine, select

from scheduler.database import transaction
from scheduler.models import (
    Booking,
    BookingRules,
    BookingState,
    BookingTerms,
    BoothHold,
    Event,
    Organizer,
    Registration,
    RegistrationState,
    Role,
    Verification,
)
from scheduler.services import accounts
from tests.scheduler.booking.rows import booths_of, make_firms, state_of, taken
from tests.support.axe import obstacles
from tests.support.schedule import JINAN, register
from tests.web.organizers import PASSWORD, beside_booked_fair, enter, post, sign_in

pytestmark = pytest.mark.usefixtures("week_before")

FAIR = "/organizer/events/{}/booths"


@pytest.fixture
def fair(client: FlaskClient, site_engine: Engine) -> int:
    return beside_booked_fair(client, site_engine, "city-publisher")


def bookings(engine: Engine) -> list[int]:
    with transaction(engine) as session:
        return list(session.scalars(select(Booking.id).order_by(Booking.id)))


def told(client: FlaskClient, path: str, page: str, **form: str) -> str:
    """Post a form of a page, and return what the next page says."""
    answer = post(client, path, page=page, **form)
    return client.get(answer.location).text if answer.status_code == 302 else answer.text


def test_the_page_shows_who_has_which_booth(client: FlaskClient, fair: int) -> None:
    page = client.get(FAIR.format(fair)).text
    assert ("2 / 6" in page, page.count("已订") >= 2, "可订" in page) == (True, True, True)


def test_a_booking_is_moved_after_the_proposal_was_confirmed(
    client: FlaskClient, site_engine: Engine, fair: int
) -> None:
    page = FAIR.format(fair)
    one = bookings(site_engine)[0]
    with transaction(site_engine) as session:
        free = booths_of(session, fair)[4]
    proposal = client.get(f"{page}?booking={one}&to={free}").text
    assert "从 A1 移到 A5" in proposal
    assert "从 A1 移到 A5，A6" in client.get(f"{page}?booking={one}&codes=a5，a6").text
    assert "互换展位" in client.get(f"{page}?booking={one}&codes=a2").text
    with transaction(site_engine) as session:
        assert (free, one) not in taken(session)
    assert "已移动展位" in told(client, f"/organizer/bookings/{one}/move", page, codes="a5")
    with transaction(site_engine) as session:
        assert (free, one) in taken(session)


def test_two_bookings_exchange_their_booths(client: FlaskClient, site_engine: Engine, fair: int) -> None:
    page = FAIR.format(fair)
    one, other = bookings(site_engine)
    with transaction(site_engine) as session:
        first, second = booths_of(session, fair)[:2]
    assert "互换展位" in client.get(f"{page}?booking={one}&to={second}").text
    assert "已互换展位" in told(client, f"/organizer/bookings/{one}/swap", page, other=str(other))
    with transaction(site_engine) as session:
        assert taken(session) == [(first, other), (second, one)]


@pytest.mark.parametrize(
    ("codes", "said"),
    [("A2", "已被预订"), ("a1", "已在展位 A1，没有变动"), ("Z9", "没有展位“Z9”"), ("A5，A1", "不相邻")],
)
def test_a_move_that_cannot_be_is_refused_on_the_page_and_changes_nothing(
    client: FlaskClient, site_engine: Engine, fair: int, codes: str, said: str
) -> None:
    one = bookings(site_engine)[0]
    with transaction(site_engine) as session:
        before = taken(session)
    page = told(client, f"/organizer/bookings/{one}/move", FAIR.format(fair), codes=codes)
    assert (said in page, page.count(f'value="{codes}"')) == (True, 1)
    with transaction(site_engine) as session:
        assert taken(session) == before


def test_a_pinned_booking_stays_until_it_is_unpinned(
    client: FlaskClient, site_engine: Engine, fair: int
) -> None:
    page, one = FAIR.format(fair), bookings(site_engine)[0]
    assert "已锁定展位" in told(client, f"/organizer/bookings/{one}/pin", page, pinned="1")
    assert "展位已锁定" in told(client, f"/organizer/bookings/{one}/move", page, codes="A5")
    assert "已解除锁定" in told(client, f"/organizer/bookings/{one}/pin", page, pinned="")
    assert "已移动展位" in told(client, f"/organizer/bookings/{one}/move", page, codes="A5")


def test_a_booking_is_taken_back_for_a_reason_and_restored(
    client: FlaskClient, site_engine: Engine, fair: int
) -> None:
    page, one = FAIR.format(fair), bookings(site_engine)[0]
    assert "请填写理由" in told(client, f"/organizer/bookings/{one}/end", page, reason="")
    assert "已收回展位" in told(client, f"/organizer/bookings/{one}/end", page, reason="场地改作他用")
    with transaction(site_engine) as session:
        assert state_of(session, one) is BookingState.CANCELLED
    assert "场地改作他用" in client.get(page).text
    assert "已恢复预订" in told(client, f"/organizer/bookings/{one}/restore", page, reason="误操作")
    with transaction(site_engine) as session:
        assert state_of(session, one) is BookingState.CONFIRMED


def test_a_booth_is_given_for_a_reason_to_who_has_not_registered(
    client: FlaskClient, site_engine: Engine, fair: int
) -> None:
    page = FAIR.format(fair)
    with transaction(site_engine) as session:
        firm = make_firms(session, 1, first=90)[0]
        firm_id, code = firm.id, firm.credit_code
    given = {"codes": "A4，A6", "reason": "绿色通道"}
    unknown = told(client, f"{page}/give", page, firm="91370000MA0000000X", **given)
    assert ("没有找到" in unknown, 'value="绿色通道"' in unknown) == (True, True)
    done = told(client, f"{page}/give", page, firm=code, **given)
    assert ("已安排展位" in done, "展位 A4、A6 不相邻" in done) == (True, True)
    with transaction(site_engine) as session:
        held = session.scalars(
            select(BoothHold.booth_id).join(Booking).where(Booking.enterprise_id == firm_id)
        ).all()
        assert sorted(held) == [booths_of(session, fair)[3], booths_of(session, fair)[5]]


def test_registrations_are_answered_one_by_one_or_all_verified_ones(
    client: FlaskClient, site_engine: Engine, fair: int
) -> None:
    page, path = FAIR.format(fair), f"/organizer/events/{fair}/registrations/answer"
    with transaction(site_engine) as session:
        firms = make_firms(session, 4, first=70)
        for firm in firms:
            register(session, session.get_one(Event, fair), firm, RegistrationState.REQUESTED)
        firms[3].verification = Verification.UNVERIFIED
        ids = [firm.id for firm in firms]
        bureau = session.scalars(select(Organizer.id).where(Organizer.division_code == JINAN)).one()
        of_bureau = accounts.Belonging.member(bureau, [Role.REVIEWER])
        accounts.create_account(
            session, login="reviewer", password=PASSWORD, display_name="示例审核员", belonging=of_bureau
        )
    refused = {"enterprise": str(ids[0]), "answer": "refuse"}
    assert post(client, path, page=page, **refused).status_code == 403
    assert "报名待答复" not in client.get("/organizer").text  # a publisher answers none
    client = client.application.test_client()
    sign_in(client, "reviewer")
    assert f'href="{page}#asking">4 家单位的报名待答复' in client.get("/organizer").text
    assert "请填写理由" in told(client, path, page, **refused)
    assert "已答复 1 家" in told(client, path, page, **refused, reason="与本场行业不符")
    assert "已答复 2 家" in told(client, path, page, answer="approve")
    assert "已被处理" in told(client, path, page, **refused, reason="与本场行业不符")
    assert "1 家单位的报名待答复" in client.get("/organizer").text
    with transaction(site_engine) as session:
        states = [session.get_one(Registration, (fair, key)).state for key in ids]
    approved, asked = RegistrationState.APPROVED, RegistrationState.REQUESTED
    assert states == [RegistrationState.REFUSED, approved, approved, asked]


def test_another_citys_fair_is_not_there(client: FlaskClient, site_engine: Engine, fair: int) -> None:
    one = bookings(site_engine)[0]
    client = client.application.test_client()
    sign_in(client, "sister-publisher")
    assert client.get(FAIR.format(fair)).status_code == 404
    assert post(client, f"/organizer/bookings/{one}/move", page="/organizer", codes="A5").status_code == 404


def test_a_bureau_sets_its_rules_and_goes_back_to_those_above(
    client: FlaskClient, site_engine: Engine, fair: int
) -> None:
    page = "/organizer/booking-rules"
    assert "沿用系统默认规则" in client.get(page).text
    rules = {
        "way": "allocation",
        "booths_each": "2",
        "hold_minutes": "20",
        "closes_lead_days": "3",
        "cancel_lead_days": "1",
        "check_in_minute": "09:15",
        "rest_day_check_in_minute": "09:00",
        "check_in_from_minute": "",
        "most_booths": "200",
        "most_people": "500",
        "no_show_limit": "1",
        "no_show_bar": "quarter",
        "fairs_a_month": "0",
        "fresh_days": "30",
        "wage_check": "block",
        "word_check": "block",
        "stale_check": "warn",
        **dict.fromkeys(("consecutive", "branch_authorised"), "true"),
    }
    late = told(client, page, page, **rules | {"check_in_from_minute": "09:10"})
    assert "签到截止须晚于签到开始" in late  # and what was typed is kept
    assert 'value="09:10"' in late
    assert "本机构自定" in told(client, page, page, **rules)
    with transaction(site_engine) as session:
        kept = session.scalars(select(BookingRules)).one()
        assert (kept.check_in_minute, kept.consecutive, kept.walk_in) == (555, True, False)
        assert (kept.rest_day_check_in_minute, kept.check_in_from_minute) == (540, None)
        assert (kept.most_booths, kept.most_people, kept.branch_authorised) == (200, 500, True)
        assert session.get_one(BookingTerms, fair).booths_each == 1
    assert "沿用系统默认规则" in told(client, f"{page}/drop", page)


@pytest.mark.parametrize(("locale", "width"), [("zh-CN", 390), ("zh-CN", 1440), ("en-GB", 390)])
def test_everyone_can_use_the_pages(  # noqa: PLR0913, PLR0917 - fixtures
    app: Flask,
    serve: Callable[[Flask], str],
    browser: Browser,
    fair: int,
    locale: str,
    width: int,
) -> None:
    site, found = serve(app), []
    with browser.new_context(locale=locale, viewport={"width": width, "height": 844}, bypass_csp=True) as one:
        page = one.new_page()
        enter(page, site, "city-publisher")
        for path in (FAIR.format(fair), f"{FAIR.format(fair)}?booking=1&to=2", "/organizer/booking-rules"):
            page.goto(site + path)
            found += [f"{path} {one}" for one in obstacles(page)]
    assert found == []


def test_a_booking_dragged_to_a_free_booth_is_moved_when_it_is_confirmed(
    app: Flask, serve: Callable[[Flask], str], browser: Browser, fair: int
) -> None:
    site = serve(app)
    with browser.new_context(locale="zh-CN", viewport={"width": 1440, "height": 900}) as one:
        page = one.new_page()
        enter(page, site, "city-publisher")
        page.goto(site + FAIR.format(fair))
        booths = page.locator("[data-board] [data-booth]")
        booths.nth(0).hover()
        page.mouse.down()
        booths.nth(3).hover()
        page.mouse.up()
        page.wait_for_url("**to=*")
        page.locator("[data-apply]").press("Enter")
        page.get_by_text("已移动展位").wait_for()
        assert "A4" in page.get_by_label("预订详情").inner_text()
        page.get_by_label("移到").fill("A5")
        page.get_by_role("button", name="看方案").click()
        page.get_by_text("从 A4 移到 A5").wait_for()
        page.get_by_role("button", name="确认移动").click()
        page.get_by_text("已移动展位").wait_for()
