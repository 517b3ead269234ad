"""Serves the whole product: `python -m web` runs the web server and the worker until Ctrl-C."""

import argparse
import json
import os
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from pathlib import Path

from scheduler.database import opened, transaction
from scheduler.feeds import keep_address
from scheduler.settings import Settings
from web.supervising import KeepsStopping, Service, interruptible, stop, supervise

STARTUP_SECONDS = 60
EVERYWHERE = "0.0.0.0"  # noqa: S104 - compared, not listened on
THREADS = ("--worker-class", "gthread", "--workers", "2", "--threads", "8")
QUIET = ("--no-control-socket", "--log-level", "warning")
ROOT = Path(__file__).resolve().parents[1]


class DoesNotAnswer(Exception):  # noqa: N818 - an answer, not a malfunction
    """The front page is not served: says what came instead."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until Ctrl-C or SIGTERM (0), or until a service cannot be kept alive (1)."""
    options = _parser().parse_args(arguments)
    near = "127.0.0.1" if options.host == EVERYWHERE else options.host
    address = f"http://{near}:{options.port}"
    os.environ.setdefault("PUBLIC_URL", address)
    interruptible()
    services: list[Service] = []
    try:
        _lead_calendars_here()
        services.append(Service("web", _web(f"{options.host}:{options.port}")))
        services.append(Service("worker", [sys.executable, "-m", "scheduler", "worker"]))
        _wait_for_page(address, services)
        print(welcome(os.environ["PUBLIC_URL"]), flush=True)
        supervise(services)
    except KeyboardInterrupt:
        print("\nStopping 正在停止 …", flush=True)
        return 0
    except KeepsStopping as error:
        print(f"✗ {error} keeps stopping: see its messages above.", file=sys.stderr)
        return 1
    except DoesNotAnswer as error:
        print(f"✗ {error}: see the messages above.", file=sys.stderr)
        return 1
    finally:
        stop(services)
        print("Stopped; all data is kept. 已停止，数据均已保留。", flush=True)
    return 0


def welcome(address: str) -> str:
    """Return the lines that a person needs after the start: where to go and who to be."""
    lines = ["", f"  Open 打开:  {address}/", "  Stop 停止:  Ctrl-C"]
    accounts = Path(os.environ.get("FAIR_DATA_DIR", ROOT / "var")) / "sample-accounts.json"
    if accounts.exists():
        lines += ["", "  Sample accounts 示例账号 (login 账号 · password 密码):"]
        found = json.loads(accounts.read_text("utf-8"))
        lines += [
            "    {login} · {password}   {organizer_zh} ({role})".format_map(account) for account in found
        ]
    return "\n".join([*lines, ""])


def _lead_calendars_here() -> None:
    """Make the links in stored calendar entries lead to the address served now, before anybody asks."""
    settings = Settings.from_environment()
    with opened(settings.database_url) as engine, transaction(engine) as session:
        keep_address(session, public_url=settings.public_url)


def _web(bind: str) -> list[str]:
    gunicorn = str(Path(sys.executable).with_name("gunicorn"))
    return [gunicorn, "wsgi:app", "--bind", bind, *THREADS, *QUIET]


def _wait_for_page(address: str, services: Sequence[Service]) -> None:
    """Return when the front page answers; raises DoesNotAnswer when it does not in time."""
    deadline = time.monotonic() + STARTUP_SECONDS
    while time.monotonic() < deadline:
        for service in services:
            service.keep_alive()
        try:
            with urllib.request.urlopen(address, timeout=10):  # noqa: S310 - our own http address
                return
        except urllib.error.HTTPError as error:
            raise DoesNotAnswer(f"The front page answers {error.code}") from error
        except OSError:
            time.sleep(0.2)
    raise DoesNotAnswer(f"{address} does not answer")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m web", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    return parser


if __name__ == "__main__":
    sys.exit(main())
