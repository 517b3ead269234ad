"""Tests that an edit over the API is made from what is there now, and that no operation forgets its scope."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine

from tests.web.api.programs import Program, new_key, token_of
from tests.web.organizers import World, add_world
from web.api.subject import Subject, Undeclared
from web.policy import organizer, policy

CANCELLED = {"state": "cancelled", "reason": "场地停电"}
WAIVER = {
    "quarter": "2027Q1",
    "region": "370102",
    "duty": "Q02",
    "period": "2027-W03",
    "reason": "全周无工作日",
}


@pytest.fixture
def world(site_engine: Engine) -> World:
    return add_world(site_engine)


@pytest.fixture
def publisher(client: FlaskClient, site_engine: Engine, world: World) -> Program:
    return Program(client, token_of(site_engine, "city-publisher"))


def test_an_event_is_cancelled_by_who_has_read_it(publisher: Program, world: World) -> None:
    path = f"/organizer/events/{world.published}"
    read = publisher.tag_of(path)
    assert publisher.ask("PATCH", path, body=CANCELLED).status_code == 428
    assert publisher.ask("PATCH", path, body=CANCELLED, tag='"another"').status_code == 412
    done = publisher.ask("PATCH", path, body=CANCELLED, tag=read)
    assert (done.status_code, done.json and done.json["state"]) == (200, "cancelled")
    assert publisher.ask("PATCH", path, body=CANCELLED, tag=read).status_code == 412
    again = publisher.ask("PATCH", path, body=CANCELLED, tag=publisher.tag_of(path))
    assert (again.status_code, again.json and again.json["code"]) == (409, "not_cancellable")


def test_a_plan_is_published_only_by_who_has_read_it(publisher: Program, world: World) -> None:
    path = f"/plans/{world.draft}"
    unread = publisher.ask("POST", f"{path}/publication", key=new_key())
    stale = publisher.ask("POST", f"{path}/publication", key=new_key(), tag=publisher.tag_of(path))
    assert unread.status_code == 428
    assert (stale.status_code, stale.json and stale.json["code"]) == (409, "stale_plan")


def test_a_waiver_is_made_and_taken_back(publisher: Program) -> None:
    made = publisher.ask("POST", "/waivers", body=WAIVER, key=new_key())
    assert made.status_code == 201
    assert made.json is not None
    path = f"/waivers/{made.json['id']}"
    assert publisher.ask("DELETE", path).status_code == 428
    assert publisher.ask("DELETE", path, tag=publisher.tag_of(path)).status_code == 204
    assert publisher.read(path).status_code == 404


def test_an_operation_for_members_without_a_scope_is_not_even_imported() -> None:
    subject = Subject("Silent", "Nobody said what a token needs.")
    with pytest.raises(Undeclared, match="list_secrets"):

        @subject.operation("GET", "/secrets", policy(organizer))
        def list_secrets() -> None:
            """List what nobody should see."""
