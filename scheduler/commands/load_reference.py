"""`load-reference`: load or correct the reference data, keeping what was edited here."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from scheduler.commands.console import Console
from scheduler.database import opened, transaction
from scheduler.services.reference import REFERENCE_DIR, KeptLocal, load_reference
from scheduler.settings import Settings


def parser(console: Console) -> ArgumentParser:
    """Return the parser of the optional folder or file."""
    text = console.pick(
        "载入或更正参考数据（区划、节假日、任务指标等）。本地修改过的内容保持不变；有一处错误则全部不写入。",
        "Load or correct the reference data (divisions, holidays, duties …). What was edited here stays; "
        "one wrong cell and nothing is written.",
    )
    options = ArgumentParser("python -m scheduler load-reference", description=text)
    path = console.pick(
        "CSV 文件或文件夹，默认使用产品自带的数据",
        "a CSV file or a folder; the product's own data by default",
    )
    options.add_argument("path", nargs="?", type=Path, default=REFERENCE_DIR, metavar="PATH", help=path)
    return options


def run(options: Namespace, settings: Settings, console: Console) -> int:
    """Load the files and say what was new, updated, the same and kept; raises RowError."""
    with opened(settings.database_url) as engine, transaction(engine) as session:
        report = load_reference(session, folder=options.path)
    for kept in report.kept:
        console.say(_kept(kept, console))
    console.say(
        console.pick(
            f"新增 {report.new} 行，更新 {report.updated} 行，未变 {report.unchanged} 行，"
            f"保留本地修改 {len(report.kept)} 处。",
            f"{report.new} rows new, {report.updated} updated, {report.unchanged} the same, "
            f"{len(report.kept)} local edits kept.",
        )
    )
    return 0


def _kept(kept: KeptLocal, console: Console) -> str:
    place = f"{kept.file} {kept.key} {kept.column} = {kept.here}"
    return console.pick(
        f"保留本地修改：{place}（文件中为 {kept.in_file}）",
        f"kept as edited here: {place} (the file says {kept.in_file})",
    )
