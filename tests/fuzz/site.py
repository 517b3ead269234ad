"""A small published site with a token of each role, for programs that ask it odd things."""

from scheduler import schema
from scheduler.database import connect, transaction
from scheduler.models import TokenScope
from tests.support.schedule import make_event
from tests.web.api.programs import token_of
from tests.web.organizers import MEMBERS, add_world

ANYBODY = "anybody"
ROLES = (ANYBODY, *MEMBERS)
EVENTS = 60


def prepare(url: str) -> dict[str, str | None]:
    """Fill the database at a URL; returns the token's secret of each role, None for who has none."""
    engine = connect(url)
    schema.upgrade(engine)
    add_world(engine)
    with transaction(engine) as session:
        for number in range(10, 10 + EVENTS):
            make_event(session, number)
    secrets: dict[str, str | None] = {ANYBODY: None}
    secrets |= {login: token_of(engine, login, *TokenScope) for login in MEMBERS}
    engine.dispose()
    return secrets
