"""`worker`: carry queued plan runs until told to stop."""

from argparse import ArgumentParser, Namespace
from datetime import timedelta

from scheduler.commands.console import Console
from scheduler.database import opened
from scheduler.delivering import Deliverer
from scheduler.logs import configure
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
    configure(as_json=settings.logs_json)
    console.say(console.pick("后台进程已启动。", "The worker is running."))
    with opened(settings.database_url) as engine:
        lease = timedelta(seconds=options.lease)
        deliverer = Deliverer(
            engine, secret_key=settings.secret_key, allowed=settings.webhook_hosts, lease=lease
        )
        Worker(engine, lease=lease, settings=settings, beside=[deliverer.tick]).run()
        deliverer.stop()
    console.say(console.pick("后台进程已停止。", "The worker has stopped."))
    return 0
