"""Tests of the opening library over the API: written once, found in pages, changed by who has read it."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, select
from time_machine import TimeMachineFixture
from werkzeug.test import TestResponse

from scheduler.database import connect, transaction
from scheduler.models import EnterpriseRole, Opening, TokenScope
from scheduler.services import accounts
from tests.scheduler.booking.rows import BEFORE, make_fair, make_firms
from tests.support.schedule import LIXIA, add_reference
from tests.web.api.programs import Program, new_key, token_of
from tests.web.conftest import settings_for
from web import create_app

WELDER: dict[str, object] = {
    "title_zh": "焊工",
    "occupation_code": "6",
    "headcount": 3,
    "division_code": LIXIA,
    "wage_min": 6000,
    "wage_max": 8000,
}
UNFIT: dict[str, object] = {
    **WELDER,
    "title_zh": "文员",
    "requirements_zh": "限女性",
    "wage_min": None,
    "wage_max": None,
}


class World:
    """A fair, a firm that is registered for it and has one opening, and its program."""

    def __init__(self, engine: Engine, folder: Path) -> None:
        with transaction(engine) as session:
            add_reference(session)
            fair = make_fair(session, booths=2)
            firm = make_firms(session, 1, fair)[0]
            belonging = accounts.Belonging.employer(firm.id, EnterpriseRole.OWNER)
            accounts.create_account(
                session, login="owner", password=None, display_name="王", belonging=belonging
            )
            self.fair, self.uid = fair.id, fair.uid
            self.first = session.scalars(select(Opening.id).where(Opening.enterprise_id == firm.id)).one()
        self.engine, self.app = engine, create_app(settings_for(str(engine.url), folder), engine)
        self.program = self.of()

    def of(self, *scopes: TokenScope) -> Program:
        """Return a program of the firm whose token has these scopes, or all."""
        return Program(self.app.test_client(), token_of(self.engine, "owner", *scopes))

    def add(self, body: dict[str, object] = WELDER, key: str = "") -> TestResponse:
        """Add an opening, the welder's or another one."""
        return self.program.ask("POST", "/openings", body=body, key=key or new_key())


@pytest.fixture
def world(sqlite_url: str, tmp_path: Path, time_machine: TimeMachineFixture) -> World:
    time_machine.move_to(BEFORE, tick=False)
    return World(connect(sqlite_url), tmp_path)


def said(answer: TestResponse) -> dict[str, Any]:
    """Return what an answer says."""
    assert answer.json is not None
    found: dict[str, Any] = answer.json
    return found


def test_an_opening_is_added_once_and_changed_by_who_has_read_it(world: World) -> None:
    key = new_key()
    made, again, twin = world.add(key=key), world.add(key=key), world.add()
    assert [answer.status_code for answer in (made, again, twin)] == [201] * 3
    assert said(made)["id"] == said(again)["id"] == said(twin)["id"]
    path = f"/openings/{said(made)['id']}"
    read = world.program.tag_of(path)
    assert world.program.ask("PUT", path, body=WELDER).status_code == 428
    changed = world.program.ask("PUT", path, body={**WELDER, "headcount": 5}, tag=read)
    assert (changed.status_code, said(changed)["headcount"]) == (200, 5)
    assert world.program.ask("PUT", path, body=WELDER, tag=read).status_code == 412
    assert world.of(TokenScope.READ).ask("PUT", path, body=WELDER, tag=read).status_code == 403


def test_what_was_read_can_be_sent_back(world: World) -> None:
    path = f"/openings/{world.first}"
    read = world.program.read(path)
    body = {name: said(read)[name] for name in (*WELDER, "skill_rank", "hours_zh", "insurance", "wage_unit")}
    kept = world.program.ask("PUT", path, body=body, tag=read.headers["ETag"])
    assert (kept.status_code, said(kept)) == (200, said(read))


def test_openings_come_in_pages_with_what_is_to_be_put_right(world: World) -> None:
    ids = [
        world.first,
        *(said(world.add({**WELDER, "title_zh": f"焊工{place}"}))["id"] for place in range(3)),
    ]
    faulty = said(world.add(UNFIT))["id"]
    first = said(world.program.read("/openings?limit=3"))
    rest = said(world.program.read(f"/openings?limit=3&cursor={first['next']}"))
    assert [one["id"] for one in (*first["items"], *rest["items"])] == [*ids, faulty]
    assert rest["next"] is None
    shelf = said(world.program.read("/openings?shelf=faulty&limit=1"))["items"]
    assert [one["id"] for one in shelf] == [faulty]
    word, wage = shelf[0]["findings"]
    assert (word["kind"], word["blocks"], word["field"], word["start"], word["end"]) == (
        *("word", True, "requirements_zh"),
        *(0, 3),
    )
    assert (wage["kind"], wage["blocks"], wage["word"]) == ("wage_missing", False, None)
    assert set(word["zh"]) == set(word["en"]) == {"what", "instead", "clause"}


def test_an_opening_is_withdrawn_and_renewed(world: World) -> None:
    path = f"/openings/{world.first}"
    assert said(world.program.ask("PUT", f"{path}/withdrawal"))["withdrawn_at"] is not None
    refused = world.program.ask("PUT", path, body=WELDER, tag=world.program.tag_of(path))
    assert (refused.status_code, said(refused)["code"]) == (409, "opening_withdrawn")
    assert [one["id"] for one in said(world.program.read("/openings?shelf=withdrawn"))["items"]] == [
        world.first
    ]
    assert said(world.program.ask("PUT", f"{path}/confirmation"))["withdrawn_at"] is None


def test_an_opening_is_brought_to_an_event_and_taken_back_unless_something_blocks(world: World) -> None:
    def bring(opening_id: int, event_id: int) -> TestResponse:
        return world.program.ask("PUT", f"/openings/{opening_id}/events/{event_id}")

    done = [bring(world.first, world.fair) for _ in range(2)]
    uses = [{"event_id": world.fair, "event_uid": world.uid, "state": "approved"}]
    assert [(answer.status_code, said(answer)["uses"]) for answer in done] == [(200, uses)] * 2
    unfit = bring(said(world.add(UNFIT))["id"], world.fair)
    assert (unfit.status_code, said(unfit)["code"]) == (409, "unfit_opening")
    assert bring(world.first, world.fair + 1).status_code == 404
    left = world.program.ask("DELETE", f"/openings/{world.first}/events/{world.fair}")
    assert left.status_code == 204
    assert said(world.program.read(f"/openings/{world.first}"))["uses"] == []
