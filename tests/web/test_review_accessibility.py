"""Everybody can use the pages of verification: axe finds nothing, nothing scrolls sideways."""

from pathlib import Path

import pytest
from playwright.sync_api import Page
from sqlalchemy import Engine

from scheduler.database import transaction
from scheduler.models import Enterprise, Verification
from scheduler.services import enterprises
from tests.scheduler.enterprises.people import reviewer, sign_up
from tests.support.axe import obstacles_at
from tests.support.papers import pdf
from tests.web.conftest import SignedIn
from tests.web.enterprises import REVIEWER, add_firms, link_of

LONG = "山东省齐鲁先进制造与新能源智能装备产业技术研究院集团股份有限公司章丘分公司示例企业"


@pytest.fixture
def ids(site_engine: Engine) -> dict[str, int]:
    found = add_firms(site_engine)
    with transaction(site_engine) as session:
        session.get_one(Enterprise, found["waiting"]).name_zh = LONG
        found["new"] = sign_up(session, "91370211MA3TERT2X6", "newer@example.org").id
        me = reviewer(session)
        enterprises.appoint_officer(session, account_id=me.account_id, by=me, office_phone="0531-1")
    return found


def test_strangers_pages(site: str, ids: dict[str, int], looking: Page) -> None:
    pages = ("/sign-up", link_of(ids["new"]), link_of(ids["sign_up"]))
    assert obstacles_at(looking, site, pages) == []


def test_a_reviewers_pages(signed_in: SignedIn, site: str, ids: dict[str, int], looking: Page) -> None:
    signed_in(looking.context, REVIEWER)
    pages = (
        "/organizer/reviews",
        f"/organizer/reviews?case={ids['case']}",
        f"/organizer/reviews?case={ids['claim']}",
        "/organizer/enterprises",
        f"/organizer/enterprises/{ids['waiting']}",
        f"/organizer/enterprises/{ids['verified']}",
        "/organizer/officers",
    )
    assert obstacles_at(looking, site, pages) == []


def test_an_owners_pages(
    signed_in: SignedIn, site_engine: Engine, site: str, ids: dict[str, int], looking: Page
) -> None:
    signed_in(looking.context, "waiting@example.org")
    pages = ("/enterprise", "/enterprise/verification")
    for state in (Verification.IN_REVIEW, Verification.SUSPENDED):
        with transaction(site_engine) as session:
            session.get_one(Enterprise, ids["waiting"]).verification = state
        assert obstacles_at(looking, site, pages) == []


def test_a_licence_is_chosen_handed_in_and_approved_in_a_browser(
    signed_in: SignedIn, site: str, ids: dict[str, int], page: Page, tmp_path: Path
) -> None:
    """From end to end, also without scripts: a correction is handed in, and the county approves it."""
    signed_in(page.context, "waiting@example.org")
    page.goto(f"{site}/enterprise/verification")
    paper = tmp_path / "新执照.pdf"
    paper.write_bytes(pdf("new"))
    page.set_input_files("#licence", paper)
    page.click("text=重新提交")
    assert "已提交审核" in page.inner_text("main")
    page.context.clear_cookies()
    signed_in(page.context, REVIEWER)
    page.goto(f"{site}/organizer/reviews")
    page.click(f"a[href*='case={ids['case']}']")
    page.click("button:text-is('通过')")
    assert "已通过" in page.inner_text("main")
    page.goto(f"{site}/organizer/enterprises/{ids['waiting']}")
    assert page.inner_text("h1 .tag") == "✓ 已认证"
