"""The list of an event's letters: who was told what, and when, without naming anybody in person."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, select, update
from time_machine import TimeMachineFixture

from scheduler.database import transaction
from scheduler.mailing import deliver_due
from scheduler.mailing.handing_in import NotTaken
from scheduler.models import Account, Enterprise, Message, MessageState
from scheduler.queries.event_letters import PAGE_SIZE
from scheduler.services.letters import Addressed, write_letter, write_letters
from scheduler.settings import MailServer, Settings
from scheduler.times import now
from tests.scheduler.booking.rows import BEFORE, booths_of, confirmed, make_fair, make_firms
from tests.scheduler.booking.test_letters import with_letter_box
from tests.support.statements import selected
from tests.web.organizers import add_world, post, sign_in

PAGE = "/organizer/events/{}/letters"
SETTINGS = Settings(
    database_url="",
    secret_key="",
    data_dir=Path(),
    public_url="https://fair.example",
    production=False,
    mail=MailServer("127.0.0.1", 1, "", "", "", "fair@example.org"),
)


@pytest.fixture
def fair(client: FlaskClient, site_engine: Engine, time_machine: TimeMachineFixture) -> int:
    """Sign Jinan's publisher in, beside a fair of which one firm was told that its booth is confirmed."""
    time_machine.move_to(BEFORE, tick=True)
    add_world(site_engine)
    with transaction(site_engine) as session:
        event = make_fair(session, 50)
        (firm,) = make_firms(session, 1, event, first=60)
        with_letter_box(session, firm)
        confirmed(session, event, firm, booths_of(session, event)[0])
        event_id = event.id
    sign_in(client, "city-publisher")
    return event_id


@pytest.fixture
def sends(site_engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Callable[[NotTaken | None], int]:
    """Send what is due; the mail server takes it, or answers what is given."""

    def send(answer: NotTaken | None = None) -> int:
        def hand_in(*_: object, **__: object) -> None:
            if answer:
                raise answer

        monkeypatch.setattr("scheduler.mailing.delivery.hand_in", hand_in)
        return deliver_due(site_engine, SETTINGS)

    return send


def letter(engine: Engine) -> int:
    with transaction(engine) as session:
        return session.scalars(select(Message.id)).one()


def state(engine: Engine) -> MessageState:
    with transaction(engine) as session:
        return session.scalars(select(Message.state)).one()


def test_a_letter_is_listed_with_its_firm_and_opened_as_it_was_sent(
    client: FlaskClient, site_engine: Engine, fair: int, sends: Callable[..., int]
) -> None:
    page = PAGE.format(fair)
    waiting = client.get(f"{page}?letter={letter(site_engine)}").text
    assert ("待发送" in waiting, "现在发出时的内容" in waiting, "您的展位已确认：A1" in waiting) == (
        True,
    ) * 3
    assert sends() == 1
    with transaction(site_engine) as session:
        session.execute(update(Enterprise).values(name_zh="改了名的企业"))
    sent = client.get(f"{page}?letter={letter(site_engine)}").text
    assert ("已发出" in sent, "示例企业60：" in sent, "展位已确认" in sent) == (True,) * 3
    assert ("fair.example" in sent, "owner-" in sent, "@example.cn" in sent) == (False,) * 3


def test_what_failed_is_said_without_what_the_server_said_and_sent_once_more(
    client: FlaskClient, site_engine: Engine, fair: int, sends: Callable[..., int]
) -> None:
    page = PAGE.format(fair)
    sends(NotTaken("550 b'5.1.1 <owner-1@example.cn>: no such user'", final=True))
    failed = client.get(f"{page}?state=failed&letter={letter(site_engine)}").text
    assert ("邮件服务器拒收（550）" in failed, "再发一次" in failed, "@example.cn" in failed) == (
        True,
        True,
        False,
    )
    resend = f"/organizer/letters/{letter(site_engine)}/resend"
    assert "已重新排入发送" in client.get(post(client, resend, page=page).location).text
    assert state(site_engine) is MessageState.WAITING
    again = post(client, resend, page=page)
    assert (again.status_code, "不在放弃之列" in again.text) == (409, True)
    assert sends() == 1
    assert state(site_engine) is MessageState.SENT


def test_letters_to_people_are_counted_and_not_listed(
    client: FlaskClient, site_engine: Engine, fair: int
) -> None:
    with transaction(site_engine) as session:
        for number in range(3):
            write_letter(
                session,
                kind="ticket",
                cause=f"serial-{number}",
                recipient=f"seeker-{number}@example.org",
                language="zh",
                payload={"ticket": number},
                event_id=fair,
            )
        one = session.scalars(select(Message.id).where(Message.kind == "ticket").limit(1)).one()
    page = client.get(PAGE.format(fair)).text
    assert ('<b class="figures">3</b>' in page, "seeker-" in page) == (True, False)
    assert client.get(f"{PAGE.format(fair)}?letter={one}").status_code == 404


def test_pages_are_numbered_and_cost_the_same_however_many_letters_there_are(
    client: FlaskClient, site_engine: Engine, fair: int
) -> None:
    page = PAGE.format(fair)
    client.get(page)
    with selected(site_engine) as few:
        client.get(page)
    with transaction(site_engine) as session:
        firm = session.scalars(select(Account.enterprise_id).where(Account.email.is_not(None))).first()
        many = [Addressed(f"colleague-{number}", "zh", {}, firm) for number in range(2 * PAGE_SIZE)]
        write_letters(session, kind="booth_waiting", cause="many", event_id=fair, letters=many)
    with selected(site_engine) as more:
        last = client.get(f"{page}?page=3").text
    assert len(more) == len(few)
    assert ("3 / 3" in last, "101 封邮件" in last, last.count("<tr ")) == (True, True, 1)
    assert "100 封邮件" in client.get(f"{page}?kind=booth_waiting&state=waiting").text


def test_another_bureau_sees_and_sends_nothing(client: FlaskClient, site_engine: Engine, fair: int) -> None:
    found = letter(site_engine)
    with transaction(site_engine) as session:
        session.execute(update(Message).values(state=MessageState.FAILED, due_at=now()))
    other = client.application.test_client()
    sign_in(other, "sister-publisher")
    assert other.get(PAGE.format(fair)).status_code == 404
    assert post(other, f"/organizer/letters/{found}/resend", page="/organizer").status_code == 404
    assert state(site_engine) is MessageState.FAILED
