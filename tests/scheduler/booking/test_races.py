"""All pairs of deeds on booths at the same moment: nobody gets what another has, and the rows agree.

A judge that shares no code with the product reads the rows. `python3 do.py long` runs a hundred rounds.
"""

from collections.abc import Iterable, Sequence
from itertools import combinations_with_replacement

import pytest
from sqlalchemy import Engine, text

from scheduler.database import transaction
from tests.scheduler.booking.deeds import BESIDES, RIVALS, Act, Deed, Spot, approve, book, override
from tests.scheduler.booking.rows import confirmed, hold, together
from tests.scheduler.booking.spots import UNGUARDED, admitting_fair, firms_with_letters
from tests.support.booths import faults
from tests.support.examples import FACTOR

ROUNDS = FACTOR


@pytest.fixture
def firms(site: Engine) -> list[int]:
    """Add firms that get letters."""
    return firms_with_letters(site, 4)


@pytest.mark.parametrize("round_", range(ROUNDS))
def test_two_who_want_one_booth(site: Engine, firms: list[int], round_: int) -> None:
    done: dict[int, str] = {}
    for number, pair in enumerate(combinations_with_replacement(RIVALS, 2), 1):
        with transaction(site) as session:
            event_id, first = admitting_fair(session, number, firms)
            acts = [
                deed(session, Spot(event_id, first, (first + side + 1, first + side + 2), (one, two)))
                for deed, side, one, two in zip(pair, (0, 2), firms[::2], firms[1::2], strict=True)
            ]
        assert "done" in together(site, acts), names(pair)
        done[event_id] = names(pair)
    assert faults(site) == [], done


@pytest.mark.parametrize("round_", range(ROUNDS))
def test_two_who_do_something_with_one_booking(site: Engine, firms: list[int], round_: int) -> None:
    done: dict[int, str] = {}
    for number, pair in enumerate(combinations_with_replacement(BESIDES, 2), 1):
        with transaction(site) as session:
            event_id, first = admitting_fair(session, number, firms)
            hold(session, event_id, firms[0], first)
            confirmed(session, event_id, firms[1], first + 1)
            acts = [
                deed(session, Spot(event_id, first, (first + side, first + side + 1), (firms[0], firms[1])))
                for deed, side in zip(pair, (2, 4), strict=True)
            ]
        together(site, acts)
        done[event_id] = names(pair)
    assert faults(site) == [], done


def test_without_the_key_of_booths_the_judge_finds_two_holders(site: Engine, firms: list[int]) -> None:
    with site.begin() as connection:
        for statement in UNGUARDED[site.dialect.name]:
            connection.execute(text(statement))
    found: Sequence[str] = ()
    for number in range(1, 20):
        with transaction(site) as session:
            event_id, first = admitting_fair(session, number, firms)
            acts: list[Act] = [
                deed(session, Spot(event_id, first, (0, 0), (firm, firm)))
                for firm, deed in zip(firms, (book, approve, override), strict=False)
            ]
        together(site, acts)
        found = faults(site)
        if found:
            break
    assert any(fault.startswith("booth with two holders") for fault in found)


def names(pair: Iterable[Deed]) -> str:
    """Return what two deeds are called."""
    return " × ".join(deed.__name__ for deed in pair)
