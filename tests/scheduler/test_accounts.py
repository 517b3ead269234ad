"""Accounts: what is stored of a password, who is let in, and when a next try has to wait."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
import time_machine
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from scheduler.database import transaction
from scheduler.models import Account, FailedSignIn, Organizer, Role, SignIn
from scheduler.queries.actors import Member, find_actor
from scheduler.services import accounts
from scheduler.services.accounts import signing_in
from tests.support.schedule import LIXIA, add_reference

PASSWORD = "泉城的春天，2027 年"
NOON = datetime.fromisoformat("2026-12-01T12:00:00+08:00")


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    with transaction(engine) as session:
        add_reference(session)
        yield session


def _member(session: Session, login: str = "lixia.planner") -> Account:
    organizer = session.scalars(select(Organizer).where(Organizer.division_code == LIXIA)).one()
    return accounts.create_account(
        session,
        login=login,
        password=PASSWORD,
        display_name="示例人员",
        belonging=accounts.Belonging.member(organizer.id, [Role.PLANNER]),
    )


def _sign_in(session: Session, login: str, password: str = PASSWORD) -> str:
    accounts.begin_try(session, login=login)
    account_id = accounts.matching_account(session, login=login, password=password)
    return accounts.open_sign_in(session, account_id=account_id)


def _fail(session: Session, login: str) -> None:
    with pytest.raises(accounts.WrongSignIn):
        _sign_in(session, login, "wrong password")


def test_a_password_is_stored_as_argon2id_only(session: Session) -> None:
    member = _member(session)
    assert member.password_hash.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert PASSWORD not in member.password_hash


@pytest.mark.parametrize("password", ["x" * 9, "x" * 129])
def test_a_password_of_unfit_length_is_refused(password: str) -> None:
    with pytest.raises(accounts.UnfitPassword):
        accounts.hash_password(password)


@pytest.mark.parametrize("login", ["", "x", "has space", "名字", "a" * 81, "-dash"])
def test_an_unfit_login_is_refused(session: Session, login: str) -> None:
    with pytest.raises(accounts.UnfitLogin):
        _member(session, login)


def test_a_login_is_given_once_however_it_is_written(session: Session) -> None:
    _member(session, "lixia.planner")
    with pytest.raises(accounts.UnfitLogin):
        _member(session, " Lixia.PLANNER ")
    assert session.scalar(select(func.count()).select_from(Account)) == 1


def test_signing_in_gives_a_token_of_which_only_the_hash_is_kept(session: Session) -> None:
    member = _member(session)
    token = _sign_in(session, "LIXIA.planner")
    actor = find_actor(session, token=token)
    assert isinstance(actor, Member)
    assert (actor.account_id, actor.roles, actor.scope_code) == (
        member.id,
        frozenset({Role.PLANNER}),
        LIXIA,
    )
    assert token not in session.scalars(select(SignIn.token_hash)).all()


def test_a_password_typed_on_another_keyboard_is_the_same(session: Session) -> None:
    member = _member(session)
    member.password_hash = accounts.hash_password("caf\u00e9 jinan")
    assert _sign_in(session, member.login, "cafe\u0301 jinan")


def test_an_unknown_a_disabled_and_a_wrong_account_get_the_same_answer(session: Session) -> None:
    disabled = _member(session, "gone")
    accounts.disable_account(session, account_id=disabled.id)
    _member(session)
    answers = set()
    for login, password in (("nobody", PASSWORD), ("gone", PASSWORD), ("lixia.planner", "wrong password")):
        with pytest.raises(accounts.WrongSignIn) as refusal:
            accounts.matching_account(session, login=login, password=password)
        answers.add((refusal.value.status, refusal.value.text("zh"), refusal.value.text("en")))
    assert len(answers) == 1


def test_an_unknown_account_costs_a_password_check_too(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked: list[str] = []
    monkeypatch.setattr(signing_in, "verifies", lambda stored, _: checked.append(stored[:30]))
    member = _member(session)
    for login in (member.login, "nobody"):
        with pytest.raises(accounts.WrongSignIn):
            accounts.matching_account(session, login=login, password=PASSWORD)
    assert len(checked) == 2
    assert len(set(checked)) == 1


@pytest.mark.parametrize("login", ["lixia.planner", "nobody"])
def test_the_wait_doubles_and_ends(session: Session, login: str) -> None:
    _member(session)
    with time_machine.travel(NOON, tick=False) as clock:
        for _ in range(accounts.FREE_TRIES):
            _fail(session, login)
        for wait in (2, 4, 8, 16, 32, 60, 60):
            with pytest.raises(accounts.TooManyTries) as refusal:
                _sign_in(session, login)
            assert refusal.value.values == {"seconds": wait}
            clock.shift(wait)
            _fail(session, login)
        clock.shift(accounts.REMEMBERED + timedelta(seconds=1))
        _fail(session, login)


def test_a_refused_try_does_not_lengthen_the_wait(session: Session) -> None:
    with time_machine.travel(NOON, tick=False):
        for _ in range(accounts.FREE_TRIES):
            _fail(session, "nobody")
        for _ in range(3):
            with pytest.raises(accounts.TooManyTries):
                _sign_in(session, "nobody")
        assert session.scalar(select(func.count()).select_from(FailedSignIn)) == accounts.FREE_TRIES


def test_success_forgets_the_failed_tries_of_that_login_only(session: Session) -> None:
    _member(session)
    for login in ("lixia.planner", "nobody"):
        _fail(session, login)
    _sign_in(session, "lixia.planner")
    assert session.scalar(select(func.count()).select_from(FailedSignIn)) == 1


def test_signing_out_acts_on_the_next_question_and_on_that_browser_only(session: Session) -> None:
    _member(session)
    first, second = _sign_in(session, "lixia.planner"), _sign_in(session, "lixia.planner")
    accounts.sign_out(session, token=first)
    assert find_actor(session, token=first) is None
    assert find_actor(session, token=second) is not None


def test_a_sign_in_ends_after_a_working_day(session: Session) -> None:
    _member(session)
    with time_machine.travel(NOON, tick=False) as clock:
        token = _sign_in(session, "lixia.planner")
        clock.shift(accounts.SIGN_IN_LASTS - timedelta(seconds=1))
        assert find_actor(session, token=token) is not None
        clock.shift(1)
        assert find_actor(session, token=token) is None


def test_a_disabled_account_is_out_at_once(session: Session) -> None:
    member = _member(session)
    token = _sign_in(session, member.login)
    accounts.disable_account(session, account_id=member.id)
    assert find_actor(session, token=token) is None
