"""What pages show of an event's allocations: how far one is, its draft by enterprise, what was published."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import exists, select
from sqlalchemy.orm import Session, undefer

from scheduler.errors import NotFound
from scheduler.models import (
    AllocationState,
    BookingTerms,
    BoothAllocation,
    Enterprise,
    Event,
    EventState,
    Way,
)
from scheduler.queries.scope import Scope, get_scoped, scoped
from scheduler.times import now
from solver.booths import Allocation, Problem, Request, Turn
from solver.booths.exchange import read_allocation, read_problem
from solver.booths.explain import Explanation, explain
from solver.booths.goals import among_its_own, wish_granted

AT_ONCE, FEW = 500, 8
CREDIT_CODE = re.compile(r"[0-9A-Z]{18}")


@dataclass(frozen=True, slots=True)
class Line:
    """An enterprise in an allocation, in the published order.

    `wish` is the rank of the wish that was granted (1: the dearest), 0 where none was; `at_home` is None
    where no zone is meant for its industry. Who waits has a place `waiting` and a reason in two languages.
    """

    turn: Turn
    request: Request
    name_zh: str
    booths: tuple[str, ...] = ()
    wish: int = 0
    at_home: bool | None = None
    waiting: int = 0
    rule: str = ""
    zh: str = ""
    en: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """An allocation that was found, with what it comes to."""

    problem: Problem
    answer: Allocation
    lines: tuple[Line, ...]
    excluded: tuple[dict[str, Any], ...]

    @property
    def granted(self) -> tuple[Line, ...]:
        """Return who gets booths."""
        return tuple(line for line in self.lines if line.booths)

    @property
    def waiting(self) -> tuple[Line, ...]:
        """Return who waits, in the order of the list."""
        return tuple(sorted((line for line in self.lines if not line.booths), key=lambda line: line.waiting))

    @property
    def wishing(self) -> int:
        """Return how many of those who get booths had wishes."""
        return sum(bool(line.request.wishes) for line in self.granted)

    @property
    def first_wishes(self) -> int:
        """Return how many have their dearest wish."""
        return sum(line.wish == 1 for line in self.granted)

    @property
    def some_wishes(self) -> int:
        """Return how many have one of their wishes."""
        return sum(line.wish > 0 for line in self.granted)

    @property
    def homes(self) -> tuple[int, int]:
        """Return how many stand in a zone of their industry, and for how many there is one."""
        known = [line.at_home for line in self.granted if line.at_home is not None]
        return sum(known), len(known)

    @property
    def free(self) -> int:
        """Return how many booths nobody gets."""
        return len(self.problem.booths) - sum(len(line.booths) for line in self.granted)

    @property
    def kept(self) -> tuple[str, ...]:
        """Return the tiers for which booths were kept."""
        return tuple(share.tier for share in self.problem.shares if share.keep)

    def explained(self, code: str) -> Explanation:
        """Return why an enterprise that asked has what it has, or waits; raises NotFound where it did not."""
        if self.line(code) is None:
            raise NotFound
        return explain(self.problem, self.answer, code)

    def named(self, text: str) -> str:
        """Return a sentence with enterprises called by their names instead of their credit codes."""
        names = {line.turn.enterprise: line.name_zh for line in self.lines}
        return CREDIT_CODE.sub(lambda code: names.get(code[0], code[0]), text)

    def line(self, code: str | None) -> Line | None:
        """Return the line of an enterprise; None where it did not ask."""
        return next((one for one in self.lines if one.turn.enterprise == code), None)


class Due(NamedTuple):
    """An event whose requests are closed and whose booths are not given out; a `draft` may be there."""

    event: Event
    draft: bool


def allocations_due(session: Session, *, scope: Scope) -> tuple[Due, ...]:
    """Return the events of the actor's division that wait for their allocation, the next one first."""
    drafted = exists().where(
        BoothAllocation.event_id == Event.id, BoothAllocation.state == AllocationState.DRAFT
    )
    question = (
        select(Event, drafted)
        .join(BookingTerms, BookingTerms.event_id == Event.id)
        .where(
            scoped(Event, scope),
            Event.state == EventState.PUBLISHED,
            Event.starts_at > now(),
            BookingTerms.way == Way.ALLOCATION,
            BookingTerms.closes_at <= now(),
            BookingTerms.allocated_at.is_(None),
        )
        .order_by(Event.starts_at, Event.id)
        .limit(FEW)
    )
    return tuple(Due(event, bool(draft)) for event, draft in session.execute(question))


def allocations_of(session: Session, *, event_id: int) -> Sequence[BoothAllocation]:
    """Return an event's allocations, the newest first; the caller has judged whose the event is."""
    question = select(BoothAllocation).where(BoothAllocation.event_id == event_id)
    return session.scalars(question.order_by(BoothAllocation.id.desc())).all()


def allocation_of(session: Session, *, allocation_id: int, scope: Scope) -> tuple[BoothAllocation, Event]:
    """Return an allocation with its event, if that is the actor's; raises NotFound."""
    found: BoothAllocation = get_scoped(session, BoothAllocation, allocation_id, scope)
    return found, session.get_one(Event, found.event_id)


def draft_of(session: Session, *, allocation_id: int) -> Draft:
    """Return what an allocation found; raises NotFound where it has found nothing."""
    problem, answer, excluded = _texts(session, allocation_id)
    asking = [one.enterprise for one in problem.requests]
    names = _names(session, [*asking, *(one["enterprise"] for one in excluded)])
    return Draft(
        problem,
        answer,
        tuple(_lines(problem, answer, names)),
        tuple({**one, "name_zh": names.get(one["enterprise"], one["enterprise"])} for one in excluded),
    )


def published_texts(session: Session, *, event_id: int) -> tuple[str, str] | None:
    """Return problem and answer of the allocation that was published last; None: none was."""
    question = (
        select(BoothAllocation.problem, BoothAllocation.answer)
        .where(BoothAllocation.event_id == event_id, BoothAllocation.state == AllocationState.PUBLISHED)
        .order_by(BoothAllocation.id.desc())
        .limit(1)
    )
    row = session.execute(question).one_or_none()
    return None if row is None else (row[0] or "", row[1] or "")


def _texts(session: Session, allocation_id: int) -> tuple[Problem, Allocation, list[dict[str, Any]]]:
    question = select(BoothAllocation).where(BoothAllocation.id == allocation_id)
    found = session.scalars(
        question.options(undefer(BoothAllocation.problem), undefer(BoothAllocation.answer))
    ).one_or_none()
    if found is None or found.problem is None or found.answer is None:
        raise NotFound
    return *_read(found.problem, found.answer), found.excluded


@lru_cache(maxsize=4)
def _read(problem: str, answer: str) -> tuple[Problem, Allocation]:
    """Return what two texts say: a draft is looked at again and again, and a large one takes a second."""
    return read_problem(problem), read_allocation(answer)


def _names(session: Session, codes: Sequence[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for first in range(0, len(codes), AT_ONCE):
        chunk = codes[first : first + AT_ONCE]
        rows = select(Enterprise.credit_code, Enterprise.name_zh).where(Enterprise.credit_code.in_(chunk))
        found |= dict(session.execute(rows).all())
    return found


def _lines(problem: Problem, answer: Allocation, names: Mapping[str, str]) -> list[Line]:
    booths = {booth.code: booth for booth in problem.booths}
    requests = {one.enterprise: one for one in problem.requests}
    grants = {one.enterprise: one.booths for one in answer.grants}
    waiting = {one.enterprise: one for one in answer.waiting}
    meant = {industry for zone in problem.zones for industry in zone.industries}
    lines = []
    for turn in answer.turns:
        request, name = requests[turn.enterprise], names.get(turn.enterprise, turn.enterprise)
        if codes := grants.get(turn.enterprise, ()):
            held = [booths[code] for code in codes]
            missed = wish_granted(problem, request, held)
            wish = missed + 1 if request.wishes and missed < problem.wish_steps else 0
            home = among_its_own(problem, request, held) if request.industry in meant else None
            lines.append(Line(turn, request, name, codes, wish, home))
        else:
            one = waiting[turn.enterprise]
            lines.append(Line(turn, request, name, (), 0, None, one.place, one.rule, one.zh, one.en))
    return lines
