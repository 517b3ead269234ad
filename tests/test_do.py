"""The one entry runs on a bare Python and says what to do when it cannot go on."""

import ast
import socket
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


def do(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-I", "do.py", *arguments]  # -I: nothing but the standard library is there
    return subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)


def test_it_needs_nothing_but_the_standard_library() -> None:
    nodes = list(ast.walk(ast.parse((ROOT / "do.py").read_text("utf-8"))))
    names = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}
    assert {name for name in names if name.split(".")[0] not in sys.stdlib_module_names} == set()


def test_alone_it_prints_help() -> None:
    done = do()
    assert (done.returncode, done.stderr) == (0, "")
    for command in ("run", "test", "setup", "lint", "format", "lock"):
        assert f"\n    {command} " in done.stdout


@pytest.mark.parametrize(
    "arguments", [("fly",), ("run", "--fast"), ("run", "--port", "eighty"), ("lint", "web")]
)
def test_wrong_usage_is_refused_before_anything_is_done(arguments: tuple[str, ...]) -> None:
    done = do(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert "usage: python3 do.py" in done.stderr


def test_a_taken_port_is_said_before_the_long_steps_begin() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = do("run", "--port", str(port))
    assert (done.returncode, done.stdout) == (1, "")
    assert f"127.0.0.1:{port} cannot be used" in done.stderr
    assert f"--port {port + 1}" in done.stderr
