"""Everybody can use the pages of a fair's day: axe finds nothing, nothing scrolls sideways."""

from playwright.sync_api import Page
from sqlalchemy import Engine

from scheduler.database import reading, transaction
from scheduler.models import Booking
from scheduler.services import fair_day
from tests.scheduler.fair_day import world
from tests.support.axe import findings, obstacles_at
from tests.web.conftest import SignedIn
from tests.web.fair_days import Morning


def test_an_organizers_pages(
    morning: Morning, signed_in: SignedIn, site_engine: Engine, site: str, looking: Page
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
    found: list[str] = []
    pages["reviewer"] = ("/organizer", "/organizer/no-shows", "/organizer/no-shows?which=lifted")
    for login, paths in pages.items():
        signed_in(looking.context, login)
        found += obstacles_at(looking, site, paths)
    assert found == []


def test_a_firms_pages(morning: Morning, signed_in: SignedIn, site: str, looking: Page) -> None:
    pages = ("/enterprise/no-shows", f"/enterprise/events/{morning.uid}/pass")
    for login in ("absent", "came"):
        signed_in(looking.context, login)
        assert obstacles_at(looking, site, pages) == []


def test_the_page_behind_the_link_for_results(
    morning: Morning, site_engine: Engine, site: str, looking: Page
) -> None:
    with reading(site_engine) as session:
        firm = session.get_one(Booking, morning.came).enterprise_id
    link = fair_day.result_link(world.SECRET, event_id=morning.event, enterprise_id=firm)
    pages = (f"/results/{link}",)
    assert obstacles_at(looking, site, pages) == []
    looking.evaluate("document.querySelector('form.result').noValidate = true")
    for name in ("visitors", "resumes", "intents", "hires"):
        looking.locator(f"#{name}").fill("很多")
    looking.locator("form.result button").click()
    assert looking.locator(".fault").count() == 4
    assert findings(looking) == []
