"""Turns that others wait for, at one moment: given back, wanted, offered and accepted."""

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import Engine, delete, select, text, update
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import Session

from scheduler.database import reading, transaction
from scheduler.models import Enterprise, Event, StreamTurn, Waiting, WaitingState
from scheduler.services import waiting_lists
from scheduler.services.livestreams import (
    give_turn_back,
    join_turn_list,
    promote_turns,
    take_turn,
    turns,
)
from scheduler.times import now
from tests.scheduler.booking import rows
from tests.scheduler.livestreams.rows import make_firms, make_livestream
from tests.support.booths import faults
from tests.support.schedule import register

ROUNDS = 5
OFFERED = WaitingState.OFFERED


def together(site: Engine, deeds: list[Callable[[Session], object]]) -> list[str]:
    """Do all deeds at one moment; where a guard is taken away the database ends what contradicts itself."""
    return rows.together(site, deeds, beaten=(IntegrityError, OperationalError))


def add_full(site: Engine, number: int, waiting: int) -> tuple[int, list[int]]:
    """Add a livestream with one turn that is taken, and so many that wait: the event, and all firms."""
    with transaction(site) as session:
        event = make_livestream(session, number, turns=1).id
        firms = firms_of(session)
        take_turn(session, event_id=event, enterprise_id=firms[0])
        for firm in firms[1 : waiting + 1]:
            join_turn_list(session, event_id=event, enterprise_id=firm)
    return event, firms


def firms_of(session: Session) -> list[int]:
    known = list(session.scalars(select(Enterprise.id).order_by(Enterprise.id)))
    return known or [firm.id for firm in make_firms(session, 5)]


def offered(site: Engine, event: int) -> list[int]:
    with reading(site) as session:
        found = select(Waiting.enterprise_id).where(Waiting.event_id == event, Waiting.state == OFFERED)
        return [firm or 0 for firm in session.scalars(found.order_by(Waiting.id))]


def take(event: int, firm: int) -> Callable[[Session], object]:
    return lambda session: take_turn(session, event_id=event, enterprise_id=firm)


def test_the_last_turn_given_back_while_one_waits_goes_to_it_whoever_else_tries(site: Engine) -> None:
    for number in range(1, ROUNDS + 1):
        event, firms = add_full(site, number, 1)
        back = lambda session, event=event, firm=firms[0]: give_turn_back(  # noqa: E731
            session, event_id=event, enterprise_id=firm
        )
        answers = together(site, [back, take(event, firms[2]), take(event, firms[3])])
        assert answers == ["done", "turns_full", "turns_full"]
        assert offered(site, event) == [firms[1]]
    assert faults(site) == []


@pytest.mark.parametrize("guarded", [True, False])
def test_a_turn_nobody_has_noticed_is_left_to_who_waits(
    site: Engine, monkeypatch: pytest.MonkeyPatch, *, guarded: bool
) -> None:
    """It is free, and the worker has not come yet: without the guard somebody who comes later has it."""
    if not guarded:
        monkeypatch.setattr(turns, "_others_wait", lambda *_: False)
    event, firms = add_full(site, 1, 1)
    with transaction(site) as session:
        session.execute(delete(StreamTurn))
    answers = together(site, [take(event, firms[2]), take(event, firms[3])])
    with transaction(site) as session:
        promote_turns(session, event_id=event)
    assert sorted(answers) == (["turns_full"] * 2 if guarded else ["done", "turns_full"])
    assert offered(site, event) == ([firms[1]] if guarded else [])


def test_ten_promoters_at_once_offer_one_turn_once_and_in_order(site: Engine) -> None:
    for number in range(1, ROUNDS + 1):
        event, firms = add_full(site, number, 3)
        with transaction(site) as session:
            session.execute(delete(StreamTurn).where(StreamTurn.event_id == event))
        promoting = lambda session, event=event: promote_turns(session, event_id=event)  # noqa: E731
        assert together(site, [promoting] * 10) == ["done"] * 10
        assert offered(site, event) == [firms[1]]
    assert faults(site) == []


@pytest.mark.parametrize("guarded", [True, False])
def test_one_turn_is_not_offered_to_two(site: Engine, *, guarded: bool) -> None:
    """Everybody writes what was seen before, as the service must not: the unique index lets one do so."""
    add_full(site, 1, 3)
    with transaction(site) as session:
        session.execute(delete(StreamTurn))
        if not guarded:
            session.execute(text("DROP INDEX uq_waiting_ordinal"))
        ids = list(session.scalars(select(Waiting.id).order_by(Waiting.id)))
    until = now() + timedelta(hours=1)

    def careless(waiting_id: int) -> Callable[[Session], object]:
        values = {"state": OFFERED, "offered_at": now(), "offer_until": until, "ordinal": 1}
        return lambda session: session.execute(
            update(Waiting).where(Waiting.id == waiting_id).values(**values)
        )

    answers = together(site, [careless(waiting_id) for waiting_id in ids])
    assert answers.count("done") == (1 if guarded else 3)
    assert any("turn that is offered twice" in fault for fault in faults(site)) is not guarded


@pytest.mark.parametrize("guarded", [True, False])
def test_an_offer_accepted_at_its_last_moment_is_accepted_or_passed_on_and_not_both(
    site: Engine, monkeypatch: pytest.MonkeyPatch, *, guarded: bool
) -> None:
    """One clock says that there is a moment left, the other one that the time is over; the control lets the
    offer be passed on and then accepts what it had seen before.
    """
    event, firms = add_full(site, 1, 2)
    with transaction(site) as session:
        give_turn_back(session, event_id=event, enterprise_id=firms[0])
    until, clocks, passed = now() + timedelta(hours=24), threading.local(), threading.Event()
    monkeypatch.setattr(waiting_lists, "now", lambda: clocks.at)

    def accept(session: Session) -> None:
        clocks.at = until - timedelta(microseconds=1)
        if guarded:
            take_turn(session, event_id=event, enterprise_id=firms[1])
        else:
            passed.wait(30)
            register(session, session.get_one(Event, event), session.get_one(Enterprise, firms[1]))
            session.add(StreamTurn(event_id=event, ordinal=1, enterprise_id=firms[1], minutes_wanted=20))

    def pass_on(session: Session) -> None:
        clocks.at = until
        promote_turns(session, event_id=event)
        session.commit()
        passed.set()

    accepted, _ = together(site, [accept, pass_on])
    found = faults(site)
    if guarded:
        assert accepted in {"done", "turns_full", "offer_ran_out"}
        assert offered(site, event) == ([] if accepted == "done" else [firms[2]])
        assert found == []
    else:
        assert any("turn that is taken and offered" in fault for fault in found)
