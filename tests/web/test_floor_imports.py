"""Floor plans from files on the page: looked at first, kept on demand as a new version, by who may."""

import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Page
from sqlalchemy import Engine, select
from werkzeug.test import TestResponse

from scheduler.database import reading
from scheduler.models import Booth, FloorPlan
from tests.scheduler.importing.plans.test_dxf import hall, octets
from tests.scheduler.importing.plans.test_listed import comma
from tests.support.axe import obstacles
from tests.web.organizers import TOKEN, World, add_world, enter, post, sign_in

SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg"><g id="hall"><rect width="20" height="15"/></g>'
    b'<g id="L1"><rect id="A1" x="3" y="3" width="3" height="3"/></g></svg>'
)
HIDDEN = re.compile(r'name="(drawing|sketch)" value="([^"]+)"')


@pytest.fixture
def world(site_engine: Engine, client: FlaskClient) -> World:
    world = add_world(site_engine)
    sign_in(client, "city-planner")
    return world


@pytest.fixture
def page(world: World) -> str:
    return f"/organizer/venues/{world.venue}/floors/import"


def send(client: FlaskClient, page: str, content: bytes, name: str = "hall.dxf") -> TestResponse:
    token = TOKEN.search(client.get(page).text)
    assert token is not None
    data: dict[str, Any] = {"csrf_token": token[1], "name": "新图", "file": (io.BytesIO(content), name)}
    return client.post(page, data=data, content_type="multipart/form-data")


def kept(engine: Engine) -> list[str]:
    with reading(engine) as session:
        return list(session.scalars(select(Booth.code).join(FloorPlan).order_by(Booth.code)))


def carried(answer: TestResponse) -> dict[str, Any]:
    return dict(HIDDEN.findall(answer.text))


def test_a_list_is_looked_at_and_then_kept_as_a_new_version(
    client: FlaskClient, page: str, site_engine: Engine
) -> None:
    template = client.get("/organizer/floors/template.xlsx").data
    seen = send(client, page, template, "任何名字.bin")
    assert seen.status_code == 200
    assert "尚未保存" in seen.text
    assert seen.text.count('class="booth plain"') + seen.text.count('class="booth faulty"') == 4
    assert kept(site_engine) == []
    answer = post(client, f"{page}/keep", page=page, name="新图", drawing=carried(seen)["drawing"])
    assert answer.status_code == 302
    assert kept(site_engine) == ["A01", "A02", "B01", "B02"]
    shown = client.get(answer.headers["Location"]).text
    assert "第 1 版" in shown
    assert "已导入为新版本" in shown


def test_a_list_with_faults_names_rows_and_columns_and_offers_nothing_to_keep(
    client: FlaskClient, page: str, site_engine: Engine
) -> None:
    wrong = comma(("编号", "x", "y", "宽", "深"), ("A1", "0", "0", "3", "3"), ("A1", "x", "0", "3", ""))
    seen = send(client, page, wrong, "booths.csv")
    assert seen.status_code == 422
    assert re.search(r'<th scope="row" class="figures">3</th><td>距西边</td><td>“x”不是数字</td>', seen.text)
    assert re.search(r'<th scope="row" class="figures">3</th><td>深</td><td>不能为空</td>', seen.text)
    assert "drawing" not in carried(seen)
    assert kept(site_engine) == []


def test_layers_and_units_are_guessed_and_decided_by_people(
    client: FlaskClient, page: str, site_engine: Engine
) -> None:
    seen = send(client, page, SVG)
    assert seen.status_code == 422
    assert "没有任何图层被选作展位" in seen.text
    choice = {"name": "新图", "sketch": carried(seen)["sketch"], "layer-0": "hall", "layer-1": "booth"}
    again = post(client, f"{page}/layers", page=page, unit="1000", **choice)
    assert again.status_code == 200
    assert '<option value="booth" selected>' in again.text
    huge = post(client, f"{page}/layers", page=page, unit="1000000", **choice)
    assert "请核对单位" in huge.text
    assert post(client, f"{page}/layers", page=page, unit="-1", **choice).status_code == 400
    assert (
        post(client, f"{page}/layers", page=page, unit="1", **(choice | {"layer-1": "x"})).status_code == 400
    )
    post(client, f"{page}/keep", page=page, name="新图", drawing=carried(again)["drawing"])
    assert kept(site_engine) == ["A1"]


def test_a_dxf_keeps_its_unit_and_codes(client: FlaskClient, page: str, site_engine: Engine) -> None:
    seen = send(client, page, octets(hall("R2018")))
    assert seen.status_code == 200
    assert (
        'name="unit" inputmode="decimal" pattern="[0-9]{1,7}([.][0-9]{1,6})?" required value="1"' in seen.text
    )
    post(client, f"{page}/keep", page=page, name="新图", drawing=carried(seen)["drawing"])
    assert kept(site_engine) == ["A01", "A02"]


def test_what_a_page_carries_cannot_be_altered_nor_brought_elsewhere(
    app: Flask, client: FlaskClient, world: World, page: str, site_engine: Engine
) -> None:
    token = carried(send(client, page, octets(hall("R2018"))))["drawing"]
    assert post(client, f"{page}/keep", page=page, name="x", drawing=token[:-2] + "xx").status_code == 422
    assert post(client, f"{page}/layers", page=page, name="x", sketch=token, unit="1").status_code == 422
    other = app.test_client()
    sign_in(other, "province-publisher")
    assert post(other, f"{page}/keep", page="/organizer", name="x", drawing=token).status_code == 422
    assert kept(site_engine) == []


@pytest.mark.parametrize(
    "content", [b"AC1032", b"<svg><script/></svg>", b"\x89PNG\r\n", b"<!DOCTYPE svg [<!ENTITY a 'b'>]><svg/>"]
)
def test_what_is_no_plan_is_refused_on_the_page(client: FlaskClient, page: str, content: bytes) -> None:
    answer = send(client, page, content)
    assert answer.status_code == 422
    assert "未保存任何内容" in answer.text
    assert post(client, page, page=page, name="新图").status_code == 400


def test_everybody_can_import(page: str, app: Flask, serve: Callable[[Flask], str], glancing: Page) -> None:
    site = serve(app)
    enter(glancing, site, "city-planner")
    glancing.goto(site + page)
    _is_fit(glancing)
    glancing.set_input_files(
        "#file", {"name": "h.dxf", "mimeType": "image/dxf", "buffer": octets(hall("R2018"))}
    )
    glancing.click("main form .primary")
    glancing.wait_for_selector("svg.floor-plan")
    _is_fit(glancing)
    glancing.select_option("#layer-2", "nothing")
    glancing.click("[action$=layers] button")
    glancing.wait_for_selector(".notice.stop")
    _is_fit(glancing)


def _is_fit(glancing: Page) -> None:
    assert glancing.locator("h1").count() == 1
    assert obstacles(glancing) == []
