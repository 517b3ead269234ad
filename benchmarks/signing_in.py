"""Can somebody tell by the time that an account exists? Signs in wrongly, known and unknown in turn.

`python -m benchmarks.signing_in` makes a site of its own and prints the median gap between a known
account with a wrong password and one that does not exist, over 500 interleaved pairs.
"""

import argparse
import re
import statistics
import sys
import tempfile
import time
from pathlib import Path

from flask.testing import FlaskClient

from scheduler import schema
from scheduler.database import connect, transaction
from scheduler.models import FailedSignIn
from scheduler.services import accounts
from scheduler.settings import Settings
from web import create_app

PAIRS = 500
GAP_MILLISECONDS = 5
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


def main() -> int:
    """Measure and print; 1 when the gap is wider than it may be."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--pairs", type=int, default=PAIRS)
    pairs = options.parse_args().pairs
    with tempfile.TemporaryDirectory() as folder:
        known, unknown = _measure(Path(folder), pairs)
    gap = abs(statistics.median(known) - statistics.median(unknown))
    print(
        f"{pairs} pairs: known {statistics.median(known):.1f} ms, unknown {statistics.median(unknown):.1f} ms"
    )
    print(f"median gap {gap:.2f} ms (at most {GAP_MILLISECONDS} ms)")
    return int(gap > GAP_MILLISECONDS)


def _measure(folder: Path, pairs: int) -> tuple[list[float], list[float]]:
    url = f"sqlite:///{folder / 'fair.db'}"
    engine = connect(url)
    schema.upgrade(engine)
    with transaction(engine) as session:
        accounts.create_account(
            session,
            login="known",
            password="long enough to be one",  # noqa: S106 — of a site that lives for a minute
            display_name="known",
            belonging=accounts.Belonging.seeker(),
        )
    settings = Settings(
        database_url=url,
        secret_key="a secret of a site that lives for a minute",  # noqa: S106
        data_dir=folder,
        public_url="http://127.0.0.1:8000",
        production=False,
    )
    client = create_app(settings, engine).test_client()
    found = TOKEN.search(client.get("/sign-in").text)
    assert found is not None  # noqa: S101 — the page has a form
    taken: dict[str, list[float]] = {"known": [], "unknown": []}
    for number in range(pairs + 1):
        order = ("known", "unknown") if number % 2 else ("unknown", "known")  # neither is always first
        for login in order:
            milliseconds = _ask(client, found[1], login)
            if number:  # the first pair warms up
                taken[login].append(milliseconds)
            with transaction(engine) as session:
                session.query(FailedSignIn).delete()  # nobody is to wait here
    engine.dispose()
    return taken["known"], taken["unknown"]


def _ask(client: FlaskClient, token: str, login: str) -> float:
    """Return the milliseconds that a wrong sign-in takes."""
    form = {"csrf_token": token, "login": login, "password": "not the password", "next": ""}
    begun = time.perf_counter()
    client.post("/sign-in", data=form)
    return (time.perf_counter() - begun) * 1_000


if __name__ == "__main__":
    sys.exit(main())
