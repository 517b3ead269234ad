"""Plans and publishes the sample province from nothing, by the commands that a user types.

`python3 -m benchmarks.plan [--size province] [--seconds 60] [--seed 1] [--database URL] [--json FILE]`;
memory is that of the whole tree of processes, shared pages counted once.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.memory import PeakMemory
from scheduler.database import connect, reading
from scheduler.quarters import Quarter
from scheduler.services.planning.inspection import inspect_schedule

ROOT = Path(__file__).resolve().parents[1]
QUARTER = "2027Q1"
TARGET_GAP, TARGET_MIB = 0.05, 2_560


def main() -> int:
    """Print the figures as JSON; return 0 when gap, memory and rules are as promised."""
    options = _options()
    with tempfile.TemporaryDirectory() as folder:
        figures = _measure(options, Path(folder))
    text = json.dumps(figures, ensure_ascii=False, indent=2)
    print(text)
    if options.json:
        options.json.write_text(text + "\n", "utf-8")
    good = figures["gap"] <= TARGET_GAP and figures["peak_mib"] <= TARGET_MIB and not figures["broken_rules"]
    return 0 if good and not figures["left_out"] else 1


def _options() -> argparse.Namespace:
    options = argparse.ArgumentParser("python3 -m benchmarks.plan", description=__doc__)
    options.add_argument("--size", default="province")
    options.add_argument("--seconds", default="60")
    options.add_argument("--seed", default="1")
    options.add_argument("--database", help="an empty database; default: a file of its own")
    options.add_argument("--json", type=Path)
    return options.parse_args()


def _measure(options: argparse.Namespace, folder: Path) -> dict[str, Any]:
    url = options.database or f"sqlite:///{folder / 'fair.db'}"
    environment = {**os.environ, "FAIR_DATA_DIR": str(folder), "DATABASE_URL": url}
    report = folder / "plan.json"
    limits = ("--seconds", options.seconds, "--seed", options.seed)
    stages = {
        "upgrade": ("upgrade",),
        "load_sample": ("load-sample", "--size", options.size, "--seed", options.seed),
        "plan_and_publish": ("plan", QUARTER, *limits, "--publish", "--json", str(report)),
    }
    seconds, peak = {}, 0.0
    for name, words in stages.items():
        started = time.monotonic()
        peak = max(peak, _run(words, environment))
        seconds[name] = round(time.monotonic() - started, 1)
    found = json.loads(report.read_text("utf-8"))
    with reading(connect(url)) as session:
        broken = inspect_schedule(session, quarter=Quarter.parse(QUARTER), language="en")
    wanted = ("events", "placed", "cost", "costs", "bound", "gap", "outcome", "seed", "problem_hash")
    return {
        **{name: found[name] for name in wanted},
        "left_out": len(found["left_out"]),
        "broken_rules": broken,
        "seconds": {**seconds, **found["seconds"], "first_plan": found["parameters"]["first_seconds"]},
        "peak_mib": round(peak),
    }


def _run(words: tuple[str, ...], environment: dict[str, str]) -> float:
    """Run one command to its end; returns the peak memory of its tree in MiB."""
    process = subprocess.Popen([sys.executable, "-m", "scheduler", *words], cwd=ROOT, env=environment)
    with PeakMemory(process.pid) as memory:
        process.wait()
    if process.returncode:
        raise SystemExit(f"{' '.join(words)} failed with {process.returncode}")
    return memory.peak_mib


if __name__ == "__main__":
    sys.exit(main())
