"""What silences every process that sends it is given up with its reason, seen, and sent once more by hand."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine
from time_machine import TimeMachineFixture

from scheduler.__main__ import main
from scheduler.database import reading, transaction
from scheduler.queries.health import health
from scheduler.services import letters
from scheduler.services.webhooks import leases as deliveries
from scheduler.times import now
from tests.scheduler.webhooks.conftest import tell


@pytest.fixture(autouse=True)
def terminal(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("DATABASE_URL", database_url), ("FAIR_DATA_DIR", str(tmp_path)), ("LC_ALL", "C")):
        monkeypatch.setenv(name, value)


def take_both(engine: Engine) -> list[int]:
    """Take the letter and the delivery where they are due; returns in which attempt."""
    with transaction(engine) as session:
        claim, parcel = letters.claim_letter(session), deliveries.claim_delivery(session)
    return [one.attempt for one in (claim, parcel and parcel.claim) if one]


def given_up(engine: Engine) -> tuple[int, int]:
    with reading(engine) as session:
        found = health(session)
    return found.messages.given_up, found.deliveries.given_up


def test_what_kills_every_sender_is_given_up_seen_and_sent_once_more_by_hand(
    hook: Callable[..., str],
    engine: Engine,
    time_machine: TimeMachineFixture,
    capsys: pytest.CaptureFixture[str],
) -> None:
    hook("/ok")
    tell(engine)
    with transaction(engine) as session:
        letters.write_letter(session, kind="k", cause="c", recipient="a@b.example", language="zh", payload={})
    taken = []
    time_machine.move_to(now(), tick=False)
    for _ in range(deliveries.MOST_ATTEMPTS + 2):
        taken.append(take_both(engine))
        time_machine.shift(letters.LEASE + timedelta(seconds=1))
    both, alone = letters.MOST_ATTEMPTS, deliveries.MOST_ATTEMPTS
    assert taken == [[n, n] for n in range(1, both + 1)] + [[n] for n in range(both + 1, alone + 1)] + [
        [],
        [],
    ]
    assert (given_up(engine), main(["given-up"])) == ((1, 1), 1)
    said = capsys.readouterr().out.splitlines()
    assert [(line.split()[0], line.split()[-1]) for line in said] == [
        ("letter-1", "carriers_died"),
        ("delivery-1", "carriers_died"),
    ]
    assert (main(["given-up", "--retry", "letter-9"]), main(["given-up", "--retry", "nonsense"])) == (2, 2)
    assert (main(["given-up", "--retry", "all"]), given_up(engine)) == (0, (0, 0))
    assert (take_both(engine), take_both(engine)) == ([both + 1, alone + 1], [])
