"""Gates: a key opens one until it runs out or is revoked, and what it takes along is of its event alone."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import Engine

from scheduler.database import transaction
from scheduler.entry_codes import read_code
from scheduler.models import Booking, BookingState, EventState, TicketState
from scheduler.models.fair_days import CheckInMeans, Gate
from scheduler.queries.fair_day.gate_lists import gate_list
from scheduler.services import fair_day
from scheduler.services.fair_day import GateClosed, NoGates, gate_of_key
from scheduler.services.fair_day.checking import Arrival, Door
from tests.scheduler.fair_day.world import (
    MORNING,
    SECRET,
    STARTS,
    add_fair,
    add_gate,
    add_ticket,
    book,
)
from tests.support.schedule import make_event

pytestmark = pytest.mark.usefixtures("in_the_morning")


def test_a_key_opens_its_gate_until_it_has_run_out(site: Engine) -> None:
    with transaction(site) as session:
        event = add_fair(session)
        gate, key = fair_day.open_gate(
            session, event_id=event.id, name_zh="东门", zone_zh="", hours=12, opened_by=None
        )
        assert gate_of_key(session, key=key).id == gate.id
        assert gate.seen_at == MORNING
        assert key not in {gate.key_hash, gate.name_zh}
        for late, ends_at in ((False, STARTS + timedelta(hours=12)), (True, STARTS + timedelta(hours=36))):
            with time_machine.travel(ends_at - timedelta(seconds=1), tick=False):
                assert gate_of_key(session, key=key, late=late).id == gate.id
            with time_machine.travel(ends_at, tick=False), pytest.raises(GateClosed):
                gate_of_key(session, key=key, late=late)


def test_a_revoked_key_is_worth_nothing_at_once_and_not_for_late_comers_either(site: Engine) -> None:
    with transaction(site) as session:
        gate, key = fair_day.open_gate(
            session, event_id=add_fair(session).id, name_zh="东门", zone_zh="", hours=1, opened_by=None
        )
        fair_day.revoke_gate(session, gate_id=gate.id)
    for late in (False, True):
        with transaction(site) as session, pytest.raises(GateClosed):
            gate_of_key(session, key=key, late=late)


@pytest.mark.parametrize("key", ["", "gate_", "gate_unknown", "x" * 100])
def test_an_unknown_key_opens_nothing(site: Engine, key: str) -> None:
    with transaction(site) as session, pytest.raises(GateClosed):
        gate_of_key(session, key=key)


@pytest.mark.parametrize(
    "changes",
    [
        {"state": EventState.CANCELLED},
        {"state": EventState.PLANNED, "starts_at": None},
        {"starts_at": STARTS - timedelta(days=9)},
    ],
)
def test_an_event_that_is_not_to_be_entered_has_no_gates(site: Engine, changes: dict[str, object]) -> None:
    with transaction(site) as session:
        event = make_event(session, 5, **changes)  # type: ignore[arg-type]
        with pytest.raises(NoGates):
            add_gate(session, event)


def test_a_list_holds_what_its_event_has_and_later_only_what_is_new(site: Engine) -> None:
    with transaction(site) as session:
        event, other = add_fair(session), add_fair(session)
        gate, abroad = add_gate(session, event), add_gate(session, other)
        used, void = add_ticket(session, event), add_ticket(session, event, TicketState.CANCELLED)
        add_ticket(session, event)
        comes = book(session, event, 1)
        book(session, other, 1)
        _arrive(gate, session, used)
        whole = gate_list(session, gate=gate)
        assert ([line.id for line in whole.bookings], whole.bookings[0].booths) == ([comes.id], ("A01",))
        assert (whole.used, whole.void) == ((whose(used),), (whose(void),))
        assert gate_list(session, gate=abroad).used == ()
        gate_id, booking_id = gate.id, comes.id
    with time_machine.travel(MORNING + timedelta(minutes=10), tick=False), transaction(site) as session:
        gate = session.get_one(Gate, gate_id)
        later = gate_list(session, gate=gate, since=MORNING + timedelta(minutes=5))
        assert (later.used, later.void, later.bookings) == ((), (), ())
        session.get_one(Booking, booking_id).state = BookingState.CHECKED_IN
        session.flush()
        assert [line.state for line in gate_list(session, gate=gate, since=MORNING).bookings] == [
            "checked_in"
        ]


def whose(text: str) -> str:
    """Return whose code it is, as lists say it."""
    found = read_code(SECRET, text)
    return f"{found.kind}:{found.subject}"


def _arrive(gate: Gate, session: object, code: str) -> None:
    arrival = Arrival("client-0001", CheckInMeans.CODE, MORNING, code=code)
    fair_day.check_in(session, door=Door.of(gate), arrivals=[arrival], secret_key=SECRET)  # type: ignore[arg-type]
