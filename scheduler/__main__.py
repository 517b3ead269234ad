"""`python -m scheduler COMMAND`: the whole product from a terminal or a script.

Exit codes: 0 done; 1 the answer is no (broken rules, nothing placed, findings); 2 wrong usage, bad
input or a refusal; 130 cancelled by the user.
"""

import sys
from collections.abc import Sequence

from sqlalchemy.exc import OperationalError

from scheduler import auditing
from scheduler.commands import COMMANDS, Console, load
from scheduler.errors import Refusal
from scheduler.settings import Settings

DONE, NO, REFUSED, CANCELLED = 0, 1, 2, 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    console = Console.of_terminal()
    if not words or words[0] in {"-h", "--help"}:
        console.say(_overview(console))
        return DONE if words else REFUSED
    if words[0] not in COMMANDS:
        console.complain(console.pick(f"没有“{words[0]}”这个命令。", f"There is no command “{words[0]}”."))
        console.complain(_overview(console))
        return REFUSED
    return _run(words[0], words[1:], console)


def _run(name: str, words: list[str], console: Console) -> int:
    try:
        auditing.watch()
        command = load(name)
        options = command.parser(console).parse_args(words)
        return command.run(options, Settings.from_environment(), console)
    except Refusal as refusal:
        console.complain(refusal.text(console.language))
        return REFUSED
    except OperationalError as error:
        console.complain(
            console.pick(
                f"无法使用数据库：{error.orig}。请检查 DATABASE_URL，并先运行 upgrade。",
                f"The database cannot be used: {error.orig}. Check DATABASE_URL and run upgrade first.",
            )
        )
        return REFUSED
    except KeyboardInterrupt:
        console.complain(console.pick("已取消。", "Cancelled."))
        return CANCELLED


def _overview(console: Console) -> str:
    lines = [f"  {name:<15}{console.pick(zh, en)}" for name, (zh, en) in COMMANDS.items()]
    head = console.pick(
        "用法：python -m scheduler 命令 [选项]", "usage: python -m scheduler COMMAND [options]"
    )
    foot = console.pick(
        "退出码：0 完成；1 结果为否；2 用法或输入有误；130 已取消。DATABASE_URL 指定数据库。",
        "Exit codes: 0 done; 1 the answer is no; 2 bad usage or input; 130 cancelled. "
        "DATABASE_URL chooses the database.",
    )
    return "\n".join([head, "", *lines, "", foot])


if __name__ == "__main__":
    sys.exit(main())
