"""The public word is corrected while an allocation is asked for or published: what was drawn with holds."""

from collections.abc import Callable
from contextlib import suppress
from threading import Barrier, BrokenBarrierError

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from scheduler.database import transaction
from scheduler.models import AllocationState, BookingTerms
from scheduler.services import allocation
from scheduler.services.allocation import wording
from scheduler.services.booking import gate
from tests.scheduler.allocation.rows import contested, drafted, receipts_of
from tests.scheduler.allocation.test_public_word import RULE
from tests.scheduler.allocation.test_races import publishing_of
from tests.scheduler.booking.rows import together

Deed = Callable[[Session], object]
OVERLAP_SECONDS = 0.3
ON_POSTGRESQL = pytest.mark.parametrize("backend", ["postgresql"], indirect=True)
"""Where two can be inside at one moment: SQLite has one writer, whatever a guard does."""


def overlapping(site: Engine, deeds: list[Deed]) -> list[str]:
    """Do deeds at the same moment, each still open until all are done, unless a guard keeps one waiting."""
    both = Barrier(len(deeds))

    def open_still(deed: Deed) -> Deed:
        def do(session: Session) -> None:
            deed(session)
            session.flush()
            with suppress(BrokenBarrierError):
                both.wait(OVERLAP_SECONDS)

        return do

    return together(site, [open_still(deed) for deed in deeds])


def correcting(event_id: int, word: str = "30741") -> Deed:
    return lambda session: allocation.enter_word(session, event_id=event_id, word=word)


def word_of(session: Session, event_id: int) -> str | None:
    return session.get_one(BookingTerms, event_id, populate_existing=True).public_word


def asked_beside_a_correction(site: Engine, first: str | None) -> tuple[list[str], bool]:
    """Correct the word while an allocation is asked for; tells whether the asker saw the word that stays."""
    event_id, _ = contested(site, public_rule=RULE, public_word=first)
    seen: list[str | None] = []

    def ask(session: Session) -> None:
        allocation.request_allocation(session, event_id=event_id)
        seen.append(word_of(session, event_id))

    outcomes = overlapping(site, [correcting(event_id), ask])
    with transaction(site) as session:
        return outcomes, not seen or seen == [word_of(session, event_id)]


@pytest.mark.parametrize("first", ["30714", None])
def test_who_asks_for_an_allocation_beside_a_correction_is_asked_with_the_word_that_stays(
    site: Engine, first: str | None
) -> None:
    outcomes, same = asked_beside_a_correction(site, first)
    assert same
    refused = {"public_word_missing"} if first is None else {"public_word_drawn"}
    assert sorted(outcomes) in (["done", "done"], sorted(["done", *refused]))


@ON_POSTGRESQL
def test_without_the_gate_an_allocation_is_asked_for_with_a_word_that_changes(
    site: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: the same race, with nobody kept waiting."""
    monkeypatch.setattr(gate, "enter_alone", lambda _session, *, event_ids: event_ids)
    assert asked_beside_a_correction(site, "30714") == (["done", "done"], False)


def published_beside_a_correction(site: Engine) -> tuple[list[str], bool]:
    """Correct the word while a draft is published; tells whether the receipts hold the word that stays."""
    event_id, _ = contested(site, public_rule=RULE, public_word="30714")
    draft = drafted(site, event_id)
    outcomes = overlapping(site, [correcting(event_id), publishing_of(draft)])
    with transaction(site) as session:
        words = {receipt.public for receipt in receipts_of(session, draft).values()}
        return outcomes, words == {word_of(session, event_id)}


def test_who_publishes_beside_a_correction_publishes_with_the_word_that_stays(site: Engine) -> None:
    assert published_beside_a_correction(site) == (["public_word_drawn", "done"], True)


@ON_POSTGRESQL
def test_without_a_look_at_what_was_drawn_receipts_are_handed_out_for_another_word(
    site: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: the same race, where neither what was drawn nor the gate stops who corrects."""
    monkeypatch.setattr(wording, "UNSEEN", tuple(AllocationState))
    monkeypatch.setattr(gate, "enter_alone", lambda _session, *, event_ids: event_ids)
    assert published_beside_a_correction(site) == (["done", "done"], False)
