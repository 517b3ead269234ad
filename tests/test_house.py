"""The house rules that no linter knows; docs/structure.md says why each is there."""

import ast
import importlib
import os
import pkgutil
import re
import string
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from marshmallow import fields
from marshmallow.validate import OneOf, Regexp
from sqlalchemy import Date, DateTime

import scheduler
import web
from scheduler.errors import Refusal
from scheduler.models import Base
from scheduler.queries.scope import BY_OTHERS, OF_ENTERPRISE, OF_PERSON, OWNER, PLANNED
from web.schemas.base import Form

ROOT = Path(__file__).resolve().parents[1]
LONGEST_FILE = 300
LONGEST_FUNCTION = 50
HISTORY = "migrations/versions/"  # written once by autogenerate, never read again and never changed
CHINESE = re.compile("[\u4e00-\u9fff]")
OF_THIS_MACHINE = re.compile(
    r"(?<![\w.])/(?:root|home|work|Users|tmp/\w+)/"  # a clone works wherever it lies
    r"|registry\.npm|npmmirror|pythonhosted|pypi\.(?:org|tuna)"  # and installs from whatever mirror is set
)
UNFINISHED = re.compile(r"\b(?:TO[D]O|FIX[M]E|NotImplemented[E]rror)\b|pytest\.(?:mark\.)?(?:skip|xfail)")
CLOSED = (OneOf, Regexp)
TAKEN_WORDS = {"Session", "Job", "Task", "Manager", "Helper", "Utils"}  # mean something else here, or nothing


def tracked(*endings: str) -> list[str]:
    """Return the paths of the product's own files, new ones too."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    found = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)  # noqa: S603
    return [name for name in found.stdout.splitlines() if name.endswith(endings) and (ROOT / name).is_file()]


def read(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def tree(name: str) -> ast.Module:
    return ast.parse(read(name))


def modules(*packages: ModuleType) -> Iterator[ModuleType]:
    for package in packages:
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not found.name.endswith("__main__"):
                yield importlib.import_module(found.name)


def subclasses(of: type[Refusal]) -> Iterator[type[Refusal]]:
    for child in of.__subclasses__():
        yield child
        yield from subclasses(child)


def refusals() -> list[type[Refusal]]:
    list(modules(scheduler, web))  # a class exists only once its module is imported
    return [one for one in subclasses(Refusal) if one.__module__.split(".")[0] in {"scheduler", "web"}]


def shell_lines(name: str) -> list[str]:
    blocks = re.findall(r"```sh\n(.*?)```", read(name), re.DOTALL)
    return [line.partition(" #")[0].rstrip() for block in blocks for line in block.splitlines()]


def test_no_file_is_too_long_to_read_at_one_sitting() -> None:
    lengths = {name: len(read(name).splitlines()) for name in tracked(".py", ".html", ".css", ".js")}
    too_long = {name: n for name, n in lengths.items() if n > LONGEST_FILE and not name.startswith(HISTORY)}
    assert too_long == {}


def test_no_function_is_too_long_to_see_at_once() -> None:
    too_long = {
        f"{name}: {node.name}": (node.end_lineno or 0) - node.lineno + 1
        for name in tracked(".py")
        if not name.startswith(HISTORY)
        for node in ast.walk(tree(name))
        if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno >= LONGEST_FUNCTION
    }
    assert too_long == {}


def test_every_module_says_in_one_sentence_what_it_is_for() -> None:
    names = [name for name in tracked(".py") if not re.match("tests/.*__init__", name)]
    first_lines = {name: (ast.get_docstring(tree(name)) or "").partition("\n")[0] for name in names}
    assert [name for name, line in first_lines.items() if not line.endswith((".", "。"))] == []


def test_every_test_folder_is_a_package_so_that_none_shadows_the_product() -> None:
    folders = {str(Path(name).parent) for name in tracked(".py") if name.startswith("tests/")}
    assert [folder for folder in sorted(folders) if not (ROOT / folder / "__init__.py").exists()] == []


def test_nothing_names_a_machine_or_a_package_mirror() -> None:
    found = [
        f"{name}:{number}: {line.strip()[:80]}"
        for name in tracked(
            ".py", ".md", ".txt", ".in", ".toml", ".json", ".html", ".css", ".js", ".npmrc", "run"
        )
        for number, line in enumerate(read(name).splitlines(), 1)
        if OF_THIS_MACHINE.search(line) and name != "tests/test_house.py"
    ]
    assert found == []


def test_nothing_is_unfinished_or_switched_off() -> None:
    allowed = {"tests/test_house.py", "tests/conftest.py"}  # the fixtures say what a machine lacks
    found = [name for name in tracked(".py") if name not in allowed and UNFINISHED.search(read(name))]
    assert found == []


def test_what_is_made_on_each_machine_is_not_kept_in_git() -> None:
    found = [name for name in tracked("") if name.endswith((".mo", ".db", ".so")) or "/vendor/" in name]
    assert found == []


def test_only_search_calls_the_solver() -> None:
    callers = [
        name
        for name in tracked(".py")
        for node in ast.walk(tree(name))
        if isinstance(node, ast.Attribute) and node.attr == "CpSolver"
    ]
    assert [name for name in callers if name != "solver/search.py"] == []


def test_no_class_takes_a_word_that_means_something_else() -> None:
    found = [
        f"{name}: {node.name}"
        for name in tracked(".py")
        for node in ast.walk(tree(name))
        if isinstance(node, ast.ClassDef) and node.name in TAKEN_WORDS
    ]
    assert found == []


def test_web_borrows_no_query_building_from_sqlalchemy() -> None:
    borrowed = {
        f"{name}: {alias.name}"
        for name in tracked(".py")
        if name.startswith("web/")
        for node in ast.walk(tree(name))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("sqlalchemy")
        for alias in node.names
    }
    assert {entry for entry in borrowed if entry.rpartition(" ")[2] not in {"Engine", "Session"}} == set()


OWNED = {model.__name__ for table in (OWNER, PLANNED, BY_OTHERS, OF_ENTERPRISE, OF_PERSON) for model in table}
WHO_ASKS = {"scheduler/queries/scope.py", "scheduler/queries/actors.py"}  # they say whose a row is


def test_a_row_is_fetched_through_its_owner_or_not_at_all() -> None:
    """Views fetch no row by themselves, and queries no owned one by its key: `get_scoped` does."""
    found = [
        f"{name}:{node.lineno}"
        for name in tracked(".py")
        if name.startswith(("web/", "scheduler/queries/")) and name not in WHO_ASKS
        for node in ast.walk(tree(name))
        if isinstance(node, ast.Call) and _fetches(node, anything=name.startswith("web/"))
    ]
    assert found == []


def _fetches(call: ast.Call, *, anything: bool) -> bool:
    if not isinstance(call.func, ast.Attribute) or call.func.attr not in {"get", "get_one", "query"}:
        return False
    giver = ast.unparse(call.func.value)
    if giver not in {"session", "reader()"} or not call.args or not isinstance(call.args[0], ast.Name):
        return False
    if len(call.args) > 1 and isinstance(call.args[1], ast.Attribute) and not anything:
        return False  # where a row points to is known once the row is
    model = call.args[0].id
    return model in OWNED or (anything and model[0].isupper() and not model.isupper())


def test_whatever_is_typed_is_cleaned_at_one_place() -> None:
    """A text in a form is Text (or Secret, which nobody sees); a bare string is one of a list."""
    list(modules(web))
    bare = [
        f"{form.__module__}.{form.__name__}.{name}"
        for form in descendants(Form)
        for name, field in form().fields.items()
        for one in (field, getattr(field, "inner", None))
        if type(one) is fields.String and not any(isinstance(rule, CLOSED) for rule in one.validators)
    ]
    assert bare == []


def descendants(of: type[Form]) -> Iterator[type[Form]]:
    for child in of.__subclasses__():
        yield child
        yield from descendants(child)


def test_moments_days_and_lengths_are_named_by_what_they_are() -> None:
    wrong = [
        str(column)
        for table in Base.metadata.tables.values()
        for column in table.columns
        if (isinstance(column.type, DateTime) and not column.name.endswith(("_at", "_until")))
        or (type(column.type) is Date and not column.name.endswith(("_on", "_from", "_to")))
    ]
    assert wrong == []


@pytest.mark.parametrize("refusal", refusals(), ids=lambda refusal: refusal.__name__)
def test_every_refusal_speaks_both_languages(refusal: type[Refusal]) -> None:
    assert CHINESE.search(refusal.zh)
    assert not CHINESE.search(refusal.en)
    assert names_in(refusal.zh, "zh") == names_in(refusal.en, "en")


def names_in(template: str, language: str) -> set[str]:
    fields = {field for _, field, _, _ in string.Formatter().parse(template) if field}
    return {field.removesuffix(f"_{language}").removeprefix(f"{language}_") for field in fields}


def test_every_refusal_has_a_code_of_its_own() -> None:
    codes = [refusal.code for refusal in refusals()]
    assert sorted(codes) == sorted(set(codes))


def test_a_fresh_clone_is_judged_by_the_command_that_the_readme_names() -> None:
    last = read(".ci/run").rstrip().splitlines()[-1]
    assert last.removeprefix("exec ") == "python3 do.py test"
    assert "python3 do.py test" in shell_lines("README.md")
    assert os.access(ROOT / ".ci/run", os.X_OK)


def test_both_readmes_name_the_same_commands() -> None:
    assert shell_lines("README.md") == shell_lines("README.zh.md")


@pytest.mark.parametrize("readme", ["README.md", "README.zh.md"])
def test_every_setting_is_explained(readme: str) -> None:
    settings = set(re.findall(r'environment(?:\.get\(|\[)"([A-Z_]+)"', read("scheduler/settings.py")))
    assert {setting for setting in settings if f"`{setting}`" not in read(readme)} == set()


def test_solver_stays_out_of_the_web_process() -> None:
    """ortools costs 130 MB and a second: a web worker that imports it is a mistake nobody sees."""
    names = ["web", *(module.__name__ for module in modules(web))]
    code = f"import sys, {', '.join(names)}; print('ortools' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True)  # noqa: S603
    assert done.stdout.strip() == "False"
