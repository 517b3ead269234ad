"""Can somebody tell by the form that a credit code is on record? Asks with known and unknown ones in turn.

`python -m benchmarks.signing_up` makes a site of its own and prints the median gap between signing an
enterprise up that is on record and one that is not, over 500 interleaved pairs, and whether any two
answers differed.
"""

import argparse
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from random import Random

from flask.testing import FlaskClient
from sqlalchemy import Engine, select

from scheduler import schema
from scheduler.database import connect, transaction
from scheduler.models import Enterprise
from scheduler.sample import load_sample
from scheduler.sample.credit_codes import credit_code, serials
from scheduler.settings import Settings
from web import create_app

PAIRS = 500
GAP_MILLISECONDS = 5
COUNTY = "371002"
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
Answer = tuple[int, str]


def main() -> int:
    """Measure and print; 1 when the gap is wider than it may be, or the answers tell."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--pairs", type=int, default=PAIRS)
    pairs = options.parse_args().pairs
    with tempfile.TemporaryDirectory() as folder:
        known, unknown, answers = _measure(Path(folder), pairs)
    gap = abs(statistics.median(known) - statistics.median(unknown))
    print(
        f"{pairs} pairs: known {statistics.median(known):.1f} ms, unknown {statistics.median(unknown):.1f} ms"
    )
    print(f"median gap {gap:.2f} ms (at most {GAP_MILLISECONDS} ms); different answers: {len(answers)}")
    return int(gap > GAP_MILLISECONDS or len(answers) > 1)


def _measure(folder: Path, pairs: int) -> tuple[list[float], list[float], set[Answer]]:
    url = f"sqlite:///{folder / 'fair.db'}"
    engine = connect(url)
    schema.upgrade(engine)
    settings = Settings(
        database_url=url,
        secret_key="a secret of a site that lives for a minute",  # noqa: S106
        data_dir=folder,
        public_url="http://127.0.0.1:8000",
        production=False,
    )
    client = create_app(settings, engine).test_client()
    codes = {"known": _known(engine), "unknown": _unknown(pairs)}
    found = TOKEN.search(client.get("/sign-up").text)
    assert found is not None  # noqa: S101 — the page has a form
    taken: dict[str, list[float]] = {"known": [], "unknown": []}
    answers: set[Answer] = set()
    for number in range(pairs):
        for kind in ("known", "unknown") if number % 2 else ("unknown", "known"):
            email = f"{kind}-{number}@example.org"
            milliseconds, answer = _ask(client, found[1], next(codes[kind]), email)
            taken[kind].append(milliseconds)
            answers.add(answer)
    engine.dispose()
    return taken["known"][1:], taken["unknown"][1:], answers


def _known(engine: Engine) -> Iterator[str]:
    """Yield codes on record, over and over."""
    with transaction(engine) as session:
        load_sample(session, size="small", seed=1)
        return cycle(session.scalars(select(Enterprise.credit_code)).all())


def _unknown(many: int) -> Iterator[str]:
    """Yield codes that nobody has."""
    return (credit_code(COUNTY, serial) for serial in serials(many, Random(2)))  # noqa: S311 — invented


def _ask(client: FlaskClient, token: str, code: str, email: str) -> tuple[float, Answer]:
    """Return the milliseconds that signing up takes, and the answer."""
    form = {
        "csrf_token": token,
        "credit_code": code,
        "name_zh": "示例单位",
        "division": COUNTY,
        "industry": "C36",
        "contact_name": "张经办",
        "contact_phone": "0000",
        "email": email,
        "consent": "yes",
    }
    begun = time.perf_counter()
    answer = client.post("/sign-up", data=form)
    return (time.perf_counter() - begun) * 1_000, (answer.status_code, answer.text)


if __name__ == "__main__":
    sys.exit(main())
