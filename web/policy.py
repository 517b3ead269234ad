"""Who may use a route: every route says so itself, and a route that does not keeps the app from starting."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from flask import Flask, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue

from scheduler.errors import Forbidden
from scheduler.models import Role
from web import actors

View = TypeVar("View", bound=Callable[..., Any])

# A publisher does all that a planner does, and publishes; an auditor only reads.
INCLUDES = {
    Role.PLANNER: frozenset({Role.PLANNER, Role.PUBLISHER}),
    Role.PUBLISHER: frozenset({Role.PUBLISHER}),
    Role.AUDITOR: frozenset(Role),
}


class Audience(StrEnum):
    """To whom a route speaks: `public` never reads the session and may be cached by anyone;
    `visitor` needs no account but is personal (signing in); `organizer` needs an account.
    """

    PUBLIC = "public"
    VISITOR = "visitor"
    ORGANIZER = "organizer"


public, visitor, organizer = Audience.PUBLIC, Audience.VISITOR, Audience.ORGANIZER


@dataclass(frozen=True, slots=True)
class Policy:
    """A route's audience and, for organizers, the roles that are let in."""

    audience: Audience
    roles: frozenset[Role] = frozenset(Role)


DECLARED: dict[Callable[..., Any], Policy] = {}


class UndeclaredRoutes(Exception):  # noqa: N818 — names what was found
    """Routes without a policy."""


def policy(audience: Audience, role: Role | None = None) -> Callable[[View], View]:
    """Declare who may use a view: `@policy(public)`, `@policy(organizer, Role.PLANNER)`.

    Without a role every member of an organizer is let in. Put it directly above the function,
    below `@blueprint.get`.
    """
    roles = frozenset(Role) if role is None else INCLUDES[role]

    def declare(view: View) -> View:
        DECLARED[view] = Policy(audience, roles)
        return view

    return declare


def policy_of(app: Flask, endpoint: str) -> Policy | None:
    """Return what the endpoint's view declares; Flask's own static files are public."""
    if endpoint == "static":
        return Policy(public)
    return DECLARED.get(app.view_functions[endpoint])


def current_policy() -> Policy | None:
    """Return the policy of the route being answered; None where no route was found."""
    return policy_of(current_app, request.endpoint) if request.endpoint else None


def check(app: Flask) -> None:
    """Raise UndeclaredRoutes naming every route without a policy: deny by default, at start-up."""
    silent = {rule.endpoint for rule in app.url_map.iter_rules() if policy_of(app, rule.endpoint) is None}
    if silent:
        raise UndeclaredRoutes(", ".join(sorted(silent)))


def install(app: Flask) -> None:
    """Check the policy of every request before its view runs."""
    app.before_request(_enforce)


def _enforce() -> ResponseReturnValue | None:
    """Send strangers to the sign-in page and refuse the wrong roles."""
    declared = current_policy()
    if declared is None or declared.audience is not Audience.ORGANIZER:
        return None
    actor = actors.current_actor()
    if actor is None:
        return redirect(url_for("account.sign_in", next=request.endpoint))
    if actor.role not in declared.roles:
        raise Forbidden
    return None
