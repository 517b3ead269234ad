"""Luck that depends on the seed and a name alone, so that one part of the sample never shifts another."""

from collections.abc import Callable, Iterable
from random import Random


def luck(seed: int, *name: object) -> Random:
    """Return a source of luck for one part of the sample."""
    return Random("/".join(map(str, (seed, *name))))  # noqa: S311 — invented data, not a secret


class Rounds:
    """Numbers dealt out in rounds: each comes up once before any comes up again."""

    def __init__(self, numbers: Iterable[int], random: Random) -> None:
        """Shuffle the numbers for the first round."""
        self._numbers, self._random = list(numbers), random
        self._waiting: list[int] = []

    def take(self, many: int, fits: Callable[[int], bool]) -> list[int]:
        """Return up to so many different numbers that fit; those passed over keep their turn."""
        taken: list[int] = []
        passed: list[int] = []
        for _ in range(2 * len(self._numbers)):
            if len(taken) == many:
                break
            number = self._next()
            (taken if number not in taken and fits(number) else passed).append(number)
        self._waiting += reversed(passed)
        return taken

    def _next(self) -> int:
        if not self._waiting:
            self._waiting = list(self._numbers)
            self._random.shuffle(self._waiting)
        return self._waiting.pop()
