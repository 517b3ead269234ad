"""The commands of `python -m scheduler`, one file each."""

import importlib
from argparse import ArgumentParser, Namespace
from typing import Protocol, cast

from scheduler.commands.console import Console
from scheduler.settings import Settings

__all__ = ["COMMANDS", "Command", "Console", "load"]

COMMANDS = {
    "upgrade": ("创建或升级数据库结构", "create the database's tables, or bring them up to date"),
    "load-sample": ("把示例数据装入空数据库", "load sample data into an empty database"),
    "plan": ("编排一个季度", "plan a quarter"),
    "export": ("把一个季度的活动导出为文件", "write a quarter's events to a file"),
    "lint": ("检查日历、规则与数据一致性", "check calendars, rules and whether the data agree"),
    "worker": ("运行后台编排进程", "run the background worker"),
    "load-reference": ("载入或更正参考数据", "load or correct the reference data"),
    "create-account": ("建立登录账号", "let a member of an organizer sign in"),
    "verify-audit": ("核对审计记录未被改动", "prove that the audit was not tampered with"),
    "verify-erasure": ("核验注销凭证", "check the receipt of an erased account"),
    "given-up": ("列出或重试发送失败的邮件和通知", "list or retry letters and deliveries that were given up"),
    "status": ("查看已有数据和已发布的季度", "show what the site holds and has published"),
}


class Command(Protocol):
    """What every command's module offers."""

    def parser(self, console: Console) -> ArgumentParser:
        """Return the parser of its options."""

    def run(self, options: Namespace, settings: Settings, console: Console) -> int:
        """Do it; returns the exit code, raises Refusal."""


def load(name: str) -> Command:
    """Return a command's module; only the one that is asked for is imported, so that help is quick."""
    return cast("Command", importlib.import_module(f"scheduler.commands.{name.replace('-', '_')}"))
