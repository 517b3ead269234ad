"""Your own tokens: list them, make one that allows no more than this one, revoke one."""

from dataclasses import dataclass
from typing import Any

from flask import Response
from marshmallow import Schema, fields
from sqlalchemy.orm import Session

from scheduler.errors import Forbidden
from scheduler.models import AccessToken, TokenScope
from scheduler.queries.tokens import tokens_of
from scheduler.services.tokens import LONGEST_DAYS, make_token, revoke_token
from scheduler.times import now
from web.actors import signed_in
from web.api.cursors import page_of, whole
from web.api.once import create
from web.api.shapes import moment, number, text
from web.api.subject import Subject
from web.bearer import current_grant
from web.policy import person, policy
from web.schemas.base import Form, Text, Whole
from web.site import reader, writing

subject = Subject("Tokens", "Your own tokens. A secret is shown once, in the answer that made it.")


class TokenBody(Form):
    """A name to recognise it by, what it may do, and for how many days."""

    name = Text(longest=60, required=True)
    scopes = fields.List(fields.Enum(TokenScope, by_value=True), required=True)
    days = Whole(least=1, most=LONGEST_DAYS, required=True)


class Token(Schema):
    """A token without its secret; `hint` is how the secret ends."""

    id = number()
    name = text()
    hint = text()
    scopes = fields.List(fields.String(), required=True)
    created_at = moment()
    expires_at = moment()
    last_used_at = moment(allow_none=True)


class NewToken(Schema):
    """A token with its secret, which is null when the request is repeated."""

    token = fields.Nested(Token, required=True)
    secret = text(allow_none=True)


@dataclass(frozen=True, slots=True)
class Made:
    """A token that was just made."""

    token: AccessToken
    secret: str


@subject.operation("GET", "/tokens", policy(person), scope=TokenScope.TOKENS, answer=page_of(Token))
def list_tokens() -> dict[str, Any]:
    """List your tokens that were not revoked, newest first."""
    return whole(tokens_of(reader(), account_id=signed_in().account_id))


@subject.operation(
    "POST",
    "/tokens",
    policy(person),
    scope=TokenScope.TOKENS,
    body=TokenBody,
    answer=NewToken,
    status=201,
    creates=True,
)
def create_token(body: dict[str, Any]) -> Response:
    """Make a token with no scope that this one lacks, and no longer life."""
    grant = current_grant()
    left = (grant.expires_at - now()).days if grant else 0
    if grant is None or not grant.scopes.issuperset(body["scopes"]) or body["days"] > left:
        raise Forbidden

    def make(session: Session) -> Made:
        return Made(*make_token(session, actor=signed_in(), **body))

    return create(make, NewToken, kept=lambda shown: {**shown, "secret": None})


@subject.operation("DELETE", "/tokens/<int:token_id>", policy(person), scope=TokenScope.TOKENS, status=204)
def delete_token(token_id: int) -> Response:
    """Revoke one of your tokens; it acts on the next request."""
    with writing() as session:
        revoke_token(session, account_id=signed_in().account_id, token_id=token_id)
    return Response(status=204)
