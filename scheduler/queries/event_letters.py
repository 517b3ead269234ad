"""Which letters about an event were written, to which enterprises, and what became of each.

People are no part of it: a letter to an enterprise names the enterprise, and those to seekers and to anybody
in person are counted.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, undefer

from scheduler.errors import NotFound
from scheduler.models import Enterprise, Message, MessageState
from scheduler.queries.paging import NumberedPage
from scheduler.queries.scope import Scope, scoped

PAGE_SIZE = 50
REPLY = re.compile(r"[45]\d\d\b")
TO_FIRM = Message.enterprise_id.is_not(None)


class LetterLine(NamedTuple):
    """A letter to somebody of an enterprise; `error` says why its last try failed."""

    id: int
    kind: str
    firm: str
    state: MessageState
    created_at: datetime
    sent_at: datetime | None
    error: str | None
    attempt: int

    @property
    def reply(self) -> str:
        """Return the number that the mail server answered; "" where none did. What it said names people."""
        found = REPLY.match(self.error or "")
        return found[0] if found else ""


class Tally(NamedTuple):
    """How many letters of a kind are in a state, to enterprises or to people."""

    kind: str
    state: MessageState
    to_firms: bool
    many: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EventLetters:
    """One page of the letters to enterprises about an event, and how many letters there are in all."""

    page: NumberedPage[LetterLine]
    tallies: Sequence[Tally]

    @property
    def kinds(self) -> Sequence[str]:
        """Return the kinds of letters that enterprises got or will get."""
        return sorted({one.kind for one in self.tallies if one.to_firms})

    @property
    def to_people(self) -> Sequence[Tally]:
        """Return the counts of what went to seekers and to people in person."""
        return [one for one in self.tallies if not one.to_firms]

    def many(self, state: MessageState) -> int:
        """Return how many letters to enterprises are in a state."""
        return sum(one.many for one in self.tallies if one.to_firms and one.state is state)


def event_letters(
    session: Session, *, event_id: int, kind: str | None, state: MessageState | None, number: int
) -> EventLetters:
    """Return a page of an event's letters, the newest first; the caller has looked whose event it is."""
    about = Message.event_id == event_id
    counted = select(Message.kind, Message.state, TO_FIRM, func.count()).where(about)
    tallies = [
        Tally(*row)
        for row in session.execute(
            counted.group_by(Message.kind, Message.state, TO_FIRM).order_by(Message.kind, Message.state)
        )
    ]
    wanted: list[ColumnElement[bool]] = [about, TO_FIRM]
    wanted += [Message.kind == kind] if kind else []
    wanted += [Message.state == state] if state else []
    rows = session.execute(
        select(
            *(Message.id, Message.kind, Enterprise.name_zh, Message.state),
            *(Message.created_at, Message.sent_at, Message.error, Message.attempt),
        )
        .join(Enterprise, Enterprise.id == Message.enterprise_id)
        .where(*wanted)
        .order_by(Message.id.desc())
        .limit(PAGE_SIZE)
        .offset((number - 1) * PAGE_SIZE)
    )
    total = sum(
        one.many
        for one in tallies
        if one.to_firms and one.kind == (kind or one.kind) and one.state is (state or one.state)
    )
    lines = [LetterLine(*row) for row in rows]
    page = NumberedPage(lines=lines, number=number, total=total, size=PAGE_SIZE)
    return EventLetters(page=page, tallies=tallies)


def event_letter(session: Session, *, letter_id: int, scope: Scope) -> tuple[Message, Enterprise]:
    """Return a letter about an event of the division, and the enterprise it goes to. Raises NotFound."""
    question = (
        select(Message, Enterprise)
        .join(Enterprise, Enterprise.id == Message.enterprise_id)
        .where(Message.id == letter_id, scoped(Message, scope))
        .options(undefer(Message.said))
    )
    found = session.execute(question).one_or_none()
    if found is None:
        raise NotFound
    return found[0], found[1]
