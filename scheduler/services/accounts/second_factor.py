"""The second factor: codes of an authenticator app (RFC 6238), each good once, and recovery codes.

The app's secret is sealed with a key derived from the site's, so that a stolen database gives no codes.
"""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Iterator

import pyotp
from cryptography.fernet import Fernet, InvalidToken
from sqlalchemy import delete, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from scheduler.errors import Refusal
from scheduler.models import RecoveryCode, SecondFactor, UsedCode
from scheduler.times import now

STEP_SECONDS = 30
DRIFT = (0, -1, 1)  # phones that are half a minute wrong are let in
RECOVERY_CODES = 10
GROUPS, GROUP = 3, 4
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # nothing that looks like something else


class WrongCode(Refusal):
    """A code that is wrong, too old, or used already."""

    status = 401
    code = "wrong_code"
    zh = "验证码不正确、已过期或已使用。请等待下一个验证码再输入；手机不在身边时可用恢复码。"
    en = "The code is wrong, too old or used already. Wait for the next one, or use a recovery code."


class FactorSet(Refusal):
    """A second factor is set up already."""

    status = 409
    code = "factor_set"
    zh = "动态验证码已经启用。如需更换手机，请先停用再重新设置。"
    en = "The second factor is set up already. To change the phone, remove it first and set it up again."


def begin_enrolling(session: Session, *, account_id: int, secret_key: str) -> str:
    """Return the secret for a new authenticator app, the same until it is confirmed; raises FactorSet."""
    factor = session.get(SecondFactor, account_id)
    if factor is not None and factor.confirmed_at is not None:
        raise FactorSet
    secret = _opened(factor, secret_key) if factor is not None else None
    if secret is not None:
        return secret
    secret = pyotp.random_base32()
    session.merge(
        SecondFactor(account_id=account_id, sealed_secret=_seal(secret, secret_key), created_at=now())
    )
    session.flush()
    return secret


def app_address(secret: str, *, login: str, site: str) -> str:
    """Return the otpauth address that an authenticator app reads from a QR code."""
    return pyotp.TOTP(secret).provisioning_uri(name=login, issuer_name=site)


def confirm_enrolling(session: Session, *, account_id: int, code: str, secret_key: str) -> tuple[str, ...]:
    """Put the new app in force by a code of it; returns the recovery codes, stored as hashes only.

    Raises WrongCode and FactorSet.
    """
    factor = session.get(SecondFactor, account_id)
    if factor is None:
        raise WrongCode
    if factor.confirmed_at is not None:
        raise FactorSet
    _use_app_code(session, factor, code, secret_key)
    factor.confirmed_at = now()
    return renew_recovery_codes(session, account_id=account_id)


def use_code(session: Session, *, account_id: int, code: str, secret_key: str) -> None:
    """Accept a code of the app or a recovery code, once; raises WrongCode."""
    factor = session.get(SecondFactor, account_id)
    if factor is None or factor.confirmed_at is None:
        raise WrongCode
    if len(_bare(code)) == GROUPS * GROUP:
        _use_recovery_code(session, account_id, code)
    else:
        _use_app_code(session, factor, code, secret_key)


def renew_recovery_codes(session: Session, *, account_id: int) -> tuple[str, ...]:
    """Replace all recovery codes; returns the new ones, to be shown once."""
    session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account_id))
    codes = tuple(_recovery_codes())
    session.add_all(RecoveryCode(account_id=account_id, code_hash=_hash(code)) for code in codes)
    session.flush()
    return codes


def remove_second_factor(session: Session, *, account_id: int) -> None:
    """Forget an account's app and recovery codes; used codes stay refused."""
    for model in (SecondFactor, RecoveryCode):
        session.execute(delete(model).where(model.account_id == account_id))


def _use_app_code(session: Session, factor: SecondFactor, code: str, secret_key: str) -> None:
    secret = _opened(factor, secret_key)
    step = None if secret is None else _matching_step(secret, _bare(code))
    if step is None:
        raise WrongCode
    session.execute(
        delete(UsedCode).where(
            UsedCode.account_id == factor.account_id, UsedCode.time_step < step - 2 * len(DRIFT)
        )
    )
    try:
        with session.begin_nested():  # the key judges: of two browsers with one code, one gets in
            session.add(UsedCode(account_id=factor.account_id, time_step=step))
    except IntegrityError as error:
        raise WrongCode from error


def _matching_step(secret: str, code: str) -> int | None:
    app, current = pyotp.TOTP(secret), int(now().timestamp()) // STEP_SECONDS
    steps = [
        current + drift for drift in DRIFT if hmac.compare_digest(app.generate_otp(current + drift), code)
    ]
    return steps[0] if steps else None


def _use_recovery_code(session: Session, account_id: int, code: str) -> None:
    used = session.execute(
        update(RecoveryCode)
        .where(
            RecoveryCode.account_id == account_id,
            RecoveryCode.code_hash == _hash(code),
            RecoveryCode.used_at.is_(None),
        )
        .values(used_at=now())
        .returning(RecoveryCode.code_hash)
    ).one_or_none()
    if used is None:
        raise WrongCode


def _recovery_codes() -> Iterator[str]:
    for _ in range(RECOVERY_CODES):
        yield "-".join("".join(secrets.choice(ALPHABET) for _ in range(GROUP)) for _ in range(GROUPS))


def _bare(code: str) -> str:
    """Return a code without what people put between its parts."""
    return "".join(letter for letter in code.lower() if letter.isascii() and letter.isalnum())


def _hash(code: str) -> str:
    return hashlib.sha256(_bare(code).encode()).hexdigest()


def _seal(secret: str, secret_key: str) -> str:
    return _sealer(secret_key).encrypt(secret.encode()).decode()


def _opened(factor: SecondFactor, secret_key: str) -> str | None:
    """Return the secret; None when it was sealed under another key of the site."""
    try:
        return _sealer(secret_key).decrypt(factor.sealed_secret.encode()).decode()
    except InvalidToken:
        return None


def _sealer(secret_key: str) -> Fernet:
    key = hmac.digest(secret_key.encode(), b"second factor", "sha256")
    return Fernet(base64.urlsafe_b64encode(key))
