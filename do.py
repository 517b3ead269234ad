"""The one entry: `python3 do.py run` starts the product, `python3 do.py test` tests it; alone it helps."""

import argparse
import hashlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / "python"
FUZZ = ROOT / ".venv-fuzz"
LOCKS = tuple(f"requirements{kind}" for kind in ("-dev", "", "-cluster", "-node", "-fuzz"))
QUARTER = "2027Q1"
OLDEST_NODE = 20
AGAIN = "Then run this again: finished steps are not repeated."


class StepFailed(Exception):  # noqa: N818 - an answer, not a malfunction
    """A step that could not be done: names the step and says what to do."""


@contextmanager
def step(name: str, advice: str) -> Iterator[None]:
    """Announce a step, time it, and turn its failure into a sentence with advice."""
    print(f"» {name} …", flush=True)
    started = time.monotonic()
    try:
        yield
    except (OSError, subprocess.CalledProcessError) as error:
        reason = f"exit code {error.returncode}" if hasattr(error, "returncode") else error
        raise StepFailed(f"{name} failed ({reason}).\n  What to do: {advice}. {AGAIN}") from error
    print(f"  done in {time.monotonic() - started:.1f} s", flush=True)


def call(*command: str | Path, env: Mapping[str, str] | None = None) -> None:
    """Run a command in the product's folder; its output goes straight to the terminal."""
    subprocess.run([str(part) for part in command], cwd=ROOT, check=True, env={**os.environ, **(env or {})})


def done_before(stamp: Path, content: str) -> bool:
    """Tell whether the stamp says that this very content was already prepared."""
    return stamp.exists() and stamp.read_text("utf-8") == content


def digest(*paths: Path) -> str:
    """Return a fingerprint of files, and of the Python that reads them."""
    found = hashlib.sha256(sys.version.encode())
    for path in paths:
        found.update(path.read_bytes())
    return found.hexdigest()


def environment(lock: str, venv: Path = VENV) -> None:
    """Make an environment and install a lock into it, unless its stamp says that nothing has changed."""
    made, installed = venv / "made.stamp", venv / f"{lock}.stamp"
    if not done_before(made, sys.version):
        with step(f"Python environment ({venv.name})", "install Python's venv module (Debian: python3-venv)"):
            call(sys.executable, "-m", "venv", "--clear", venv)
            made.write_text(sys.version, "utf-8")
    content = digest(ROOT / f"{lock}.txt")
    if done_before(installed, content):
        return
    with step("Python packages", "check the network, or set PIP_INDEX_URL to your mirror"):
        options = ("-qq", "--disable-pip-version-check", "--require-hashes", "--only-binary", ":all:")
        call(venv / BIN.name / "python", "-m", "pip", "install", *options, "-r", f"{lock}.txt")
        installed.write_text(content, "utf-8")
        if lock == "requirements-dev":  # it holds every package of the product, in the same version
            (VENV / "requirements.stamp").write_text(digest(ROOT / "requirements.txt"), "utf-8")


def npm() -> str:
    """Return an npm of Node 20 or newer: the machine's own, else the one that comes as a Python package."""
    node, found = shutil.which("node"), shutil.which("npm")
    if node and found:
        version = subprocess.run([node, "--version"], capture_output=True, text=True, check=True).stdout
        if int(version.strip().lstrip("v").split(".")[0]) >= OLDEST_NODE:
            return found
    environment("requirements-node")
    return str(BIN / "npm")


def node_modules() -> None:
    """Install what package-lock.json names for the tests, without running any package's scripts."""
    stamp, content = ROOT / "node_modules/made.stamp", digest(ROOT / "package-lock.json")
    if done_before(stamp, content):
        return
    with step("Browser for the tests", "check the network, or set npm_config_registry to your mirror"):
        call(npm(), "ci", "--ignore-scripts", env={"PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"})
        stamp.parent.mkdir(exist_ok=True)
        stamp.write_text(content, "utf-8")


def translations() -> None:
    """Compile the message catalogues whose text is newer than their compiled form."""
    catalogues = list((ROOT / "web/translations").glob("*/LC_MESSAGES/*.po"))
    made = [po for po in catalogues if po.with_suffix(".mo").exists()]
    if any(po not in made or po.with_suffix(".mo").stat().st_mtime < po.stat().st_mtime for po in catalogues):
        with step("Translations", "look at the line that is named above"):
            call(PYTHON, "-m", "babel.messages.frontend", "--quiet", "compile", "-d", "web/translations")


def site_state() -> dict[str, Any]:
    """Return what the product says of its database: is it current, has it data, is a quarter published."""
    command = (PYTHON, "-m", "scheduler", "status", "--json")
    found = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
    return dict(json.loads(found.stdout))


def prepare_data(size: str) -> None:
    """Upgrade the database, and fill and plan it where it is still empty."""
    with step("Database", "check DATABASE_URL; SQLite needs write access to var/"):
        state = site_state()
        if not state["current"]:
            call(PYTHON, "-m", "scheduler", "upgrade")
            state = site_state()
    if not state["enterprises"]:
        with step(f"Sample data ({size})", "read the message above; nothing was half-loaded"):
            call(PYTHON, "-m", "scheduler", "load-sample", "--size", size, "--seed", "1")
    if not state["published"]:
        with step(f"Plan of {QUARTER} (about a minute)", "read the message above"):
            call(PYTHON, "-m", "scheduler", "plan", QUARTER, "--seconds", "60", "--seed", "1", "--publish")


def require_free(host: str, port: int) -> None:
    """Raise StepFailed when somebody else already answers there."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            advice = f"What to do: choose another port, such as --port {port + 1}."
            raise StepFailed(f"{host}:{port} cannot be used ({error.strerror}).\n  {advice}") from error


def run(options: argparse.Namespace) -> int:
    """Prepare everything that is missing, then serve."""
    require_free(options.host, options.port)
    near = "127.0.0.1" if options.host == "0.0.0.0" else options.host  # noqa: S104 - compared, not bound
    os.environ.setdefault("PUBLIC_URL", f"http://{near}:{options.port}")  # goes into feeds
    setup(argparse.Namespace(dev=False))
    prepare_data(options.size)
    command = [str(PYTHON), "-m", "web", "--host", options.host, "--port", str(options.port)]
    os.chdir(ROOT)
    os.execv(command[0], command)  # noqa: S606 - from here on Ctrl-C and SIGTERM reach the supervisor itself


def setup(options: argparse.Namespace) -> int:
    """Make the environment and the translations; with --dev also what tests and checks need."""
    environment("requirements-dev" if options.dev else "requirements")
    if options.dev:
        node_modules()
    translations()
    return 0


def succeeded(name: str, *command: str | Path) -> bool:
    """Run one check and say how it went."""
    print(f"» {name}", flush=True)
    done = subprocess.run([str(part) for part in command], cwd=ROOT, check=False)
    return done.returncode == 0


def checks() -> list[str]:
    """Run every static check and return the names of those that found something."""
    wanted = {
        "ruff check": (BIN / "ruff", "check", "."),
        "ruff format": (BIN / "ruff", "format", "--check", "."),
        "mypy": (BIN / "mypy",),
        "import contracts": (BIN / "lint-imports",),
    }
    return [name for name, command in wanted.items() if not succeeded(name, *command)]


def lint(_options: argparse.Namespace) -> int:
    """Run the static checks."""
    environment("requirements-dev")
    failed = checks()
    print(f"Failed: {', '.join(failed)}" if failed else "All static checks passed.")
    return len(failed)


def test(options: argparse.Namespace) -> int:
    """Run the static checks and the whole test suite; the last line is pytest's own."""
    environment("requirements-dev")
    try:
        node_modules()
    except StepFailed as error:
        print(f"{error}\n  Going on without a browser.", flush=True)
    translations()
    failed = checks()
    workers = str(min(4, os.cpu_count() or 1))
    passed = succeeded("pytest", PYTHON, "-m", "pytest", "-n", workers, *options.arguments)
    if failed:
        print(f"Static checks failed: {', '.join(failed)}")
    return 0 if passed and not failed else 1


def long(options: argparse.Namespace) -> int:
    """Run the tests on random problems, lives and races with many times as many of them."""
    environment("requirements-dev")
    os.environ["TEST_EXAMPLES_FACTOR"] = str(options.factor)
    tests = (ROOT / "tests").rglob("test_*.py")
    files = options.files or [path for path in tests if "support.examples" in path.read_text("utf-8")]
    return 0 if succeeded("pytest", PYTHON, "-m", "pytest", "-n", "auto", *sorted(files)) else 1


def tidy(_options: argparse.Namespace) -> int:
    """Format the code and mend what can be mended by rule."""
    environment("requirements-dev")
    call(BIN / "ruff", "check", "--fix", "--quiet", ".")
    call(BIN / "ruff", "format", ".")
    return 0


def lock(_options: argparse.Namespace) -> int:
    """Resolve requirements*.in into locks with hashes; the product's lock follows what the tests ran with."""
    options = ("--quiet", "--universal", "--python-version", "3.11", "--generate-hashes")
    anonymous = ("--no-emit-index-url", "--no-emit-find-links")  # a lock must not know whose mirror made it
    header = ("--custom-compile-command", "python3 do.py lock")
    for name in LOCKS:
        same = ("-c", "requirements-dev.txt") if name in {"requirements", "requirements-cluster"} else ()
        with step(f"{name}.txt", "install uv (pip install uv) and check the network"):
            named = (f"{name}.in", "-o", f"{name}.txt")
            call("uv", "pip", "compile", *options, *anonymous, *header, *same, *named)
    return 0


def fuzz(options: argparse.Namespace) -> int:
    """Ask a real server many odd things as each role; fails when an answer is a 5xx or late."""
    environment("requirements-dev")
    environment("requirements-fuzz", FUZZ)
    translations()
    return 0 if succeeded("fuzz", PYTHON, "-m", "tests.fuzz", "--requests", str(options.requests)) else 1


def parser() -> argparse.ArgumentParser:
    """Return the command line."""
    root = argparse.ArgumentParser(prog="python3 do.py", description=__doc__)
    commands = root.add_subparsers(title="commands", metavar="COMMAND")

    def add(name: str, action: Callable[[argparse.Namespace], int], text: str) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=text, description=text)
        command.set_defaults(action=action)
        return command

    starting = add("run", run, "prepare everything that is missing and start the product (Ctrl-C stops it)")
    starting.add_argument("--size", choices=["small", "province"], default="province")
    starting.add_argument("--host", default="127.0.0.1", help="0.0.0.0 lets other machines in")
    starting.add_argument("--port", type=int, default=8000)
    add("test", test, "run the static checks and all tests; further arguments go to pytest")
    patient = add("long", long, "run the tests on random problems with thousands of them")
    patient.add_argument("--factor", type=int, default=50, help="times as many as usual (40 to 100)")
    patient.add_argument("files", nargs="*", help="the tests to run; without any, all that can run longer")
    preparing = add("setup", setup, "make .venv and the translations")
    preparing.add_argument("--dev", action="store_true", help="also what the tests need, with a browser")
    fuzzing = add("fuzz", fuzz, "ask a real server many odd things as each role")
    fuzzing.add_argument("--requests", type=int, default=100_000)
    add("lint", lint, "run only the static checks")
    add("format", tidy, "format the code")
    add("lock", lock, "resolve requirements*.in into the locks again (needs uv)")
    return root


def main() -> int:
    """Run the named command; without one, print help."""
    for number in (signal.SIGINT, signal.SIGTERM):  # also where a shell has switched Ctrl-C off
        signal.signal(number, signal.default_int_handler)
    root = parser()
    options, further = root.parse_known_args()
    options.arguments = further
    if "action" not in options:
        root.print_help()
        return 0
    if further and options.action is not test:
        root.error(f"unknown: {' '.join(further)}")
    try:
        return int(options.action(options))
    except StepFailed as error:
        print(f"\n✗ {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Interrupted; what is finished stays finished.", file=sys.stderr)
        return 130


if __name__ == "__main__":
    if sys.version_info < (3, 11):  # noqa: UP036 - said in words before anything newer is used
        sys.exit("Python 3.11 or newer is needed. 需要 Python 3.11 或更高版本。")
    sys.exit(main())
