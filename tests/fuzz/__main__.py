"""Asks a real server many odd things as each role: `python3 do.py fuzz --requests 100000`.

Schemathesis reads the API's own description and draws requests from it, in an environment of its own; the
server counts what it answered. Fails when an answer was a 5xx or took longer than two seconds.
"""

import argparse
import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from tests.fuzz.site import DISABLED, ROLES, fresh_secret, prepare

ROOT = Path(__file__).resolve().parents[2]
WATCHER = "a token for the watcher of this run"
LATEST_SECONDS = 2.0
ROUND = 2_000
READY_SECONDS = 120
COUNT = re.compile(r'fair_requests_total\{method="(\w+)",route="([^"]+)",status="(\d+)"\} ([\d.e+]+)')
SLOW = re.compile(r'fair_request_seconds_bucket\{le="(2\.0|\+Inf)",route="([^"]+)"\} ([\d.e+]+)')


def main(arguments: Sequence[str] | None = None) -> int:
    """Run until the server has answered so many requests; returns 1 when one answer was wrong."""
    parser = argparse.ArgumentParser(prog="python3 do.py fuzz", description=__doc__)
    parser.add_argument("--requests", type=int, default=100_000, metavar="N")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="fair-fuzz-") as folder, _server(Path(folder)) as address:
        url = f"sqlite:///{folder}/fair.db"
        dead = prepare(url)
        rounds = 0
        while _answered(_figures(address)) < options.requests:
            role = ROLES[rounds % len(ROLES)]
            secret = dead if role == DISABLED else fresh_secret(url, role)
            _round(address, role, secret, options.seed + rounds, Path(folder))
            rounds += 1
            print(f"  {_answered(_figures(address)):>7} requests, last as {role}", flush=True)
        return _judged(_figures(address))


@contextlib.contextmanager
def _server(folder: Path) -> Iterator[str]:
    """Run the web server on a database of its own, and lend its address."""
    environment = {
        "DATABASE_URL": f"sqlite:///{folder}/fair.db",
        "FAIR_DATA_DIR": str(folder),
        "METRICS_TOKEN": WATCHER,
        "API_RATE": "100000000",
        "WEBHOOK_HOSTS": "hooks.example.cn",
        "LOG_FORMAT": "text",
    }
    port = _free_port()
    command = [str(Path(sys.executable).with_name("gunicorn")), "wsgi:app", "--bind", f"127.0.0.1:{port}"]
    command += ["--workers", "2", "--worker-class", "gthread", "--threads", "4", "--no-control-socket"]
    with (folder / "server.log").open("w") as log:
        server = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **environment}, stderr=log)
        try:
            yield f"http://127.0.0.1:{port}"
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait()
    print((folder / "server.log").read_text()[-4_000:])


def _round(address: str, role: str, secret: str | None, seed: int, folder: Path) -> None:
    """Let schemathesis ask for a while as one role; the server's own figures are judged afterwards."""
    program = ROOT / ".venv-fuzz" / "bin" / "st"
    header = ["--header", f"Authorization: Bearer {secret}"] if secret else []
    limits = ["--max-examples", "25", "--max-failures", "1000000", "--continue-on-failure", "--no-color"]
    checks = ["--checks", "not_a_server_error", "--phases", "examples,coverage,fuzzing"]
    command = [str(program), "run", f"{address}/api/v1/openapi.json", "--url", address, "--seed", str(seed)]
    with (folder / f"{role}-{seed}.log").open("w") as log:
        subprocess.run([*command, *limits, *checks, *header], stdout=log, stderr=log, cwd=folder, check=False)


def _judged(figures: str) -> int:
    """Print what was answered; returns 1 when a status was 5xx or an answer late."""
    statuses: dict[str, int] = {}
    wrong = []
    for method, route, status, count in COUNT.findall(figures):
        statuses[status] = statuses.get(status, 0) + int(float(count))
        if status.startswith("5"):
            wrong.append(f"{method} {route}: {status} × {float(count):.0f}")
    wrong += [f"{route}: {late} later than {LATEST_SECONDS} s" for route, late in _late(figures).items()]
    print("\n".join(f"  {status}: {count}" for status, count in sorted(statuses.items())))
    print("\n".join(wrong) or f"  0 answers 5xx, 0 later than {LATEST_SECONDS} s")
    return 1 if wrong else 0


def _late(figures: str) -> Mapping[str, int]:
    """Return how many answers of each route came too late, where there were any."""
    found: dict[str, dict[str, int]] = {}
    for edge, route, count in SLOW.findall(figures):
        found.setdefault(route, {})[edge] = int(float(count))
    late = {route: edges["+Inf"] - edges["2.0"] for route, edges in found.items()}
    return {route: count for route, count in late.items() if count}


def _answered(figures: str) -> int:
    return sum(int(float(count)) for *_, count in COUNT.findall(figures))


def _figures(address: str) -> str:
    """Return the server's figures as soon as it answers."""
    asking = urllib.request.Request(f"{address}/metrics", headers={"Authorization": f"Bearer {WATCHER}"})
    deadline = time.monotonic() + READY_SECONDS
    while True:
        try:
            with urllib.request.urlopen(asking, timeout=60) as answer:
                return str(answer.read().decode())
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    sys.exit(main())
