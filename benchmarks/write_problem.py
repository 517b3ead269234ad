"""Writes a test quarter as a problem file: python -m benchmarks.write_problem --seed 1 --out FILE."""

import argparse
import sys
from pathlib import Path

from benchmarks.timetable import add_quarter, make_problem
from solver.exchange import write_problem


def main(words: list[str]) -> int:
    """Write the quarter that the options describe, and say how large it is."""
    parser = argparse.ArgumentParser("python -m benchmarks.write_problem", description=__doc__)
    add_quarter(parser)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args(words)
    problem = make_problem(options, options.seed)
    options.out.write_text(write_problem(problem), "utf-8")
    sys.stdout.write(f"{options.out}: {len(problem.events)} events, {len(problem.venues)} venues\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
