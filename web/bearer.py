"""The token of a request's program; the only module that reads the Authorization header."""

from flask import g, request

from scheduler.queries.actors import Actor
from scheduler.queries.tokens import PREFIX, Grant, find_program
from scheduler.services.fair_day import GATE_PREFIX
from web.site import asking

LONGEST = 100


def current_grant() -> Grant | None:
    """Return what the request's token allows, asked of the database once a request; None without one."""
    return _program()[0]


def program_actor() -> Actor | None:
    """Return for whom the request's token acts; None without one, or when that person may act no more."""
    return _program()[1]


def _program() -> tuple[Grant | None, Actor | None]:
    if "program" not in g:
        g.program = _found(_secret()) or (None, None)
    program: tuple[Grant | None, Actor | None] = g.program
    return program


def _found(secret: str | None) -> tuple[Grant, Actor | None] | None:
    if secret is None:
        return None
    with asking() as session:  # not the reader: most programs write, and would open it for this alone
        return find_program(session, secret=secret)


def gate_key() -> str:
    """Return the key of the gate that asks; empty without one."""
    return _after(GATE_PREFIX) or ""


def _secret() -> str | None:
    return _after(PREFIX)


def _after(prefix: str) -> str | None:
    """Return what the request bears, if it is of the kind that begins so."""
    kind, _, secret = request.headers.get("Authorization", "").partition(" ")
    fits = kind.lower() == "bearer" and secret.startswith(prefix) and len(secret) <= LONGEST
    return secret if fits else None
