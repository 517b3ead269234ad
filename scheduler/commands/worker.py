"""`worker`: carry queued plan runs until told to stop."""

import logging
from argparse import ArgumentParser, Namespace
from datetime import timedelta

from scheduler.commands.console import Console
from scheduler.database import opened
from scheduler.services.planning import LEASE
from scheduler.settings import Settings
from scheduler.worker import Worker


def parser(console: Console) -> ArgumentParser:
    """Return a parser with the lease."""
    text = console.pick(
        "在后台执行排队中的编排任务，直到收到 SIGTERM 或 Ctrl-C；未完成的任务会退回队列。",
        "Carry queued plan runs until SIGTERM or Ctrl-C; an unfinished run goes back to the queue.",
    )
    options = ArgumentParser("python -m scheduler worker", description=text)
    lease = console.pick(
        "任务失联多少秒后视为中断", "seconds of silence after which a run counts as interrupted"
    )
    options.add_argument(
        "--lease", type=int, default=int(LEASE.total_seconds()), metavar="SECONDS", help=lease
    )
    return options


def run(options: Namespace, settings: Settings, console: Console) -> int:
    """Work; returns when told to stop."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    logging.getLogger("apscheduler").setLevel(logging.WARNING)
    console.say(console.pick("后台进程已启动。", "The worker is running."))
    with opened(settings.database_url) as engine:
        Worker(engine, lease=timedelta(seconds=options.lease), settings=settings).run()
    console.say(console.pick("后台进程已停止。", "The worker has stopped."))
    return 0
