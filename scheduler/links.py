"""Signed links: what a letter or a hand passes on, and nobody can make up or alter."""

import hashlib
from typing import Any

from itsdangerous import BadData, URLSafeTimedSerializer

from scheduler.errors import Refusal


class DeadLink(Refusal):
    """A link that is altered, used, withdrawn or too old; which of these is not said."""

    status = 404
    code = "dead_link"
    zh = "这个链接无效、已使用或已过期。请向发给您链接的单位索取新的链接。"
    en = "This link is not valid, has been used or has expired. Ask whoever sent it for a new one."


def sign(secret_key: str, purpose: str, value: object) -> str:
    """Return a value, readable by JSON, as the last part of an address; good for one purpose only."""
    return _serializer(secret_key, purpose).dumps(value)


def read(secret_key: str, purpose: str, token: str, *, within_seconds: int | None = None) -> Any:  # noqa: ANN401 — as signed
    """Return the value of a link; raises DeadLink when it is altered, or older than `within_seconds`."""
    try:
        return _serializer(secret_key, purpose).loads(token, max_age=within_seconds)
    except BadData as error:
        raise DeadLink from error


def _serializer(secret_key: str, purpose: str) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(
        secret_key, salt=f"link-{purpose}", signer_kwargs={"digest_method": hashlib.sha256}
    )
