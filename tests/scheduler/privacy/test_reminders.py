"""Reminders go to who comes and has agreed to them, once for each time an event is announced."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from sqlalchemy import Engine, select, update
from sqlalchemy.orm import Session

from scheduler.database import transaction
from scheduler.mailing.letters import compose
from scheduler.mailing.writing import Letter
from scheduler.models import (
    Account,
    Booking,
    BookingSource,
    BookingState,
    EnterpriseRole,
    Event,
    EventState,
    Message,
    Purpose,
    Ticket,
    TicketState,
)
from scheduler.services import accounts
from scheduler.services.privacy import agree, withdraw
from scheduler.services.reminders import write_reminders
from scheduler.settings import Settings
from tests.support.schedule import add_reference, make_employer, make_event, register

EVE = datetime.fromisoformat("2027-01-04T12:00:00+08:00")  # the event begins on 5 January at 9
SETTINGS = Settings(
    "", "a secret of forty characters for the tests", Path(), "https://fair.example", production=False
)


@pytest.fixture
def site(engine: Engine) -> Engine:
    """Add a seeker with a ticket and an enterprise with a booking, for an event tomorrow; both agree."""
    with time_machine.travel(EVE, tick=False), transaction(engine) as session:
        add_reference(session)
        event, firm = make_event(session), make_employer(session)
        register(session, event, firm)
        session.add(
            Booking(
                event_id=event.id,
                enterprise_id=firm.id,
                state=BookingState.CONFIRMED,
                source=BookingSource.FIRST_COME,
            )
        )
        seeker = _account(session, "seeker", accounts.Belonging.seeker())
        _account(session, "owner", accounts.Belonging.employer(firm.id, EnterpriseRole.OWNER))
        _account(session, "stranger", accounts.Belonging.seeker())
        session.add(Ticket(event_id=event.id, account_id=seeker.id, serial="serial", state=TicketState.VALID))
    return engine


def _account(session: Session, login: str, belonging: accounts.Belonging) -> Account:
    account = accounts.create_account(
        session,
        login=login,
        password=None,
        display_name=login,
        belonging=belonging,
        email=f"{login}@example.org",
    )
    agree(session, account_id=account.id, purpose=Purpose.REMINDERS, contact="0531")
    return account


def _written(engine: Engine) -> list[str]:
    with transaction(engine) as session:
        write_reminders(session)
        return sorted(session.scalars(select(Message.recipient)))


def _letters(engine: Engine) -> list[Letter]:
    with transaction(engine) as session:
        found = [compose(session, message, SETTINGS) for message in session.scalars(select(Message))]
        return [letter for letter in found if letter is not None]


def test_who_comes_and_agrees_is_reminded_once(site: Engine) -> None:
    with time_machine.travel(EVE, tick=False):
        assert _written(site) == _written(site) == ["owner@example.org", "seeker@example.org"]
        letters = _letters(site)
    assert len(letters) == 2
    assert "2027-01-05 09:00" in letters[0].text
    assert "https://fair.example/events/event-1@example.org" in letters[0].text


def test_everybody_is_written_to_in_the_language_they_chose(site: Engine) -> None:
    with transaction(site) as session:
        seeker = session.scalars(select(Account.id).where(Account.login == "seeker")).one()
        accounts.choose_language(session, account_id=seeker, language="en")
    with time_machine.travel(EVE, tick=False):
        _written(site)
        subjects = {letter.to: letter.subject for letter in _letters(site)}
    assert "An event to come" in subjects["seeker@example.org"]
    assert "活动提醒" in subjects["owner@example.org"]


@pytest.mark.parametrize("hours", [-4, 22])
def test_neither_too_early_nor_too_late(site: Engine, hours: int) -> None:
    with time_machine.travel(EVE + timedelta(hours=hours), tick=False):
        assert _written(site) == []


def test_without_consent_there_is_no_letter(site: Engine) -> None:
    with time_machine.travel(EVE, tick=False):
        with transaction(site) as session:
            for account_id in session.scalars(select(Account.id)):
                withdraw(session, account_id=account_id, purpose=Purpose.REMINDERS)
        assert _written(site) == []


@pytest.mark.parametrize(
    "change",
    [
        update(Event).values(state=EventState.CANCELLED),
        update(Event).values(starts_at=EVE + timedelta(hours=23), ends_at=EVE + timedelta(hours=25)),
        update(Account).values(disabled_at=EVE),
    ],
    ids=["cancelled", "moved", "disabled"],
)
def test_what_is_not_true_any_more_is_not_sent(site: Engine, change: object) -> None:
    with time_machine.travel(EVE, tick=False):
        assert len(_written(site)) == 2
        with transaction(site) as session:
            session.execute(change)  # type: ignore[call-overload]
        assert _letters(site) == []


def test_consent_withdrawn_after_the_letter_was_written_stops_it(site: Engine) -> None:
    with time_machine.travel(EVE, tick=False):
        _written(site)
        with transaction(site) as session:
            seeker = session.scalars(select(Account.id).where(Account.login == "seeker")).one()
            withdraw(session, account_id=seeker, purpose=Purpose.REMINDERS)
        assert [letter.to for letter in _letters(site)] == ["owner@example.org"]


def test_an_event_that_is_moved_is_announced_anew(site: Engine) -> None:
    with time_machine.travel(EVE, tick=False):
        _written(site)
        with transaction(site) as session:
            later = EVE + timedelta(hours=23)
            session.execute(update(Event).values(starts_at=later, ends_at=later + timedelta(hours=2)))
        assert len(_written(site)) == 4
        assert len(_letters(site)) == 2
