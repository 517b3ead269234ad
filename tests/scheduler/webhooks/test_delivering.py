"""Tests that a webhook is told, signed, once, and again where it did not listen."""

import hashlib
import hmac
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from sqlalchemy import Engine, select, update
from sqlalchemy.orm import Session

from scheduler.database import transaction
from scheduler.delivering import Deliverer
from scheduler.models import Account, Delivery, DeliveryState, Webhook
from scheduler.services.webhooks.leases import MOST_ATTEMPTS, claim_delivery, end_delivery
from scheduler.times import now
from tests.scheduler.webhooks.conftest import KEY, tell
from tests.support.processes import wait_for
from tests.support.receiver import STATUS, Receiver


def states(engine: Engine) -> list[tuple[str, int, int | None, str | None]]:
    """Return state, attempts, status and error of every delivery."""
    with Session(engine) as session:
        rows = session.scalars(select(Delivery).order_by(Delivery.id))
        return [(row.state.value, row.attempt, row.status, row.error) for row in rows]


def test_a_delivery_is_signed_over_time_number_and_body(
    hook: Callable[..., str], deliverer: Deliverer, engine: Engine, receiver: Receiver
) -> None:
    secret = hook("/ok")
    assert tell(engine) == 1
    assert (deliverer.carry_next(), deliverer.carry_next()) == (True, False)
    [got] = receiver.got()
    signed = f"{got['headers']['X-Fair-Timestamp']}.{got['headers']['X-Fair-Delivery']}.{got['body']}"
    expected = hmac.new(secret.encode(), signed.encode(), hashlib.sha256).hexdigest()
    assert got["headers"]["X-Fair-Signature"] == f"v1={expected}"
    assert "济南市" in got["body"]
    assert states(engine) == [("sent", 1, 204, None)]


def test_only_bureaus_in_above_and_below_a_division_are_told(
    hook: Callable[..., str], engine: Engine
) -> None:
    hook("/ok", "province-publisher")
    for login in ("city-publisher", "county-publisher", "sister-publisher"):
        _again(engine, login)
    assert tell(engine, 1, "370100") == 3
    assert tell(engine, 2, "370000") == 4


def _again(engine: Engine, login: str) -> None:
    """Give another member a copy of the first webhook."""
    with transaction(engine) as session:
        first = session.scalars(select(Webhook)).first()
        account_id = session.scalars(select(Account.id).where(Account.login == login)).one()
        assert first is not None
        copy = Webhook(
            account_id=account_id, url=first.url, topics=first.topics, salt=login, created_at=now()
        )
        session.add(copy)


@pytest.mark.parametrize("path", ["/fail", "/moved"])
def test_what_is_not_taken_is_sent_again_with_growing_pauses_until_it_is_given_up(
    hook: Callable[..., str], deliverer: Deliverer, engine: Engine, receiver: Receiver, path: str
) -> None:
    status = STATUS[path]
    hook(path)
    tell(engine)
    begun_at = now()
    with time_machine.travel(begun_at, tick=False) as clock:
        pauses = []
        for _ in range(MOST_ATTEMPTS):
            while not deliverer.carry_next():
                clock.shift(timedelta(seconds=10))
            pauses.append((now() - begun_at).total_seconds())
    assert states(engine) == [("dead", MOST_ATTEMPTS, status, None)]
    assert pauses[:4] == [0, 10, 30, 70]
    assert {got["path"] for got in receiver.got()} == {path}
    assert len({got["headers"]["X-Fair-Delivery"] for got in receiver.got()}) == 1


def test_what_nobody_wants_any_more_is_dropped(
    hook: Callable[..., str], deliverer: Deliverer, engine: Engine, receiver: Receiver
) -> None:
    hook("/ok")
    tell(engine)
    with transaction(engine) as session:
        session.execute(update(Webhook).values(revoked_at=now()))
    assert deliverer.carry_next() is False
    assert (receiver.got(), states(engine)) == ([], [("dropped", 1, None, None)])


def test_a_host_that_left_the_list_gets_nothing(
    hook: Callable[..., str], engine: Engine, receiver: Receiver
) -> None:
    hook("/ok")
    tell(engine)
    Deliverer(engine, secret_key=KEY, allowed=()).carry_next()
    assert (receiver.got(), states(engine)) == ([], [("waiting", 1, None, "host_not_allowed")])


def test_a_sender_that_slept_past_its_lease_writes_nothing(hook: Callable[..., str], engine: Engine) -> None:
    hook("/ok")
    tell(engine)
    with transaction(engine) as session:
        asleep = claim_delivery(session)
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=2)):  # noqa: TID251
        with transaction(engine) as session:
            taken_over = claim_delivery(session)
        assert asleep is not None
        assert taken_over is not None
        with transaction(engine) as session:
            assert end_delivery(session, parcel=taken_over, status=204, error=None) is True
        with transaction(engine) as session:
            assert end_delivery(session, parcel=asleep, status=None, error="late") is False
    assert states(engine) == [("sent", 2, 204, None)]


def worker(database_url: str, receiver: Receiver, folder: Path) -> subprocess.Popen[bytes]:
    """Start a worker whose leases last two seconds."""
    settings = {
        "DATABASE_URL": database_url,
        "SECRET_KEY": KEY,
        "WEBHOOK_HOSTS": receiver.host,
        "FAIR_DATA_DIR": str(folder),
    }
    command = [sys.executable, "-m", "scheduler", "worker", "--lease", "2"]
    return subprocess.Popen(command, env={**os.environ, **settings}, stdout=subprocess.DEVNULL)  # noqa: S603


def test_a_worker_killed_between_claim_and_mark_loses_nothing(
    hook: Callable[..., str], engine: Engine, receiver: Receiver, database_url: str, tmp_path: Path
) -> None:
    hook("/late")
    tell(engine)
    first = worker(database_url, receiver, tmp_path)
    try:
        wait_for(lambda: len(receiver.got()) == 1)
        assert states(engine) == [(DeliveryState.SENDING.value, 1, None, None)]
    finally:
        first.send_signal(signal.SIGKILL)
        first.wait()
    second = worker(database_url, receiver, tmp_path)
    try:
        wait_for(lambda: states(engine)[0][0] == DeliveryState.SENT.value)
    finally:
        second.terminate()
        second.wait()
    one, again = receiver.got()
    assert one["headers"]["X-Fair-Delivery"] == again["headers"]["X-Fair-Delivery"]
    assert states(engine) == [("sent", 2, 204, None)]
