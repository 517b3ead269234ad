"""Hands one letter in to the mail server, in a conversation of its own."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime

from scheduler.mailing.writing import Letter
from scheduler.settings import MailServer

PATIENCE_SECONDS = 20
PERMANENT = 500


class NotTaken(Exception):  # noqa: N818 — an answer of the mail server
    """The mail server did not take the letter; `final` says that it never will."""

    def __init__(self, reason: str, *, final: bool) -> None:
        """Keep what the server said."""
        super().__init__(reason)
        self.reason, self.final = reason, final


def hand_in(letter: Letter, server: MailServer, *, message_id: str, written_at: datetime) -> None:
    """Send a letter; raises NotTaken. A letter sent twice is recognised by its `message_id`."""
    try:
        with _conversation(server) as smtp:
            smtp.send_message(_mail(letter, server, message_id, written_at))
    except smtplib.SMTPRecipientsRefused as error:
        code, said = next(iter(error.recipients.values()))
        raise NotTaken(f"{code} {said!r}", final=code >= PERMANENT) from error
    except smtplib.SMTPResponseException as error:
        final = error.smtp_code >= PERMANENT and not isinstance(error, smtplib.SMTPAuthenticationError)
        raise NotTaken(f"{error.smtp_code} {error.smtp_error!r}", final=final) from error
    except (OSError, smtplib.SMTPException) as error:
        raise NotTaken(type(error).__name__, final=False) from error


def _mail(letter: Letter, server: MailServer, message_id: str, written_at: datetime) -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = server.sender, letter.to, letter.subject
    mail["Date"] = format_datetime(written_at)
    mail["Message-ID"] = message_id
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(letter.text)
    return mail


@contextmanager
def _conversation(server: MailServer) -> Iterator[smtplib.SMTP]:
    with _opened(server) as smtp:
        if server.security == "starttls":
            smtp.starttls(context=ssl.create_default_context())
        if server.user:
            smtp.login(server.user, server.password)
        yield smtp


def _opened(server: MailServer) -> smtplib.SMTP:
    if server.security == "tls":
        context = ssl.create_default_context()
        return smtplib.SMTP_SSL(server.host, server.port, timeout=PATIENCE_SECONDS, context=context)
    return smtplib.SMTP(server.host, server.port, timeout=PATIENCE_SECONDS)
