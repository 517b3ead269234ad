"""`verify-audit`: prove that nobody has changed, removed or slipped in what the audit says."""

from argparse import ArgumentParser, Namespace

from scheduler.commands.console import Console
from scheduler.database import opened, reading, transaction
from scheduler.services.sealing import seal, verify
from scheduler.settings import Settings


def parser(console: Console) -> ArgumentParser:
    """Return the parser of its options."""
    text = console.pick(
        "逐条重算审计记录的哈希链。请把最后的校验值保存在数据库之外，下次用 --expect 核对。",
        "Compute the audit's chain of hashes anew. Keep the last hash outside the database and hand it in "
        "next time with --expect.",
    )
    options = ArgumentParser("python -m scheduler verify-audit", description=text)
    options.add_argument(
        "--expect", metavar="HASH", help=console.pick("以前的校验值", "an earlier last hash")
    )
    return options


def run(options: Namespace, settings: Settings, console: Console) -> int:
    """Print how far the chain holds and its last hash; 1 when something was tampered with."""
    with opened(settings.database_url) as engine:
        with transaction(engine) as session:
            while seal(session):
                pass
        with reading(engine) as session:
            found = verify(session, expected=options.expect)
    zh, en = found.fault or ("未发现改动。", "Nothing was tampered with.")
    console.say(console.pick(zh, en))
    console.say(
        console.pick(
            f"完好 {found.entries} 条 · 校验值 {found.head}", f"{found.entries} entries hold · {found.head}"
        )
    )
    return 1 if found.fault else 0
