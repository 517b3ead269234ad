"""Passwords: what is stored of them, and a check that costs the same for everybody."""

import secrets
import unicodedata
from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from scheduler.errors import Refusal

SHORTEST_PASSWORD, LONGEST_PASSWORD = 10, 128
NO_PASSWORD = ""

# The second recommendation of OWASP's password storage sheet: argon2id, 19 MiB, two passes, one lane.
# More memory a check would let a few parallel strangers fill a small server.
_hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)


class UnfitPassword(Refusal):
    """A password that is too short or too long."""

    status = 422
    code = "unfit_password"
    zh = "密码应为 {least} 到 {most} 个字符。"
    en = "A password needs {least} to {most} characters."


def hash_password(password: str) -> str:
    """Return the argon2id hash to store; raises UnfitPassword."""
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise UnfitPassword(least=SHORTEST_PASSWORD, most=LONGEST_PASSWORD)
    return _hasher.hash(_normal(password))


def verifies(stored: str, password: str) -> bool:
    """Tell whether a password belongs to a stored hash; nothing belongs to an empty one, at the same cost."""
    try:
        return _hasher.verify(stored or nobodys_hash(), _normal(password)) and stored != NO_PASSWORD
    except (VerificationError, InvalidHashError):
        return False


@lru_cache(maxsize=1)
def nobodys_hash() -> str:
    """Return a hash to which no password belongs, so that an unknown account costs a check too."""
    return _hasher.hash(secrets.token_urlsafe(16))


def _normal(password: str) -> str:
    """Return the password as typed on any keyboard: some send é as one character, some as two."""
    return unicodedata.normalize("NFC", password)
