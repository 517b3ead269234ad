"""The pages of an event's safety: noted by who plans, read by others, its papers in one file."""

import io
import re
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Page
from pypdf import PdfReader
from python_calamine import CalamineWorkbook
from sqlalchemy import Engine
from werkzeug.test import TestResponse

from scheduler.database import reading, transaction
from scheduler.models import Event
from scheduler.models.safety import SafetyKind, SafetyState, SafetyStep
from tests.scheduler.booking.rows import booths_of, confirmed, make_fair, make_firms
from tests.support.axe import obstacles
from tests.support.papers import pdf
from tests.support.statements import selected
from tests.web.organizers import TOKEN, World, add_world, enter, post, sign_in

pytestmark = pytest.mark.usefixtures("week_before")


@pytest.fixture
def world(site_engine: Engine) -> World:
    return add_world(site_engine)


@pytest.fixture
def fair(world: World, site_engine: Engine) -> int:
    """Add a fair of 1,200 people in Lixia with a firm in A1."""
    assert world
    with transaction(site_engine) as session:
        event = make_fair(session, 50, event={"people": 1_200, "title_zh": "泉城招聘会"})
        (firm,) = make_firms(session, 1, event, first=60)
        confirmed(session, event, firm, booths_of(session, event)[0])
        return event.id


def send(client: FlaskClient, page: str, kind: str, **said: Any) -> TestResponse:  # noqa: ANN401
    token = TOKEN.search(client.get(page).text)
    assert token is not None
    data = {"csrf_token": token[1], **said}
    return client.post(f"{page}/{kind}", data=data, content_type="multipart/form-data")


def test_matters_are_noted_with_a_paper_that_can_be_taken_out_again(
    app: Flask, client: FlaskClient, fair: int, site_engine: Engine
) -> None:
    sign_in(client, "city-planner")
    page = f"/organizer/events/{fair}/safety"
    shown = client.get(page).text
    assert shown.count('<section class="safety-step"') == 13
    assert "! 已过期" in shown
    paper = (io.BytesIO(pdf()), "决定书.pdf")
    assert send(client, page, "permit", state="done", number="公许1号", paper=paper).status_code == 302
    again = client.get(page).text
    assert "✓ 已办妥" in again
    assert "公许1号" in again
    of_permit = again.partition('<section class="safety-step" id="permit"')[2].partition("</section>")[0]
    assert (again.count("已记录“"), of_permit.count("已记录“")) == (1, 1)  # said where it was done
    answer = client.get(f"{page}/permit/paper")
    assert answer.data == pdf()
    assert answer.headers["Content-Disposition"].startswith("attachment")
    refused = send(client, page, "fire", state="not_needed")
    assert refused.status_code == 422
    assert "写明理由" in refused.text
    late = send(client, page, "fire", state="done", due="2099-01-01", note="已约消防站")
    assert (late.status_code, "期限不能晚于活动举办日" in late.text) == (422, True)
    assert 'value="已约消防站"' in late.text  # what was typed is kept
    for wrong in ({"state": "x"}, {"state": "done", "due": "soon"}, {"state": "done", "owner": "-1"}):
        assert send(client, page, "fire", **wrong).status_code == 400
    assert send(client, page, "magic", state="done").status_code == 404
    foreign = app.test_client()
    sign_in(foreign, "sister-publisher")
    assert foreign.get(f"{page}/permit/paper").status_code == 404
    with reading(site_engine) as session:
        assert session.get_one(SafetyStep, (fair, SafetyKind.PERMIT)).state is SafetyState.DONE


def test_of_two_who_note_a_matter_the_second_sees_what_the_first_has_saved_and_loses_nothing(
    client: FlaskClient, fair: int, site_engine: Engine
) -> None:
    sign_in(client, "city-planner")
    page = f"/organizer/events/{fair}/safety"
    assert send(client, page, "fire", seen="0", state="done", number="消1号").status_code == 302
    refused = send(client, page, "fire", seen="0", state="handed_in", note="已约消防站")
    assert refused.status_code == 409
    assert 'value="已约消防站"' in refused.text
    assert re.findall(r"现已保存的是：<b>(.+?)</b>", refused.text) == ["已办妥", "消1号", "（空）"]
    form = refused.text.partition("/safety/fire")[2]
    seen = re.findall(r'name="seen" value="([0-9a-f]+)"', form)[0]
    assert send(client, page, "fire", seen=seen, state="handed_in", note="已约消防站").status_code == 302
    with reading(site_engine) as session:
        assert session.get_one(SafetyStep, (fair, SafetyKind.FIRE)).note == "已约消防站"


def test_the_pack_holds_every_paper_and_invents_nothing(client: FlaskClient, fair: int) -> None:
    sign_in(client, "city-planner")
    page = f"/organizer/events/{fair}/safety"
    send(client, page, "emergency_plan", state="done", paper=(io.BytesIO(pdf()), "../预案.pdf"))
    answer = client.get(f"/organizer/events/{fair}/pack.zip")
    assert answer.content_type == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.data)) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    assert list(parts) == [
        "01 招聘会备案表.pdf",
        "02 大型群众性活动安全许可申请书.pdf",
        "03 安全事项清单.pdf",
        "04 应急联系人（待填写）.pdf",
        "05 展位图.pdf",
        "06 展位清单.xlsx",
        "附件/应急预案 预案.pdf",
    ]
    request = read(parts["02 大型群众性活动安全许可申请书.pdf"])
    known = (
        "泉城招聘会",
        "2027年1月5日",
        "1,200人",
        "致：县（市、区）公安机关",
        "应急预案：已办妥（附文件）",
    )
    assert [one for one in known if one not in request] == []
    assert request.count("（待填写）") == 4
    assert "公安安全许可" in read(parts["03 安全事项清单.pdf"])
    contacts = read(parts["04 应急联系人（待填写）.pdf"])
    assert set(re.findall(r"\d{3,}", contacts.replace("2027", ""))) == {"119", "120", "110"}
    rows = (
        CalamineWorkbook.from_filelike(io.BytesIO(parts["06 展位清单.xlsx"]))
        .get_sheet_by_index(0)
        .to_python()
    )
    assert rows[1][0] == "A1"
    assert rows[1][-1] == "示例企业60"
    assert parts["附件/应急预案 预案.pdf"] == pdf()


def test_the_yearly_filing_is_asked_for_by_the_rule_noted_taken_back_and_listed(
    client: FlaskClient, world: World, site_engine: Engine
) -> None:
    assert world
    sign_in(client, "city-publisher")
    board = "/organizer/safety"
    assert "定期招聘会计划待备案" not in client.get("/organizer").text
    wrong = post(client, f"{board}/rules", page=board, publishing="warn", annual_month="2", annual_day="30")
    assert (wrong.status_code, "并非每年都有 2 月 30 日" in wrong.text) == (422, True)
    assert '<option value="30" selected>' in wrong.text
    set_ = post(client, f"{board}/rules", page=board, publishing="warn", annual_month="12", annual_day="15")
    assert set_.status_code == 302
    assert "2027 年定期招聘会计划待备案" in client.get("/organizer").text
    with selected(site_engine) as asked:
        client.get(board)
    assert sum("FROM safety_rules" in one for one in asked) == 1
    filed = {"year": "2027", "filed_on": "2026-12-20", "number": "济人社备 8 号"}
    ahead = post(client, f"{board}/annual", page=board, **{**filed, "filed_on": "2026-12-29"})
    assert (ahead.status_code, 'value="济人社备 8 号"' in ahead.text) == (422, True)
    assert post(client, f"{board}/annual", page=board, **{**filed, "number": ""}).status_code == 400
    assert post(client, f"{board}/annual", page=board, **filed).status_code == 302
    assert post(client, f"{board}/annual", page=board, **filed).status_code == 409
    assert "济人社备 8 号" in client.get(board).text
    assert "定期招聘会计划待备案" not in client.get("/organizer").text
    file = io.BytesIO(client.get(f"{board}/annual.xlsx?year=2027").data)
    titles = [row[2] for row in CalamineWorkbook.from_filelike(file).get_sheet_by_index(0).to_python()]
    assert titles[:2] == ["招聘会", "第1场招聘会"]
    assert {*titles[2:]} == {"（尚未编排，依据：二(二)）"}
    assert post(client, f"{board}/annual/undo", page=board, year="2027").status_code == 302
    assert post(client, f"{board}/annual/undo", page=board, year="2027").status_code == 409
    assert "2027 年定期招聘会计划待备案" in client.get("/organizer").text


def read(content: bytes) -> str:
    pages = PdfReader(io.BytesIO(content)).pages
    return re.sub(r"\s", "", "".join(page.extract_text() for page in pages))


def test_a_small_fair_asks_for_no_permit(client: FlaskClient, world: World, site_engine: Engine) -> None:
    sign_in(client, "city-auditor")
    address = f"/organizer/events/{world.published}"
    with transaction(site_engine) as session:
        session.get_one(Event, world.published).people = 999
    with zipfile.ZipFile(io.BytesIO(client.get(f"{address}/pack.zip").data)) as packed:
        assert not any("许可" in name or "展位" in name for name in packed.namelist())
    page = client.get(f"{address}/safety").text
    assert "公安安全许可" not in page
    assert '<form class="sheet safety-form"' not in page


def test_the_rule_of_publishing_is_set_by_publishers_and_said_where_it_matters(
    client: FlaskClient, fair: int, world: World
) -> None:
    assert fair
    sign_in(client, "city-publisher")
    board = "/organizer/safety"
    assert "公安安全许可" in client.get(board).text
    assert "项安全事项待办" in client.get("/organizer").text
    post(client, f"{board}/rules", page=board, publishing="block")
    assert "<b>有过期未办的安全事项时不得发布</b>" in client.get(board).text
    assert post(client, f"{board}/rules", page=board, publishing="maybe").status_code == 400
    publish = client.get(f"/organizer/plans/{world.draft}/publish").text
    assert "的安全事项已过期未办" in publish
    held = post(client, f"/organizer/plans/{world.draft}/publish", page=board)
    assert held.status_code == 409
    post(client, f"{board}/rules/withdraw", page=board)
    assert "<b>只提醒，可以发布</b>" in client.get(board).text


def test_everybody_can_use_the_pages(
    app: Flask, fair: int, serve: Callable[[Flask], str], glancing: Page
) -> None:
    site = serve(app)
    enter(glancing, site, "city-publisher")
    for path in (f"/organizer/events/{fair}/safety", "/organizer/safety"):
        glancing.goto(site + path)
        for closed in glancing.locator("main details:not([open]) summary").all()[:2]:
            closed.press("Enter")
        assert glancing.locator("h1").count() == 1
        assert obstacles(glancing) == []
