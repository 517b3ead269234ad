"""Says what a benchmark found: a table on the screen, JSON, a plot of cost and bound, and a dated file."""

import argparse
import json
import os
import platform
import statistics
import sys
from collections.abc import Mapping, Sequence
from importlib import metadata
from pathlib import Path
from typing import Any

from scheduler.times import today

RESULTS = Path(__file__).parent / "results"
SHOWN = 16
"""Characters of a figure that the table shows: enough to tell two hashes apart."""
Figures = dict[str, Any]
Course = Sequence[tuple[float, int, int | None, str]]
"""Seconds, cost, bound and stage of every step of a search."""


def add_outputs(parser: argparse.ArgumentParser) -> None:
    """Add the options that every benchmark has: where its figures go."""
    parser.add_argument("--json", type=Path, help="write the figures here")
    parser.add_argument("--plot", type=Path, help="draw cost and bound over time here (PNG)")
    parser.add_argument(
        "--keep", metavar="NAME", help="keep table, JSON and plot, dated, in benchmarks/results"
    )


def publish(
    options: argparse.Namespace, rows: Sequence[Figures], courses: Mapping[str, Course] | None = None
) -> None:
    """Print the rows as a table and write what the options of `add_outputs` ask for.

    One row makes flat JSON; several make {"median": …, "runs": […]}, the median taken figure by figure.
    """
    text = table(rows)
    sys.stdout.write(text)
    whole: Figures = rows[0] if len(rows) == 1 else {"median": median(rows), "runs": list(rows)}
    targets = [(options.json, options.plot)]
    if options.keep:
        RESULTS.mkdir(exist_ok=True)
        stem = RESULTS / f"{today().isoformat()}-{options.keep}"
        stem.with_suffix(".md").write_text(f"{_heading()}\n\n{text}", "utf-8")
        targets.append((stem.with_suffix(".json"), stem.with_suffix(".png")))
    for file, picture in targets:
        if file:
            file.write_text(json.dumps(whole, indent=1, ensure_ascii=False) + "\n", "utf-8")
        if picture and courses:
            plot(courses, picture)


def table(rows: Sequence[Figures]) -> str:
    """Return short figures as a Markdown table, one column a row of figures if there are several."""
    names = [name for name, value in rows[0].items() if not isinstance(value, list | dict)]
    titles = ["figure", *(str(place + 1) for place in range(len(rows)))]
    lines = [titles, ["---"] * len(titles)]
    lines += [[name, *(_shown(row.get(name)) for row in rows)] for name in names]
    if len(rows) > 1:
        middle = median(rows)
        lines[0].append("median")
        lines[1].append("---")
        for line in lines[2:]:
            line.append(_shown(middle.get(line[0], "")))
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def median(rows: Sequence[Figures]) -> Figures:
    """Return the median of every number that all rows have, the seed being none."""
    numbers = [
        name
        for name in rows[0].keys() - {"seed"}
        if all(isinstance(row.get(name), int | float) and not isinstance(row[name], bool) for row in rows)
    ]
    return {name: statistics.median(row[name] for row in rows) for name in numbers}


def plot(courses: Mapping[str, Course], path: Path) -> None:
    """Draw the cost of the plan and the proven bound of each search over time."""
    import matplotlib as mpl  # noqa: PLC0415 - half a second that only a plot is worth

    mpl.use("agg")
    from matplotlib import pyplot  # noqa: PLC0415

    figure, axes = pyplot.subplots(figsize=(8, 5), layout="constrained")
    for number, (name, course) in enumerate(courses.items()):
        seconds = [step[0] for step in course]
        colour = f"C{number}"
        axes.step(seconds, [step[1] for step in course], where="post", color=colour, label=f"{name}: cost")
        bounds = [step[2] if step[2] is not None else 0 for step in course]
        axes.step(seconds, bounds, where="post", color=colour, linestyle="--", label=f"{name}: bound")
    axes.set(xlabel="seconds", ylabel="cost", title="Cost of the plan and what is proven")
    axes.grid(alpha=0.3)
    axes.legend()
    figure.savefig(path, dpi=110)
    pyplot.close(figure)


def _heading() -> str:
    """Return what the figures were measured with and by which words."""
    command = " ".join(["python", *sys.orig_argv[1:]])
    made = f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    return f"`{command}`\n\n{today().isoformat()}: {made}, ortools {metadata.version('ortools')}"


def _shown(value: object) -> str:
    return f"{value:.4g}" if isinstance(value, float) else str(value)[:SHOWN]
