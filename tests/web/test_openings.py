"""Tests of the opening library's pages: adding, copying, changing, importing, and what reviewers see."""

import io
import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser, Page
from sqlalchemy import Engine, select

from scheduler.database import transaction
from scheduler.models import EnterpriseRole, Event, Opening, Organizer
from scheduler.services import accounts
from tests.scheduler.booking.rows import make_fair
from tests.support.axe import obstacles
from tests.support.schedule import LIXIA, add_reference, make_employer
from tests.web.organizers import MEMBERS, PASSWORD, TOKEN, enter, post, sign_in
from tests.web.test_organizer_booths import told

pytestmark = pytest.mark.usefixtures("week_before")

PAGE, NEW, IMPORT = "/enterprise/openings", "/enterprise/openings/new", "/enterprise/openings/import"
FORM = {
    "title_zh": "女文员",
    "occupation_code": "6",
    "skill_rank": "",
    "headcount": "2",
    "hired": "0",
    "wage_min": "5000",
    "wage_max": "7000",
    "wage_unit": "month",
    "division_code": LIXIA,
    "workplace_zh": "示例路 1 号",
    "hours_zh": "8:30–17:30",
    "insurance": "five",
    "requirements_zh": "会办公软件，<b>限女性</b>\n已婚优先",
}


@pytest.fixture
def firm(client: FlaskClient, site_engine: Engine) -> FlaskClient:
    """Sign a firm of Jinan in that has one opening, beside a fair."""
    with transaction(site_engine) as session:
        add_reference(session)
        make_fair(session, 1, booths=2, needs_review=False)
        staff = accounts.Belonging.employer(make_employer(session, 1).id, EnterpriseRole.STAFF)
        accounts.create_account(
            session, login="firm", password=PASSWORD, display_name="经办人", belonging=staff
        )
    sign_in(client, "firm")
    return client


def newest(engine: Engine) -> Opening:
    with transaction(engine) as session:
        found = session.scalars(select(Opening).order_by(Opening.id.desc())).first()
        assert found is not None
        session.expunge(found)
        return found


def count(engine: Engine) -> int:
    with transaction(engine) as session:
        return len(session.scalars(select(Opening.id)).all())


def test_an_opening_is_added_judged_in_place_put_right_and_copied(
    firm: FlaskClient, site_engine: Engine
) -> None:
    shown = told(firm, PAGE, NEW, **FORM)
    assert "岗位已加入岗位库" in shown
    assert "<mark>女文员</mark>" in shown
    assert "&lt;b&gt;<mark>限女性</mark>&lt;/b&gt;" in shown
    assert "<mark>已婚</mark>" in shown
    assert "就业促进法" in shown
    one = newest(site_engine)
    assert "改正前不能报名" in firm.get(PAGE).text
    assert f"{PAGE}/{one.id}" in firm.get(f"{PAGE}?shelf=faulty").text
    put_right = {**FORM, "title_zh": "文员", "requirements_zh": "会办公软件", "insurance": ""}
    shown = told(firm, f"{PAGE}/{one.id}", f"{PAGE}/{one.id}", **put_right)
    assert "没有发现需要改进的内容" in shown
    copied = firm.get(f"{NEW}?copy={one.id}").text
    assert 'value="文员"' in copied
    told(firm, PAGE, NEW, **put_right)
    assert count(site_engine) == 2
    assert "没有符合条件的岗位" in firm.get(f"{PAGE}?q=没有这样的").text


@pytest.mark.parametrize(
    "changes",
    [
        {"title_zh": ""},
        {"headcount": "-1"},
        {"headcount": "1e3"},
        {"wage_min": "9000"},
        {"wage_max": ""},
        {"wage_unit": "week"},
        {"division_code": "999999"},
        {"division_code": "'"},
        {"insurance": "all"},
        {"skill_rank": "x"},
        {"requirements_zh": "字" * 1001},
        {"strange": "1"},
    ],
)
def test_what_is_refused_is_said_and_what_was_typed_is_kept(
    firm: FlaskClient, site_engine: Engine, changes: dict[str, str]
) -> None:
    token = TOKEN.search(firm.get(NEW).text)
    assert token is not None
    answer = firm.post(PAGE, data={**FORM, **changes, "csrf_token": token[1]})
    assert answer.status_code in {400, 422}
    assert 'role="alert"' in answer.text
    assert 'value="示例路 1 号"' in answer.text
    assert count(site_engine) == 1


@pytest.mark.usefixtures("firm")
def test_a_browser_saves_an_opening_of_which_only_the_necessary_is_filled_in(
    app: Flask, serve: Callable[[Flask], str], page: Page, site_engine: Engine
) -> None:
    site = serve(app)
    enter(page, site, "firm", lands="**/enterprise**")
    page.goto(site + NEW)
    page.get_by_label("岗位名称").fill("焊工")
    page.get_by_label("职业大类").select_option("6")
    page.get_by_label("招聘人数").fill("2")
    page.get_by_label("工作地点").select_option(LIXIA)
    page.get_by_role("button", name="保存").click()
    page.get_by_text("岗位已加入岗位库").wait_for()
    one = newest(site_engine)
    assert (one.title_zh, one.headcount, one.hired, one.wage_min) == ("焊工", 2, 0, None)


def test_of_two_who_change_an_opening_the_second_sees_what_the_first_has_saved_and_loses_nothing(
    firm: FlaskClient, site_engine: Engine
) -> None:
    told(firm, PAGE, NEW, **FORM)
    page = f"{PAGE}/{newest(site_engine).id}"
    seen = re.findall(r'name="seen" value="([0-9a-f]+)"', firm.get(page).text)[0]
    theirs = {**FORM, "wage_min": "5500", "insurance": "", "division_code": "370100", "seen": seen}
    assert "已保存" in told(firm, page, page, **theirs)
    shown = told(firm, page, page, **{**FORM, "title_zh": "文员", "seen": seen})
    assert "别人在" in shown
    assert 'value="文员"' in shown  # what was typed stays
    said = re.findall(r"现已保存的是：<b>(.+?)</b>", shown)
    assert said == ["女文员", "5500", "（空）", "济南市"]
    assert newest(site_engine).title_zh == "女文员"


def test_an_opening_is_withdrawn_and_put_back(firm: FlaskClient, site_engine: Engine) -> None:
    page = f"{PAGE}/{newest(site_engine).id}"
    in_the_list = post(firm, f"{page}/confirm", page=PAGE, shelf="faulty")
    assert in_the_list.location == f"{PAGE}?shelf=faulty"
    assert "已撤下，活动页面不再显示" in told(firm, f"{page}/withdraw", page)
    assert "岗位1" not in firm.get(PAGE).text
    assert "岗位1" in firm.get(f"{PAGE}?shelf=withdrawn").text
    assert "已确认有效" in told(firm, f"{page}/confirm", page)
    assert "岗位1" in firm.get(PAGE).text


def test_a_table_is_imported_and_a_bad_one_comes_back_to_be_put_right(
    firm: FlaskClient, site_engine: Engine
) -> None:
    head = "岗位名称\t职业大类\t招聘人数\t工作地点\n"
    shown = told(firm, IMPORT, IMPORT, table=f"{head}焊工\t6\t两\t历下区\n钳工\t6\t2\t历下区\n")
    assert "1 行有误" in shown
    assert "“两”不是 1–9999 的整数" in shown
    assert "焊工\t6\t两\t历下区" in shown
    assert count(site_engine) == 1
    assert "已加入 1 个岗位" in told(firm, IMPORT, IMPORT, table=f"{head}焊工\t6\t2\t历下区\n")
    token = TOKEN.search(firm.get(IMPORT).text)
    assert token is not None
    file = (io.BytesIO(f"{head}焊工\t6\t2\t历下区\n".encode("gb18030")), "岗位.csv")
    answer = firm.post(IMPORT, data={"csrf_token": token[1], "table": "", "file": file})
    assert answer.status_code == 302
    assert count(site_engine) == 2
    many = head + ("焊" * 90 + "\t6\t两\t历下区\n") * 300  # what a browser sends of it is 85 kB
    form = {"csrf_token": token[1], "table": many}
    whole = firm.post(IMPORT, data=form, content_type="multipart/form-data").text
    assert ("300 行有误" in whole, "可直接在下面改正" in whole) == (True, True)
    assert "请填写“从 Excel 复制整张表" in told(firm, IMPORT, IMPORT, table=" ")
    assert firm.get(f"{PAGE}/template.xlsx").data[:2] == b"PK"


def test_a_reviewer_sees_what_is_to_be_put_right(
    client: FlaskClient, firm: FlaskClient, site_engine: Engine
) -> None:
    told(
        firm, PAGE, NEW, **{**FORM, "title_zh": "文员", "requirements_zh": "", "wage_min": "", "wage_max": ""}
    )
    with transaction(site_engine) as session:
        event = session.scalars(select(Event)).one()
        uid, event_id = event.uid, event.id
    page = f"/enterprise/events/{uid}"
    assert "已获准参加" in told(
        firm, f"{page}/register", page, booths="1", **{f"opening_{newest(site_engine).id}": "1"}
    )
    with transaction(site_engine) as session:
        bureau = session.scalars(select(Organizer.id).where(Organizer.division_code == LIXIA)).one()
        belonging = accounts.Belonging.member(bureau, [MEMBERS["county-publisher"][1]])
        accounts.create_account(
            session, login="reviewer", password=PASSWORD, display_name="审核员", belonging=belonging
        )
    reviewer = client.application.test_client()
    reviewer.environ_base["HTTP_ACCEPT"] = "text/html"
    sign_in(reviewer, "reviewer")
    shown = reviewer.get(f"/organizer/events/{event_id}/booths").text
    assert "1 家单位的岗位需要改进" in shown
    assert "未写工资（面议）" in shown


@pytest.mark.parametrize(("locale", "width"), [("zh-CN", 390), ("zh-CN", 1440), ("en-GB", 390)])
def test_everyone_can_use_the_pages(  # noqa: PLR0913, PLR0917 - fixtures
    app: Flask,
    serve: Callable[[Flask], str],
    browser: Browser,
    firm: FlaskClient,
    site_engine: Engine,
    locale: str,
    width: int,
) -> None:
    told(firm, PAGE, NEW, **FORM)
    one, site, found = newest(site_engine).id, serve(app), []
    with browser.new_context(
        locale=locale, viewport={"width": width, "height": 844}, bypass_csp=True
    ) as opened:
        tab = opened.new_page()
        enter(tab, site, "firm", lands="**/enterprise**")
        for path in (PAGE, f"{PAGE}?shelf=withdrawn", NEW, f"{PAGE}/{one}", IMPORT):
            tab.goto(site + path)
            found += [f"{path} {one}" for one in obstacles(tab)]
    assert found == []
