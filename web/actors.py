"""The member who is signed in on this request's browser; the only module that knows Flask's session."""

from typing import Any

from flask import g, session  # noqa: TID251 — this is the door through which web knows a request's member

from scheduler.errors import NotFound
from scheduler.queries.actors import Actor, find_actor
from web.bearer import program_actor
from web.problems import is_ours
from web.site import reader

UNKNOWN: Any = object()
TOKEN = "sign_in"  # noqa: S105 — the name under which the session keeps it


def current_actor() -> Actor | None:
    """Return who is signed in, asked of the database once a request so that revoking acts at once."""
    actor: Actor | None = g.get("actor", UNKNOWN)
    if actor is UNKNOWN:
        # on the API a cookie counts for nothing, so none can be misused
        g.actor = actor = program_actor() if is_ours() else _of_browser()
    return actor


def _of_browser() -> Actor | None:
    token = session.get(TOKEN)
    return find_actor(reader(), token=token) if isinstance(token, str) else None


def signed_in() -> Actor:
    """Return who is signed in, where the route's policy has made sure that somebody is."""
    actor = current_actor()
    if actor is None:
        raise NotFound
    return actor


def current_token() -> str | None:
    """Return this browser's sign-in token, to revoke it."""
    token = session.get(TOKEN)
    return token if isinstance(token, str) else None


def remember(token: str) -> None:
    """Sign this browser in: everything it kept before is dropped, so that nobody can plant a session."""
    session.clear()
    session.permanent = True
    session[TOKEN] = token


def forget() -> None:
    """Sign this browser out."""
    session.clear()
