"""A bureau looks after a livestream on its page: turns, channel, links, run sheet, cards and codes."""

import re
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, select

from scheduler.arranging import arrange_due
from scheduler.database import reading, transaction
from scheduler.models import Event, Livestream, LivestreamState, Message, RunSheet, StreamTurn
from scheduler.runsheets import from_rows
from tests.web.organizers import post, sign_in
from tests.web.streams import World, add_world, publish_sheet


@pytest.fixture
def world(site_engine: Engine) -> World:
    return add_world(site_engine)


def page_of(world: World) -> str:
    return f"/organizer/livestreams/{world.event}"


def stream(engine: Engine, world: World) -> Livestream:
    with reading(engine) as session:
        found = session.get_one(Livestream, world.event)
        session.expunge(found)
        return found


def firms(engine: Engine) -> list[int | None]:
    with reading(engine) as session:
        sheet = session.scalars(select(RunSheet).order_by(RunSheet.version.desc())).first()
        assert sheet is not None
        return [line.enterprise_id for line in from_rows(sheet.lines) if line.enterprise_id]


def test_the_list_says_how_far_each_livestream_is(
    client: FlaskClient, site_engine: Engine, world: World
) -> None:
    sign_in(client, "planner")
    text = client.get("/organizer/livestreams?quarter=2027Q1").text
    assert "3 / 6" in text
    assert "未排" in text
    publish_sheet(site_engine, world)
    assert "v1 现行" in client.get("/organizer/livestreams?quarter=2027Q1").text


def test_turns_are_opened_changed_and_closed(client: FlaskClient, site_engine: Engine, world: World) -> None:
    sign_in(client, "planner")
    page = page_of(world)
    assert post(client, f"{page}/turns", page=page, turns="5").status_code == 302
    assert stream(site_engine, world).turns == 5
    refused = post(client, f"{page}/turns", page=page, turns="2")
    assert (refused.status_code, "场次数应为 3 到 7" in refused.text) == (422, True)
    assert post(client, f"{page}/turns/close", page=page).status_code == 302
    assert stream(site_engine, world).state is LivestreamState.CLOSED


def test_a_channel_and_links_are_kept_and_foreign_hosts_refused(
    client: FlaskClient, site_engine: Engine, world: World
) -> None:
    sign_in(client, "planner")
    page = page_of(world)
    assert post(client, f"{page}/channel", page=page, channel=str(world.channel)).status_code == 302
    good = "https://live.douyin.com/123"
    assert post(client, f"{page}/links", page=page, stream_url=good).status_code == 302
    assert stream(site_engine, world).channel_id == world.channel
    assert stream(site_engine, world).stream_url == good
    for bad in (
        "http://live.douyin.com/1",
        "https://evil-douyin.com/1",
        "https://douyin.com.evil.example/1",
        "https://user@live.douyin.com/1",
        "https://live.douyin.com:8443/1",
        "javascript:alert(1)",
    ):
        refused = post(client, f"{page}/links", page=page, stream_url=bad)
        assert (refused.status_code, "这个链接不能使用" in refused.text) == (422, True)
        assert f'value="{bad}"' in refused.text  # to be mended, not typed again
    assert stream(site_engine, world).stream_url == good


def test_a_link_that_a_colleague_has_set_meanwhile_is_not_wiped_out(
    client: FlaskClient, site_engine: Engine, world: World
) -> None:
    sign_in(client, "planner")
    page = page_of(world)
    seen = re.findall(r'name="seen" value="([0-9a-f]+)"', client.get(page).text)[0]
    on_air, again = "https://live.douyin.com/123", "https://www.douyin.com/video/1"
    assert post(client, f"{page}/links", page=page, stream_url=on_air, seen=seen).status_code == 302
    refused = post(client, f"{page}/links", page=page, replay_url=again, seen=seen)
    assert (refused.status_code, f'value="{again}"' in refused.text) == (409, True)
    assert re.findall(r"现已保存的是：<b>(.+?)</b>", refused.text) == [on_air, "（空）"]
    assert stream(site_engine, world).stream_url == on_air


def test_a_run_sheet_from_draft_to_letters(client: FlaskClient, site_engine: Engine, world: World) -> None:
    sign_in(client, "publisher")
    page = page_of(world)
    one, two, three, _ = world.firms
    assert post(client, f"{page}/sheet", page=page).status_code == 302
    edit: dict[str, Any] = {"page": page, "revision": "1", "do": "down", "index": "1"}
    assert post(client, f"{page}/sheet/edits", **edit).status_code == 302
    assert firms(site_engine) == [two, one, three]
    stale = post(client, f"{page}/sheet/edits", **edit)
    assert (stale.status_code, "刚刚被别人修改" in stale.text) == (409, True)
    assert post(client, f"{page}/sheet/undo", page=page, revision="2").status_code == 302
    assert firms(site_engine) == [one, two, three]
    assert post(client, f"{page}/sheet/publish", page=page, revision="3").status_code == 302
    with reading(site_engine) as session:
        assert session.scalars(select(Message.recipient)).all() == ["firm"]
    shown = client.get(page).text
    assert "v1 现行" in re.sub(r"\s+", " ", shown)
    assert shown.count('class="turn"') == 3


def test_the_solver_is_asked_and_the_page_waits_for_its_draft(
    client: FlaskClient, site_engine: Engine, world: World
) -> None:
    sign_in(client, "planner")
    page = page_of(world)
    assert post(client, f"{page}/sheet/order", page=page).status_code == 302
    assert "正在自动排定" in client.get(page).text
    assert arrange_due(site_engine) == 1
    text = client.get(page).text
    assert "正在自动排定" not in text
    assert "已自动排定" in text
    assert sorted(firm or 0 for firm in firms(site_engine)) == list(world.firms[:3])


def test_a_planner_does_not_publish(client: FlaskClient, site_engine: Engine, world: World) -> None:
    publish_sheet(site_engine, world)
    sign_in(client, "planner")
    page = page_of(world)
    post(client, f"{page}/sheet", page=page)
    assert post(client, f"{page}/sheet/publish", page=page, revision="1").status_code == 403


def test_faults_stand_on_the_page_and_block_publishing(
    client: FlaskClient, site_engine: Engine, world: World
) -> None:
    sign_in(client, "publisher")
    page = page_of(world)
    post(client, f"{page}/sheet", page=page)
    for revision in range(1, 12):
        edit = {"revision": str(revision), "do": "shorter", "index": "1"}
        assert post(client, f"{page}/sheet/edits", page=page, **edit).status_code == 302
    text = client.get(page).text
    assert "只有 14 分钟，每家至少 15 分钟" in text
    assert re.search(r"<button[^>]*disabled[^>]*>发布流程单", text)
    refused = post(client, f"{page}/sheet/publish", page=page, revision="12")
    assert (refused.status_code, "流程单还有 1 处问题" in refused.text) == (409, True)


def test_a_firm_whose_turn_is_taken_back_is_named_on_the_sheet(
    client: FlaskClient, site_engine: Engine, world: World
) -> None:
    publish_sheet(site_engine, world)
    sign_in(client, "planner")
    page = page_of(world)
    assert post(client, f"{page}/turns/{world.firms[1]}/release", page=page).status_code == 302
    with reading(site_engine) as session:
        left = session.scalars(select(StreamTurn.enterprise_id).order_by(StreamTurn.enterprise_id)).all()
    assert left == [world.firms[0], world.firms[2]]
    assert "第 3 行的单位已退出" in client.get(page).text


def test_the_cards_say_what_the_host_needs_and_the_codes_lead_to_openings(
    client: FlaskClient, site_engine: Engine, world: World
) -> None:
    publish_sheet(site_engine, world)
    sign_in(client, "planner")
    cards = client.get(f"{page_of(world)}/cards").text
    said = (
        "示例企业1",
        "生产汽车零部件",
        "5,000–8,000",
        "8:00–17:00，双休",
        "五险",
        "包吃住吗",
        "不能说的话",
    )
    assert [text for text in said if text not in cards] == []
    english = client.get(f"{page_of(world)}/cards?language=en").text
    kept = ("示例企业1", "Words not to say", "5,000–8,000 yuan a month", "Run sheet")
    assert [text for text in kept if text not in english] == []
    codes = client.get(f"{page_of(world)}/codes").text
    assert codes.count("data:image/svg+xml") == 6


def test_only_livestreams_have_such_a_page(client: FlaskClient, site_engine: Engine, world: World) -> None:
    with transaction(site_engine) as session:
        event = session.get_one(Event, world.event)
        event.kind = type(event.kind).CAMPUS
    sign_in(client, "planner")
    assert client.get(page_of(world)).status_code == 404


def test_a_city_keeps_its_channels_and_a_bureau_its_rules(client: FlaskClient, world: World) -> None:
    sign_in(client, "city")
    page = "/organizer/livestreams/channels"
    new = {"city": "370100", "platform": "wechat", "name_zh": "济南人社", "name_en": "", "verified": "1"}
    assert post(client, page, page=page, **new).status_code == 302
    again = post(client, page, page=page, **new)
    assert (again.status_code, "已登记了名为“济南人社”" in again.text) == (409, True)
    assert post(client, f"{page}/{world.channel}/retire", page=page).status_code == 302
    rules = {
        "least_minutes": "10",
        "most_minutes": "30",
        "lead_minutes": "3",
        "closes_lead_days": "3",
        "cancel_lead_days": "2",
        "checklist": "warn",
    }
    target = "/organizer/livestreams/rules"
    assert post(client, target, page=page, **rules).status_code == 302
    assert "本单位" in client.get(page).text
    refused = post(client, target, page=page, **{**rules, "least_minutes": "40"})
    assert refused.status_code == 422
