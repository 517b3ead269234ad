"""A receiver on loopback, and webhooks that lead to it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from scheduler.database import transaction
from scheduler.delivering import Deliverer
from scheduler.models import Account, Topic
from scheduler.services.webhooks import announce, make_webhook, signing_secret
from tests.support.receiver import Receiver, receiving
from tests.web.organizers import add_world

KEY = "a secret of forty characters for the tests"
JINAN = "370100"


@pytest.fixture
def receiver(tmp_path: Path) -> Iterator[Receiver]:
    with receiving(tmp_path / "received.jsonl") as running:
        yield running


@pytest.fixture
def hook(engine: Engine, receiver: Receiver) -> Callable[..., str]:
    """Make a webhook of a member that leads to a path of the receiver; returns its secret."""
    add_world(engine)

    def make(path: str, login: str = "city-publisher") -> str:
        with transaction(engine) as session:
            account_id = session.scalars(select(Account.id).where(Account.login == login)).one()
            webhook = make_webhook(
                session,
                account_id=account_id,
                url=receiver.url(path),
                topics=list(Topic),
                allowed={receiver.host},
            )
            return signing_secret(webhook, secret_key=KEY)

    return make


@pytest.fixture
def deliverer(engine: Engine, receiver: Receiver) -> Deliverer:
    return Deliverer(engine, secret_key=KEY, allowed={receiver.host})


def tell(engine: Engine, number: int = 1, scope_code: str = JINAN) -> int:
    """Announce a publication; returns how many webhooks will be told."""
    with transaction(engine) as session:
        return announce(
            session,
            Topic.SCHEDULE_PUBLISHED,
            cause=f"publication-{number}",
            scope_code=scope_code,
            facts={"quarter": "2027Q1", "city": "济南市"},
        )
