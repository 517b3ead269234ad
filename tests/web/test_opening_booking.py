"""Tests of opening an event's booking in a browser: what is left empty follows the bureau's rules."""

from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Page
from sqlalchemy import Engine
from time_machine import TimeMachineFixture

from scheduler.database import reading, transaction
from scheduler.models import BookingTerms, Event, Venue
from scheduler.times import local, moment
from tests.scheduler.booking.rows import BEFORE, make_hall
from tests.support.schedule import make_event
from tests.web.organizers import add_world, post, sign_in
from tests.web.test_organizer_booths import FAIR, enter


@pytest.fixture
def unopened(site_engine: Engine, time_machine: TimeMachineFixture) -> int:
    """Add an event of Jinan's whose booking is not open yet, a week before it; return it."""
    time_machine.move_to(BEFORE, tick=True)
    add_world(site_engine)
    with transaction(site_engine) as session:
        hall = session.get_one(Venue, make_hall(session).venue_id)
        return make_event(session, 51, venues=(hall,)).id


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
    assert post(client, f"{page}/open", page=page, way="first_come").status_code == 302
    assert "1 场已发布的活动还没有开放展位预订" in client.get("/organizer").text


def kept(engine: Engine, event_id: int, name: str) -> object:
    with reading(engine) as session:
        return getattr(session.get_one(BookingTerms, event_id), name)


def day_of(engine: Engine, event_id: int) -> date:
    with reading(engine) as session:
        starts_at = session.get_one(Event, event_id).starts_at
    assert starts_at is not None
    return local(starts_at).date()


def test_a_form_sent_as_it_is_opens_by_the_rules(desk: Page, site_engine: Engine, unopened: int) -> None:
    desk.get_by_role("button", name="开放预订").click()
    desk.get_by_text("预订规则已确定并公布").wait_for()
    assert kept(site_engine, unopened, "hold_minutes") == 15


def test_one_fair_gets_the_times_that_are_typed(desk: Page, site_engine: Engine, unopened: int) -> None:
    starts_on = day_of(site_engine, unopened)
    desk.get_by_text("本场时间").click()
    desk.get_by_label("取消截止").fill(f"{starts_on:%Y-%m-%d}T07:00")
    desk.get_by_role("button", name="开放预订").click()
    desk.get_by_text("预订规则已确定并公布").wait_for()
    assert kept(site_engine, unopened, "cancel_until") == moment(starts_on, 7 * 60)
