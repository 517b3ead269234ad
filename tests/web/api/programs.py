"""A program of each member: tokens, and requests with keys and tags as a program sends them."""

import uuid

from flask.testing import FlaskClient
from sqlalchemy import Engine, select
from werkzeug.test import TestResponse

from scheduler.database import transaction
from scheduler.models import Account, TokenScope
from scheduler.queries.actors import actor_of
from scheduler.queries.tokens import useful_scopes
from scheduler.services.tokens import make_token

ROOT = "/api/v1"


def token_of(engine: Engine, login: str, *scopes: TokenScope, days: int = 30) -> str:
    """Return the secret of a new token of somebody; without scopes it has all that can be of use."""
    with transaction(engine) as session:
        account_id = session.scalars(select(Account.id).where(Account.login == login)).one()
        actor = actor_of(session, account_id=account_id)
        assert actor is not None
        wanted = scopes or useful_scopes(actor)
        return make_token(session, actor=actor, name="program", scopes=wanted, days=days)[1]


class Program:
    """Asks the API with a token; `key` and `tag` are sent where they are given."""

    def __init__(self, client: FlaskClient, secret: str) -> None:
        """Ask through a client, with a secret."""
        self.client, self.secret = client, secret

    def ask(
        self,
        method: str,
        path: str,
        *,
        body: object = None,
        key: str = "",
        tag: str = "",
    ) -> TestResponse:
        """Send one request below /api/v1."""
        headers = {"Authorization": f"Bearer {self.secret}"}
        headers |= {"Idempotency-Key": key} if key else {}
        headers |= {"If-Match": tag} if tag else {}
        return self.client.open(ROOT + path, method=method, json=body, headers=headers)

    def read(self, path: str) -> TestResponse:
        """Read something."""
        return self.ask("GET", path)

    def tag_of(self, path: str) -> str:
        """Return the ETag of something, as it is sent back."""
        return self.read(path).headers["ETag"]


def new_key() -> str:
    """Return a key that nobody used."""
    return uuid.uuid4().hex
