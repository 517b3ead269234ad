"""`status`: what the site already holds, for people and for the script that starts it."""

import json
from argparse import ArgumentParser, Namespace
from dataclasses import asdict

from scheduler.commands.console import Console
from scheduler.database import opened, reading
from scheduler.queries.site import SiteState, site_state
from scheduler.schema import is_current
from scheduler.settings import Settings


def parser(console: Console) -> ArgumentParser:
    """Return a parser with the choice of JSON."""
    text = console.pick("显示系统中已有的数据和已发布的季度。", "Show what the site holds and has published.")
    found = ArgumentParser("python -m scheduler status", description=text)
    found.add_argument("--json", action="store_true", help=console.pick("输出 JSON", "print JSON"))
    return found


def run(options: Namespace, settings: Settings, console: Console) -> int:
    """Print whether the database is up to date, the number of enterprises and the published quarters."""
    state = SiteState(0, ())
    with opened(settings.database_url) as engine:
        current = is_current(engine)
        if current:
            with reading(engine) as session:
                state = site_state(session)
    if options.json:
        console.say(json.dumps({"current": current, **asdict(state)}))
        return 0
    if not current:
        console.say(
            console.pick("数据库需要升级：请运行 upgrade。", "The database must be upgraded: run upgrade.")
        )
        return 1
    quarters = ", ".join(state.published) or console.pick("无", "none")
    console.say(console.pick(f"用人单位：{state.enterprises}", f"enterprises: {state.enterprises}"))
    console.say(console.pick(f"已发布的季度：{quarters}", f"published quarters: {quarters}"))
    return 0
