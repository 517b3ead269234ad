"""Everybody can use the pages of accounts and rights: axe finds nothing, nothing scrolls sideways."""

from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import BrowserContext, Page
from sqlalchemy import Engine, select

from scheduler.database import transaction
from scheduler.models import Account, AccountRole, EnterpriseRole, Organizer, Role
from scheduler.services import accounts
from tests.support.axe import obstacles_at
from tests.web.organizers import MEMBERS, PASSWORD, add_world, sign_in

STRANGER = ("/sign-in", "/register", "/forgotten")
PERSON = (
    "/account",
    "/account/second-factor",
    "/account/privacy",
    "/account/privacy/copy",
    "/account/privacy/erase",
)
PLANNER = (
    "/organizer",
    "/organizer/preferences",
    "/organizer/duties?quarter=2027Q1",
    "/organizer/duties/list",
    "/organizer/duties/sums?quarter=2027Q1",
    "/organizer/plans",
    "/organizer/plans/1",
    "/organizer/plans/1?view=calendar&week=2027-W01",
    "/organizer/plans/1?view=left-out",
    "/organizer/plans/1/publish",
    "/organizer/plans/1/scarcity",
    "/organizer/runs/1",
    "/organizer/events?quarter=2027Q1",
    "/organizer/events?quarter=2027Q1&view=calendar",
    "/organizer/venues",
    "/organizer/repair",
    "/organizer/booking-rules",
    "/organizer/livestreams",
    "/organizer/livestreams/channels",
)
EMPLOYER = ("/enterprise", "/enterprise/members")


@pytest.fixture
def site(app: Flask, site_engine: Engine, serve: Callable[[Flask], str]) -> str:
    add_world(site_engine)
    with transaction(site_engine) as session:
        session.add(AccountRole(account_id=_id(site_engine, "city-publisher"), role=Role.ADMINISTRATOR))
        accounts.create_account(
            session,
            login="owner",
            password=PASSWORD,
            display_name="示例单位管理员",
            belonging=accounts.Belonging.employer(1, EnterpriseRole.OWNER),
        )
        organizer = session.scalars(select(Organizer).where(Organizer.division_code == "370100")).one()
        accounts.invite(
            session,
            belonging=accounts.Belonging.member(organizer.id, [Role.PLANNER]),
            display_name="新成员",
            email="new@example.org",
            invited_by=None,
            language="zh",
        )
    return serve(app)


def _id(engine: Engine, login: str) -> int:
    with transaction(engine) as session:
        return session.scalars(select(Account.id).where(Account.login == login)).one()


def _enter(app: Flask, context: BrowserContext, site: str, login: str) -> None:
    client = app.test_client()
    client.environ_base["HTTP_ACCEPT"] = "text/html"
    sign_in(client, login)
    cookie = client.get_cookie("fair")
    assert cookie is not None
    context.add_cookies([{"name": "fair", "value": cookie.value, "url": site}])


def test_strangers_pages(site: str, looking: Page) -> None:
    assert obstacles_at(looking, site, STRANGER) == []


def test_an_administrators_pages(app: Flask, site_engine: Engine, site: str, looking: Page) -> None:
    _enter(app, looking.context, site, "city-publisher")
    county = _id(site_engine, "county-publisher")
    assert "county-publisher" in MEMBERS
    pages = ("/organizer/members", f"/organizer/members/{county}", "/organizer/rights", *PERSON)
    assert obstacles_at(looking, site, pages) == []


def test_a_planners_pages(app: Flask, site: str, looking: Page) -> None:
    _enter(app, looking.context, site, "city-publisher")
    assert obstacles_at(looking, site, PLANNER) == []


def test_an_owners_pages(app: Flask, site: str, looking: Page) -> None:
    _enter(app, looking.context, site, "owner")
    assert obstacles_at(looking, site, EMPLOYER) == []


def test_the_banner_of_somebody_who_looks_through_anothers_eyes(
    app: Flask, site_engine: Engine, site: str, page: Page
) -> None:
    """Also without scripts: the banner is there, and its button gives the own eyes back."""
    _enter(app, page.context, site, "city-publisher")
    page.goto(f"{site}/organizer/members/{_id(site_engine, 'county-publisher')}")
    page.fill("#reason", "协助排查")
    page.click("text=开始查看")
    assert page.inner_text(".viewing b") == "您正在以“示例 county-publisher”的视角查看，只能看，不能改。"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.click("text=结束查看")
    assert page.locator(".viewing").count() == 0
