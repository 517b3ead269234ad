"""The first real account: its password comes from standard input, every no has its name."""

import io

import pytest
from sqlalchemy import Engine, func, select

from scheduler.__main__ import main
from scheduler.commands import create_account as command
from scheduler.database import reading, transaction
from scheduler.models import Account, AccountRole, Division, Level, Organizer, Role
from scheduler.services.accounts import matching_account
from tests.support.schedule import LIXIA, add_reference

PASSWORD = "泉城的春天，2027 年"
LINE = ["create-account", "--login", "Li.Si", "--role", "publisher", "--division", LIXIA]


class Terminal(io.StringIO):
    """A standard input that says it is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def site(engine: Engine, database_url: str, monkeypatch: pytest.MonkeyPatch) -> Engine:
    """Point the command at the test's database, in English, with the password on standard input."""
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{PASSWORD}\n"))
    with transaction(engine) as session:
        add_reference(session)
    return engine


def _count(engine: Engine) -> int:
    with reading(engine) as session:
        return session.scalar(select(func.count()).select_from(Account)) or 0


def test_the_account_that_is_created_can_sign_in(engine: Engine, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*LINE, "--role", "administrator", "--name", "示例人员"]) == 0
    with reading(engine) as session:
        account = session.scalars(select(Account)).one()
        roles = session.scalars(select(AccountRole.role).order_by(AccountRole.role)).all()
        assert (account.login, account.display_name) == ("li.si", "示例人员")
        assert roles == [Role.ADMINISTRATOR, Role.PUBLISHER]
        assert matching_account(session, login="li.si", password=PASSWORD) == account.id
    out = capsys.readouterr().out
    assert out.startswith("Account created: li.si, publisher, administrator, ")
    assert PASSWORD not in out


@pytest.mark.parametrize(
    ("change", "password", "words"),
    [
        (["--division", "990000"], PASSWORD, "There is no division “990000”."),
        (["--login", "!"], PASSWORD, "The login “!” cannot be used"),
        ([], "short", "A password needs 10 to 128 characters."),
        ([], "", "A password needs 10 to 128 characters."),
    ],
)
def test_what_cannot_be_is_refused_by_name(  # noqa: PLR0913, PLR0917 — fixtures and cases
    engine: Engine,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    change: list[str],
    password: str,
    words: str,
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(password))
    assert main([*LINE, *change]) == 2
    assert capsys.readouterr().err.startswith(words)
    assert _count(engine) == 0


def test_a_login_is_given_once(
    engine: Engine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(LINE) == 0
    monkeypatch.setattr("sys.stdin", io.StringIO(PASSWORD))
    assert main(LINE) == 2
    assert "not yet taken" in capsys.readouterr().err
    assert _count(engine) == 1


def test_a_division_without_an_organizer_needs_its_name(
    engine: Engine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with transaction(engine) as session:
        session.add(
            Division(code="379900", level=Level.CITY, name_zh="示例市", name_en="Sample", pinyin="shili")
        )
    line = [*LINE, "--division", "379900"]
    assert main(line) == 2
    assert "has no organizer yet" in capsys.readouterr().err
    monkeypatch.setattr("sys.stdin", io.StringIO(PASSWORD))
    assert main([*line, "--organizer", "示例就业局"]) == 0
    with reading(engine) as session:
        made = session.scalars(select(Organizer).where(Organizer.division_code == "379900")).one()
        assert made.name_zh == "示例就业局"


@pytest.mark.parametrize(("again", "code"), [(PASSWORD, 0), ("something else", 2)])
def test_a_terminal_is_asked_twice(
    engine: Engine, monkeypatch: pytest.MonkeyPatch, again: str, code: int
) -> None:
    typed = iter([PASSWORD, again])
    monkeypatch.setattr("sys.stdin", Terminal())
    monkeypatch.setattr(command, "getpass", lambda _: next(typed))
    assert main(LINE) == code
    assert _count(engine) == (code == 0)
