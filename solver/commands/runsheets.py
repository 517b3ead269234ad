"""The commands runsheet arrange and runsheet check."""

import sys
from argparse import Namespace
from pathlib import Path

from solver.commands.files import FAULTS, FOUND, AddParser, seconds, text_of
from solver.runsheet import Sheet, arrange, violations
from solver.runsheet.exchange import read_problem, read_sheet, write_sheet


def add(add_parser: AddParser) -> None:
    """Add the command `runsheet` and its own commands."""
    runsheet = add_parser("runsheet", help="put a livestream's firms into its minutes")
    commands = runsheet.add_subparsers(required=True, metavar="COMMAND")
    one = commands.add_parser("arrange", help="make a run sheet; exit 1 if a firm is left out")
    one.add_argument("problem", type=Path)
    one.add_argument("--seconds", type=seconds, default=1.0)
    one.add_argument("--seed", type=int, default=1)
    one.add_argument("--out", type=Path, help="write the sheet here; without it, to standard output")
    one.set_defaults(run=_arrange)
    two = commands.add_parser("check", help="judge a run sheet; exit 1 and one line per broken rule")
    two.add_argument("problem", type=Path)
    two.add_argument("sheet", type=Path)
    two.set_defaults(run=_check)


def _arrange(chosen: Namespace) -> int:
    sheet = arrange(read_problem(text_of(chosen.problem)), seconds=chosen.seconds, seed=chosen.seed)
    text = write_sheet(sheet) + "\n"
    if chosen.out:
        chosen.out.write_text(text, "utf-8")
    else:
        sys.stdout.write(text)
    sys.stderr.write(_summary(sheet))
    return FAULTS if sheet.left_out else FOUND


def _check(chosen: Namespace) -> int:
    broken = violations(read_problem(text_of(chosen.problem)), read_sheet(text_of(chosen.sheet)))
    sys.stdout.writelines(f"{one.rule}: {one.en} / {one.zh}\n" for one in broken)
    return FAULTS if broken else FOUND


def _summary(sheet: Sheet) -> str:
    """Return the sheet minute by minute, and what it costs."""
    lines = [(turn.start, f"{turn.minutes:3} min  {turn.enterprise}") for turn in sheet.turns]
    lines += [(start, f"         ({name})") for name, start in sheet.pauses.items()]
    whole = "".join(f"{start:4}  {what}\n" for start, what in sorted(lines))
    left_out = f", left out: {', '.join(sheet.left_out)}" if sheet.left_out else ""
    return (
        f"{whole}{sheet.outcome}: cost {sheet.cost}, bound {sheet.bound}, {sheet.seconds:.1f} s{left_out}\n"
    )
