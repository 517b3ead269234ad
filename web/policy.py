"""Who may use a route: every route says so itself, and a route that does not keeps the app from starting."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from flask import Flask, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue

from scheduler.errors import Forbidden, Refusal
from scheduler.models import EnterpriseRole, Role
from scheduler.queries.actors import Actor, Employer, Member, Seeker
from web import actors, problems

View = TypeVar("View", bound=Callable[..., Any])
READING = {"GET", "HEAD", "OPTIONS"}


class Audience(StrEnum):
    """To whom a route speaks.

    `public` never reads the session and may be cached by anyone; `visitor` needs no account but is
    personal (signing in). The others need an account: `organizer` a member of an organizer,
    `enterprise` a member of an enterprise, `seeker` a seeker; `person` anybody signed in, in matters
    that are the person's own, so that nobody looks at them through that person's eyes.
    """

    PUBLIC = "public"
    VISITOR = "visitor"
    ORGANIZER = "organizer"
    ENTERPRISE = "enterprise"
    SEEKER = "seeker"
    PERSON = "person"


public, visitor = Audience.PUBLIC, Audience.VISITOR
organizer, enterprise, seeker, person = (
    Audience.ORGANIZER,
    Audience.ENTERPRISE,
    Audience.SEEKER,
    Audience.PERSON,
)
OPEN = {public, visitor}


@dataclass(frozen=True, slots=True)
class Policy:
    """A route's audience; for members the roles of which one is needed, in the division worked in.

    Where a role is needed somewhere else, the view asks `actor.may(role, division_code)`: it knows
    where the row belongs, before and after a move.
    """

    audience: Audience
    roles: frozenset[Role] = frozenset()
    enterprise_role: EnterpriseRole = EnterpriseRole.STAFF

    def allows(self, actor: Actor | None) -> bool:
        """Tell whether an actor is let in; what is open lets in everybody."""
        if self.audience in OPEN:
            return True
        if actor is None or (self.audience is person and actor.viewer_id is not None):
            return False
        if self.audience is organizer:
            return isinstance(actor, Member) and (not self.roles or any(map(actor.holds, self.roles)))
        if self.audience is enterprise:
            return isinstance(actor, Employer) and actor.holds(self.enterprise_role)
        return self.audience is person or isinstance(actor, Seeker)


DECLARED: dict[Callable[..., Any], Policy] = {}


class TokenMissing(Refusal):
    """A request of a program without a token that is in force."""

    status = 401
    code = "token_missing"
    zh = "缺少有效的访问令牌：未提供、已过期或已撤销。请在 Authorization: Bearer 中带上令牌。"
    en = "No token in force: none was sent, or it expired or was revoked. Send it as Authorization: Bearer."


class UndeclaredRoutes(Exception):  # noqa: N818 — names what was found
    """Routes without a policy."""


class UnfitPolicy(Exception):  # noqa: N818 — names what was found
    """A policy with roles that its audience does not have."""


class OnlyLooking(Forbidden):
    """An administrator who looks through somebody's eyes changes nothing."""

    code = "only_looking"
    zh = "您正在以他人视角查看，不能进行任何更改。请先点页面顶部的“结束查看”。"
    en = "You are looking through somebody else's eyes and can change nothing. End that first, at the top."


def policy(audience: Audience, *roles: Role | EnterpriseRole) -> Callable[[View], View]:
    """Declare who may use a view: `@policy(public)`, `@policy(organizer, Role.PLANNER)`,
    `@policy(enterprise, EnterpriseRole.OWNER)`.

    Of several roles one is enough; without a role every member is let in. Put it directly above the
    function, below `@blueprint.get`. Raises UnfitPolicy.
    """
    declared = declare(audience, roles)

    def enter(view: View) -> View:
        DECLARED[view] = declared
        return view

    return enter


def declare(audience: Audience, roles: Iterable[Role | EnterpriseRole]) -> Policy:
    """Return the policy of an audience and its roles; raises UnfitPolicy."""
    of_organizers = frozenset(role for role in roles if isinstance(role, Role))
    of_enterprises = [role for role in roles if isinstance(role, EnterpriseRole)]
    if (of_organizers and audience is not organizer) or (of_enterprises and audience is not enterprise):
        raise UnfitPolicy(f"{audience}: {', '.join(map(str, roles))}")
    return Policy(audience, of_organizers, of_enterprises[0] if of_enterprises else EnterpriseRole.STAFF)


def declared_by(view: Callable[..., Any]) -> Policy:
    """Return the policy that a view was declared with; raises KeyError where it was not."""
    return DECLARED[view]


def policy_of(app: Flask, endpoint: str) -> Policy | None:
    """Return what the endpoint's view declares; Flask's own static files are public."""
    if endpoint == "static":
        return Policy(public)
    return DECLARED.get(app.view_functions[endpoint])


def current_policy() -> Policy | None:
    """Return the policy of the route being answered; None where no route was found."""
    endpoint = request.endpoint
    return policy_of(current_app, endpoint) if endpoint else None


def check(app: Flask) -> None:
    """Raise UndeclaredRoutes naming every route without a policy: deny by default, at start-up."""
    silent = {rule.endpoint for rule in app.url_map.iter_rules() if policy_of(app, rule.endpoint) is None}
    if silent:
        raise UndeclaredRoutes(", ".join(sorted(silent)))


def install(app: Flask) -> None:
    """Check the policy of every request before its view runs."""
    app.before_request(enforce)


def enforce() -> ResponseReturnValue | None:
    """Send strangers to the sign-in page, refuse whom the route does not speak to, and let onlookers read."""
    declared = current_policy()
    if declared is None or declared.audience in OPEN:
        return None
    actor = actors.current_actor()
    if actor is None and problems.is_ours():
        raise TokenMissing
    if actor is None:
        return redirect(url_for("account.sign_in", next=request.path))
    if actor.viewer_id is not None and request.method not in READING:
        raise OnlyLooking
    if not declared.allows(actor):
        raise Forbidden
    return None
