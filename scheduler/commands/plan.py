"""`plan`: plan a quarter, show how far it is, and publish it if asked to."""

import os
import signal
import threading
import time
from argparse import ArgumentParser, Namespace
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path

from sqlalchemy import Engine

from scheduler.commands.console import Console
from scheduler.commands.plan_report import report_of, say_report, write_report
from scheduler.database import opened, reading, transaction
from scheduler.models import PROVINCE, RunState
from scheduler.planner import carry_out
from scheduler.pulse import Stops
from scheduler.quarters import Quarter
from scheduler.queries.plans import RunLine, get_run
from scheduler.services.leases import Claim
from scheduler.services.planning import Point, claim_run, request_plan
from scheduler.services.publishing import publish_plan
from scheduler.settings import Settings

EXIT = {RunState.DONE: 0, RunState.CANCELLED: 130}
SIGNAL_SECONDS = 0.2
LOST_SECONDS = 30.0
QUIET_SECONDS = 5.0
"""In a pipe, a plain line is written for each new stage and at most this often within one."""


def parser(console: Console) -> ArgumentParser:
    """Return the parser of the quarter and the limits."""
    text = console.pick(
        "编排一个季度的活动，结果存为草案。Ctrl-C 停止并保存已找到的最好方案。",
        "Plan the events of a quarter; the result is kept as a draft. Ctrl-C stops and keeps the best.",
    )
    options = ArgumentParser("python -m scheduler plan", description=text)
    options.add_argument("quarter", help=console.pick("季度，如 2027Q1", "the quarter, such as 2027Q1"))
    options.add_argument("--seconds", type=int, default=60, help=console.pick("求解秒数", "time to search"))
    options.add_argument("--seed", type=int, default=1, help=console.pick("随机种子", "seed"))
    scope = console.pick("省或市的区划代码", "code of the province or of one city")
    options.add_argument("--scope", default=PROVINCE, metavar="CODE", help=scope)
    options.add_argument(
        "--publish", action="store_true", help=console.pick("完成后发布", "publish the result")
    )
    options.add_argument("--json", type=Path, metavar="FILE", help=console.pick("写出 JSON", "write JSON"))
    return options


def run(options: Namespace, settings: Settings, console: Console) -> int:
    """Plan in this process; 0 placed, 1 nothing found or broken, 2 refused, 130 stopped by the user."""
    with opened(settings.database_url) as engine:
        return _plan(engine, options, settings, console)


def _plan(engine: Engine, options: Namespace, settings: Settings, console: Console) -> int:
    claim = _claim(engine, Quarter.parse(options.quarter), options)
    started = time.monotonic()
    state = _carry_out(engine, claim, options.seconds, settings.solver_cluster, console)
    seconds = {"plan": round(time.monotonic() - started, 2)}
    with reading(engine) as session:
        line = get_run(session, run_id=claim.key)
    if state == RunState.DONE and options.publish and line.plan_id is not None:
        seconds["publish"] = _publish(engine, line.plan_id, settings)
    return _report(engine, line, seconds, options, console)


def _claim(engine: Engine, quarter: Quarter, options: Namespace) -> Claim:
    """Ask for the run and take it in one transaction, so that no worker takes it first."""
    with transaction(engine) as session:
        asked = request_plan(
            session, quarter=quarter, scope_code=options.scope, seconds=options.seconds, seed=options.seed
        )
        claim = claim_run(session, run_id=asked.id)
    if claim is None:
        raise RuntimeError("a run that was just queued could not be taken")
    return claim


def _carry_out(engine: Engine, claim: Claim, seconds: int, cluster: str, console: Console) -> RunState:
    stops = Stops()
    names = (signal.SIGINT, signal.SIGTERM)
    before = {name: signal.signal(name, lambda *_: _stop(stops, console)) for name in names}
    try:
        with ThreadPoolExecutor(1) as hands:  # a search in this thread would keep signals waiting
            result = hands.submit(
                carry_out,
                engine,
                claim,
                stops=stops,
                on_progress=_Watch(seconds, console).show,
                cluster=cluster,
            )
            while not wait([result], timeout=SIGNAL_SECONDS).done:
                if stops.lost.is_set() and not wait([result], timeout=LOST_SECONDS).done:
                    os._exit(1)  # the search does not end; the run is marked as interrupted by its lease
        return result.result()
    finally:
        for name, handler in before.items():
            signal.signal(name, handler)


def _stop(stops: Stops, console: Console) -> None:
    """Ask for the best plan so far; asked a second time, leave at once."""
    if stops.user.is_set():
        os._exit(130)
    stops.user.set()
    console.complain(
        console.pick("正在停止，保存目前最好的方案……", "Stopping; keeping the best plan so far …")
    )


class _Watch:
    """Shows the points of a search: every one on a terminal, some of them in a pipe."""

    def __init__(self, seconds: int, console: Console) -> None:
        self._seconds, self._console = seconds, console
        self._last, self._stage = -QUIET_SECONDS, ""
        self._lock = threading.Lock()

    def show(self, point: Point) -> None:
        at = point.milliseconds / 1_000
        with self._lock:
            due = point.stage != self._stage or at - self._last >= QUIET_SECONDS
            if self._console.err.isatty() or due:
                self._last, self._stage = at, point.stage
                self._console.progress(at / self._seconds, self._line(at, point))

    def _line(self, at: float, point: Point) -> str:
        gap, cost = "–", "–" if point.cost is None else point.cost
        if point.cost and point.bound is not None:
            gap = f"{(point.cost - point.bound) / point.cost:.1%}"
        zh = f"{at:5.1f} 秒  已排 {point.placed}  成本 {cost}  差距 {gap}  {point.stage}"
        en = f"{at:5.1f} s  placed {point.placed}  cost {cost}  gap {gap}  {point.stage}"
        return self._console.pick(zh, en)


def _publish(engine: Engine, plan_id: int, settings: Settings) -> float:
    started = time.monotonic()
    with transaction(engine) as session:
        publish_plan(session, plan_id=plan_id, published_by=None, public_url=settings.public_url)
    return round(time.monotonic() - started, 2)


def _report(
    engine: Engine, line: RunLine, seconds: dict[str, float], options: Namespace, console: Console
) -> int:
    with reading(engine) as session:
        report = report_of(session, line, seconds)
    if options.json:
        write_report(options.json, report)
    say_report(console, line, report)
    return EXIT.get(line.state, 1)
