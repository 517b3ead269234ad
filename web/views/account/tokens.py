"""The own access tokens: make one, see it once, see when each was used, revoke it."""

from dataclasses import dataclass

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from scheduler.errors import Refusal
from scheduler.queries.tokens import tokens_of, useful_scopes
from scheduler.services.tokens import REFUSED, make_token, revoke_token
from scheduler.times import now
from web.actors import signed_in
from web.policy import person, policy
from web.schemas.account import Nothing
from web.schemas.base import posted
from web.schemas.tokens import TokenForm
from web.site import reader, writing
from web.views.account.entering import blueprint, home

LIVES = (30, 90, 365)


@dataclass(frozen=True, slots=True)
class Made:
    """A token that was just made, with the secret that is shown this once."""

    name: str
    secret: str


@blueprint.get("/account/tokens")
@policy(person)
def tokens() -> str:
    """List the person's tokens and offer to make one."""
    return _page()


@blueprint.post("/account/tokens")
@policy(person)
def create_token() -> ResponseReturnValue:
    """Make a token and show its secret, this once."""
    form = posted(TokenForm)
    try:
        with writing() as session:
            _, secret = make_token(session, actor=signed_in(), **form)
    except REFUSED as refusal:
        return _page(refusal=refusal), refusal.status
    return _page(made=Made(form["name"], secret))


@blueprint.post("/account/tokens/<int:token_id>/revoke")
@policy(person)
def revoke_access(token_id: int) -> ResponseReturnValue:
    """Revoke a token; it acts on the next request."""
    posted(Nothing)
    with writing() as session:
        revoke_token(session, account_id=signed_in().account_id, token_id=token_id)
    flash(gettext("已撤销，立即生效。"))
    return redirect(url_for("account.tokens"))


def _page(*, made: Made | None = None, refusal: Refusal | None = None) -> str:
    actor = signed_in()
    return render_template(
        "account/tokens.html",
        actor=actor,
        home=url_for(home(actor)),
        tokens=tokens_of(reader(), account_id=actor.account_id),
        made=made,
        refusal=refusal,
        scopes=useful_scopes(actor),
        lives=LIVES,
        now=now(),
    )
