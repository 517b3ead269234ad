"""Solve, check, repair and explain timetables, booths and run sheets kept as JSON files."""

import argparse
import sys

from solver.booths import BrokenAllocationError
from solver.commands import booths, explaining, planning, repairing, runsheets
from solver.commands.files import REFUSED
from solver.plain import FormatError
from solver.refuse import NonsenseError
from solver.runsheet import BrokenSheetError
from solver.timetable import BrokenPlanError

GROUPS = (planning, repairing, explaining, booths, runsheets)


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit code; what is wrong with a file goes to standard error."""
    chosen = _parser().parse_args(arguments)
    try:
        return int(chosen.run(chosen))
    except (FormatError, NonsenseError, BrokenPlanError, BrokenAllocationError, BrokenSheetError) as error:
        sys.stderr.write(f"{error}\n")
    except OSError as error:
        sys.stderr.write(f"{error.filename}: {error.strerror}\n")
    return REFUSED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("python -m solver", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for group in GROUPS:
        group.add(commands.add_parser)
    return parser


if __name__ == "__main__":
    sys.exit(main())
