"""`load-sample`: fill an empty database with the sample province, or with one city of it."""

import json
import os
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from scheduler.commands.console import Console
from scheduler.database import opened, transaction
from scheduler.sample import SIZES, SampleAccount, load_sample
from scheduler.settings import Settings

ACCOUNTS = "sample-accounts.json"


def parser(console: Console) -> ArgumentParser:
    """Return the parser of --size and --seed."""
    text = console.pick(
        f"把示例数据装入空数据库；同一种子总得到同样的数据。账号写入 FAIR_DATA_DIR/{ACCOUNTS}。",
        "Load sample data into an empty database; one seed always gives the same rows. "
        f"The accounts go to {ACCOUNTS} in FAIR_DATA_DIR.",
    )
    options = ArgumentParser("python -m scheduler load-sample", description=text)
    options.add_argument("--size", choices=tuple(SIZES), default="province")
    options.add_argument("--seed", type=int, default=1)
    return options


def run(options: Namespace, settings: Settings, console: Console) -> int:
    """Load everything or nothing, then write the accounts for their owner's eyes only."""
    with opened(settings.database_url) as engine, transaction(engine) as session:
        report = load_sample(session, size=options.size, seed=options.seed)
        write_accounts(settings.data_dir / ACCOUNTS, report.accounts)  # no data without a way to sign in
    console.say(
        console.pick(
            f"已装入：{report.organizers} 个机构、{report.venues} 个场地、{report.enterprises} 家用人单位、"
            f"{report.events} 场活动、{report.registrations} 条参会报名",
            f"loaded: {report.organizers} bureaus, {report.venues} venues, {report.enterprises} enterprises, "
            f"{report.events} events, {report.registrations} registrations",
        )
    )
    path = settings.data_dir / ACCOUNTS
    console.say(console.pick(f"示例账号：{path}", f"sample accounts: {path}"))
    return 0


def write_accounts(path: Path, accounts: Sequence[SampleAccount]) -> None:
    """Write the clear passwords where only the owner of the file may read them."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump([asdict(account) for account in accounts], file, ensure_ascii=False, indent=2)
