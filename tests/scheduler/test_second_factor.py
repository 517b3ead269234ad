"""The second factor: each code once, recovery codes once each, and nothing readable in the database."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from functools import partial

import pyotp
import pytest
import time_machine
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from scheduler.database import transaction
from scheduler.models import RecoveryCode, SecondFactor, UsedCode
from scheduler.services import accounts
from scheduler.services.accounts import second_factor

KEY = "a secret of forty characters for the tests"
NOON = datetime.fromisoformat("2026-12-01T12:00:00+08:00")


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


@pytest.fixture
def enrolled(engine: Engine) -> tuple[int, pyotp.TOTP, tuple[str, ...]]:
    """Enrol a seeker: the account, the app, and the recovery codes."""
    with transaction(engine) as session:
        account = accounts.create_account(
            session, login="one", password=None, display_name="一", belonging=accounts.Belonging.seeker()
        )
        app = pyotp.TOTP(accounts.begin_enrolling(session, account_id=account.id, secret_key=KEY))
        codes = accounts.confirm_enrolling(session, account_id=account.id, code=app.at(NOON), secret_key=KEY)
        return account.id, app, codes


def _use(session: Session, account_id: int, code: str) -> None:
    accounts.use_code(session, account_id=account_id, code=code, secret_key=KEY)


def test_the_secret_is_the_same_until_it_is_confirmed_and_then_set(engine: Engine) -> None:
    with transaction(engine) as session:
        account = accounts.create_account(
            session, login="two", password=None, display_name="二", belonging=accounts.Belonging.seeker()
        )
        begin = partial(accounts.begin_enrolling, session, account_id=account.id, secret_key=KEY)
        confirm = partial(accounts.confirm_enrolling, session, account_id=account.id, secret_key=KEY)
        secret = begin()
        assert begin() == secret
        with pytest.raises(accounts.WrongCode):
            confirm(code="000000")
        confirm(code=pyotp.TOTP(secret).at(NOON))
        with pytest.raises(accounts.FactorSet):
            begin()


def test_a_code_is_good_once_and_half_a_minute_either_way(
    engine: Engine, enrolled: tuple[int, pyotp.TOTP, tuple[str, ...]], clock: time_machine.Traveller
) -> None:
    account_id, app, _ = enrolled
    with transaction(engine) as session:
        with pytest.raises(accounts.WrongCode):  # the one that confirmed the app
            _use(session, account_id, app.at(NOON))
        clock.shift(60)
        early, late = app.at(NOON, counter_offset=1), app.at(NOON, counter_offset=3)
        _use(session, account_id, early)
        _use(session, account_id, f" {late[:3]} {late[3:]} ")
        for used in (early, late):
            with pytest.raises(accounts.WrongCode):
                _use(session, account_id, used)
        with pytest.raises(accounts.WrongCode):
            _use(session, account_id, app.at(NOON, counter_offset=9))


def _both_use(engine: Engine, account_id: int, code: str) -> list[bool]:
    def use(_number: int) -> bool:
        try:
            with transaction(engine) as session:
                _use(session, account_id, code)
        except accounts.WrongCode:
            return False
        return True

    with ThreadPoolExecutor(8) as many:
        return list(many.map(use, range(8)))


@pytest.mark.parametrize("kind", ["app", "recovery"])
def test_of_many_browsers_with_one_code_one_gets_in(
    engine: Engine,
    enrolled: tuple[int, pyotp.TOTP, tuple[str, ...]],
    clock: time_machine.Traveller,
    kind: str,
) -> None:
    account_id, app, codes = enrolled
    clock.shift(60)
    code = app.at(NOON, counter_offset=2) if kind == "app" else codes[0]
    assert _both_use(engine, account_id, code).count(True) == 1


def test_without_the_record_of_used_codes_the_same_code_would_get_in_again(
    engine: Engine, enrolled: tuple[int, pyotp.TOTP, tuple[str, ...]]
) -> None:
    """The control: it is the row in the database that refuses the second use."""
    account_id, app, _ = enrolled
    with transaction(engine) as session:
        session.query(UsedCode).delete()
        _use(session, account_id, app.at(NOON))


def test_nothing_in_the_database_lets_anybody_in(
    engine: Engine, enrolled: tuple[int, pyotp.TOTP, tuple[str, ...]]
) -> None:
    _, app, codes = enrolled
    with transaction(engine) as session:
        assert app.secret not in session.scalars(select(SecondFactor.sealed_secret)).one()
        kept = set(session.scalars(select(RecoveryCode.code_hash)))
    assert len(kept) == second_factor.RECOVERY_CODES
    assert kept.isdisjoint(codes)


def test_another_key_of_the_site_opens_no_secret(
    engine: Engine, enrolled: tuple[int, pyotp.TOTP, tuple[str, ...]], clock: time_machine.Traveller
) -> None:
    account_id, app, _ = enrolled
    clock.shift(60)
    with transaction(engine) as session, pytest.raises(accounts.WrongCode):
        accounts.use_code(
            session, account_id=account_id, code=app.at(NOON, counter_offset=2), secret_key=KEY[::-1]
        )


def test_new_recovery_codes_replace_the_old_ones(
    engine: Engine, enrolled: tuple[int, pyotp.TOTP, tuple[str, ...]]
) -> None:
    account_id, _, codes = enrolled
    with transaction(engine) as session:
        fresh = accounts.renew_recovery_codes(session, account_id=account_id)
        with pytest.raises(accounts.WrongCode):
            _use(session, account_id, codes[0])
        _use(session, account_id, fresh[0].upper())
