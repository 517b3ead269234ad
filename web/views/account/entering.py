"""Entering: from proved credentials to the first page, by way of the second factor where one is due."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, current_app, redirect, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from scheduler.models import Account
from scheduler.queries.accounts import Due, due, waiting_account
from scheduler.queries.actors import Actor, Employer, Member, actor_of
from scheduler.services import accounts
from web import actors, visitors
from web.policy import OPEN, policy_of
from web.site import reader, settings, writing

blueprint = Blueprint("account", __name__)


def enter(account_id: int, following: str) -> ResponseReturnValue:
    """Sign an account in whose credentials are proved, or ask for what is still due."""
    required = settings().second_factor_required
    needed = due(reader(), account_id=account_id, required=required)
    with writing() as session:
        token = accounts.open_sign_in(
            session,
            account_id=account_id,
            complete=needed is Due.NOTHING,
            address=visitors.address(),
            browser=visitors.browser(),
        )
    actors.remember(token)
    if needed is Due.CODE:
        return redirect(url_for("account.second_step", next=following or None))
    if needed is Due.SET_UP:
        return redirect(url_for("account.first_factor", next=following or None))
    return go_on(_as_actor(account_id), following)


def complete(account_id: int, following: str) -> ResponseReturnValue:
    """Let in a sign-in whose second factor is proved."""
    complete_here()
    return go_on(_as_actor(account_id), following)


def complete_here() -> None:
    """Complete this browser's sign-in, under a new token."""
    with writing() as session:
        token = accounts.complete_sign_in(session, token=actors.current_token() or "")
    actors.remember(token)


def waiting() -> Account | None:
    """Return the account whose sign-in waits in this browser for its second factor."""
    return waiting_account(reader(), token=actors.current_token() or "")


def go_on(actor: Actor | None, following: str = "") -> Response:
    """Lead to the page at a path of this site, if the actor may open it; else to the first page.

    The address is built anew from the page's route: what somebody wrote into a link leads nowhere else.
    """
    endpoint, values = _page_at(following)
    declared = policy_of(current_app, endpoint) if endpoint else None
    if declared is not None and declared.audience not in OPEN and declared.allows(actor):
        return redirect(url_for(endpoint, **values))
    return redirect(url_for(home(actor)))


def home(actor: Actor | None) -> str:
    """Return the first page of an actor."""
    if isinstance(actor, Member):
        return "organizer.today"
    if isinstance(actor, Employer):
        return "enterprise.home"
    return "account.mine" if actor else "account.sign_in"


def _as_actor(account_id: int) -> Actor | None:
    """Return who has just entered: what this request has read before does not know the new sign-in."""
    return actor_of(reader(), account_id=account_id)


def _page_at(path: str) -> tuple[str, Mapping[str, Any]]:
    """Return the route of the page at a path with its values; "" where there is no page."""
    try:
        return current_app.url_map.bind("").match(path, method="GET")
    except HTTPException:
        return "", {}
