"""What came of each opening is typed in or imported, row by row, and leads into the recording."""

import io
import re
from typing import Any

import pytest
from flask.testing import FlaskClient
from python_calamine import CalamineWorkbook
from sqlalchemy import Engine, select
from werkzeug.test import TestResponse

from scheduler.database import reading
from scheduler.models import StreamOpening
from tests.web.organizers import TOKEN, post, sign_in
from tests.web.streams import World, add_world, broadcast, publish_sheet


@pytest.fixture
def world(site_engine: Engine, client: FlaskClient) -> World:
    world = add_world(site_engine)
    publish_sheet(site_engine, world)
    broadcast(site_engine, world)
    sign_in(client, "planner")
    return world


def page_of(world: World) -> str:
    return f"/organizer/livestreams/{world.event}"


def counts(engine: Engine) -> dict[int, tuple[int | None, int | None, int | None]]:
    with reading(engine) as session:
        rows = session.scalars(select(StreamOpening).order_by(StreamOpening.opening_id))
        return {row.opening_id: (row.replay_second, row.views, row.resumes) for row in rows}


def upload(client: FlaskClient, world: World, content: bytes, name: str = "counts.csv") -> TestResponse:
    page = page_of(world)
    found = TOKEN.search(client.get(page).text)
    assert found is not None
    data: dict[str, Any] = {"csrf_token": found[1], "file": (io.BytesIO(content), name)}
    return client.post(f"{page}/counts/import", data=data, content_type="multipart/form-data")


def table(*rows: tuple[object, ...]) -> bytes:
    lines = [("岗位编号", "单位", "岗位", "回放时间", "观看次数", "简历份数"), *rows]
    return "\r\n".join(",".join(f'"{cell}"' for cell in line) for line in lines).encode("gb18030")


def test_what_is_typed_in_of_one_firm_is_kept(client: FlaskClient, site_engine: Engine, world: World) -> None:
    one, two = world.openings
    form = {f"replay-{one}": "5:30", f"views-{one}": "1,200", f"resumes-{one}": "14", f"replay-{two}": ""}
    page = page_of(world)
    assert post(client, f"{page}/counts/{world.firms[0]}", page=page, **form).status_code == 302
    kept = counts(site_engine)
    assert (kept[one], kept[two]) == ((330, 1200, 14), (None, None, None))
    assert sum(value != (None, None, None) for value in kept.values()) == 1
    wrong = {f"replay-{one}": "5:99", f"views-{one}": "1,300"}
    bad = post(client, f"{page}/counts/{world.firms[0]}", page=page, **wrong)
    assert (bad.status_code, "有 1 处填写有误" in bad.text) == (422, True)
    assert re.search(rf'name="replay-{one}"[^>]* value="5:99" aria-invalid="true"', bad.text)
    assert 'value="1,300"' in bad.text  # what was typed beside it stays
    assert counts(site_engine) == kept


def test_a_table_is_imported_whole(client: FlaskClient, site_engine: Engine, world: World) -> None:
    one, two = world.openings
    answer = upload(client, world, table((one, "", "", "0:05:30", "900", "3"), (two, "", "", "", "", "0")))
    assert (answer.status_code, "共 2 行，更新了 2 个岗位" in answer.text) == (200, True)
    assert (counts(site_engine)[one], counts(site_engine)[two]) == ((330, 900, 3), (None, None, 0))


def test_one_wrong_row_keeps_everything_out_and_each_row_has_its_verdict(
    client: FlaskClient, site_engine: Engine, world: World
) -> None:
    one, two = world.openings
    fine, wrong, again = (one, "", "", "5:30", "9", "3"), (two, "", "", "x", "many"), (one, "", "", "5:30")
    answer = upload(client, world, table(fine, wrong, again, (77777,)))
    assert answer.status_code == 422
    said = ("3 行有误", "其余 1 行已通过", "“x”", "“many”", "与前面的行重复", "不在本场展示的岗位中")
    assert [text for text in said if text not in answer.text] == []
    assert set(counts(site_engine).values()) == {(None, None, None)}


@pytest.mark.parametrize("content", [b"", b"a,b\r\n1,2\r\n", b"\xff\xfe\x00", b"PK\x03\x04 broken", b"\0"])
def test_what_is_no_such_table_is_refused(client: FlaskClient, world: World, content: bytes) -> None:
    answer = upload(client, world, content)
    assert (answer.status_code, "无法读取这个文件" in answer.text) == (422, True)


def test_the_template_comes_back_as_it_went_out(
    client: FlaskClient, site_engine: Engine, world: World
) -> None:
    one, _ = world.openings
    page = page_of(world)
    post(client, f"{page}/counts/{world.firms[0]}", page=page, **{f"replay-{one}": "1:02:05"})
    before = counts(site_engine)
    octets = client.get(f"{page}/counts.xlsx").data
    rows = CalamineWorkbook.from_filelike(io.BytesIO(octets)).get_sheet_by_index(0).to_python()
    assert rows[1] == [str(one), "示例企业1", "岗位1", "1:02:05", "", ""]
    assert upload(client, world, octets, "counts.xlsx").status_code == 200
    assert counts(site_engine) == before


def test_everybody_jumps_from_the_index_into_the_recording(
    client: FlaskClient, site_engine: Engine, world: World
) -> None:
    one, two = world.openings
    page = page_of(world)
    post(client, f"{page}/counts/{world.firms[0]}", page=page, **{f"replay-{one}": "5:30"})
    replay = client.get(f"/events/{world.uid}/replay").text
    assert 'href="https://www.bilibili.com/video/BV1?t=330"' in replay
    assert "示例企业2" not in replay  # whose openings have no second yet
    public = client.get(f"/events/{world.uid}").text
    beside_its_time, _, with_the_sheet = public.partition('id="on-air"')
    assert [part.count("看回放") for part in (beside_its_time, with_the_sheet)] == [1, 0]
    assert "5:30" in client.get(f"/events/{world.uid}/openings/{one}").text
    assert client.get(f"/events/{world.uid}/openings/{two}").status_code == 200
