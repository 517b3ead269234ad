"""The letter on a firm's minute says what holds when it is sent, and is not sent when that has changed."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, select
from time_machine import TimeMachineFixture

from scheduler.database import reading, transaction
from scheduler.mailing.letters import compose
from scheduler.models import Account, Event, EventState, Message, StreamTurn
from scheduler.runsheets import Edit
from scheduler.services.livestreams import draft_sheet, edit_sheet, publish_sheet
from scheduler.times import now
from tests.scheduler.livestreams.rows import BEFORE
from tests.scheduler.livestreams.test_sheets import ready
from tests.support.schedule import add_reference
from tests.web.conftest import settings_for


@pytest.fixture
def site(engine: Engine, time_machine: TimeMachineFixture) -> Engine:
    time_machine.move_to(BEFORE)
    with transaction(engine) as session:
        add_reference(session)
    with ready(engine, 2) as (session, event_id, _):
        draft_sheet(session, event_id=event_id)
        publish_sheet(session, event_id=event_id, revision=1, published_by=None)
    return engine


def texts(site: Engine, tmp_path: Path, language: str = "zh") -> list[str]:
    with reading(site) as session:
        letters = session.scalars(select(Message).order_by(Message.id)).all()
        settings = settings_for(str(site.url), tmp_path)
        for letter in letters:
            letter.language = language
        found = [compose(session, letter, settings) for letter in letters]
    return [f"{letter.subject}\n{letter.text}" if letter else "" for letter in found]


def test_each_firm_reads_its_own_minute_in_its_language(site: Engine, tmp_path: Path) -> None:
    one, two = texts(site, tmp_path)
    assert "您的直播场次时间" in one
    assert "示例企业1的场次时间为：\n\n2027-01-05 18:35，时长 25 分钟" in one
    assert "2027-01-05 19:00" in two
    assert "is on air\n\n2027-01-05 18:35, for 25 minutes" in texts(site, tmp_path, "en")[0]
    assert "http://127.0.0.1:8000/enterprise/livestreams/" in one


def test_a_letter_that_a_later_sheet_has_overtaken_is_not_sent(site: Engine, tmp_path: Path) -> None:
    with transaction(site) as session:
        event_id = session.scalars(select(StreamTurn.event_id)).first() or 0
        draft_sheet(session, event_id=event_id)
        edit_sheet(session, event_id=event_id, revision=1, edit=Edit("down", 1))
        publish_sheet(session, event_id=event_id, revision=2, published_by=None)
    old_one, old_two, new_one, new_two = texts(site, tmp_path)
    assert (old_one, old_two) == ("", "")
    assert "示例企业1的场次时间为：\n\n2027-01-05 19:00" in new_one
    assert "18:35" in new_two


@pytest.mark.parametrize("change", ["cancelled", "over"])
def test_nobody_is_told_of_a_livestream_that_is_off_or_over(
    site: Engine, tmp_path: Path, change: str
) -> None:
    with transaction(site) as session:
        event = session.scalars(select(Event)).one()
        if change == "cancelled":
            event.state = EventState.CANCELLED
        else:
            event.starts_at = BEFORE - timedelta(days=1)
    assert texts(site, tmp_path) == ["", ""]


def test_a_letter_goes_to_the_address_of_now_and_to_nobody_who_is_gone(site: Engine, tmp_path: Path) -> None:
    with transaction(site) as session:
        one, two = session.scalars(select(Account).order_by(Account.id))
        one.email, two.disabled_at = "new@example.org", now()
        settings = settings_for(str(site.url), tmp_path)
        letters = session.scalars(select(Message).order_by(Message.id)).all()
        found = [compose(session, letter, settings) for letter in letters]
    assert [letter and letter.to for letter in found] == ["new@example.org", None]
