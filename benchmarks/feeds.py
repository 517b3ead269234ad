"""Measures a feed of 1,000 events: its octets, and how fast two workers answer 304 and packed 200.

`python3 -m benchmarks.feeds [--events 1000] [--seconds 5] [--database URL] [--json FILE]`; the load comes
from a process beside the workers, on the same processors.
"""

import argparse
import gzip
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path

from sqlalchemy.orm import Session

from benchmarks.load import Load, load
from scheduler.database import connect, transaction
from scheduler.feeds import refresh_entries
from scheduler.schema import upgrade
from scheduler.times import moment, today
from tests.support import schedule

ROOT = Path(__file__).resolve().parents[1]
WORKERS = 2
TARGET_PER_SECOND = 1_000
STARTUP_SECONDS = 30


def main() -> int:
    """Publish the events, serve them, drive the server; return 0 when both answers reach the target."""
    options = _parser().parse_args()
    with tempfile.TemporaryDirectory(prefix="fair-feeds-") as folder:
        url = options.database or f"sqlite:///{Path(folder) / 'feeds.db'}"
        _publish(url, options.events)
        with _served(url, folder) as port:
            raw, headers = _fetch(port)
            packed = load(port, "/calendar.ics", {"Accept-Encoding": "gzip"}, options.seconds)
            known = {"Accept-Encoding": "gzip", "If-None-Match": headers["ETag"]}
            unchanged = load(port, "/calendar.ics", known, options.seconds)
            megabytes = _memory(port)
    figures = {
        "events": raw.count(b"BEGIN:VEVENT"),
        "raw_octets": len(raw),
        "gzip_octets": len(gzip.compress(raw, 6)),
        "not_modified": asdict(unchanged),
        "packed": asdict(packed),
        "worker_megabytes": megabytes,
    }
    _show(figures, unchanged, packed)
    if options.json:
        Path(options.json).write_text(json.dumps(figures, indent=2), "utf-8")
    return 0 if min(unchanged.per_second, packed.per_second) >= TARGET_PER_SECOND else 1


def _show(figures: dict[str, object], unchanged: Load, packed: Load) -> None:
    print(f"{figures['events']} events: {figures['raw_octets']:,} octets, {figures['gzip_octets']:,} packed")
    for name, found in (("304", unchanged), ("200 gzip", packed)):
        print(
            f"{name}: {found.per_second:,.0f} a second (target {TARGET_PER_SECOND:,}), "
            f"p50 {found.p50_ms:.1f} ms, p99 {found.p99_ms:.1f} ms"
        )
    print(f"memory after the load, main process and workers: {figures['worker_megabytes']} MB")


def _publish(url: str, events: int) -> None:
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
def _served(url: str, folder: str) -> Iterator[int]:
    """Serve the site with gunicorn; lend its port."""
    port = _free_port()
    environment = {**os.environ, "DATABASE_URL": url, "FAIR_DATA_DIR": folder}
    options = ["--workers", str(WORKERS), "--worker-class", "gthread", "--threads", "4"]
    quiet = ["--no-control-socket", "--log-level", "warning", "--keep-alive", "30"]
    command = [sys.executable, "-m", "gunicorn", "wsgi:app", "--bind", f"127.0.0.1:{port}", *options, *quiet]
    server = subprocess.Popen(command, cwd=ROOT, env=environment)
    try:
        _wait(port, server)
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


def _fetch(port: int) -> tuple[bytes, dict[str, str]]:
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/calendar.ics", headers={"Accept-Encoding": "gzip"}
    )
    with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310 — our own http address
        return gzip.decompress(answer.read()), dict(answer.headers)


def _memory(port: int) -> list[int]:
    """Return the megabytes each worker holds, where the system tells (Linux)."""
    found = []
    for status in Path("/proc").glob("[0-9]*/status"):
        command = status.with_name("cmdline").read_bytes()
        if f"127.0.0.1:{port}".encode() in command and b"gunicorn" in command:
            lines = dict(line.split(":\t", 1) for line in status.read_text().splitlines() if ":\t" in line)
            found.append(int(lines["VmRSS"].split()[0]) // 1024)
    return sorted(found)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python3 -m benchmarks.feeds", description=__doc__)
    parser.add_argument("--events", type=int, default=1_000)
    parser.add_argument("--seconds", type=float, default=5.0)
    parser.add_argument("--database", help="an empty database; default: a SQLite file that is removed")
    parser.add_argument("--json", help="also write the figures to this file")
    return parser


if __name__ == "__main__":
    sys.exit(main())
