"""An enterprise's openings: found by words and state, each with the events that it was brought to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from scheduler.errors import NotFound
from scheduler.models import (
    Division,
    Enterprise,
    Event,
    EventState,
    OccupationGroup,
    Opening,
    Registration,
    RegistrationOpening,
    RegistrationState,
    SkillLevel,
)
from scheduler.queries.actors import Employer
from scheduler.queries.booking.rules import Rules, rules_for
from scheduler.queries.keyset import Key
from scheduler.queries.openings.judging import Judged, judge
from scheduler.queries.paging import pages_of
from scheduler.queries.scope import scoped

PAGE_SIZE = 50


class Shelf(StrEnum):
    """Which openings are looked at: those in use, those to be put right, those withdrawn."""

    STANDING = "standing"
    FAULTY = "faulty"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Use:
    """An event that an opening was brought to, and where the registration stands."""

    event: Event
    state: RegistrationState


@dataclass(frozen=True, slots=True)
class Line:
    """An opening in the library; `used` counts the events that it was brought to."""

    opening: Opening
    division: Division
    occupation: OccupationGroup
    used: int
    findings: tuple[Judged, ...]

    @property
    def blocks(self) -> bool:
        """Tell whether the bureau's rules keep it out."""
        return any(one.blocks for one in self.findings)


@dataclass(frozen=True, slots=True)
class Library:
    """One page of the library; `total` counts all that were asked for, `shelves` each shelf."""

    lines: tuple[Line, ...]
    total: int
    page: int
    shelves: Mapping[Shelf, int]

    @property
    def pages(self) -> int:
        """Return how many pages there are."""
        return pages_of(self.total, PAGE_SIZE)


@dataclass(frozen=True, slots=True)
class OneOpening:
    """An opening with its events, the next one first."""

    line: Line
    uses: tuple[Use, ...]


@dataclass(frozen=True, slots=True)
class Choices:
    """What a form lets choose: occupations and skill levels."""

    occupations: Sequence[OccupationGroup]
    skills: Sequence[SkillLevel]


def library(
    session: Session, *, actor: Employer, text: str = "", shelf: Shelf = Shelf.STANDING, page: int = 1
) -> Library:
    """Return a page of the enterprise's openings, those that are kept out first, then the newest."""
    question = select(Opening).where(scoped(Opening, actor)).order_by(Opening.id.desc())
    if text:
        question = question.where(_holding(text))
    found = session.scalars(question).all()
    judged = judge(session, found, own_rules(session, actor))
    on = {
        Shelf.STANDING: [one for one in found if one.withdrawn_at is None],
        Shelf.FAULTY: [one for one in found if one.withdrawn_at is None and judged[one.id]],
        Shelf.WITHDRAWN: [one for one in found if one.withdrawn_at is not None],
    }
    chosen = sorted(on[shelf], key=lambda one: (not any(it.blocks for it in judged[one.id]), -one.id))
    part = chosen[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    shelves = {name: len(openings) for name, openings in on.items()}
    return Library(_lines(session, part, judged), len(chosen), page, shelves)


def lines_behind(  # noqa: PLR0913 — a page of what is looked for
    session: Session, *, actor: Employer, after: Key | None, size: int, text: str = "", shelf: Shelf
) -> tuple[Line, ...]:
    """Return a page of the enterprise's openings in the order of their ids, for programs.

    What is to be put right is worked out and not stored: of the faulty ones a page is read until it is full.
    """
    found: list[Line] = []
    last = after.id if after else 0
    question = select(Opening).where(scoped(Opening, actor), _on(shelf)).order_by(Opening.id).limit(size)
    if text:
        question = question.where(_holding(text))
    rules = own_rules(session, actor)
    while len(found) < size:
        part = session.scalars(question.where(Opening.id > last)).all()
        judged = judge(session, part, rules)
        found += _lines(session, [one for one in part if shelf is not Shelf.FAULTY or judged[one.id]], judged)
        if len(part) < size:
            break
        last = part[-1].id
    return tuple(found[:size])


def one_opening(session: Session, *, actor: Employer, opening_id: int) -> OneOpening:
    """Return an opening of the enterprise; raises NotFound."""
    opening = session.scalars(select(Opening).where(Opening.id == opening_id, scoped(Opening, actor))).first()
    if opening is None:
        raise NotFound
    judged = judge(session, [opening], own_rules(session, actor))
    uses = session.execute(
        select(Event, Registration.state)
        .join(Registration, Registration.event_id == Event.id)
        .join(
            RegistrationOpening,
            (RegistrationOpening.event_id == Registration.event_id)
            & (RegistrationOpening.enterprise_id == Registration.enterprise_id),
        )
        .where(RegistrationOpening.opening_id == opening_id)
        .order_by(Event.starts_at.desc(), Event.id)
    )
    return OneOpening(_lines(session, [opening], judged)[0], tuple(Use(*row) for row in uses))


def choices(session: Session) -> Choices:
    """Return the occupations and skill levels that an opening can have."""
    return Choices(
        session.scalars(select(OccupationGroup).order_by(OccupationGroup.code)).all(),
        session.scalars(select(SkillLevel).order_by(SkillLevel.rank)).all(),
    )


def own_rules(session: Session, actor: Employer) -> Rules:
    """Return the rules of the bureau of the enterprise's county."""
    code = session.scalars(select(Enterprise.division_code).where(scoped(Enterprise, actor))).one()
    return rules_for(session, division_code=code)


def _on(shelf: Shelf) -> ColumnElement[bool]:
    withdrawn = Opening.withdrawn_at.is_not(None)
    return withdrawn if shelf is Shelf.WITHDRAWN else ~withdrawn


def _holding(text: str):  # type: ignore[no-untyped-def]  # noqa: ANN202 — a condition
    columns = (Opening.title_zh, Opening.workplace_zh, Opening.requirements_zh)
    return or_(*(column.contains(text, autoescape=True) for column in columns))


def _lines(
    session: Session, openings: Sequence[Opening], judged: Mapping[int, tuple[Judged, ...]]
) -> tuple[Line, ...]:
    ids = [opening.id for opening in openings]
    codes = {opening.division_code for opening in openings}
    divisions = {one.code: one for one in session.scalars(select(Division).where(Division.code.in_(codes)))}
    occupations = {one.code: one for one in session.scalars(select(OccupationGroup))}
    counts = dict(
        session.execute(
            select(RegistrationOpening.opening_id, func.count())
            .join(Event, Event.id == RegistrationOpening.event_id)
            .where(RegistrationOpening.opening_id.in_(ids), Event.state != EventState.CANCELLED)
            .group_by(RegistrationOpening.opening_id)
        ).all()
    )
    return tuple(
        Line(
            opening,
            divisions[opening.division_code],
            occupations[opening.occupation_code],
            counts.get(opening.id, 0),
            judged[opening.id],
        )
        for opening in openings
    )
