"""Measures a rush on booths: the last one goes to one of many, nothing is oversold, and how many a second.

`python3 -m benchmarks.rush [--clients 200] [--rounds 50] [--seconds 60] [--database URL] [--json FILE]`. Real
gunicorn (two workers of eight threads, as `python -m web` runs them) on PostgreSQL, asked over HTTP from a
process beside it; the same on SQLite by 40 processes. Each part has a control with the guard taken away,
which must oversell: otherwise the part proves nothing. `--only` names parts; without a database a server is
started that keeps what it has acknowledged (fsync on).
"""

import argparse
import sys
import tempfile
from collections.abc import Callable
from contextlib import ExitStack

from sqlalchemy import Engine

from benchmarks import report
from benchmarks.rush_parts import PARTS, Site
from scheduler.database import connect
from scheduler.schema import upgrade
from tests.support.cluster import own_server

KEEPING = "-c max_connections=100 -c shared_buffers=256MB"


def main() -> int:
    """Run the parts; returns 0 when every figure is reached and every control oversold."""
    options = _parser().parse_args()
    figures: report.Figures = {"clients": options.clients, "rounds": options.rounds}
    for name, part in PARTS.items():
        if options.only and name not in options.only:
            continue
        figures |= {f"{name}_{key}": value for key, value in _run(part, options).items()}
    report.publish(options, [figures])
    faults = _faults(figures)
    for fault in faults:
        print(f"✗ {fault}", file=sys.stderr)
    return 1 if faults else 0


def _run(part: Callable[[Site], report.Figures], options: argparse.Namespace) -> report.Figures:
    """Run a part on a database of its own."""
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="fair-rush-"))
        url = options.database or stack.enter_context(own_server(KEEPING))
        engine = connect(url)
        stack.callback(engine.dispose)
        _empty(engine)
        return part(
            Site(
                engine=engine,
                folder=folder,
                clients=options.clients,
                rounds=options.rounds,
                seconds=options.seconds,
            )
        )


def _empty(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP SCHEMA public CASCADE")
        connection.exec_driver_sql("CREATE SCHEMA public")
    upgrade(engine)


def _faults(figures: report.Figures) -> list[str]:
    """Return which figures are not reached."""
    wanted: dict[str, Callable[[float], bool]] = {
        "oversold": lambda value: value == 0,
        "without_winner": lambda value: value == 0,
        "answers_5xx": lambda value: value == 0,
        "other_answers": lambda value: value == 0,
        "control_oversold": lambda value: value > 0,
        "equal_posts_bookings": lambda value: value == 1,
        "p99_ms": lambda value: value <= 1_500,  # noqa: PLR2004
        "accepted_per_second": lambda value: value >= 300,  # noqa: PLR2004
    }
    return [
        f"{name}: {value}"
        for name, value in figures.items()
        for key, holds in wanted.items()
        if name.endswith(f"_{key}")
        and not holds(value)
        and not (key == "oversold" and name.endswith("control_oversold"))
    ]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python3 -m benchmarks.rush", description=__doc__)
    parser.add_argument("--clients", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--database", help="a PostgreSQL database that may be emptied")
    parser.add_argument("--only", action="append", choices=list(PARTS), help="run this part (repeatable)")
    report.add_outputs(parser)
    return parser


if __name__ == "__main__":
    sys.exit(main())
