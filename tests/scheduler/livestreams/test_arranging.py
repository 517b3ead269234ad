"""The solver orders a run sheet when it is asked to: a draft that can be undone, never two at once."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, select
from time_machine import TimeMachineFixture

from scheduler.arranging import arrange_due
from scheduler.database import reading, transaction
from scheduler.errors import NotFound
from scheduler.models import AvoidedNeighbour, OrderEnd, RunSheet, SheetOrder, SheetState
from scheduler.runsheets import Edit, Given, Line, LineKind, Lines, conflicts, from_rows, timed, to_rows
from scheduler.services.leases import MOST_ATTEMPTS, Claim
from scheduler.services.livestreams import (
    NobodyToOrder,
    claim_order,
    draft_sheet,
    edit_sheet,
    finish_order,
    order_sheet,
    publish_sheet,
    undo_edit,
)
from scheduler.services.livestreams.ordering import ORDER_LEASE
from scheduler.times import now
from scheduler.translate.runsheet import Frame, OnAirFirm, arranged
from tests.scheduler.livestreams.rows import make_livestream
from tests.scheduler.livestreams.test_sheets import firms_on, ready
from tests.support.racing import together

CLIENTS = 4
FRAME = Frame(minutes=120, lead=5, least=15, most=25)


def orders(site: Engine) -> list[tuple[int, OrderEnd | None]]:
    with reading(site) as session:
        rows = select(SheetOrder.attempt, SheetOrder.ended)
        return [(attempt, ended) for attempt, ended in session.execute(rows)]


def firms_in(lines: Lines) -> list[int]:
    return [line.enterprise_id for line in lines if line.enterprise_id is not None]


def lines_of(site: Engine) -> Lines:
    with reading(site) as session:
        return from_rows(session.scalars(select(RunSheet)).one().lines)


def test_what_the_solver_finds_keeps_the_rules_of_the_sheet() -> None:
    firms = [OnAirFirm(number, "C36" if number % 2 else "I", 20, number * 12) for number in range(1, 7)]
    breaks = (Line(LineKind.BREAK, 5), Line(LineKind.HOST, 1, host_id=7))
    lines = arranged(FRAME, firms, pauses=breaks)
    given = Given(minutes=120, least=15, most=25, hosts=frozenset({7}))
    assert {fault.rule for fault in conflicts(lines, given)} == {"gone"}  # `given` names no firms
    assert lines[0] == Line(LineKind.LEAD, 5)
    assert sorted(firms_in(lines)) == [1, 2, 3, 4, 5, 6]
    assert set(breaks) <= set(lines)


def test_firms_that_avoid_each_other_are_not_neighbours() -> None:
    firms = [OnAirFirm(1, "", 20, avoids=frozenset({2})), OnAirFirm(2, "", 20), OnAirFirm(3, "", 20)]
    order = firms_in(arranged(FRAME, firms))
    assert abs(order.index(1) - order.index(2)) > 1


def test_more_firms_than_fit_leave_out_those_who_came_last() -> None:
    firms = [OnAirFirm(number, "", 20) for number in range(1, 10)]
    assert sorted(firms_in(arranged(FRAME, firms))) == [1, 2, 3, 4, 5, 6, 7]


def test_a_firm_with_many_openings_is_on_air_when_most_people_watch() -> None:
    firms = [OnAirFirm(number, "", 15, headcount=40 if number in {1, 5} else 2) for number in range(1, 6)]
    ends = {line.line.enterprise_id: (line.start, line.end) for line in timed(arranged(FRAME, firms))}
    assert all(ends[firm][0] >= 30 and ends[firm][1] <= 90 for firm in (1, 5))
    order = firms_in(arranged(FRAME, firms))
    assert abs(order.index(1) - order.index(5)) > 1


def test_an_order_becomes_a_draft_and_can_be_undone(site: Engine) -> None:
    with ready(site) as (session, event_id, firms):
        draft_sheet(session, event_id=event_id)
        edit_sheet(session, event_id=event_id, revision=1, edit=Edit("break", 2))
        edit_sheet(session, event_id=event_id, revision=2, edit=Edit("longer", 0))
        session.add(AvoidedNeighbour(event_id=event_id, enterprise_id=firms[0], other_id=firms[1]))
        order_sheet(session, event_id=event_id)
        order_sheet(session, event_id=event_id)
    assert orders(site) == [(0, None)]
    assert arrange_due(site) == 1
    assert orders(site) == []
    lines = lines_of(site)
    assert sorted(firms_in(lines)) == firms
    assert lines[0] == Line(LineKind.LEAD, 6)
    assert Line(LineKind.BREAK, 5) in lines
    with transaction(site) as session:
        sheet = session.scalars(select(RunSheet)).one()
        assert sheet.made_by_solver
        undo_edit(session, event_id=event_id, revision=sheet.revision)
        assert firms_on(sheet) == firms
    assert arrange_due(site) == 0


def test_beside_a_sheet_in_force_the_order_is_a_draft_that_undoes_to_it(site: Engine) -> None:
    with ready(site) as (session, event_id, _):
        draft_sheet(session, event_id=event_id)
        in_force = publish_sheet(session, event_id=event_id, revision=1, published_by=None).lines
        order_sheet(session, event_id=event_id)
    assert arrange_due(site) == 1
    with transaction(site) as session:
        draft = session.scalars(select(RunSheet).where(RunSheet.state == SheetState.DRAFT)).one()
        assert (draft.version, draft.made_by_solver) == (2, True)
        assert undo_edit(session, event_id=event_id, revision=1).lines == in_force


def test_nobody_is_no_order(site: Engine) -> None:
    with transaction(site) as session:
        event = make_livestream(session)
        with pytest.raises(NobodyToOrder):
            order_sheet(session, event_id=event.id)
        with pytest.raises(NotFound):
            order_sheet(session, event_id=event.id + 1)


def test_a_worker_that_died_is_followed_by_another_and_its_late_answer_counts_for_nothing(
    site: Engine, time_machine: TimeMachineFixture
) -> None:
    with ready(site) as (session, event_id, firms):
        order_sheet(session, event_id=event_id)
        first = claim_order(session)
        assert first == Claim(event_id, 1, ORDER_LEASE)
        assert claim_order(session) is None  # it is being worked on
        time_machine.move_to(now() + ORDER_LEASE + timedelta(seconds=1), tick=False)
        assert claim_order(session) == Claim(event_id, 2, ORDER_LEASE)
        late = (Line(LineKind.TURN, 20, firms[0]),)
        assert not finish_order(session, claim=first, seen=None, lines=late)
        assert session.scalars(select(RunSheet)).all() == []


def test_an_order_that_kills_its_workers_is_not_tried_for_ever(
    site: Engine, time_machine: TimeMachineFixture
) -> None:
    with ready(site) as (session, event_id, _):
        order_sheet(session, event_id=event_id)
        for _attempt in range(MOST_ATTEMPTS):
            assert claim_order(session) is not None
            time_machine.move_to(now() + ORDER_LEASE + timedelta(seconds=1), tick=False)
        assert claim_order(session) is None
    assert orders(site) == [(MOST_ATTEMPTS, OrderEnd.GIVEN_UP)]


def test_what_cannot_be_ordered_says_so_and_may_be_asked_again(site: Engine) -> None:
    with ready(site) as (session, event_id, _):
        sheet = draft_sheet(session, event_id=event_id)
        sheet.lines = to_rows([*from_rows(sheet.lines), Line(LineKind.BREAK, 118)])
        order_sheet(session, event_id=event_id)
    before = lines_of(site)
    assert arrange_due(site) == 1
    assert orders(site) == [(1, OrderEnd.UNFIT)]
    assert lines_of(site) == before
    with transaction(site) as session:
        order_sheet(session, event_id=event_id)
    assert orders(site) == [(0, None)]


@pytest.mark.parametrize("changes", [1, MOST_ATTEMPTS])
def test_what_a_hand_changes_meanwhile_is_not_overwritten(
    site: Engine, monkeypatch: pytest.MonkeyPatch, changes: int
) -> None:
    """The order begins again from the changed sheet, and is given up where the hand never rests."""
    with ready(site) as (session, event_id, firms):
        draft_sheet(session, event_id=event_id)
        order_sheet(session, event_id=event_id)
    revisions = iter(range(1, changes + 1))

    def while_a_hand_changes(*question: Any, **options: Any) -> Lines:  # noqa: ANN401
        if (revision := next(revisions, None)) is not None:
            with transaction(site) as session:
                edit_sheet(session, event_id=event_id, revision=revision, edit=Edit("break", 2))
        return arranged(*question, **options)

    monkeypatch.setattr("scheduler.arranging.arranged", while_a_hand_changes)
    assert arrange_due(site) == min(changes + 1, MOST_ATTEMPTS)
    lines = lines_of(site)
    assert sum(line.kind is LineKind.BREAK for line in lines) == changes
    assert sorted(firms_in(lines)) == firms
    with reading(site) as session:
        by_solver = session.scalars(select(RunSheet.made_by_solver)).one()
    assert (by_solver, orders(site)) == (
        (True, []) if changes == 1 else (False, [(MOST_ATTEMPTS, OrderEnd.GIVEN_UP)])
    )


def test_an_unexpected_error_leaves_the_order_to_its_lease(
    site: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    with ready(site) as (session, event_id, _):
        order_sheet(session, event_id=event_id)

    def out_of_memory(*_: Any, **__: Any) -> Lines:  # noqa: ANN401
        raise MemoryError

    monkeypatch.setattr("scheduler.arranging.arranged", out_of_memory)
    with pytest.raises(MemoryError):
        arrange_due(site)
    assert (orders(site), arrange_due(site)) == ([(1, None)], 0)


def test_a_worker_that_stops_begins_no_further_order(site: Engine) -> None:
    with ready(site) as (session, event_id, _):
        order_sheet(session, event_id=event_id)
    assert (arrange_due(site, stopping=lambda: True), orders(site)) == (0, [(0, None)])


def test_of_many_who_ask_at_once_there_is_one_order(site: Engine) -> None:
    with ready(site) as (_, event_id, _firms):
        pass

    def ask(_client: int) -> None:
        with transaction(site) as session:
            order_sheet(session, event_id=event_id)

    assert together(CLIENTS, ask) == [None] * CLIENTS
    assert orders(site) == [(0, None)]
