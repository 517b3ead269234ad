"""`export`: write a quarter's schedule to a file."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from scheduler.commands.console import Console
from scheduler.database import opened, reading
from scheduler.exporting import Format, export_quarter
from scheduler.models import PROVINCE
from scheduler.quarters import Quarter
from scheduler.settings import Settings


def parser(console: Console) -> ArgumentParser:
    """Return the parser of the quarter, the format and the file."""
    text = console.pick(
        "导出一个季度已发布的活动；尚未发布时导出最新草案。每场活动每个场地一行。",
        "Write the published events of a quarter, or its newest draft; one row per event and venue.",
    )
    options = ArgumentParser("python -m scheduler export", description=text)
    options.add_argument("quarter", help=console.pick("季度，如 2027Q1", "the quarter, such as 2027Q1"))
    options.add_argument("--format", choices=[one.value for one in Format], required=True)
    options.add_argument("--out", type=Path, required=True, metavar="FILE")
    scope = console.pick("只导出这个区划", "only this division")
    options.add_argument("--scope", default=PROVINCE, metavar="CODE", help=scope)
    plan = console.pick("导出这个方案", "export this plan instead")
    options.add_argument("--plan", type=int, metavar="ID", help=plan)
    return options


def run(options: Namespace, settings: Settings, console: Console) -> int:
    """Write the file, whole or not at all."""
    quarter = Quarter.parse(options.quarter)
    try:
        with opened(settings.database_url) as engine, reading(engine) as session:
            report = export_quarter(
                session,
                quarter=quarter,
                format=Format(options.format),
                out=options.out,
                public_url=settings.public_url,
                scope_code=options.scope,
                plan_id=options.plan,
            )
    except OSError as error:
        console.complain(console.pick(f"无法写入文件：{error}", f"The file cannot be written: {error}"))
        return 2
    draft = console.pick("（草案）", " (a draft)") if report.is_draft else ""
    console.say(
        console.pick(
            f"{report.path}：{report.events} 场活动，{report.rows} 行，{report.octets} 字节{draft}",
            f"{report.path}: {report.events} events, {report.rows} rows, {report.octets} bytes{draft}",
        )
    )
    return 0
