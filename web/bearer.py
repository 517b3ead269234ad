"""The token of a request's program; the only module that reads the Authorization header."""

from flask import g, request

from scheduler.queries.tokens import PREFIX, Grant, find_grant
from web.site import reader

LONGEST = 100


def current_grant() -> Grant | None:
    """Return what the request's token allows, asked of the database once a request; None without one."""
    if "grant" not in g:
        secret = _secret()
        g.grant = find_grant(reader(), secret=secret) if secret else None
    grant: Grant | None = g.grant
    return grant


def _secret() -> str | None:
    kind, _, secret = request.headers.get("Authorization", "").partition(" ")
    fits = kind.lower() == "bearer" and secret.startswith(PREFIX) and len(secret) <= LONGEST
    return secret if fits else None
