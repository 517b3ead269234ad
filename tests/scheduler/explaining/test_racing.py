"""Two who change, take back, publish or discard one draft at the same moment, and what holds them apart."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event as Signal
from typing import Any

import pytest
from sqlalchemy import ColumnElement, Delete, Engine, delete, select, update
from sqlalchemy.exc import IntegrityError

from scheduler.database import reading, transaction
from scheduler.errors import Refusal
from scheduler.models import Event, Plan, PlanChange, PlanState
from scheduler.queries.placed import placed_in
from scheduler.services.explaining import changing, undo_change
from scheduler.services.planning import discard_plan
from scheduler.services.publishing import publish_plan
from tests.scheduler.explaining.test_changing import apply, placed
from tests.scheduler.explaining.world import World
from tests.support.racing import together

CLIENTS = 4
PATIENCE_SECONDS = 3.0


def undo_number(engine: Engine, world: World, number: int) -> None:
    with transaction(engine) as session:
        undo_change(session, plan_id=world.draft, number=number, made_by=None)


def publish(engine: Engine, world: World) -> None:
    with transaction(engine) as session:
        publish_plan(session, plan_id=world.draft, published_by=None, public_url="http://fair.test")


def codes(answers: list[Exception | None]) -> list[str]:
    assert all(answer is None or isinstance(answer, Refusal) for answer in answers), answers
    return sorted(answer.code if isinstance(answer, Refusal) else "done" for answer in answers)


def test_of_many_who_undo_one_change_at_once_one_does_and_no_earlier_change_goes(
    engine: Engine, world: World
) -> None:
    apply(engine, world, world.first, 12)
    once = placed(engine, world)
    apply(engine, world, world.first, 13)
    answers = together(CLIENTS, lambda _: undo_number(engine, world, 2))
    assert codes(answers) == [*["answer_outdated"] * (CLIENTS - 1), "done"]
    assert placed(engine, world) == once
    with reading(engine) as session:
        assert list(session.execute(select(PlanChange.number, PlanChange.undoes))) == [
            (1, None),
            (2, None),
            (3, 2),
        ]


def test_without_its_number_each_of_them_would_take_a_change_back(
    engine: Engine, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: whoever undoes merely the last change there is takes the earlier one along."""
    before = placed(engine, world)
    apply(engine, world, world.first, 12)
    apply(engine, world, world.first, 13)

    def undo_last(_client: int) -> None:
        with transaction(engine) as session:
            changing.take_draft(session, plan_id=world.draft)
            last = changing.last_change(session, plan_id=world.draft)
            assert last is not None
            undo_change(session, plan_id=world.draft, number=last.number, made_by=None)

    assert together(2, undo_last) == [None, None]
    assert placed(engine, world) == before


@pytest.mark.parametrize("guarded", [True, False])
def test_a_change_and_a_publication_do_not_pass_each_other(
    engine: Engine, world: World, monkeypatch: pytest.MonkeyPatch, *, guarded: bool
) -> None:
    """What is public is what the plan says, whoever comes first; the lock on the draft sees to it.

    The publication begins while the undoing is at work. SQLite lets one write at a time anyway.
    """
    apply(engine, world, world.first, 12)
    if not guarded:
        monkeypatch.setattr(changing, "take_draft", lambda *_, **__: None)
    at_work, published = Signal(), Signal()
    judged = changing._judged  # noqa: SLF001 - where undoing has looked and not yet written

    def waits(*question: Any) -> Any:  # noqa: ANN401
        at_work.set()
        published.wait(PATIENCE_SECONDS)
        return judged(*question)

    monkeypatch.setattr(changing, "_judged", waits)
    with ThreadPoolExecutor(1) as pool:
        undoing = pool.submit(undo_number, engine, world, 1)
        assert at_work.wait(PATIENCE_SECONDS * 10)
        with ThreadPoolExecutor(1) as other:
            publishing = other.submit(publish, engine, world)
            publishing.add_done_callback(lambda _: published.set())
            undoing.result()
            publishing.result()
    with reading(engine) as session:
        public = select(Event.id, Event.starts_at).where(Event.starts_at.is_not(None)).order_by(Event.id)
        seen = [(event_id, starts_at) for event_id, starts_at in session.execute(public)]
        planned = [(one.event_id, one.starts_at) for one in placed_in(session, plan_id=world.draft)]
    alone = guarded or engine.dialect.name == "sqlite"
    assert (seen == sorted(planned)) is alone


def test_of_publishing_and_discarding_a_repair_at_once_one_happens(engine: Engine, world: World) -> None:
    """A repair is undone by discarding its draft, never once it is in force: the DELETE asks for a draft."""
    mended(engine, world)
    deeds = (publish, discard)
    answers = together(len(deeds), lambda client: deeds[client](engine, world))
    with reading(engine) as session:
        left = session.scalars(select(Plan.state)).all()
    assert codes(answers).count("done") == 1
    assert list(left) == ([PlanState.PUBLISHED] if answers[0] is None else [])


def test_a_discarding_that_does_not_ask_for_a_draft_meets_the_publications_key(
    engine: Engine, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: it would delete what is in force, if its publication did not hold it."""
    mended(engine, world)
    publish(engine, world)
    monkeypatch.setattr("scheduler.services.planning.discarding.delete", unconditional)
    with pytest.raises(IntegrityError):
        discard(engine, world)


def mended(engine: Engine, world: World) -> None:
    with transaction(engine) as session:
        session.execute(update(Plan).where(Plan.id == world.draft).values(repair={"hit": []}))


def discard(engine: Engine, world: World) -> None:
    with transaction(engine) as session:
        discard_plan(session, plan_id=world.draft)


class unconditional:  # noqa: N801 - stands for the function of this name
    """A DELETE of a plan, whatever its state."""

    def __init__(self, table: type[Plan]) -> None:
        """Keep the table."""
        self._table = table

    def where(self, one: ColumnElement[bool], _draft: ColumnElement[bool]) -> Delete:
        """Ask for the plan only."""
        return delete(self._table).where(one)
