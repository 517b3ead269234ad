"""Lists in numbered pages, for people: pages count from 1, and an empty list has one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberedPage(Generic[T]):
    """Some lines of a list, the page's number, how many lines there are in all, and how many a page holds."""

    lines: Sequence[T]
    number: int
    total: int
    size: int

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return pages_of(self.total, self.size)


def pages_of(total: int, size: int) -> int:
    """Return how many pages so many lines fill, at least one."""
    return max(1, -(-total // size))
