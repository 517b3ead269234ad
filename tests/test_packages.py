"""What is imported is locked, and what is locked is used."""

import ast
import re
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PRODUCT = ("scheduler", "web", "solver", "migrations", "wsgi.py")
TOOLS = ("tests", "benchmarks")
OURS = {"scheduler", "web", "solver", "tests", "benchmarks", "wsgi", "do"}
STARTED_BY_NAME = {
    "flask-swagger-ui",
    "gunicorn",
    "manimgx-fonts-cjk",
    "psycopg",
    "tzdata",
}  # files, a server, a font, a driver and a data set: nobody imports them
TYPES_ONLY = {"_typeshed"}
CANONICAL = re.compile(r"[-_.]+")


def imported(*places: str) -> set[str]:
    """Return the distributions that the Python files in these places import, in canonical spelling."""
    files = [
        file for place in places for file in [ROOT / place, *(ROOT / place).rglob("*.py")] if file.is_file()
    ]
    nodes = [node for file in files for node in ast.walk(ast.parse(file.read_text("utf-8")))]
    names = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}
    tops = {name.split(".")[0] for name in names} - OURS - TYPES_ONLY - set(sys.stdlib_module_names)
    owners = packages_distributions()
    return {canonical(owner) for top in tops for owner in owners.get(top, [f"unknown {top}"])}


def canonical(name: str) -> str:
    return CANONICAL.sub("-", name).lower()


def named(file: str) -> set[str]:
    """Return the distributions that a requirements file names, without what it includes."""
    lines = (ROOT / file).read_text("utf-8").splitlines()
    found = [re.match(r"[A-Za-z][\w.-]*", line) for line in lines]
    return {canonical(match.group()) for match in found if match}


def test_the_product_imports_only_what_it_asks_for() -> None:
    wished = named("requirements.in") | named("requirements-cluster.in")
    halves = {"werkzeug", "webargs"}  # of flask and of flask-smorest
    assert imported(*PRODUCT) - wished - halves == set()


def test_the_product_asks_for_nothing_that_it_does_not_use() -> None:
    assert named("requirements.in") - imported(*PRODUCT) - STARTED_BY_NAME == set()


def test_tests_and_benchmarks_import_only_what_is_locked() -> None:
    assert imported(*TOOLS) - named("requirements-dev.txt") == set()


@pytest.mark.parametrize("kind", ["", "-dev", "-cluster", "-node"])
def test_every_wish_is_locked(kind: str) -> None:
    assert named(f"requirements{kind}.in") - named(f"requirements{kind}.txt") == set()


def test_what_runs_is_what_was_tested() -> None:
    pins = {
        line.strip(" \\")
        for line in (ROOT / "requirements.txt").read_text("utf-8").splitlines()
        if "==" in line
    }
    tested = {line.strip(" \\") for line in (ROOT / "requirements-dev.txt").read_text("utf-8").splitlines()}
    assert pins - tested == set()
