"""The day of a fair on the workbench, and what a gate's key opens over the wire."""

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy import Engine, select
from werkzeug.test import TestResponse

from scheduler.database import reading, transaction
from scheduler.models import Booking, Event, Role, Ticket
from scheduler.models.fair_days import CheckIn, Gate, Passage
from scheduler.services import accounts
from tests.scheduler.fair_day import world
from tests.support.schedule import add_reference
from tests.web.organizers import PASSWORD, post, sign_in

ROLES = {"door": Role.CHECK_IN, "planner": Role.PLANNER, "auditor": Role.AUDITOR}


@pytest.fixture(autouse=True)
def _in_the_morning() -> Iterator[None]:
    with time_machine.travel(world.MORNING, tick=False):
        yield


@pytest.fixture
def event_id(site_engine: Engine) -> int:
    with transaction(site_engine) as session:
        add_reference(session)
        event = world.add_fair(session)
        world.book(session, event, 1)
        world.book(session, event, 2)
        for login, role in ROLES.items():
            accounts.create_account(
                session,
                login=login,
                password=PASSWORD,
                display_name=login,
                belonging=accounts.Belonging.member(event.organizer_id, [role]),
            )
        return event.id


def page(event_id: int) -> str:
    return f"/organizer/events/{event_id}/fair-day"


def opened(client: FlaskClient, event_id: int) -> str:
    """Open a gate as the member at the door does; return its key."""
    sign_in(client, "door")
    answer = post(client, f"/organizer/events/{event_id}/gates", page=page(event_id), name="东门", hours="8")
    found = re.search(r"/gate/#k=(gate_[\w-]+)", answer.text)
    assert found is not None
    return found[1]


def hand_in(client: FlaskClient, key: str, **given: Any) -> TestResponse:  # noqa: ANN401 — as JSON has it
    return client.post(
        "/gate/hand-in",
        data=json.dumps(given),
        content_type="application/json",
        headers={"Authorization": f"Bearer {key}"},
    )


def arrival(client_id: str, **changes: object) -> dict[str, object]:
    return {
        "client_id": client_id,
        "means": "list",
        "checked_at": "2027-01-05T00:45:00+00:00",
        "booking_id": 1,
        **changes,
    }


def test_a_gates_link_is_shown_once_and_its_key_opens_the_list(
    client: FlaskClient, event_id: int, site_engine: Engine
) -> None:
    key = opened(client, event_id)
    assert key not in client.get(page(event_id)).text
    answer = client.get("/gate/list", headers={"Authorization": f"Bearer {key}"})
    assert answer.json is not None
    assert [line["booths"] for line in answer.json["bookings"]] == [["A01"], ["A02"]]
    assert answer.json["key"]["crv"] == "P-256"
    assert set(answer.json["key"]) == {"kty", "crv", "x", "y"}
    with reading(site_engine) as session:
        assert session.scalars(select(Gate.seen_at)).one() == world.MORNING


def test_without_a_key_or_with_a_revoked_one_a_gate_gets_nothing(
    client: FlaskClient, event_id: int, site_engine: Engine
) -> None:
    key = opened(client, event_id)
    assert client.get("/gate/list").status_code == 401  # however well one is signed in
    assert hand_in(client, "", arrivals=[]).status_code == 401
    post(client, "/organizer/gates/1/revoke", page=page(event_id))
    assert client.get("/gate/list", headers={"Authorization": f"Bearer {key}"}).status_code == 401
    assert hand_in(client, key, arrivals=[arrival("client-0001")]).status_code == 401
    with reading(site_engine) as session:
        assert session.scalars(select(CheckIn)).all() == []


def test_a_gate_hands_in_and_hears_what_became_of_each(
    client: FlaskClient, event_id: int, site_engine: Engine
) -> None:
    key = opened(client, event_id)
    given = {
        "arrivals": [arrival("client-0001"), arrival("client-0002", let_in=True)],
        "passings": [{"client_id": "client-0003", "people": -2, "passed_at": "2027-01-05T00:50:00+00:00"}],
    }
    answers = [hand_in(client, key, **given).json for _ in range(2)]
    assert answers[0] == answers[1]
    assert answers[0] is not None
    assert [(one["verdict"], one["objection"]) for one in answers[0]["arrivals"]] == [
        ("accepted", None),
        ("conflict", "twice"),
    ]
    assert answers[0]["arrivals"][1]["first"]["gate"] == "东门"
    with reading(site_engine) as session:
        assert session.scalars(select(Passage.people)).all() == [-2]


def test_a_seekers_entry_is_taken_back_on_the_page_of_the_day(
    client: FlaskClient, event_id: int, site_engine: Engine
) -> None:
    key = opened(client, event_id)
    with transaction(site_engine) as session:
        code = world.add_ticket(session, session.get_one(Event, event_id))
        serial = session.scalars(select(Ticket.serial)).one()
    address = f"/organizer/events/{event_id}/undo-entry"
    assert address not in client.get(page(event_id)).text  # nobody has come in yet
    hand_in(client, key, arrivals=[arrival("client-0001", means="code", code=code, booking_id=None)])
    assert f'action="{address}"' in client.get(page(event_id)).text
    given = [("ABC", 400), (serial.upper(), 302), (serial, 409)]
    for ticket, status in given:
        done = post(client, address, page=page(event_id), ticket=ticket, reason="扫错")
        assert done.status_code == status, ticket
    assert "是否已由他人撤销" in done.text
    with reading(site_engine) as session:
        assert session.scalars(select(CheckIn.settlement)).all() == ["扫错"]


def passing(people: int) -> dict[str, object]:
    return {"client_id": "client-0003", "people": people, "passed_at": "2027-01-05T00:50:00+00:00"}


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ({"arrivals": [arrival("short")]}, 422),
        ({"arrivals": [arrival("client-0001", people=100)]}, 422),
        ({"arrivals": [arrival("client-0001", means="paper")]}, 422),
        ({"arrivals": [arrival("client-0001", checked_at="2027-01-05T00:45:00")]}, 422),
        ({"arrivals": [arrival("client-0001", checked_at="1999-01-05T00:45:00+00:00")]}, 422),
        ({"arrivals": [arrival("client-0001", booking_id="x")]}, 422),
        ({"arrivals": [arrival("client-0001", verdict="accepted")]}, 422),
        ({"arrivals": [arrival(f"client-{n:04d}") for n in range(101)]}, 422),
        ({"passings": [{"client_id": "client-0003", "people": 0, "passed_at": "2027-01-05T00:50Z"}]}, 422),
        (
            {"passings": [{"client_id": "client-0003", "people": 10**30, "passed_at": "2027-01-05T00:50Z"}]},
            422,
        ),
        ({"arrivals": "x" * 20}, 422),
    ],
)
def test_what_a_gate_cannot_mean_is_refused_whole(
    client: FlaskClient, event_id: int, site_engine: Engine, given: dict[str, Any], status: int
) -> None:
    key = opened(client, event_id)
    answer = hand_in(client, key, **given)
    assert answer.status_code == status
    with reading(site_engine) as session:
        assert session.scalars(select(CheckIn)).all() == []
        assert session.scalars(select(Passage)).all() == []


def test_who_comes_to_work_on_the_morning_finds_the_fair_on_the_first_page(
    client: FlaskClient, event_id: int
) -> None:
    sign_in(client, "door")
    assert f'href="{page(event_id)}"' in client.get("/organizer").text
    with time_machine.travel(world.MORNING + timedelta(days=1), tick=False):
        sign_in(client, "door")
        assert f'href="{page(event_id)}"' not in client.get("/organizer").text


def test_a_conflict_is_seen_and_settled_on_the_page(client: FlaskClient, event_id: int) -> None:
    key = opened(client, event_id)
    hand_in(client, key, arrivals=[arrival("client-0001"), arrival("client-0002", let_in=True)])
    assert "首次签到：东门" in client.get(page(event_id)).text
    gate = {"Authorization": f"Bearer {key}"}
    assert json.loads(client.get("/gate/list", headers=gate).data)["unsettled"] == ["client-0002"]
    post(client, "/organizer/check-ins/2/settle", page=page(event_id), settlement="同一人重复扫码")
    shown = client.get(page(event_id)).text
    assert ("没有待处理的冲突" in shown, "同一人重复扫码" in shown) == (True, True)
    assert json.loads(client.get("/gate/list", headers=gate).data)["unsettled"] == []
    again = post(client, "/organizer/check-ins/2/settle", page=page(event_id), settlement="另一人")
    assert again.status_code == 409


def test_firms_are_found_by_name_booth_and_state_and_an_open_panel_keeps_what_was_looked_for(
    client: FlaskClient, event_id: int
) -> None:
    hand_in(client, opened(client, event_id), arrivals=[arrival("client-0001")])

    def shown(**wanted: str) -> tuple[list[str], list[str]]:
        text = client.get(page(event_id), query_string={"q": "", "state": "", **wanted}).text
        return re.findall(r'<td class="figures">(A\d+)', text), re.findall(r"booking=1([^#]*)#panel", text)

    name = re.findall(r"data-panel>(.+?)</a>", client.get(page(event_id)).text)[1]
    assert [shown(**wanted)[0] for wanted in ({}, {"q": name}, {"q": " a0"}, {"q": "a1"})] == [
        ["A01", "A02"],
        ["A02"],
        ["A01", "A02"],
        [],
    ]
    assert [shown(state=state)[0] for state in ("confirmed", "checked_in")] == [["A02"], ["A01"]]
    assert shown(q="a01", state="checked_in")[1] == ["&amp;q=a01&amp;state=checked_in"]


def test_a_paper_sheet_is_printed_and_entered(
    client: FlaskClient, event_id: int, site_engine: Engine
) -> None:
    sign_in(client, "door")
    sheets = {
        wanted: client.get(f"/organizer/events/{event_id}/sign-in-sheet?language={wanted}").text
        for wanted in ("zh", "en", "both")
    }
    assert all("A01" in one for one in sheets.values())
    heads = {wanted: (">签字" in one, ">Signature<" in one) for wanted, one in sheets.items()}
    assert heads == {"zh": (True, False), "en": (False, True), "both": (True, True)}
    sheet = {"page": page(event_id), "sheet": "1", "visitors": "30"}
    address = f"/organizer/events/{event_id}/sign-in-sheet"
    wrong = post(client, address, **sheet, booths="a01，A09")
    assert (wrong.status_code, "这些展位没有有效预订：A09" in wrong.text) == (422, True)
    assert "a01，A09</textarea>" in wrong.text  # to be corrected, not typed again
    assert post(client, address, **sheet, booths="a01").status_code == 302
    with reading(site_engine) as session:
        assert session.scalars(select(Booking.state).order_by(Booking.id)).all() == [
            "checked_in",
            "confirmed",
        ]
        assert session.scalars(select(Passage.people)).all() == [30]


def test_places_are_set_within_what_the_hall_holds(client: FlaskClient, event_id: int) -> None:
    sign_in(client, "planner")
    address = f"/organizer/events/{event_id}/places"
    assert post(client, address, page=page(event_id), capacity="901").status_code == 422
    assert post(client, address, page=page(event_id), capacity="900").status_code == 302


@pytest.mark.parametrize("login", ["planner", "auditor"])
def test_only_the_role_at_the_door_opens_gates(client: FlaskClient, event_id: int, login: str) -> None:
    sign_in(client, login)
    assert "开设签到口" not in client.get(page(event_id)).text
    answer = post(client, f"/organizer/events/{event_id}/gates", page="/account", name="东门", hours="8")
    assert answer.status_code == 403
