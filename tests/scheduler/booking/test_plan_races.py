"""Who books, chooses a plan or retires one at the same moment: nobody gets a booth that no event offers."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from threading import Event as Signal

import pytest
from sqlalchemy import Engine, delete, insert, select, update
from sqlalchemy.orm import Session

from scheduler.database import transaction
from scheduler.models import EventFloor, EventVenue, FloorPlan, FloorState
from scheduler.services.booking import gate
from scheduler.services.booking.offering import floor_for_event
from scheduler.services.floors import FloorStillUsed, retire
from tests.scheduler.booking.rows import booths_of, hold, make_fair, make_firms
from tests.scheduler.booking.test_reseating import draw, home, places, row_of, strays, use, used
from tests.support.schedule import make_venue

LONG_ENOUGH = 1.0
"""Seconds that somebody who is not kept waiting needs."""

Deed = Callable[[Session], object]


def hold_open(site: Engine, first: Deed, second: Deed) -> list[object]:
    """Do one deed and, before its transaction ends, another; returns what the second met.

    Raises what the first one met.
    """
    done, go_on = Signal(), Signal()

    def one() -> None:
        try:
            with transaction(site) as session:
                first(session)
                done.set()
                go_on.wait()
        finally:
            done.set()

    def other() -> object:
        done.wait()
        try:
            with transaction(site) as session:
                return second(session)
        except Exception as error:
            return error

    with ThreadPoolExecutor(2) as threads:
        earlier, later = threads.submit(one), threads.submit(other)
        wait([later], LONG_ENOUGH)
        go_on.set()
        earlier.result()
        return [later.result()]


Race = tuple[Deed, Deed]


@pytest.fixture(params=["another version", "another hall"])
def race(site: Engine, request: pytest.FixtureRequest) -> Race:
    """Return two deeds: a firm books a booth, and the event leaves the plan of which the booth is."""
    with transaction(site) as session:
        fair = make_fair(session)
        (firm,) = make_firms(session, 1, fair)
        event_id, firm_id, booth = fair.id, firm.id, booths_of(session, fair)[0]
        if request.param == "another version":
            plan_id = draw(session, home(session, fair), *row_of("A1", "A2"))
            return lambda one: hold(one, event_id, firm_id, booth), lambda it: use(it, event_id, plan_id)
        venue = make_venue(session)
        draw(session, venue.id, *row_of("A1", "A2"))
        venue_id = venue.id

    def move(session: Session) -> None:
        session.execute(update(EventVenue).values(venue_id=venue_id))
        floor_for_event(session, event_id)

    return lambda one: hold(one, event_id, firm_id, booth), move


def test_who_books_while_the_plan_is_left_has_a_booth_that_the_event_offers(site: Engine, race: Race) -> None:
    hold_open(site, *race)
    with transaction(site) as session:
        assert strays(session) == 0
        assert list(places(session).values()) == [["A1"]]


def test_without_the_gate_the_booth_is_of_a_plan_that_nobody_offers(
    site: Engine, race: Race, backend: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control. SQLite has one writer, who is a gate."""
    monkeypatch.setattr(gate, "enter_alone", lambda *_, **__: None)
    hold_open(site, *race)
    with transaction(site) as session:
        assert strays(session) == (1 if backend == "postgresql" else 0)


def test_a_plan_is_not_retired_while_an_event_begins_to_use_it(site: Engine) -> None:
    with transaction(site) as session:
        fair = make_fair(session)
        event_id, plan_id = fair.id, draw(session, home(session, fair), *row_of("A1", "A2"))
    met = hold_open(
        site, lambda one: use(one, event_id, plan_id), lambda other: retire(other, floor_plan_id=plan_id)
    )
    assert [type(one) for one in met] == [FloorStillUsed]


def test_a_plan_that_is_being_retired_is_given_to_no_event(site: Engine) -> None:
    with transaction(site) as session:
        fair = make_fair(session)
        event_id, plan_id = fair.id, used(session, fair)[0]
        session.execute(delete(EventFloor))
    (met,) = hold_open(
        site, lambda one: retire(one, floor_plan_id=plan_id), lambda other: floor_for_event(other, event_id)
    )
    assert met == []


def test_without_its_lock_a_plan_is_retired_though_an_event_uses_it(site: Engine, backend: str) -> None:
    """The control: the same condition in the statement itself does not see what is not written yet."""
    with transaction(site) as session:
        fair = make_fair(session)
        event_id, plan_id = fair.id, draw(session, home(session, fair), *row_of("A1", "A2"))

    def unguarded(session: Session) -> None:
        in_use = select(EventFloor.event_id).where(EventFloor.floor_plan_id == FloorPlan.id).exists()
        session.execute(
            update(FloorPlan).where(FloorPlan.id == plan_id, ~in_use).values(state=FloorState.RETIRED)
        )

    hold_open(
        site,
        lambda one: one.execute(insert(EventFloor).values(event_id=event_id, floor_plan_id=plan_id)),
        unguarded,
    )
    with transaction(site) as session:
        retired = session.get_one(FloorPlan, plan_id).state is FloorState.RETIRED
        assert retired is (backend == "postgresql")
