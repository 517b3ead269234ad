"""Measures a feed of 1,000 events: its octets, and how fast two workers answer 304 and packed 200.

`python3 -m benchmarks.feeds [--events 1000] [--seconds 5] [--database URL] [--json FILE]`; the load comes
from a process beside the workers, on the same processors.
"""

import argparse
import gzip
import json
import sys
import tempfile
import urllib.request
from dataclasses import asdict
from pathlib import Path

from benchmarks.load import Load, load
from benchmarks.serving import publish, served

TARGET_PER_SECOND = 1_000


def main() -> int:
    """Publish the events, serve them, drive the server; return 0 when both answers reach the target."""
    options = _parser().parse_args()
    with tempfile.TemporaryDirectory(prefix="fair-feeds-") as folder:
        url = options.database or f"sqlite:///{Path(folder) / 'feeds.db'}"
        publish(url, options.events)
        with served(url, folder) as port:
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


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python3 -m benchmarks.feeds", description=__doc__)
    parser.add_argument("--events", type=int, default=1_000)
    parser.add_argument("--seconds", type=float, default=5.0)
    parser.add_argument("--database", help="an empty database; default: a SQLite file that is removed")
    parser.add_argument("--json", help="also write the figures to this file")
    return parser


if __name__ == "__main__":
    sys.exit(main())
