"""The reviewer's pages: the queue, the panel with its checks, decisions, tiers, officers, merges."""

from collections.abc import Callable
from datetime import datetime

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, select

from scheduler.database import transaction
from scheduler.models import (
    CaseState,
    Division,
    Enterprise,
    EnterpriseTier,
    HistoricDivision,
    Invitation,
    OfficerAssignment,
    ReviewCase,
    ReviewStep,
    Tier,
    Verification,
)
from tests.scheduler.enterprises.people import reviewer
from tests.support.schedule import make_employer
from tests.web.enterprises import ABROAD, REVIEWER, add_firms, entered, firm
from tests.web.organizers import post

QUEUE = "/organizer/reviews"
Firms = dict[str, int]


@pytest.fixture
def ids(site_engine: Engine) -> Firms:
    return add_firms(site_engine)


@pytest.fixture
def desk(app: Flask, site_engine: Engine, ids: Firms) -> FlaskClient:
    assert ids
    return entered(app, site_engine, REVIEWER)


@pytest.fixture
def state(site_engine: Engine, ids: Firms) -> Callable[[str], CaseState]:
    def of(name: str) -> CaseState:
        with transaction(site_engine) as session:
            return session.get_one(ReviewCase, ids[name]).state

    return of


def test_a_county_sees_its_own_cases_and_another_citys_reviewer_none(
    app: Flask, site_engine: Engine, desk: FlaskClient, ids: Firms
) -> None:
    page = desk.get(QUEUE).text
    assert ("示例企业1" in page, "单位认领" in page) == (True, True)
    other = entered(app, site_engine, ABROAD)
    assert "没有待审核的事项" in other.get(QUEUE).text
    for address in (f"{QUEUE}?case={ids['case']}", f"/organizer/enterprises/{ids['waiting']}"):
        assert other.get(address).status_code == 404
    deed = f"/organizer/reviews/{ids['case']}/approve"
    assert post(other, deed, page="/forgotten", revision="1").status_code == 404
    assert firm(site_engine, ids["waiting"]).verification is Verification.IN_REVIEW


def test_the_oldest_deadline_stands_first_and_an_overdue_one_says_so(
    app: Flask, site_engine: Engine, ids: Firms
) -> None:
    assert ids
    with time_machine.travel(datetime.fromisoformat("2040-01-01T12:00:00+08:00"), tick=False):
        page = entered(app, site_engine, REVIEWER).get(QUEUE).text
    assert "2 件已超期" in page
    assert page.index("示例企业1") < page.index("示例企业2")


def test_a_case_is_approved_as_it_was_seen(
    desk: FlaskClient, ids: Firms, site_engine: Engine, state: Callable[[str], CaseState]
) -> None:
    address, page = f"/organizer/reviews/{ids['case']}/approve", f"{QUEUE}?case={ids['case']}"
    assert post(desk, address, page=page, revision="2").status_code == 409
    assert state("case") is CaseState.OPEN
    assert post(desk, address, page=page, revision="1").status_code == 302
    assert firm(site_engine, ids["waiting"]).verification is Verification.VERIFIED
    assert post(desk, address, page="/forgotten", revision="1").status_code == 409


def test_a_no_needs_a_reason_and_the_enterprise_reads_it(
    app: Flask, desk: FlaskClient, ids: Firms, site_engine: Engine
) -> None:
    address, page = f"/organizer/reviews/{ids['case']}/send-back", f"{QUEUE}?case={ids['case']}"
    form = {"revision": "1", "deed": "correction_asked"}
    bare = post(desk, address, page=page, **form)
    assert (bare.status_code, "请至少选择一条理由" in bare.text) == (422, True)
    reasons = {"reason_licence_unreadable": "yes", "note": "第二行看不清"}
    assert post(desk, address, page=page, **form, **reasons).status_code == 302
    home = entered(app, site_engine, "waiting@example.org").get("/enterprise").text
    for text in ("下一步：按下列理由补正", "营业执照不清晰或不完整", "第二行看不清"):
        assert text in home


def test_a_claim_is_granted_from_the_panel(
    desk: FlaskClient, ids: Firms, site_engine: Engine, state: Callable[[str], CaseState]
) -> None:
    page = f"{QUEUE}?case={ids['claim']}"
    assert "张经办" in desk.get(page).text
    address = f"/organizer/reviews/{ids['claim']}/approve"
    assert post(desk, address, page=page, revision="1", replace_members="yes").status_code == 302
    assert state("claim") is CaseState.APPROVED
    with transaction(site_engine) as session:
        assert session.scalars(select(Invitation.email)).all() == ["claimant@example.org"]


def test_the_panel_says_what_the_machine_has_found(
    desk: FlaskClient, ids: Firms, site_engine: Engine
) -> None:
    with transaction(site_engine) as session:
        twin, waiting = (
            session.get_one(Enterprise, ids["verified"]),
            session.get_one(Enterprise, ids["waiting"]),
        )
        twin.name_key = waiting.name_key
        waiting.credit_code = "91370181712345672C"
        session.add(
            Division(
                code="370114",
                name_zh="章丘区",
                name_en="Zhangqiu",
                pinyin="",
                level="county",
                parent_code="370100",
            )
        )
        session.flush()
        session.add(
            HistoricDivision(code="370181", name_zh="章丘市", current_code="370114", changed_year=2016)
        )
    page = desk.get(f"{QUEUE}?case={ids['case']}").text
    assert "信用代码校验通过" in page
    assert "代码登记地为同市的 章丘区（原章丘市）" in page
    assert "名称或机构代码相同的单位，请核对" in page
    assert f"/organizer/enterprises/{ids['verified']}" in page


def test_tiers_officer_and_suspension_are_set_on_the_enterprises_page(
    app: Flask, desk: FlaskClient, ids: Firms, site_engine: Engine
) -> None:
    page = f"/organizer/enterprises/{ids['verified']}"
    lacking = post(desk, f"{page}/tiers", page=page, tier_craft="yes")
    assert (lacking.status_code, "写明依据" in lacking.text) == (422, True)
    tiers = {"tier_craft": "yes", "source_craft": "非遗名录第五批", "source_above_scale": "未勾选"}
    assert post(desk, f"{page}/tiers", page=page, **tiers).status_code == 302
    with transaction(site_engine) as session:
        me = reviewer(session).account_id
    appointed = post(
        desk, "/organizer/officers", page="/organizer/officers", account=str(me), office_phone="0531-1"
    )
    assert appointed.status_code == 302
    assert post(desk, f"{page}/officer", page=page, officer=str(me)).status_code == 302
    assert post(desk, f"{page}/suspend", page=page, reason_unlawful="yes").status_code == 302
    with transaction(site_engine) as session:
        tier = session.scalars(select(EnterpriseTier)).one()
        assert (tier.tier, tier.source) == (Tier.CRAFT, "非遗名录第五批")
        assert session.scalars(select(OfficerAssignment.officer_id)).all() == [me]
    home = entered(app, site_engine, "verified@example.org").get("/enterprise").text
    for text in ("已暂停", "存在违法违规招聘行为", "示例审核员", "0531-1"):
        assert text in home
    assert REVIEWER not in home
    assert post(desk, f"{page}/resume", page=page, note="已整改").status_code == 302
    assert firm(site_engine, ids["verified"]).verification is Verification.VERIFIED


def test_a_double_entry_is_merged_and_taken_back(desk: FlaskClient, ids: Firms, site_engine: Engine) -> None:
    page = f"/organizer/enterprises/{ids['claimed']}"
    code = firm(site_engine, ids["verified"]).credit_code
    form = {"credit_code": code, "reason": "录错一位"}
    bad = post(desk, f"{page}/merge", page=page, **form)
    assert (bad.status_code, "校验不通过" in bad.text) == (422, True)
    with transaction(site_engine) as session:
        session.get_one(Enterprise, ids["verified"]).credit_code = "91370181712345672C"
    form["credit_code"] = "91370181712345672c"
    assert post(desk, f"{page}/merge", page=page, **form).status_code == 302
    assert firm(site_engine, ids["verified"]).merged_into_id == ids["claimed"]
    assert "录错一位" in desk.get(page).text
    assert "重复登记，已并入" in desk.get(f"/organizer/enterprises/{ids['verified']}").text
    assert post(desk, "/organizer/merges/1/undo", page=page).status_code == 302
    assert firm(site_engine, ids["verified"]).merged_into_id is None
    assert post(desk, "/organizer/merges/1/undo", page=page).status_code == 409
    with transaction(site_engine) as session:
        deeds = session.scalars(
            select(ReviewStep.deed).where(ReviewStep.enterprise_id == ids["verified"])
        ).all()
    assert [deed.value for deed in deeds] == ["merged", "separated"]


def test_the_list_finds_by_name_code_state_and_tier(
    desk: FlaskClient, ids: Firms, site_engine: Engine
) -> None:
    with transaction(site_engine) as session:
        make_employer(session, 77)
        source = EnterpriseTier(
            enterprise_id=ids["waiting"],
            tier=Tier.CHAIN_LEADER,
            source="名单",
            set_at=datetime.fromisoformat("2027-01-01T00:00:00+08:00"),
        )
        session.add(source)
    found = {
        query: desk.get(f"/organizer/enterprises?{query}").text.count('class="what"')
        for query in (
            "",
            "q=示例企业77",
            "q=9137010200000",
            "state=in_review",
            "tier=chain_leader",
            "lacking=officer",
        )
    }
    assert found == {
        "": 4,
        "q=示例企业77": 1,
        "q=9137010200000": 3,
        "state=in_review": 1,
        "tier=chain_leader": 1,
        "lacking=officer": 0,
    }
