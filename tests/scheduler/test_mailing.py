"""Letters: written with the deed, sent to a real mail server, none lost, a repeat recognisable."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
import time_machine
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope
from aiosmtpd.smtp import Session as Conversation
from sqlalchemy import Engine, select

from scheduler.database import transaction
from scheduler.mailing import deliver_due
from scheduler.mailing.writing import harmless
from scheduler.models import Invitation, Message, MessageState
from scheduler.services import accounts
from scheduler.services.letters import LEASE, claim_letter, mark_sent, write_letter
from scheduler.settings import MailServer, Settings
from scheduler.times import now

SECRET = "a secret of forty characters for the tests"


class Postbox:
    """Keeps what it is handed; `answer` is what it says to each letter."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.answer = "250 OK"

    async def handle_DATA(self, _server: SMTP, _session: Conversation, envelope: Envelope) -> str:  # noqa: N802
        if self.answer.startswith("250"):
            content = envelope.content if isinstance(envelope.content, bytes) else b""
            letter = message_from_bytes(content, policy=policy.default)
            assert isinstance(letter, EmailMessage)
            self.letters.append(letter)
        return self.answer


@pytest.fixture
def postbox() -> Iterator[tuple[Postbox, Controller]]:
    box = Postbox()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    yield box, controller
    controller.stop()


def _settings(controller: Controller, folder: Path) -> Settings:
    return Settings(
        database_url="",
        secret_key=SECRET,
        data_dir=folder,
        public_url="https://fair.example",
        production=False,
        mail=MailServer("127.0.0.1", controller.port, "", "", "", "fair@example.org"),
    )


def _invite(engine: Engine, email: str = "new@example.org") -> int:
    with transaction(engine) as session:
        return accounts.invite(
            session,
            belonging=accounts.Belonging.seeker(),
            display_name="",
            email=email,
            invited_by=None,
            language="zh",
        ).id


def _states(engine: Engine) -> list[MessageState]:
    with transaction(engine) as session:
        return list(session.scalars(select(Message.state).order_by(Message.id)))


@contextmanager
def _later(seconds: float) -> Iterator[None]:
    with time_machine.travel(now() + timedelta(seconds=seconds)):
        yield


def test_an_invitation_arrives_with_a_link_that_sets_up_one_account(
    engine: Engine, postbox: tuple[Postbox, Controller], tmp_path: Path
) -> None:
    box, controller = postbox
    _invite(engine)
    assert deliver_due(engine, _settings(controller, tmp_path)) == 1
    (letter,) = box.letters
    assert (letter["To"], letter["From"]) == ("new@example.org", "fair@example.org")
    assert letter["Message-ID"] == "<letter-1@fair.example>"
    link = letter.get_content().partition("/invitations/")[2].split()[0]
    with transaction(engine) as session:
        found = accounts.standing_invitation(session, secret_key=SECRET, link=link)
        accounts.accept_invitation(
            session, invitation=found, login="new", password="泉城的春天，2027 年", display_name="新"
        )
    with transaction(engine) as session, pytest.raises(accounts.DeadLink):
        accounts.standing_invitation(session, secret_key=SECRET, link=link)


def test_a_letter_is_written_once_for_one_cause(engine: Engine) -> None:
    with transaction(engine) as session:
        for _ in range(2):
            write_letter(
                session, kind="invitation", cause="1", recipient="a@example.org", language="en", payload={}
            )
    assert _states(engine) == [MessageState.WAITING]


def test_what_nobody_wants_any_more_is_not_sent(
    engine: Engine, postbox: tuple[Postbox, Controller], tmp_path: Path
) -> None:
    box, controller = postbox
    number = _invite(engine)
    with transaction(engine) as session:
        session.get_one(Invitation, number).withdrawn_at = now()
        accounts.request_reset(session, login="nobody", language="zh")
    deliver_due(engine, _settings(controller, tmp_path))
    assert (box.letters, _states(engine)) == ([], [MessageState.DROPPED, MessageState.DROPPED])


def test_a_busy_server_gets_the_letter_later_under_the_same_name(
    engine: Engine, postbox: tuple[Postbox, Controller], tmp_path: Path
) -> None:
    box, controller = postbox
    settings = _settings(controller, tmp_path)
    _invite(engine)
    box.answer = "451 busy"
    deliver_due(engine, settings)
    assert _states(engine) == [MessageState.WAITING]
    assert deliver_due(engine, settings) == 0
    box.answer = "250 OK"
    with _later(31):
        deliver_due(engine, settings)
    assert [letter["Message-ID"] for letter in box.letters] == ["<letter-1@fair.example>"]
    assert _states(engine) == [MessageState.SENT]


def test_a_refused_letter_is_given_up_and_stops_no_other(
    engine: Engine, postbox: tuple[Postbox, Controller], tmp_path: Path
) -> None:
    box, controller = postbox
    settings = _settings(controller, tmp_path)
    with transaction(engine) as session:
        write_letter(
            session, kind="unheard of", cause="1", recipient="a@example.org", language="zh", payload={}
        )
    _invite(engine)
    deliver_due(engine, settings)
    assert _states(engine) == [MessageState.WAITING, MessageState.SENT]
    box.answer = "550 no such person"
    _invite(engine, "gone@example.org")
    deliver_due(engine, settings)
    assert _states(engine)[-1] is MessageState.FAILED


def test_a_sender_that_died_loses_nothing_and_one_that_wakes_up_late_writes_nothing(
    engine: Engine, postbox: tuple[Postbox, Controller], tmp_path: Path
) -> None:
    box, controller = postbox
    _invite(engine)
    with transaction(engine) as session:
        dead = claim_letter(session)
        assert dead is not None
        assert claim_letter(session) is None
    with _later(LEASE.total_seconds() + 1):
        assert deliver_due(engine, _settings(controller, tmp_path)) == 1
        with transaction(engine) as session:
            assert mark_sent(session, claim=dead) is False
    assert len(box.letters) == 1


def test_without_a_mail_server_letters_wait(engine: Engine, tmp_path: Path) -> None:
    _invite(engine)
    bare = Settings(
        database_url="",
        secret_key=SECRET,
        data_dir=tmp_path,
        public_url="https://x.example",
        production=False,
    )
    assert deliver_due(engine, bare) == 0
    assert _states(engine) == [MessageState.WAITING]


def test_a_name_puts_no_link_into_a_letter() -> None:
    name = harmless("济南 https://evil.example/a www.evil.example x@evil.example\r\nBcc: all")
    assert not any(mark in name for mark in ("://", "/", "\r", "\n", ".e", "@"))
    assert harmless("济南市人社局（示例）") == "济南市人社局（示例）"
