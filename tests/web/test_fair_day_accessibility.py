"""Everybody can use the pages of a fair's day: axe finds nothing, nothing scrolls sideways."""

from collections.abc import Callable, Iterator

import pytest
import time_machine
from flask import Flask
from playwright.sync_api import BrowserContext, Page
from sqlalchemy import Engine

from scheduler.database import reading, transaction
from scheduler.models import Booking
from scheduler.services import fair_day
from tests.scheduler.fair_day import world
from tests.web import fair_days
from tests.web.enterprises import entered
from tests.web.fair_days import LATE, Morning
from tests.web.test_access_pages import _faults
from tests.web.test_accessibility import RUN_AXE, axe, looking

__all__ = ["looking"]
Enter = Callable[[BrowserContext, str], None]


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel(LATE, tick=False):
        yield


@pytest.fixture
def morning(site_engine: Engine) -> Morning:
    return fair_days.add_morning(site_engine)


@pytest.fixture
def site(app: Flask, serve: Callable[[Flask], str]) -> str:
    return serve(app)


@pytest.fixture
def enter(app: Flask, site_engine: Engine, site: str) -> Enter:
    def sign_in(context: BrowserContext, login: str) -> None:
        cookie = entered(app, site_engine, login).get_cookie("fair")
        assert cookie is not None
        context.add_cookies([{"name": "fair", "value": cookie.value, "url": site}])

    return sign_in


def test_an_organizers_pages(
    morning: Morning, enter: Enter, site_engine: Engine, site: str, looking: Page
) -> None:
    with transaction(site_engine) as session:
        fair_day.appeal(session, no_show_id=morning.no_show, text="高速封路，" * 60)
    day = f"/organizer/events/{morning.event}/fair-day"
    crowd, results = (f"/organizer/events/{morning.event}/{name}" for name in ("crowd", "results"))
    with reading(site_engine) as session:
        firm = session.get_one(Booking, morning.came).enterprise_id
    pages = {
        "door": (day, f"{day}?booking={morning.came}", f"{day}?booking={morning.absent}", crowd),
        "planner": (results, f"{results}?firm={firm}", "/organizer/statistics?month=2027-01"),
    }
    found: dict[str, list[str]] = {}
    pages["reviewer"] = ("/organizer", "/organizer/no-shows", "/organizer/no-shows?which=lifted")
    for login, paths in pages.items():
        enter(looking.context, login)
        found |= _faults(looking, site, paths)
    assert found == {path: [] for paths in pages.values() for path in paths}


def test_a_firms_pages(morning: Morning, enter: Enter, site: str, looking: Page) -> None:
    pages = ("/enterprise/no-shows", f"/enterprise/events/{morning.uid}/pass")
    for login in ("absent", "came"):
        enter(looking.context, login)
        assert _faults(looking, site, pages) == {path: [] for path in pages}


def test_the_page_behind_the_link_for_results(
    morning: Morning, site_engine: Engine, site: str, looking: Page
) -> None:
    with reading(site_engine) as session:
        firm = session.get_one(Booking, morning.came).enterprise_id
    link = fair_day.result_link(world.SECRET, event_id=morning.event, enterprise_id=firm)
    pages = (f"/results/{link}",)
    assert _faults(looking, site, pages) == {path: [] for path in pages}
    looking.evaluate("document.querySelector('form.result').noValidate = true")
    for name in ("visitors", "resumes", "intents", "hires"):
        looking.locator(f"#{name}").fill("很多")
    looking.locator("form.result button").click()
    assert looking.locator(".fault").count() == 4
    looking.add_script_tag(path=axe())
    assert looking.evaluate(RUN_AXE) == []
