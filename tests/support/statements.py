"""Listens to what is asked of a database."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy import Engine, event


@contextmanager
def before_each(engine: Engine, tell: Callable[[str], None]) -> Iterator[None]:
    """Tell of each statement just before it runs, until the block ends."""

    def hear(*arguments: object) -> None:
        tell(str(arguments[2]))

    event.listen(engine, "before_cursor_execute", hear)
    try:
        yield
    finally:
        event.remove(engine, "before_cursor_execute", hear)


@contextmanager
def stated(engine: Engine) -> Iterator[list[str]]:
    """Lend the list of the statements that are run until the block ends."""
    seen: list[str] = []
    with before_each(engine, seen.append):
        yield seen


@contextmanager
def selected(engine: Engine) -> Iterator[list[str]]:
    """Lend the list of the SELECT statements that are run until the block ends."""
    seen: list[str] = []

    def note(statement: str) -> None:
        if statement.startswith("SELECT"):
            seen.append(statement)

    with before_each(engine, note):
        yield seen
