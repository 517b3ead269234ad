"""`create-account`: let a member of an organizer sign in, such as the first one of a new site."""

import sys
from argparse import ArgumentParser, Namespace
from getpass import getpass

from scheduler.commands.console import Console
from scheduler.database import opened, transaction
from scheduler.models import Role
from scheduler.services.accounts import Belonging, create_account
from scheduler.services.organizers import organizer_of
from scheduler.settings import Settings


def parser(console: Console) -> ArgumentParser:
    """Return the parser of who it is; the password is never an option, other users could read it."""
    text = console.pick(
        "建立登录账号。密码从终端提示或标准输入读取，不写在命令行上。",
        "Create an account. The password is asked for, or read from standard input; never an option.",
    )
    options = ArgumentParser("python -m scheduler create-account", description=text)
    options.add_argument("--login", required=True, help=console.pick("登录名", "what to sign in with"))
    role = console.pick(
        "planner 编排；publisher 编排并发布；auditor 只读；administrator 管理账号；可多次填写",
        "planner plans, publisher also publishes, auditor reads, administrator manages accounts; repeatable",
    )
    options.add_argument(
        "--role", required=True, action="append", choices=[one.value for one in Role], help=role
    )
    division = console.pick("所属机构的区划代码，如 370102", "the division of its organizer, such as 370102")
    options.add_argument("--division", required=True, metavar="CODE", help=division)
    name = console.pick("显示的姓名，默认同登录名", "the name shown; the login by default")
    options.add_argument("--name", default="", help=name)
    organizer = console.pick(
        "该区划尚无机构时，新机构的名称", "name of a new organizer if the division has none"
    )
    options.add_argument("--organizer", default="", metavar="NAME", help=organizer)
    return options


def run(options: Namespace, settings: Settings, console: Console) -> int:
    """Create the account; raises UnknownDivision, NoOrganizer, UnfitLogin, UnfitRoles, UnfitPassword."""
    password = _password(console)
    if password is None:
        console.complain(console.pick("两次输入的密码不一致。", "The two passwords differ."))
        return 2
    with opened(settings.database_url) as engine, transaction(engine) as session:
        organizer = organizer_of(session, division_code=options.division, name=options.organizer)
        account = create_account(
            session,
            login=options.login,
            password=password,
            display_name=(options.name.strip() or options.login)[:80],
            belonging=Belonging.member(organizer.id, {Role(role) for role in options.role}),
        )
        made = (account.login, ", ".join(options.role), console.pick(organizer.name_zh, organizer.name_en))
    console.say(console.pick("已建立账号：", "Account created: ") + ", ".join(made))
    return 0


def _password(console: Console) -> str | None:
    """Return the first line of standard input, or what was typed twice; None if the two differ."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    typed = getpass(console.pick("密码：", "Password: "))
    return typed if getpass(console.pick("再次输入密码：", "Again: ")) == typed else None
