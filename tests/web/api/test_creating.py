"""Tests that creating over the API happens once, however often and however fast it is asked for."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import Engine, func, insert, select
from sqlalchemy.orm import Session

from scheduler.database import transaction
from scheduler.models import AccessToken, IdempotencyKey, PlanRun, TokenScope
from scheduler.services import once
from scheduler.times import now
from tests.web.api.programs import Program, new_key, token_of
from tests.web.conftest import settings_for, site_of
from tests.web.organizers import add_world

TOGETHER = 20
RUN = {"quarter": "2027Q2", "scope": "370100", "seconds": 5, "seed": 1}
TOKEN = {"name": "一个", "scopes": ["read"], "days": 5}


@pytest.fixture
def program(engine: Engine, database_url: str, tmp_path: Path) -> Callable[[], Program]:
    """Make programs of one token on an app of their own; each database takes a turn."""
    add_world(engine)
    app = site_of(settings_for(database_url, tmp_path), engine)
    secret = token_of(engine, "city-planner")
    return lambda: Program(app.test_client(), secret)


def all_at_once(program: Callable[[], Program], path: str, body: Any, keys: list[str]) -> list[int]:  # noqa: ANN401
    """Post the same body from many threads at one moment; returns the statuses, sorted."""
    start = Barrier(TOGETHER)

    def post(key: str) -> int:
        client = program()
        start.wait()
        return client.ask("POST", path, body=body, key=key).status_code

    with ThreadPoolExecutor(TOGETHER) as threads:
        return sorted(threads.map(post, keys))


def count(engine: Engine, model: type[Any]) -> int:
    with Session(engine) as session:
        return session.scalar(select(func.count()).select_from(model)) or 0


def test_twenty_equal_posts_at_once_create_one(program: Callable[[], Program], engine: Engine) -> None:
    before = count(engine, AccessToken)
    statuses = all_at_once(program, "/tokens", TOKEN, [new_key()] * TOGETHER)
    assert set(statuses) <= {201, 409}
    assert 201 in statuses
    assert count(engine, AccessToken) - before == 1


def test_without_the_guard_they_would_create_many(
    program: Callable[[], Program], engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(once, "_is_first", lambda *_: True)
    before = count(engine, AccessToken)
    all_at_once(program, "/tokens", TOKEN, [new_key()] * TOGETHER)
    assert count(engine, AccessToken) - before > 1


def test_a_retry_gets_the_first_answer(program: Callable[[], Program]) -> None:
    key = new_key()
    first, second = (program().ask("POST", "/runs", body=RUN, key=key) for _ in range(2))
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.data == second.data
    assert second.headers["Idempotent-Replayed"] == "true"


def test_the_same_key_for_something_else_is_refused(program: Callable[[], Program]) -> None:
    key = new_key()
    program().ask("POST", "/runs", body=RUN, key=key)
    answer = program().ask("POST", "/runs", body={**RUN, "seed": 2}, key=key)
    assert (answer.status_code, answer.json and answer.json["code"]) == (422, "key_used_otherwise")


def test_a_key_belongs_to_one_account(program: Callable[[], Program], engine: Engine) -> None:
    key = new_key()
    program().ask("POST", "/tokens", body=TOKEN, key=key)
    other = Program(program().client, token_of(engine, "province-publisher"))
    answer = other.ask("POST", "/tokens", body=TOKEN, key=key)
    assert (answer.status_code, answer.headers.get("Idempotent-Replayed")) == (201, None)


def test_what_was_refused_may_be_tried_again_with_the_same_key(
    program: Callable[[], Program], engine: Engine
) -> None:
    key = new_key()
    busy = program().ask("POST", "/runs", body=RUN, key=new_key())
    assert program().ask("POST", "/runs", body=RUN, key=key).status_code == 409
    program().ask("PUT", f"/runs/{busy.json and busy.json['id']}/cancellation")
    assert program().ask("POST", "/runs", body=RUN, key=key).status_code == 201
    assert count(engine, PlanRun) == 3


@pytest.mark.parametrize("key", ["", "short", "a" * 65, "with spaces in it"])
def test_a_post_without_a_usable_key_is_refused(program: Callable[[], Program], key: str) -> None:
    answer = program().ask("POST", "/runs", body=RUN, key=key)
    assert (answer.status_code, answer.json and answer.json["code"]) == (400, "idempotency_key_missing")


def test_a_secret_is_shown_once_and_never_stored(program: Callable[[], Program], engine: Engine) -> None:
    key = new_key()
    first, second = (program().ask("POST", "/tokens", body=TOKEN, key=key).json for _ in range(2))
    assert first is not None
    assert second is not None
    assert first["token"] == second["token"]
    assert second["secret"] is None
    with Session(engine) as session:
        kept = session.scalars(select(IdempotencyKey.answer)).all()
        hashes = session.scalars(select(AccessToken.token_hash)).all()
    assert not any(first["secret"] in text for text in (*kept, *hashes) if text)


def test_a_deed_in_flight_elsewhere_is_not_begun_twice(
    program: Callable[[], Program], engine: Engine, backend: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On PostgreSQL the second waits a moment, then says so; on SQLite writers stand in line."""
    if backend == "sqlite":
        return
    monkeypatch.setattr(once, "PATIENCE", "200ms")
    key = new_key()
    secret_owner = 2  # city-planner
    with transaction(engine) as session:
        row = {"account_id": secret_owner, "key": key, "request_hash": "x", "created_at": now()}
        session.execute(insert(IdempotencyKey), {**row, "status": 201, "answer": "{}"})
        answer = program().ask("POST", "/runs", body=RUN, key=key)
        assert (answer.status_code, answer.json and answer.json["code"]) == (409, "in_flight")
        assert answer.headers["Retry-After"] == "1"


def test_a_token_makes_none_that_may_do_more(program: Callable[[], Program], engine: Engine) -> None:
    narrow = Program(
        program().client, token_of(engine, "city-planner", TokenScope.TOKENS, TokenScope.READ, days=10)
    )
    wider = narrow.ask("POST", "/tokens", body={**TOKEN, "scopes": ["read", "plan"]}, key=new_key())
    longer = narrow.ask("POST", "/tokens", body={**TOKEN, "days": 300}, key=new_key())
    same = narrow.ask("POST", "/tokens", body=TOKEN, key=new_key())
    assert [answer.status_code for answer in (wider, longer, same)] == [403, 403, 201]
