"""Lends the workers of a Dask cluster to the solver; a site without one does without its packages."""

from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from distributed import Client

CONNECT_SECONDS = 10


class NoClusterError(OSError):
    """A cluster that was asked for and cannot be used; the message says what to do."""


class Cluster(Executor):
    """The workers behind a Dask client, which remains the caller's: it is not closed here.

    `places` is how many parts they can work on at a time. Dask itself repeats the work of a worker that dies,
    so `losses` tells who has gone.
    """

    def __init__(self, client: "Client") -> None:
        """Remember who is there."""
        self._client = client
        self._executor = client.get_executor(pure=False)  # type: ignore[no-untyped-call]
        self._known = set(self._workers())

    @property
    def places(self) -> int:
        """The threads of all workers together, at least one."""
        return max(1, sum(self._workers().values()))

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:  # noqa: ANN401
        """Give the work to any worker."""
        future: Future[Any] = self._executor.submit(fn, *args, **kwargs)
        return future

    def losses(self) -> list[str]:
        """Return a note on each worker that has gone since this was last asked."""
        now = set(self._workers())
        gone, self._known = self._known - now, now
        return [f"worker {name} left the cluster; what it worked on is repeated" for name in sorted(gone)]

    def _workers(self) -> dict[str, int]:
        found: dict[str, int] = self._client.nthreads()  # type: ignore[no-untyped-call]
        return found


def lend(address: str) -> AbstractContextManager[Executor | None]:
    """Lend the cluster at an address such as tcp://scheduler.example:8786, or nothing for an empty address.

    Raises NoClusterError when the packages are missing or nobody answers.
    """
    return _connect(address) if address else nullcontext()


@contextmanager
def _connect(address: str) -> Iterator[Cluster]:
    try:
        from distributed import Client  # noqa: PLC0415 - an optional package
    except ImportError as error:
        advice = "a cluster needs: pip install -r requirements-cluster.txt"
        raise NoClusterError(None, advice, address) from error
    try:
        client = Client(address, timeout=CONNECT_SECONDS, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        raise NoClusterError(None, f"no Dask scheduler answers ({error})", address) from error
    with client:
        yield Cluster(client)
