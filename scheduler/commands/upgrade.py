"""`upgrade`: create the database's tables, or bring them up to date."""

from argparse import ArgumentParser, Namespace

from scheduler.commands.console import Console
from scheduler.database import opened
from scheduler.schema import is_current, upgrade
from scheduler.settings import Settings


def parser(console: Console) -> ArgumentParser:
    """Return a parser without options."""
    text = console.pick("创建或升级数据库结构。", "Create the database's tables, or bring them up to date.")
    return ArgumentParser("python -m scheduler upgrade", description=text)


def run(_options: Namespace, settings: Settings, console: Console) -> int:
    """Apply the missing migrations, all or nothing."""
    with opened(settings.database_url) as engine:
        if is_current(engine):
            console.say(console.pick("数据库已是最新。", "The database is up to date."))
            return 0
        upgrade(engine)
    console.say(console.pick("数据库已升级。", "The database has been upgraded."))
    return 0
