"""`given-up`: what could not be sent, letters and what webhooks are told, and another try of it."""

from argparse import ArgumentParser, Namespace

from scheduler.commands.console import Console
from scheduler.database import opened, reading, transaction
from scheduler.queries.outbox import given_up
from scheduler.services.retrying import retry
from scheduler.settings import Settings
from scheduler.times import to_the_minute

ALL = "all"


def parser(console: Console) -> ArgumentParser:
    """Return the parser of its options."""
    text = console.pick(
        "列出多次发送失败而放弃的邮件和 webhook 通知；排除故障后可用 --retry 再发一次。",
        "List the letters and webhook deliveries that were given up; once the cause is mended, send them "
        "once more with --retry.",
    )
    options = ArgumentParser("python -m scheduler given-up", description=text)
    options.add_argument(
        "--retry",
        nargs="+",
        default=[],
        metavar="NAME",
        help=console.pick("letter-12、delivery-7 …，或 all（全部）", "letter-12, delivery-7 …, or all"),
    )
    return options


def run(options: Namespace, settings: Settings, console: Console) -> int:
    """Print what was given up, 1 when there is something; or let it be tried again."""
    with opened(settings.database_url) as engine:
        if options.retry:
            with transaction(engine) as session:
                names = options.retry
                if names == [ALL]:
                    names = [one.name for one in given_up(session)]
                for name in names:
                    retry(session, name=name)
            console.say(console.pick(f"{len(names)} 项将再发一次。", f"{len(names)} will be sent once more."))
            return 0
        with reading(engine) as session:
            found = given_up(session)
    for one in found:
        day = to_the_minute(one.created_at)
        times = console.pick(f"试过 {one.attempts} 次", f"tried {one.attempts} times")
        console.say(f"{one.name}  {day}  {one.about}  {times}  {one.reason}")
    if not found:
        console.say(console.pick("没有放弃的邮件或通知。", "Nothing was given up."))
    return 1 if found else 0
