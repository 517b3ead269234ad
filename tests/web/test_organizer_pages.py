"""What the workbench's pages tell."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, update

from scheduler.database import transaction
from scheduler.models import Event, Placement, PlanRun, RunState
from tests.web.organizers import World, add_world, post, sign_in


@pytest.fixture
def world(site_engine: Engine, client: FlaskClient) -> World:
    world = add_world(site_engine)
    sign_in(client, "city-publisher")
    return world


def _text(html: str) -> str:
    """Return what a reader sees of a page, tags and runs of blanks taken out."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def test_today_lists_the_draft_the_gap_and_the_permit(client: FlaskClient, world: World) -> None:
    page = _text(client.get("/organizer?quarter=2027Q1").text)
    assert f"草案待发布 #{world.draft} 2027Q1 · 济南市" in page
    assert "任务缺口 11 场" in page
    assert "12月16日 周三" in page  # 20 days before 5 January


def test_the_board_counts_what_is_there_and_what_is_missing(client: FlaskClient, world: World) -> None:
    html = client.get("/organizer/duties?quarter=2027Q1").text
    cells = re.findall(r'<td class="figure (met|lacking|late|waived)"', html)
    assert (cells.count("met"), cells.count("lacking")) == (1, 11)
    assert "每周至少举办一次专业性招聘活动" in html


def test_a_waiver_fills_its_cell_and_keeps_its_reason(client: FlaskClient, world: World) -> None:
    form = {
        "quarter": "2027Q1",
        "region": "370102",
        "duty": "Q02",
        "period": "2027-W03",
        "reason": "全周停工",
    }
    post(client, "/organizer/duties/waivers", page="/organizer", **form)
    html = client.get("/organizer/duties?quarter=2027Q1").text
    assert 'title="全周停工">免 0' in html
    assert _text(html).count("○ 0") == 10


def test_a_waiver_is_withdrawn_only_when_confirmed(client: FlaskClient, world: World) -> None:
    cell = {"quarter": "2027Q1", "region": "370102", "duty": "Q02", "period": "2027-W03"}
    post(client, "/organizer/duties/waivers", page="/organizer", reason="全周停工", **cell)
    panel = client.get("/organizer/duties", query_string=cell).text
    action = re.findall(r'action="([^"]+/withdraw)"', panel)[0]
    answers = [
        post(client, action, page="/organizer", quarter="2027Q1", **form).status_code
        for form in ({}, {"confirmed": "yes"}, {"confirmed": "yes"})
    ]
    assert answers == [400, 302, 404]
    assert _text(client.get("/organizer/duties?quarter=2027Q1").text).count("○ 0") == 11


def test_the_sum_of_a_county_can_be_checked_by_hand(client: FlaskClient, world: World) -> None:
    assert "12 周 × 1 = 12" in _text(client.get("/organizer/duties/sums?quarter=2027Q1").text)


def test_a_draft_says_how_it_differs_from_what_is_in_force(client: FlaskClient, world: World) -> None:
    page = _text(client.get(f"/organizer/plans/{world.draft}").text)
    for sentence in ("1 场将首次公开", "1 场改时间或场地", "0 场保持原样", "0 场已发布但未排入"):
        assert sentence in page


@pytest.mark.parametrize(("change", "title"), [("new", "第2场招聘会"), ("moved", "第1场招聘会")])
def test_each_difference_opens_its_events(client: FlaskClient, world: World, change: str, title: str) -> None:
    page = client.get(f"/organizer/plans/{world.draft}?change={change}").text
    assert re.findall(r"第\d场招聘会", page) == [title]


def test_what_was_left_out_tells_its_reason(client: FlaskClient, world: World) -> None:
    page = _text(client.get(f"/organizer/plans/{world.draft}?view=left-out").text)
    assert "第3场招聘会" in page
    assert "没有空闲场地" in page


def test_the_week_shows_counties_without_events_too(client: FlaskClient, world: World) -> None:
    page = client.get(f"/organizer/plans/{world.draft}?view=calendar&week=2027-W01").text
    rows = re.findall(r'<th scope="row" rowspan="1" title="([^"]*)">', page)
    assert rows == ["济南市：无活动", "历下区 济南市"]
    assert page.count('class="strip professional') == 2


def test_the_week_shown_first_is_the_first_that_lies_wholly_in_the_quarter(
    client: FlaskClient, world: World
) -> None:
    page = client.get("/organizer/events?quarter=2098Q1&view=calendar").text  # it begins on a Wednesday
    assert re.findall(r'<b class="figures">(\S+)', page) == ["2098-W02"]


@pytest.mark.parametrize(("hour", "marks"), [(6, 0), (10, 1)])  # in UTC: 14:00 and 18:00
def test_an_evening_event_is_marked(
    client: FlaskClient, site_engine: Engine, world: World, hour: int, marks: int
) -> None:
    starts_at = datetime(2027, 1, 8, hour, tzinfo=UTC)
    with transaction(site_engine) as session:
        session.execute(update(Placement).values(starts_at=starts_at, ends_at=starts_at + timedelta(hours=2)))
    page = client.get(f"/organizer/plans/{world.draft}?view=calendar&region=370102&week=2027-W01").text
    assert page.count('<b class="evening">晚</b>') == marks * page.count('class="strip ')


def test_the_panel_tells_the_wished_day(client: FlaskClient, site_engine: Engine, world: World) -> None:
    address = f"/organizer/plans/{world.draft}?event={world.published}"
    assert "期望日期" not in client.get(address).text
    with transaction(site_engine) as session:
        event = session.get_one(Event, world.published)
        event.wished_on = event.window_first_on
    assert "期望日期" in client.get(address).text


def test_the_week_by_venue_shows_where(client: FlaskClient, world: World) -> None:
    page = client.get(f"/organizer/plans/{world.draft}?view=calendar&week=2027-W01&rows=venues").text
    assert re.findall(r'<th scope="row" rowspan="1" title="(\S+) ', page) == ["历下示例大厅"]


def test_the_panel_answers_why(client: FlaskClient, world: World) -> None:
    page = _text(client.get(f"/organizer/plans/{world.draft}?event={world.published}").text)
    for fact in ("展位 20 / 40", "最迟申请 12月17日 周四", "1 家报名", "展位空置 2", "2027-W01 · 二(二)"):
        assert fact in page


def test_a_run_draws_its_two_lines_and_leads_to_the_draft(client: FlaskClient, world: World) -> None:
    page = client.get(f"/organizer/runs/{world.run}").text
    assert re.findall(r'<polyline class="(\w+)"', page) == ["bound", "cost"]
    assert f'href="/organizer/plans/{world.draft}"' in page
    assert "http-equiv" not in page


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        (RunState.QUEUED, "排队中"),
        (RunState.INTERRUPTED, "编排中断"),
        (RunState.FAILED, "编排失败"),
    ],
)
def test_a_run_that_found_nothing_says_what_to_do(
    client: FlaskClient, world: World, site_engine: Engine, state: RunState, sentence: str
) -> None:
    with transaction(site_engine) as session:
        session.execute(update(PlanRun).values(state=state, error="示例原因"))
    page = client.get(f"/organizer/runs/{world.run}/progress").text
    assert sentence in page
    assert ("示例原因" in page) == (state is RunState.FAILED)


def test_without_script_a_running_page_loads_itself_anew(
    client: FlaskClient, world: World, site_engine: Engine
) -> None:
    with transaction(site_engine) as session:
        session.execute(update(PlanRun).values(state=RunState.RUNNING))
    assert (
        '<noscript><meta http-equiv="refresh" content="3"></noscript>'
        in client.get(f"/organizer/runs/{world.run}").text
    )


def test_publishing_says_first_what_it_will_change(client: FlaskClient, world: World) -> None:
    page = _text(client.get(f"/organizer/plans/{world.draft}/publish").text)
    assert "发布 2 处变化" in page
    assert "受影响的用人单位 1" in page
    assert "1月5日 周二 09:00–11:30" in page
    assert "1月6日 周三 09:00–11:30" in page


def test_a_stale_draft_is_refused_with_what_to_do(client: FlaskClient, world: World) -> None:
    path = f"/organizer/plans/{world.draft}/publish"
    answer = post(client, path, page=path)
    assert answer.status_code == 409
    assert "请重新编排后再发布" in answer.text


def test_cancelling_is_public_and_keeps_its_reason(client: FlaskClient, world: World) -> None:
    path = f"/organizer/events/{world.published}/cancel"
    answer = post(client, path, page=path, reason="场地停电")
    page = client.get(answer.headers["Location"]).text
    assert "已取消。已订阅的日历会在一小时内显示。" in page
    assert "场地停电" in page
    assert client.get(path).status_code == 403


def test_the_workbench_speaks_english_too(client: FlaskClient, world: World) -> None:
    for path in ("", "/duties", "/duties/sums", "/plans", "/events", "/venues"):
        page = client.get(f"/organizer{path}?quarter=2027Q1&lang=en").text
        assert '<html lang="en"' in page
    assert "Sign out" in page
