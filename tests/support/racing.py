"""Lets many clients do a thing at the same moment, each on a connection of its own."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

PATIENCE_SECONDS = 60
Result = TypeVar("Result")


def together(clients: int, deed: Callable[[int], Result]) -> list[Result | Exception]:
    """Return what each client got, or the exception that it met; all begin when the last one is ready."""
    ready = threading.Barrier(clients)

    def run(client: int) -> Result | Exception:
        ready.wait(PATIENCE_SECONDS)
        try:
            return deed(client)
        except Exception as error:
            return error

    with ThreadPoolExecutor(clients) as pool:
        return list(pool.map(run, range(clients)))
