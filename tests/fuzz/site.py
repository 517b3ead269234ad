"""A small published site with everybody of the access matrix, and a token of each, to be asked odd things."""

from sqlalchemy import select

from scheduler import schema
from scheduler.database import connect, transaction
from scheduler.models import Account
from scheduler.times import now
from tests.access.world import ACTORS, add_world
from tests.support.schedule import make_event
from tests.web.api.programs import token_of

ANYBODY, DISABLED = "anonymous", "disabled"
ROLES = ACTORS
EVENTS = 60


def prepare(url: str) -> str:
    """Fill the database at a URL; returns the secret of the token that a disabled account still holds."""
    engine = connect(url)
    schema.upgrade(engine)
    add_world(engine)
    with transaction(engine) as session:
        for number in range(40, 40 + EVENTS):
            make_event(session, number)
    dead = token_of(engine, DISABLED)
    with transaction(engine) as session:
        session.scalars(select(Account).where(Account.login == DISABLED)).one().disabled_at = now()
    engine.dispose()
    return dead


def fresh_secret(url: str, role: str) -> str | None:
    """Return the secret of a new token of a role, None for who has none: a round may revoke its own."""
    if role == ANYBODY:
        return None
    engine = connect(url)
    secret = token_of(engine, role)
    engine.dispose()
    return secret
