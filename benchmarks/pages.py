"""Measures the public pages under gunicorn: milliseconds, bytes over the wire, memory at rest.

`python -m benchmarks.pages [--requests 200] [--json FILE]` serves the site's own database (DATABASE_URL),
which should hold a published quarter. Every page is asked for as new each time and as kept in memory.
"""

import argparse
import http.client
import json
import re
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGES = {
    "home": "/",
    "list": "/events",
    "list_of_a_city": "/events?region=370100",
    "week": "/events?view=week",
    "month": "/events?view=month",
    "map": "/events?view=map",
}
TARGET_MS, TARGET_BYTES, TARGET_MIB = 100.0, 60_000, 160.0
ASSET = re.compile(r'(?:href|src)="(/static/[^"#]+)')
WORKERS = 2


def main() -> int:
    """Print the figures as JSON; return 0 when all are within the targets."""
    options = _parser().parse_args()
    with _gunicorn() as (port, pid):
        resting = _resident_mib(pid)
        pages = {
            f"{name}_{state}": _measure(port, path, options.requests, fresh=state == "fresh")
            for name, path in PAGES.items()
            for state in ("fresh", "kept")
        }
        first = _first_visit(port)
    figures = {"resting_worker_mib": resting, "first_visit_bytes": first, "pages": pages}
    text = json.dumps(figures, indent=2)
    print(text)
    if options.json:
        Path(options.json).write_text(text, "utf-8")
    slowest = max(page["p95_ms"] for page in pages.values())
    largest = max(first.values())
    return 0 if slowest <= TARGET_MS and largest <= TARGET_BYTES and resting <= TARGET_MIB else 1


@contextmanager
def _gunicorn() -> Iterator[tuple[int, int]]:
    """Serve the site as a bureau would and lend its port and the master's process number."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    command = [sys.executable, "-m", "gunicorn", "--no-control-socket", "--log-level", "error"]
    command += ["--workers", str(WORKERS), "--threads", "4", "--bind", f"127.0.0.1:{port}", "wsgi:app"]
    server = subprocess.Popen(command, cwd=ROOT)
    try:
        _wait(port, server)
        yield port, server.pid
    finally:
        server.terminate()
        server.wait(30)


def _wait(port: int, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and server.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.1)
        else:
            time.sleep(3)  # both workers have loaded the site and are at rest
            return
    raise RuntimeError("the site was not served")


def _measure(port: int, path: str, requests: int, *, fresh: bool) -> dict[str, float]:
    """Return the median and the 95th percentile of a page in milliseconds, and its packed size in bytes.

    A fresh page is one whose address nobody used before: a mark that sharing programs add makes it new.
    """
    for _ in range(2 * WORKERS):
        _get(port, path)
    joint = "&" if "?" in path else "?"
    lengths = []
    size = 0
    for number in range(requests):
        address = f"{path}{joint}utm_source={number}" if fresh else path
        started = time.perf_counter()
        size = len(_get(port, address))
        lengths.append((time.perf_counter() - started) * 1000)
    slow = statistics.quantiles(lengths, n=20)[-1]
    return {"p50_ms": round(statistics.median(lengths), 1), "p95_ms": round(slow, 1), "bytes": size}


def _first_visit(port: int) -> dict[str, int]:
    """Return the bytes that a browser new to the site loads for each page: itself, styles, script, icons."""
    found = {}
    for name, path in PAGES.items():
        page = _get(port, path, packed=False).decode()
        assets = sorted(set(ASSET.findall(page)))
        found[name] = len(_get(port, path)) + sum(len(_get(port, asset)) for asset in assets)
    return found


def _get(port: int, path: str, *, packed: bool = True) -> bytes:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    headers = {"Accept": "text/html", "Accept-Encoding": "gzip" if packed else "identity"}
    try:
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        body = answer.read()
    finally:
        connection.close()
    if answer.status != http.client.OK:
        raise RuntimeError(f"{path}: {answer.status}")
    return body


def _resident_mib(master: int) -> float:
    """Return the resident memory of the largest worker in MiB."""
    children = Path(f"/proc/{master}/task/{master}/children").read_text().split()
    sizes = [re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{child}/status").read_text()) for child in children]
    return round(max(int(size[1]) for size in sizes if size) / 1024, 1)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.pages", description=__doc__)
    parser.add_argument("--requests", type=int, default=200, help="how often each page is asked for")
    parser.add_argument("--json", metavar="FILE", help="also write the figures there")
    return parser


if __name__ == "__main__":
    sys.exit(main())
