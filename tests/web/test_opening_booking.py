"""Tests of opening an event's booking in a browser: what is left empty follows the bureau's rules."""

from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Page
from sqlalchemy import Engine, select
from time_machine import TimeMachineFixture

from scheduler.database import reading, transaction
from scheduler.models import BookingTerms, Event, Registration, Venue, Way
from scheduler.times import local, moment
from tests.scheduler.booking.rows import BEFORE, booths_of, hold, make_firms, make_hall
from tests.scheduler.booking.test_letters import with_letter_box
from tests.support.schedule import make_event
from tests.web.organizers import add_world, enter, post, sign_in
from tests.web.test_organizer_booths import FAIR, told


@pytest.fixture
def unopened(site_engine: Engine, time_machine: TimeMachineFixture) -> int:
    """Add an event of Jinan's whose booking is not open yet, a week before it; return it."""
    time_machine.move_to(BEFORE, tick=True)
    add_world(site_engine)
    with transaction(site_engine) as session:
        hall = session.get_one(Venue, make_hall(session).venue_id)
        event = make_event(session, 51, venues=(hall,))
        (firm,) = make_firms(session, 1, event, first=70)
        with_letter_box(session, firm)
        return event.id


@pytest.fixture
def desk(app: Flask, serve: Callable[[Flask], str], page: Page, unopened: int) -> Page:
    """Open the page of the event's booths as its publisher."""
    site = serve(app)
    enter(page, site, "city-publisher")
    page.goto(site + FAIR.format(unopened))
    return page


def test_today_leads_to_the_published_fairs_whose_booking_is_to_be_opened(
    client: FlaskClient, unopened: int
) -> None:
    sign_in(client, "city-publisher")
    assert "2 场已发布的活动还没有开放展位预订" in client.get("/organizer").text
    assert "2027Q1 有 2 场" in client.get("/organizer/events?quarter=2026Q4").text
    page = FAIR.format(unopened)
    assert post(client, f"{page}/open", page=page, step="open", way="first_come").status_code == 302
    assert "1 场已发布的活动还没有开放展位预订" in client.get("/organizer").text


def test_booking_is_opened_with_the_rules_of_the_bureau(
    client: FlaskClient, site_engine: Engine, unopened: int
) -> None:
    sign_in(client, "city-publisher")
    page = FAIR.format(unopened)
    assert ("尚未开放预订" in (closed := client.get(page).text), "可订" in closed) == (True, False)
    shares = {"share_craft": "2", "share_key_industrial": "", "keep_craft": "true", "public_rule": "排列5"}
    late = told(client, f"{page}/open", page, step="open", way="allocation", **shares, drawn_on="2027-01-05")
    assert ("请填写公开词的公布日期" in late, 'value="2027-01-05"' in late) == (True, True)
    shares["drawn_on"] = "2027-01-04"
    assert "预留份额多于展位总数" in told(
        client, f"{page}/open", page, step="open", way="allocation", share_craft="7"
    )
    assert "预订规则已确定并公布" in told(
        client, f"{page}/open", page, step="open", way="allocation", **shares
    )
    assert "统一分配" in client.get(page).text
    assert "预订已经开放" in told(client, f"{page}/open", page, step="open")
    with transaction(site_engine) as session:
        terms = session.get_one(BookingTerms, unopened)
        assert (terms.way, terms.hold_minutes, str(terms.drawn_on)) == (Way.ALLOCATION, 15, "2027-01-04")
        assert terms.seed_hash in client.get(page).text
        assert (terms.shares, terms.kept, terms.public_rule) == ({"craft": 2}, ["craft"], "排列5")


def kept(engine: Engine, event_id: int, name: str) -> object:
    with reading(engine) as session:
        return getattr(session.get(BookingTerms, event_id), name, None)


def day_of(engine: Engine, event_id: int) -> date:
    with reading(engine) as session:
        starts_at = session.get_one(Event, event_id).starts_at
    assert starts_at is not None
    return local(starts_at).date()


def test_a_form_sent_as_it_is_opens_by_the_rules(desk: Page, site_engine: Engine, unopened: int) -> None:
    desk.get_by_role("button", name="下一步").click()
    desk.get_by_text("已报名的 1 家单位中，1 家有邮箱，将收到 1 封邮件").wait_for()
    assert kept(site_engine, unopened, "hold_minutes") is None
    desk.get_by_role("button", name="确认开放预订").click()
    desk.get_by_text("预订规则已确定并公布").wait_for()
    assert kept(site_engine, unopened, "hold_minutes") == 15


def test_one_fair_gets_the_times_that_are_typed(desk: Page, site_engine: Engine, unopened: int) -> None:
    starts_on = day_of(site_engine, unopened)
    desk.get_by_text("本场时间").click()
    desk.get_by_label("取消截止").fill(f"{starts_on:%Y-%m-%d}T07:00")
    desk.get_by_role("button", name="下一步").click()
    desk.get_by_role("button", name="返回修改").click()
    desk.get_by_role("button", name="下一步").click()
    desk.get_by_role("button", name="确认开放预订").click()
    desk.get_by_text("预订规则已确定并公布").wait_for()
    assert kept(site_engine, unopened, "cancel_until") == moment(starts_on, 7 * 60)


def test_a_booking_opened_by_mistake_is_closed_until_somebody_has_a_booth(
    desk: Page, site_engine: Engine, unopened: int
) -> None:
    desk.get_by_role("button", name="下一步").click()
    desk.get_by_role("button", name="确认开放预订").click()
    desk.get_by_text("关闭预订…").click()
    desk.get_by_role("button", name="关闭预订").click()
    desk.get_by_text("预订已关闭，可以重新开放。0 封").wait_for()
    assert kept(site_engine, unopened, "way") is None
    desk.get_by_role("button", name="下一步").click()
    desk.get_by_role("button", name="确认开放预订").click()
    desk.get_by_text("关闭预订…").click()
    with transaction(site_engine) as session:
        firm = session.scalars(select(Registration.enterprise_id).filter_by(event_id=unopened)).one()
        hold(session, unopened, firm, booths_of(session, unopened)[0])
    desk.get_by_role("button", name="关闭预订").click()
    desk.get_by_role("alert").get_by_text("已有 1 家单位订了展位。可以逐家收回展位").wait_for()
    assert desk.get_by_text("关闭预订…").count() == 0
