"""Measures how long `do.py run` takes from a fresh clone, and how long the second start takes.

`python3 -m benchmarks.startup [--size small] [--json FILE]`; the packages' downloads are counted unless the
package tools have them in their caches. Standard library only, so that it runs before anything is installed.
"""

import argparse
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LONGEST_SECONDS = 900
SITE_SETTINGS = {"DATABASE_URL", "FAIR_DATA_DIR", "FAIR_ENV", "PUBLIC_URL", "SECRET_KEY"}
TARGETS = {"first_seconds": 240.0, "second_seconds": 10.0}


def main() -> int:
    """Clone, start, stop, start again; print the figures and return 0 when both are within the targets."""
    options = _parser().parse_args()
    with tempfile.TemporaryDirectory(prefix="fair-startup-") as folder:
        clone = Path(folder) / "clone"
        subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clone)], check=True)
        figures = {name: _start_and_stop(clone, options.size) for name in TARGETS}
    for name, seconds in figures.items():
        print(f"{name}: {seconds:.1f} s (target for the province: {TARGETS[name]:.0f} s)")
    if options.json:
        Path(options.json).write_text(json.dumps({"size": options.size, **figures}, indent=2), "utf-8")
    return 0 if all(figures[name] <= TARGETS[name] for name in TARGETS) else 1


def _start_and_stop(clone: Path, size: str) -> float:
    """Return the seconds from the command to the front page, in a clone; then stop it."""
    port = _free_port()
    environment = {name: value for name, value in os.environ.items() if name not in SITE_SETTINGS}
    command = [sys.executable, "do.py", "run", "--size", size, "--port", str(port)]
    started = time.monotonic()
    product = subprocess.Popen(command, cwd=clone, env=environment, start_new_session=True)
    try:
        _wait_for(f"http://127.0.0.1:{port}/", product)
        return time.monotonic() - started
    finally:
        product.send_signal(signal.SIGINT)
        product.wait(60)


def _wait_for(address: str, product: subprocess.Popen[bytes]) -> None:
    """Return when the page is served; raises RuntimeError when the product ends or takes too long."""
    deadline = time.monotonic() + LONGEST_SECONDS
    while time.monotonic() < deadline and product.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=5):  # noqa: S310 - our own http address
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"{address} was not served (exit code {product.poll()})")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python3 -m benchmarks.startup", description=__doc__)
    parser.add_argument("--size", choices=["small", "province"], default="province")
    parser.add_argument("--json", metavar="FILE", help="also write the figures there")
    return parser


if __name__ == "__main__":
    sys.exit(main())
