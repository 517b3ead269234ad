"""Tests of joining several events over the API: each is answered, and a retry gets the first answer."""

from typing import Any

from scheduler.database import transaction
from tests.scheduler.booking.rows import make_fair
from tests.web.api.programs import new_key
from tests.web.api.test_bookings import World, said, world

__all__ = ["world"]


def test_several_events_are_joined_with_one_request_and_each_is_answered(world: World) -> None:
    with transaction(world.engine) as session:
        other = make_fair(session, 2).id
    ask = {"event_ids": [99_999, other, world.fair]}
    key = new_key()
    first = world.program(0).ask("POST", "/registrations/together", body=ask, key=key)
    assert first.status_code == 201
    results = said(first)["results"]
    assert [(one["event_id"], one["state"]) for one in results] == [
        (99_999, None),
        (other, "approved"),
        (world.fair, "approved"),
    ]
    assert results[0]["refusal"]["code"] == "not_found"
    again = world.program(0).ask("POST", "/registrations/together", body=ask, key=key)
    assert again.headers["Idempotent-Replayed"] == "true"
    assert said(again) == said(first)
    unfit: list[dict[str, Any]] = [{"event_ids": []}, {"event_ids": ["x"]}, {}, {**ask, "zones": "A"}]
    for bad in unfit:
        answer = world.program(0).ask("POST", "/registrations/together", body=bad, key=new_key())
        assert answer.status_code in {400, 422}
