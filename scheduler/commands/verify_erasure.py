"""`verify-erasure`: check the receipt of an erased account against the database and the audit."""

import json
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Any

from scheduler.commands.console import Console
from scheduler.database import opened, reading, transaction
from scheduler.errors import Refusal
from scheduler.services.privacy import find_text, prove
from scheduler.services.sealing import seal
from scheduler.settings import Settings


class NoReceipt(Refusal):
    """A file that is no receipt."""

    status = 422
    code = "no_receipt"
    zh = "“{file}”不是注销凭证：应为注销后下载的 JSON 文件。"
    en = "“{file}” is no receipt: it should be the JSON file that was downloaded after the erasure."


def parser(console: Console) -> ArgumentParser:
    """Return the parser of its options."""
    text = console.pick(
        "核验注销凭证：是否由本系统出具、审计链中有无记录、数据库中是否还有该账号的个人信息。",
        "Check a receipt: that it is this site's, the audit knows it, and nothing personal is left.",
    )
    options = ArgumentParser("python -m scheduler verify-erasure", description=text)
    options.add_argument(
        "receipt", type=Path, metavar="RECEIPT", help=console.pick("凭证文件", "the receipt")
    )
    options.add_argument(
        "--find",
        action="append",
        default=[],
        metavar="TEXT",
        help=console.pick(
            "另在整个数据库中查找的文字，如姓名、邮箱；可多次给出",
            "also look for this in the whole database, such as a name or an address; may be repeated",
        ),
    )
    return options


def run(options: Namespace, settings: Settings, console: Console) -> int:
    """Print each finding; 1 when one does not hold or a text was found. Raises NoReceipt."""
    receipt = _read(options.receipt)
    with opened(settings.database_url) as engine:
        with transaction(engine) as session:
            while seal(session):
                pass
        with reading(engine) as session:
            findings = prove(session, receipt=receipt)
            places = [place for text in options.find for place in find_text(session, text=text)]
    for finding in findings:
        console.say(f"{'✓' if finding.holds else '×'} {console.pick(finding.what.zh, finding.what.en)}")
    if options.find:
        console.say(console.pick(f"出现之处：{len(places)}", f"places where it occurs: {len(places)}"))
        for place in places:
            console.say(f"  {place}")
    return 0 if all(finding.holds for finding in findings) and not places else 1


def _read(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise NoReceipt(file=path.name) from error
    if not isinstance(found, dict):
        raise NoReceipt(file=path.name)
    return found
