"""A site with a published quarter, served by gunicorn as in production, for the other benchmarks."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from sqlalchemy.orm import Session

from scheduler.database import connect, transaction
from scheduler.feeds import refresh_entries
from scheduler.schema import upgrade
from scheduler.times import moment, today
from tests.support import schedule

ROOT = Path(__file__).resolve().parents[1]
WORKERS = 2
STARTUP_SECONDS = 30


def publish(url: str, events: int) -> None:
    """Fill an empty database with events of the next 90 days."""
    engine = connect(url)
    upgrade(engine)
    with transaction(engine) as session:
        _add_events(session, events)
        schedule.publish(session)
        refresh_entries(session, event_ids=None, public_url="https://fair.example")
    engine.dispose()


def _add_events(session: Session, events: int) -> None:
    """Add events over the next 90 days, five in a row in each hall, with titles of the usual length."""
    schedule.add_reference(session)
    employer = schedule.make_employer(session, openings=3)
    for number in range(events):
        if number % 5 == 0:
            hall = schedule.make_venue(session, name_zh=f"示例人力资源市场第{number}展厅")
        title = f"第{number}场“春风送岗”先进制造业专场招聘会暨政策速递"
        starts_at = moment(today() + timedelta(days=number % 90), 9 * 60)
        event = schedule.make_event(
            session, number, venues=(hall,), title_zh=title, starts_at=starts_at, industry_code="C36"
        )
        schedule.register(session, event, employer)


@contextmanager
def served(url: str, folder: str, *, threads: int = 4, app: str = "wsgi:app") -> Iterator[int]:
    """Serve the site with gunicorn; lend its port."""
    port = _free_port()
    environment = {**os.environ, "DATABASE_URL": url, "FAIR_DATA_DIR": folder}
    options = ["--workers", str(WORKERS), "--worker-class", "gthread", "--threads", str(threads)]
    quiet = ["--no-control-socket", "--log-level", "warning", "--keep-alive", "30"]
    command = [sys.executable, "-m", "gunicorn", app, "--bind", f"127.0.0.1:{port}", *options, *quiet]
    server = subprocess.Popen(command, cwd=ROOT, env=environment)
    try:
        _wait(port, server)
        urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=STARTUP_SECONDS * 4).close()
        yield port
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(30)


def _wait(port: int, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + STARTUP_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("gunicorn does not answer")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
