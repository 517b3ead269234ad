"""Random lives of something scarce with a waiting list, against plain lists of what was promised.

The model knows three things: who has one, who waits in which order, and to whom one is offered until when.
What it says of every deed – done or refused – and what stands afterwards must be what the product's rows say.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Protocol

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session
from time_machine import TimeMachineFixture

from scheduler.database import transaction
from scheduler.services import waiting_lists

PAUSES = [timedelta(minutes=1), timedelta(minutes=40), timedelta(hours=5), timedelta(hours=25)]
DEEDS = ("take", "take", "give_back", "give_back", "join", "join", "leave", "tick", "wait")
Standing = tuple[set[int], list[int], dict[int, datetime]]


class Scarce(Protocol):
    """What has a waiting list: each deed tells whether it was done, `standing` what the rows say."""

    def take(self, who: int) -> bool:
        """Take one, or accept what is offered."""

    def give_back(self, who: int) -> bool:
        """Give back what one has."""

    def join(self, who: int) -> bool:
        """Wait for one."""

    def leave(self, who: int) -> bool:
        """Wait no more, or decline an offer."""

    def tick(self) -> None:
        """Let the worker come by."""

    def standing(self) -> Standing:
        """Return who has one, who waits in order, and who is offered one until when."""


@dataclass
class Promised:
    """What was promised: `all` there are, joined until `closes_at`, offered until `last_at`.

    One takes until `ends_at` where that is later; the `patient` take nothing while they wait.
    """

    all: int
    starts_at: datetime
    closes_at: datetime
    last_at: datetime
    ends_at: datetime | None = None
    patient: bool = False
    has: set[int] = field(default_factory=set)
    line: list[int] = field(default_factory=list)
    offers: dict[int, datetime] = field(default_factory=dict)

    def take(self, who: int, at: datetime) -> bool:
        """Accept an offer in time, else take what is free and nobody else waits for."""
        if who in self.offers:
            if self.offers[who] <= at:
                return False
            del self.offers[who]
        elif (
            who in self.has
            or at >= (self.ends_at or self.closes_at)
            or self._free() < 1
            or set(self.line) - (set() if self.patient else {who})
        ):
            return False
        self.line = [one for one in self.line if one != who]
        self.has.add(who)
        return True

    def give_back(self, who: int, at: datetime) -> bool:
        """Give back, and pass it on."""
        if who not in self.has:
            return False
        self.has.remove(who)
        self.tick(at)
        return True

    def join(self, who: int, at: datetime) -> bool:
        """Wait where nothing is free, or others wait."""
        known = who in self.has or who in self.line or who in self.offers
        if known or at >= self.closes_at or (self._free() > 0 and not self.line):
            return False
        self.line.append(who)
        return True

    def leave(self, who: int, at: datetime) -> bool:
        """Leave the line or decline, and pass it on."""
        if who not in self.line and who not in self.offers:
            return False
        self.line = [one for one in self.line if one != who]
        self.offers.pop(who, None)
        self.tick(at)
        return True

    def tick(self, at: datetime) -> None:
        """End what has run out, and offer what is free in order."""
        self.offers = {who: until for who, until in self.offers.items() if until > at}
        while at < self.last_at and self.line and self._free() > 0:
            ahead = self.starts_at - at
            hours = 24 if ahead > timedelta(days=2) else 4 if ahead > timedelta(hours=6) else 0.5
            self.offers[self.line.pop(0)] = min(at + timedelta(hours=hours), self.last_at)

    def _free(self) -> int:
        return self.all - len(self.has) - len(self.offers)


def live(  # noqa: PLR0913 — a life is all of this
    scarce: Scarce,
    promised: Promised,
    *,
    who: list[int],
    seed: int,
    steps: int,
    move_to: Callable[[datetime], None],
    begin: datetime,
) -> None:
    """Live a life of so many deeds drawn from a seed; AssertionError where rows and promises differ."""
    chance, at, done = Random(seed), begin, []  # noqa: S311 — a life that can be lived again
    for _ in range(steps):
        deed, one = chance.choice(DEEDS), chance.choice(who)
        done.append(f"{at:%d %H:%M} {deed} {one}")
        if deed == "wait":
            at += chance.choice(PAUSES)
            move_to(at)
        elif deed == "tick":
            scarce.tick()
            promised.tick(at)
        else:
            said, told = getattr(scarce, deed)(one), getattr(promised, deed)(one, at)
            assert said == told, (seed, done)
        assert scarce.standing() == (promised.has, promised.line, promised.offers), (seed, done)


def live_many(  # noqa: PLR0913 — what all lives have in common
    engine: Engine,
    time_machine: TimeMachineFixture,
    lives: int,
    *,
    begins: Callable[[int], datetime],
    add: Callable[[Session, int], tuple[Scarce, Promised]],
    who: list[int],
    steps: int,
) -> None:
    """Live so many lives, each of something that `add` makes at the moment when its seed lets it begin."""

    def move_to(at: datetime) -> None:
        time_machine.move_to(at, tick=False)

    for seed in range(1, lives + 1):
        begin = begins(seed)
        move_to(begin)
        with transaction(engine) as session:
            scarce, promised = add(session, seed)
            live(scarce, promised, seed=seed, begin=begin, move_to=move_to, who=who, steps=steps)


def serve_backwards(monkeypatch: pytest.MonkeyPatch) -> None:
    """Serve every list from its end, which a life has to notice."""
    in_line = waiting_lists.in_line
    monkeypatch.setattr(waiting_lists, "in_line", lambda *args, **named: in_line(*args, **named)[::-1])
