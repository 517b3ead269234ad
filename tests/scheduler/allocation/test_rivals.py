"""An allocation is published while somebody gives or takes a booth: no booth twice, whoever comes first.

The judge of bookings reads the rows. `python3 do.py long` runs a hundred rounds.
"""

import pytest
from sqlalchemy import Engine, text, update
from sqlalchemy.orm import Session

from scheduler.database import transaction
from scheduler.models import BookingTerms, Enterprise, Event, Registration, RegistrationState, Way
from scheduler.services.allocation import publishing
from scheduler.services.registering import answer_registrations
from tests.scheduler.allocation.rows import ask, close, drafted
from tests.scheduler.allocation.test_races import careless, publishing_of
from tests.scheduler.booking.deeds import BESIDES, REASON, RIVALS, Act, Deed, Spot, approve, lapse, override
from tests.scheduler.booking.rows import confirmed, hold, together
from tests.scheduler.booking.spots import UNGUARDED, admitting_fair, firms_with_letters
from tests.support.booths import faults
from tests.support.examples import FACTOR

MAY_HAPPEN = {"done", "allocation_stale", "booking_closed", "crowded"}
"""What may become of publishing: nothing else is told to who publishes."""


@pytest.fixture
def firms(site: Engine) -> list[int]:
    """Add firms that get letters."""
    return firms_with_letters(site, 4)


def admit(session: Session, at: Spot) -> Act:
    """Its registration is approved."""
    key = (at.event_id, at.firm)
    session.get_one(Registration, key).state = RegistrationState.REQUESTED
    return lambda session: answer_registrations(
        session, keys=[key], approve=True, reason=REASON, answered_by=None
    )


GIVING = (*(deed for deed in RIVALS if deed not in {approve, lapse}), admit)
"""Holds are kept for nobody here, and who is approved books nothing: an approval is `admit`."""


def raced(site: Engine, number: int, firms: list[int], deed: Deed, *, booked: bool) -> list[str]:
    """Draft an allocation that gives the third firm the first booth, and publish it while a deed is done."""
    with transaction(site) as session:
        event_id, first = admitting_fair(session, number, firms)
        if booked:
            hold(session, event_id, firms[0], first + 1)
            confirmed(session, event_id, firms[1], first + 2)
        act = deed(session, Spot(event_id, first, (first + 3, first + 4), (firms[0], firms[1])))
        _by_allocation(session, event_id, firms[2], first)
    return together(site, [publishing_of(drafted(site, event_id)), act])


def _by_allocation(session: Session, event_id: int, firm: int, booth: int) -> None:
    """Let the event be one that allocates its booths, past its closing date; a firm wishes for a booth."""
    session.flush()
    session.execute(update(BookingTerms).where(BookingTerms.event_id == event_id).values(way=Way.ALLOCATION))
    ask(session, session.get_one(Event, event_id), session.get_one(Enterprise, firm), wishes=[booth])
    close(session, event_id)


@pytest.mark.parametrize("booked", [False, True])
@pytest.mark.parametrize("round_", range(FACTOR))
def test_who_publishes_beside_any_other_deed_gives_no_booth_twice(
    site: Engine, firms: list[int], round_: int, *, booked: bool
) -> None:
    for number, deed in enumerate(BESIDES if booked else GIVING, 1):
        outcomes = raced(site, number, firms, deed, booked=booked)
        assert outcomes[0] in MAY_HAPPEN, (deed.__name__, outcomes)
        assert "done" in outcomes, (deed.__name__, outcomes)
        assert faults(site) == [], (deed.__name__, outcomes)


def test_without_the_key_a_careless_publication_gives_a_booth_twice(
    site: Engine, firms: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: the same race, with neither the key of booths nor a second look at the question."""
    monkeypatch.setattr(publishing, "_still_true", careless)
    with site.begin() as connection:
        for statement in UNGUARDED[site.dialect.name]:
            connection.execute(text(statement))
    found: list[str] = []
    for number in range(1, 10):
        raced(site, number, firms, override, booked=False)
        found = faults(site)
        if found:
            break
    assert any(fault.startswith("booth with two holders") for fault in found)
