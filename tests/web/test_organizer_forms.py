"""What the workbench's forms and queries refuse."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, func, select

from scheduler.database import reading
from scheduler.models import PlanRun
from tests.web.organizers import World, add_world, post, sign_in

RUN = {"quarter": "2027Q1", "scope": "370100", "seconds": "5", "seed": "1"}


@pytest.fixture(autouse=True)
def world(site_engine: Engine, client: FlaskClient) -> World:
    world = add_world(site_engine)
    sign_in(client, "city-publisher")
    return world


@pytest.mark.parametrize(
    "path",
    [
        "/organizer/runs",
        "/organizer/runs/1/cancel",
        "/organizer/plans/1/publish",
        "/organizer/events/1/cancel",
        "/organizer/duties/waivers",
        "/sign-out",
        "/sign-in",
    ],
)
def test_a_post_without_its_token_is_refused(client: FlaskClient, path: str) -> None:
    assert client.post(path, data=RUN).status_code == 400


@pytest.mark.parametrize(
    "change",
    [
        {"role": "publisher"},
        {"requested_by": "1"},
        {"quarter": "2027Q5"},
        {"quarter": ""},
        {"scope": "37"},
        {"scope": "３７０１００"},
        {"seconds": "-1"},
        {"seconds": "1e3"},
        {"seconds": "６０"},
        {"seed": "99999999999"},
    ],
)
def test_a_run_with_a_field_that_is_wrong_or_unknown_is_refused(
    client: FlaskClient, site_engine: Engine, change: dict[str, str]
) -> None:
    answer = post(client, "/organizer/runs", page="/organizer", **{**RUN, **change})
    assert answer.status_code == 400
    with reading(site_engine) as session:
        assert session.scalar(select(func.count()).select_from(PlanRun)) == 1


@pytest.mark.parametrize("seconds", ["0", "3601"])
def test_a_time_limit_that_the_service_refuses_is_said_on_the_page(client: FlaskClient, seconds: str) -> None:
    answer = post(client, "/organizer/runs", page="/organizer", **{**RUN, "seconds": seconds})
    assert answer.status_code == 422
    assert "应为 1 到 3600 之间的整数" in answer.text


def test_a_second_run_of_the_same_scope_is_refused_on_the_page(client: FlaskClient) -> None:
    assert post(client, "/organizer/runs", page="/organizer", **RUN).status_code == 302
    answer = post(client, "/organizer/runs", page="/organizer", **RUN)
    assert answer.status_code == 409
    assert "正在编排中" in answer.text


@pytest.mark.parametrize(
    "query",
    [
        "role=publisher",
        "page=0",
        "page=x",
        "kind=party",
        "week=2027-W60",
        "week=W01",
        "quarter=27Q1",
        "region=37",
        "view=map",
        "event=-1",
        "event=99999999999",
        "q=" + "长" * 61,
        "q=%E2%80%AEtxt",
        "kind=campus&kind=online",
        "change=gone2",
    ],
)
def test_a_query_that_is_wrong_or_unknown_is_refused(client: FlaskClient, world: World, query: str) -> None:
    assert client.get(f"/organizer/plans/{world.draft}?{query}").status_code == 400


@pytest.mark.parametrize("reason", ["", "  ", "长" * 201, "a\u202eb"])
def test_cancelling_needs_a_reason_that_can_be_shown(client: FlaskClient, world: World, reason: str) -> None:
    path = f"/organizer/events/{world.published}/cancel"
    post(client, path, page="/organizer", reason=reason)
    assert "取消活动…" in client.get(f"/organizer/events?event={world.published}").text
