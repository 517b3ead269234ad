"""The whole life of bookings in random order: what was promised is what the rows say, at every step.

Hypothesis draws the deeds and lets time pass; whether each must be done or refused follows from what was
promised before. `python3 do.py long --factor 100` tries 20,000 lives.
"""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import rule, run_state_machine_as_test
from sqlalchemy import Engine

from scheduler.database import transaction
from scheduler.services import booking
from scheduler.services.booking import holding, reseating
from scheduler.times import now
from tests.scheduler.booking.life import FIRMS, HALLS
from tests.scheduler.booking.life_of_enterprises import Enterprises
from tests.scheduler.booking.life_of_organizers import Organizers
from tests.scheduler.booking.rows import make_fair, make_firms
from tests.scheduler.booking.test_letters import with_letter_box
from tests.support.examples import examples

STEPS = 30
LIVES = {"sqlite": 200, "postgresql": 10}
PAUSES = [timedelta(minutes=minutes) for minutes in (1, 16, 100, 1_500)]


class Fairs(Enterprises, Organizers):
    """Everybody, the clock and the worker."""

    @rule(pause=st.sampled_from(PAUSES))
    def wait(self, pause: timedelta) -> None:
        """Time passes."""
        self.later(pause)

    @rule()
    def tick(self) -> None:
        """The worker ends what has run out, and offers what is free."""
        self.later()
        with self.session() as session, session.begin():
            booking.sweep_holds(session)
        with self.session() as session, session.begin():
            for event_id in booking.events_to_promote(session):
                booking.promote(session, event_id=event_id)
        self.swept_at = now()


@pytest.fixture
def world(site: Engine) -> Engine:
    """Add two fairs of a bureau, and enterprises that it admits and that get letters."""
    with transaction(site) as session:
        events = [
            make_fair(session, number, booths=booths, booths_each=2, consecutive=True, fairs_a_month=0)
            for number, booths in enumerate(HALLS, 1)
        ]
        made = make_firms(session, FIRMS, *events)
        for firm in made:
            with_letter_box(session, firm)
        Fairs.events, Fairs.firms = [event.id for event in events], [firm.id for firm in made]
    Fairs.engine = site
    return site


def test_what_was_promised_is_what_the_rows_say(world: Engine) -> None:
    lives = examples(LIVES[world.dialect.name], [HealthCheck.too_slow])
    run_state_machine_as_test(Fairs, settings=settings(lives, stateful_step_count=STEPS))


@pytest.mark.usefixtures("world")
def test_bookings_that_do_not_come_along_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reseating, "_seat", lambda *_arguments: None)
    few = settings(examples(60), phases=[Phase.generate], stateful_step_count=STEPS)
    with pytest.raises(AssertionError, match="bookings were left behind"):
        run_state_machine_as_test(Fairs, settings=few)


@pytest.mark.usefixtures("world")
def test_a_cancelled_booking_that_keeps_its_booths_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(holding, "vacate", lambda *_arguments, **_values: None)
    few = settings(examples(60), phases=[Phase.generate], stateful_step_count=STEPS)
    with pytest.raises(AssertionError, match="booth of an ended booking"):
        run_state_machine_as_test(Fairs, settings=few)
