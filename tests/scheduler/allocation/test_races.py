"""Whoever publishes or overrides at one moment: one wins, the others are told, no booth is given twice."""

from collections import Counter
from collections.abc import Callable

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from scheduler.database import transaction
from scheduler.models import BoothAllocation
from scheduler.services import allocation, booking
from scheduler.services.allocation import publishing
from scheduler.services.allocation.question import Question
from solver.booths import Allocation
from solver.booths.exchange import read_allocation
from tests.scheduler.allocation.rows import contested, drafted
from tests.scheduler.booking.rows import booths_of, taken, together
from tests.support.schedule import make_employer

WITHOUT_KEY = (
    "DROP INDEX uq_booking_standing",
    "DROP TABLE booth_hold",
    "CREATE TABLE booth_hold (event_id INTEGER, booth_id INTEGER, booking_id INTEGER)",
)


def give(session: Session, event_id: int, firm: int, booth: int) -> int:
    """Give a firm a booth whatever the rules say."""
    return booking.override(
        session,
        event_id=event_id,
        enterprise_id=firm,
        booth_ids=[booth],
        reason="重点企业",
        booked_by=None,
    )


def publishing_of(draft: int) -> Callable[[Session], object]:
    """Return the deed of publishing a draft."""
    return lambda session: allocation.publish_allocation(session, allocation_id=draft, published_by=None)


def giving(event_id: int, firm: int, booth: int) -> Callable[[Session], object]:
    """Return the deed of giving a firm a booth."""
    return lambda session: give(session, event_id, firm, booth)


def sold(engine: Engine) -> Counter[int]:
    """Return how often each booth is taken."""
    with transaction(engine) as session:
        return Counter(booth for booth, _ in taken(session))


def test_of_many_who_publish_one_does(site: Engine) -> None:
    event_id, _ = contested(site)
    draft = drafted(site, event_id)
    outcomes = together(site, [publishing_of(draft)] * 6)
    assert Counter(outcomes) == {"done": 1, "allocation_not_a_draft": 5}
    assert set(sold(site).values()) == {1}
    assert len(sold(site)) == 4


@pytest.mark.parametrize("turn", range(3))
def test_an_override_and_a_publication_never_give_one_booth_twice(site: Engine, turn: int) -> None:
    event_id, _ = contested(site)
    draft = drafted(site, event_id)
    with transaction(site) as session:
        booths = booths_of(session, event_id)
        outsiders = [make_employer(session, 60 + number).id for number in range(3)]
    deeds = [
        publishing_of(draft),
        *(giving(event_id, *both) for both in zip(outsiders, booths, strict=False)),
    ]
    outcomes = Counter(together(site, deeds[turn:] + deeds[:turn]))
    assert set(sold(site).values()) == {1}
    if outcomes["allocation_stale"]:
        assert outcomes == {"allocation_stale": 1, "done": 3}
        assert len(sold(site)) == 3
    else:
        assert outcomes["done"] == 1
        assert len(sold(site)) == 4


def careless(session: Session, allocation_id: int, event_id: int) -> tuple[Question, Allocation]:
    """Believe the draft as a careless program would, which does not ask what changed since."""
    question = allocation.read_question(session, event_id=event_id)
    row = session.get_one(BoothAllocation, allocation_id, populate_existing=True)
    return question, read_allocation(row.answer or "")


@pytest.mark.parametrize("guarded", [True, False])
def test_the_keys_of_the_database_judge_even_a_careless_publication(
    site: Engine, monkeypatch: pytest.MonkeyPatch, *, guarded: bool
) -> None:
    """The control: with the keys taken away, the same carelessness sells a booth twice."""
    event_id, _ = contested(site)
    draft = drafted(site, event_id)
    with transaction(site) as session:
        if not guarded:
            for statement in WITHOUT_KEY:
                session.execute(text(statement))
    with transaction(site) as session:
        booth, outsider = booths_of(session, event_id)[0], make_employer(session, 60).id
    if guarded:
        with transaction(site) as session:
            give(session, event_id, outsider, booth)
    else:
        with transaction(site) as session:
            session.execute(text(f"INSERT INTO booth_hold VALUES ({event_id}, {booth}, 0)"))  # noqa: S608
    monkeypatch.setattr(publishing, "_still_true", careless)
    outcomes = together(site, [publishing_of(draft)])
    assert outcomes == (["allocation_stale"] if guarded else ["done"])
    assert max(sold(site).values()) == (1 if guarded else 2)
