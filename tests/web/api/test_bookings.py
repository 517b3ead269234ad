"""Tests of booking over the API: a program acts for its enterprise, once for each key, within its scopes."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import Engine, func, select, text, update
from sqlalchemy.orm import Session
from time_machine import TimeMachineFixture
from werkzeug.test import TestResponse

from scheduler import auditing
from scheduler.database import transaction
from scheduler.models import (
    Booking,
    Booth,
    BoothHold,
    EnterpriseRole,
    EventKind,
    Livestream,
    LivestreamState,
    Opening,
    TokenScope,
)
from scheduler.services import accounts
from scheduler.services.livestreams import give_turn_back
from tests.scheduler.booking.rows import BEFORE, booths_of, make_fair, make_firms
from tests.scheduler.livestreams.rows import make_livestream
from tests.support.schedule import add_reference, make_event
from tests.web.api.programs import Program, new_key, token_of
from tests.web.conftest import settings_for, site_of

TOGETHER = 20


class World:
    """A fair with four booths, three firms that it admits, and a program of each."""

    def __init__(self, engine: Engine, url: str, folder: Path) -> None:
        auditing.watch()
        with transaction(engine) as session:
            add_reference(session)
            fair = make_fair(session, booths=4)
            self.fair, self.uid, self.booths = fair.id, fair.uid, booths_of(session, fair)
            self.firms = [firm.id for firm in make_firms(session, 3, fair)]
            for firm in self.firms:
                accounts.create_account(
                    session,
                    login=f"owner-{firm}",
                    password=None,
                    display_name="王",
                    belonging=accounts.Belonging.employer(firm, EnterpriseRole.OWNER),
                )
        self.engine, self.app = engine, site_of(settings_for(url, folder), engine)
        self.secrets = [token_of(engine, f"owner-{firm}") for firm in self.firms]

    def program(self, place: int) -> Program:
        """Return a program of one of the firms."""
        return Program(self.app.test_client(), self.secrets[place])

    def narrow(self, scope: TokenScope) -> Program:
        """Return a program of the first firm whose token has one scope only."""
        return Program(self.app.test_client(), token_of(self.engine, f"owner-{self.firms[0]}", scope))

    def hold(self, place: int, *booths: int, key: str = "") -> TestResponse:
        """Let a firm's program hold booths by their places in the hall."""
        body = {"event_id": self.fair, "booth_ids": [self.booths[one] for one in booths]}
        return self.program(place).ask("POST", "/bookings", body=body, key=key or new_key())


@pytest.fixture
def world(engine: Engine, database_url: str, tmp_path: Path, time_machine: TimeMachineFixture) -> World:
    time_machine.move_to(BEFORE, tick=False)
    return World(engine, database_url, tmp_path)


def said(answer: TestResponse) -> dict[str, Any]:
    """Return what an answer says."""
    assert answer.json is not None
    found: dict[str, Any] = answer.json
    return found


def count(engine: Engine, model: type[Any]) -> int:
    with Session(engine) as session:
        return session.scalar(select(func.count()).select_from(model)) or 0


def test_a_booth_is_found_held_confirmed_and_given_back(world: World) -> None:
    hall = said(world.program(0).read(f"/events/{world.uid}/booths"))
    assert hall["event_id"] == world.fair
    assert [offer["free"] for offer in hall["booths"]] == [True] * 4
    held = world.hold(0, 1)
    assert (held.status_code, said(held)["held_until"]) == (201, "2026-12-28T01:15:00+00:00")
    path = f"/bookings/{said(held)['id']}"
    assert said(world.program(0).read(path))["state"] == "held"
    confirmed = [world.program(0).ask("PUT", f"{path}/confirmation") for _ in range(2)]
    assert [(answer.status_code, said(answer)["state"]) for answer in confirmed] == [(200, "confirmed")] * 2
    hall = said(world.program(1).read(f"/events/{world.uid}/booths"))
    assert [offer["free"] for offer in hall["booths"]] == [True, False, True, True]
    ended = world.program(0).ask("PUT", f"{path}/cancellation", body={"reason": "停产"})
    assert (ended.json and ended.json["state"], ended.json and ended.json["end_reason"]) == (
        "cancelled",
        "停产",
    )
    listed = said(world.program(0).read("/bookings"))
    assert [one["state"] for one in listed["items"]] == ["cancelled"]


def test_a_refusal_names_free_booths_nearby(world: World) -> None:
    world.hold(0, 1)
    answer = world.hold(1, 1)
    assert (answer.status_code, said(answer)["code"]) == (409, "booth_taken")
    assert said(answer)["fields"] == {"near": ["A1", "A3", "A4"]}


def test_nobody_sees_or_touches_the_bookings_of_others(world: World) -> None:
    path = f"/bookings/{said(world.hold(0, 1))['id']}"
    other = world.program(1)
    assert [
        other.read(path).status_code,
        other.ask("PUT", f"{path}/confirmation").status_code,
        other.ask("PUT", f"{path}/cancellation", body={"reason": "x"}).status_code,
    ] == [404, 404, 404]
    assert said(other.read("/bookings"))["items"] == []


def test_a_token_books_only_with_its_scope(world: World) -> None:
    body = {"event_id": world.fair, "booth_ids": world.booths[:1]}
    answer = world.narrow(TokenScope.READ).ask("POST", "/bookings", body=body, key=new_key())
    assert (answer.status_code, said(answer)["code"]) == (403, "scope_missing")
    answer = world.narrow(TokenScope.BOOK).read("/bookings")
    assert answer.status_code == 403


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"event_id": 1},
        {"event_id": 1, "booth_ids": []},
        {"event_id": 1, "booth_ids": [0]},
        {"event_id": 1, "booth_ids": list(range(1, 23))},
        {"event_id": 2**31, "booth_ids": [1]},
        {"event_id": 1, "booth_ids": [1], "state": "confirmed"},
    ],
)
def test_what_cannot_be_meant_is_refused(world: World, body: dict[str, Any]) -> None:
    answer = world.program(0).ask("POST", "/bookings", body=body, key=new_key())
    assert answer.status_code == 422


def all_at_once(world: World, keys: list[str], places: list[int]) -> list[int]:
    """Let programs hold the first booth at one moment, each with its key; returns the statuses, sorted."""
    start = Barrier(len(keys))

    def post(key: str, place: int) -> int:
        program = world.program(place)
        body = {"event_id": world.fair, "booth_ids": world.booths[:1]}
        start.wait()
        return program.ask("POST", "/bookings", body=body, key=key).status_code

    with ThreadPoolExecutor(len(keys)) as threads:
        return sorted(threads.map(post, keys, places))


def test_twenty_equal_posts_make_one_booking(world: World, engine: Engine) -> None:
    statuses = all_at_once(world, [new_key()] * TOGETHER, [0] * TOGETHER)
    assert set(statuses) <= {201, 409}
    assert 201 in statuses
    assert (count(engine, Booking), count(engine, BoothHold)) == (1, 1)


def test_twenty_posts_with_keys_of_their_own_make_one_booking_too(world: World, engine: Engine) -> None:
    statuses = all_at_once(world, [new_key() for _ in range(TOGETHER)], [0] * TOGETHER)
    assert statuses == [201] + [409] * (TOGETHER - 1)
    assert (count(engine, Booking), count(engine, BoothHold)) == (1, 1)


@pytest.mark.parametrize("guarded", [True, False])
def test_one_booth_goes_to_one_of_three_and_without_its_key_to_more(
    world: World, engine: Engine, *, guarded: bool
) -> None:
    if not guarded:
        drop_key(engine)
    statuses = all_at_once(world, [new_key() for _ in range(3)], [0, 1, 2])
    assert (statuses == [201, 409, 409]) is guarded
    with engine.connect() as connection:
        doubled = connection.scalar(text("SELECT count(*) - count(DISTINCT booth_id) FROM booth_hold"))
    assert (doubled == 0) is guarded


def drop_key(engine: Engine) -> None:
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("ALTER TABLE booth_hold DROP CONSTRAINT pk_booth_hold"))
            return
        for statement in (
            "CREATE TABLE unguarded AS SELECT * FROM booth_hold",
            "DROP TABLE booth_hold",
            "ALTER TABLE unguarded RENAME TO booth_hold",
        ):
            connection.execute(text(statement))


def test_a_program_waits_and_accepts_what_is_offered(world: World) -> None:
    program, body = world.program(2), {"event_id": world.fair}
    answer = program.ask("POST", "/waiting", body=body, key=new_key())
    assert (answer.status_code, said(answer)["code"]) == (409, "booths_are_free")
    with transaction(world.engine) as session:
        session.execute(update(Booth).where(Booth.id.in_(world.booths[2:])).values(usable=False))
    first = said(world.hold(0, 0))["id"]
    world.hold(1, 1)
    answer = program.ask("POST", "/waiting", body=body, key=new_key())
    assert (answer.status_code, said(answer)["state"]) == (201, "waiting")
    assert [place["rank"] for place in said(program.read("/waiting"))["items"]] == [1]
    world.program(0).ask("PUT", f"/bookings/{first}/cancellation", body={"reason": "停产"})
    (place,) = said(program.read("/waiting"))["items"]
    assert (place["waiting"]["state"], place["rank"]) == ("offered", 0)
    (offer,) = said(program.read("/bookings"))["items"]
    assert program.ask("PUT", f"/bookings/{offer['id']}/confirmation").status_code == 200
    left = program.ask("DELETE", f"/waiting/{place['waiting']['id']}")
    assert (left.status_code, said(left)["code"]) == (409, "waiting_ended")


def test_a_program_registers_with_openings_and_withdraws(world: World, engine: Engine) -> None:
    with transaction(engine) as session:
        opening = session.scalars(select(Opening.id).where(Opening.enterprise_id == world.firms[0])).one()
        other = make_event(session, 9).id
    body = {
        "event_id": world.fair,
        "opening_ids": [opening],
        "wishes": [{"booth_id": world.booths[2]}],
        "needs_power": True,
    }
    program = world.program(0)
    answer = program.ask("POST", "/registrations", body=body, key=new_key())
    assert answer.status_code == 201
    found = said(answer)
    assert (found["state"], found["opening_ids"], found["needs_power"]) == (
        "approved",
        [opening],
        True,
    )
    assert found["wishes"] == [{"rank": 1, "booth_id": world.booths[2], "zone_code": None}]
    asked = program.ask("POST", "/registrations", body={"event_id": other}, key=new_key())
    assert said(asked)["state"] == "approved"  # the bureau has admitted it before
    two = program.ask(
        "POST",
        "/registrations",
        body={**body, "wishes": [{"booth_id": world.booths[2], "zone_code": "A"}]},
        key=new_key(),
    )
    assert two.status_code == 422
    left = program.ask("PUT", f"/registrations/{world.fair}/withdrawal", body={"reason": "停产"})
    assert left.status_code == 204
    assert said(program.read(f"/registrations/{world.fair}"))["state"] == "withdrawn"
    assert len(said(program.read("/registrations"))["items"]) == 2


def test_a_program_takes_a_turn_in_a_livestream(world: World, engine: Engine) -> None:
    with transaction(engine) as session:
        event = make_event(session, 9, kind=EventKind.LIVESTREAM)
        assert event.starts_at is not None
        session.add(
            Livestream(
                event_id=event.id,
                state=LivestreamState.OPEN,
                turns=1,
                lead_minutes=5,
                closes_at=event.starts_at,
                cancel_until=event.starts_at,
            )
        )
        event_id = event.id
    answers = [
        world.program(place).ask("POST", "/turns", body={"event_id": event_id}, key=new_key())
        for place in (0, 1)
    ]
    assert [answer.status_code for answer in answers] == [201, 409]


def test_a_program_waits_for_a_turn_and_takes_the_one_that_is_offered(world: World) -> None:
    with transaction(world.engine) as session:
        stream = make_livestream(session, 20, turns=1).id
    body, program = {"event_id": stream}, world.program(2)
    assert world.program(0).ask("POST", "/turns", body=body, key=new_key()).status_code == 201
    assert said(program.ask("POST", "/turns", body=body, key=new_key()))["code"] == "turns_full"
    joined = program.ask("POST", "/waiting", body={**body, "wanted": "stream_turn"}, key=new_key())
    assert (joined.status_code, said(joined)["wanted"]) == (201, "stream_turn")
    with transaction(world.engine) as session:
        give_turn_back(session, event_id=stream, enterprise_id=world.firms[0])
    (place,) = said(program.read("/waiting"))["items"]
    assert place["waiting"]["state"] == "offered"
    assert program.ask("POST", "/turns", body=body, key=new_key()).status_code == 201
    left = program.ask("DELETE", f"/waiting/{place['waiting']['id']}")
    assert (left.status_code, said(left)["code"]) == (409, "waiting_ended")
