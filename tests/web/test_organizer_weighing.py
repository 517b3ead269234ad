"""An organizer says in words how much each goal of a plan matters."""

import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, select

from scheduler.database import reading
from scheduler.models import PlanRun
from scheduler.services.planning import CUSTOMARY
from tests.web.organizers import World, add_world, post, sign_in

RUN = {"quarter": "2027Q1", "scope": "370100", "seconds": "5", "seed": "1"}
CHECKED = re.compile(r'name="weigh_(\w+)" value="(\w+)" checked')


@pytest.fixture(autouse=True)
def world(site_engine: Engine, client: FlaskClient) -> World:
    world = add_world(site_engine)
    sign_in(client, "city-publisher")
    return world


def newest_run(engine: Engine) -> PlanRun:
    with reading(engine) as session:
        run = session.scalars(select(PlanRun).order_by(PlanRun.id.desc())).first()
        assert run is not None
        session.expunge(run)
        return run


def test_the_page_proposes_what_is_customary(client: FlaskClient) -> None:
    page = client.get("/organizer/plans?quarter=2027Q1").text
    assert dict(CHECKED.findall(page)) == {goal: level.value for goal, level in CUSTOMARY.items()}


def test_what_is_chosen_is_kept_with_the_run_and_shown(client: FlaskClient, site_engine: Engine) -> None:
    answer = post(
        client, "/organizer/runs", page="/organizer", **RUN, weigh_rivals="highest", weigh_days="off"
    )
    assert answer.status_code == 302
    run = newest_run(site_engine)
    assert run.importance == {**CUSTOMARY, "rivals": "highest", "days": "off"}
    page = client.get(f"/organizer/runs/{run.id}").text
    assert "<dd><b>非常重视</b> 同主题活动错开</dd>" in page


def test_a_refused_form_keeps_what_was_chosen(client: FlaskClient) -> None:
    refused = post(client, "/organizer/runs", page="/organizer", **{**RUN, "seconds": "0"}, weigh_load="high")
    assert refused.status_code == 422
    assert dict(CHECKED.findall(refused.text))["load"] == "high"


@pytest.mark.parametrize("wrong", [{"weigh_days": "2"}, {"weigh_beauty": "high"}])
def test_an_unknown_goal_or_level_is_refused(client: FlaskClient, wrong: dict[str, str]) -> None:
    assert post(client, "/organizer/runs", page="/organizer", **RUN, **wrong).status_code == 400
