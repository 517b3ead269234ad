"""The token of a request's program; the only module that reads the Authorization header."""

from flask import g, request

from scheduler.queries.actors import Actor, actor_of
from scheduler.queries.tokens import PREFIX, Grant, find_program
from scheduler.services.fair_day import GATE_PREFIX
from web.site import asking, asking_engine

LONGEST = 100


def current_grant() -> Grant | None:
    """Return what the request's token allows, asked of the database once a request; None without one."""
    return _program()[0]


def program_actor() -> Actor | None:
    """Return for whom the request's token acts; None without one, or when that person may act no more."""
    return _program()[1]


def _program() -> tuple[Grant | None, Actor | None]:
    program: tuple[Grant | None, Actor | None] | None = g.get("program")
    if program is None:
        g.program = program = _found(_secret()) or (None, None)
    return program


def _found(secret: str | None) -> tuple[Grant, Actor | None] | None:
    if secret is None:
        return None
    program = find_program(asking_engine(), secret=secret)
    if program is None:
        return None
    if program.employer is not None or program.is_disabled:
        return program.grant, program.employer
    with asking() as session:
        return program.grant, actor_of(session, account_id=program.grant.account_id)


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
