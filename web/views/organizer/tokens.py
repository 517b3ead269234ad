"""The member's own access tokens: make one, see it once, see when each was used, revoke it."""

from dataclasses import dataclass

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from scheduler.errors import Refusal
from scheduler.models import TokenScope
from scheduler.queries.tokens import tokens_of
from scheduler.services.tokens import NoScope, TooManyTokens, make_token, revoke_token
from scheduler.times import now
from web.policy import organizer, policy
from web.schemas.account import Nothing
from web.schemas.base import asked, posted
from web.schemas.organizer import PageQuery
from web.schemas.tokens import TokenForm
from web.site import reader, writing
from web.views.organizer.desk import blueprint, desk, member, show

LIVES = (30, 90, 365)


@dataclass(frozen=True, slots=True)
class Made:
    """A token that was just made, with the secret that is shown this once."""

    name: str
    secret: str


@blueprint.get("/tokens")
@policy(organizer)
def tokens() -> str:
    """List the member's tokens and offer to make one."""
    asked(PageQuery)
    return _page()


@blueprint.post("/tokens")
@policy(organizer)
def create_token() -> ResponseReturnValue:
    """Make a token and show its secret, this once."""
    form = posted(TokenForm)
    try:
        with writing() as session:
            _, secret = make_token(session, account_id=member().account_id, **form)
    except (NoScope, TooManyTokens) as refusal:
        return _page(refusal=refusal), refusal.status
    return _page(made=Made(form["name"], secret))


@blueprint.post("/tokens/<int:token_id>/revoke")
@policy(organizer)
def revoke(token_id: int) -> ResponseReturnValue:
    """Revoke a token; it acts on the next request."""
    posted(Nothing)
    with writing() as session:
        revoke_token(session, account_id=member().account_id, token_id=token_id)
    flash(gettext("已撤销，立即生效。"))
    return redirect(url_for("organizer.tokens"))


def _page(*, made: Made | None = None, refusal: Refusal | None = None) -> str:
    found = tokens_of(reader(), account_id=member().account_id)
    return show(
        "tokens.html",
        desk(),
        tokens=found,
        made=made,
        refusal=refusal,
        scopes=list(TokenScope),
        lives=LIVES,
        now=now(),
    )
