"""Answers about one event of a plan, in the names and the language of whoever asks."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from scheduler.errors import Language
from scheduler.models import REGISTERED, Event, EventState, Organizer, Registration
from scheduler.queries.names import names_of
from scheduler.services.explaining.question import NoSuchPlace, Question, read_question
from scheduler.translate.names import id_of, number_of, tokens_in, with_names
from scheduler.translate.timetable import Timetable
from solver.timetable import Placement
from solver.timetable.difference import Change, Difference
from solver.timetable.explain import Alternative, ImpossiblePlaceError
from solver.timetable.explain import WhatIf as Chain


@dataclass(frozen=True, slots=True)
class Choice:
    """One place for an event: where it is, free at a cost, or blocked by what the sentences say."""

    starts_at: datetime
    period: str
    venues: tuple[int, ...]
    venue_names: tuple[str, ...]
    is_here: bool
    costs: Mapping[str, int]
    blocks: tuple[str, ...]

    @property
    def cost(self) -> int:
        """How much dearer the plan would be."""
        return sum(self.costs.values())

    @property
    def state(self) -> str:
        """Say here, free or blocked."""
        return "here" if self.is_here else "blocked" if self.blocks else "free"


@dataclass(frozen=True, slots=True)
class Move:
    """One event of a chain: from where to where (None: no place), and who must be told.

    `bureau` is who has to agree, named where the event is not of the city that was asked about.
    """

    event_id: int
    title: str
    change: Change
    before: Choice | None
    after: Choice | None
    employers: int
    is_published: bool
    bureau: str = ""


@dataclass(frozen=True, slots=True)
class WhatIf:
    """A chain of moves, the event asked about first, and its price; or the reasons why there is none.

    `seen` names exactly this answer: whoever applies it says that this is what was shown.
    """

    starts_at: datetime
    venues: tuple[int, ...]
    moves: tuple[Move, ...]
    costs: Mapping[str, int]
    proven: bool
    impossible: tuple[str, ...]
    seen: str

    @property
    def cost(self) -> int:
        """How much dearer the plan would be."""
        return sum(self.costs.values())


def why_here(session: Session, *, plan_id: int, event_id: int, language: Language) -> list[Choice]:
    """Return every place an event of a plan could have, by time; those of one start from the best on.

    Raises NotFound, NoSuchPlace for an event the plan does not know, and PlanOutdated.
    """
    question = read_question(session, plan_id=plan_id, event_id=event_id)
    found = question.city.ask(lambda explainer: explainer.why_here(question.token))
    here = question.here
    others = [Alternative(here, (), {}), *found] if here else found
    sentences = [one.en if language == "en" else one.zh for place in others for one in place.blocks]
    venues = {("venue", number_of(venue)) for one in others for venue in one.placement.venues}
    names = names_of(session, tokens_in(sentences) | venues, language=language)
    timetable = question.city.translation.timetable
    choices = [_choice(timetable, one, names, language, is_here=one.placement is here) for one in others]
    return sorted(choices, key=lambda one: (one.starts_at, not one.is_here, len(one.blocks), one.cost))


def ask_what_if(  # noqa: PLR0913 - a question names all of this
    session: Session,
    *,
    plan_id: int,
    event_id: int,
    starts_at: datetime,
    venues: Sequence[int],
    language: Language,
    wide: bool = False,
) -> WhatIf:
    """Return what becomes of the plan if an event is put there; nothing is changed.

    Without venues the best there are meant. `wide`: events of other cities of the plan may move too. Raises
    NotFound, NoSuchPlace and PlanOutdated.
    """
    question = read_question(session, plan_id=plan_id, event_id=event_id, wide=wide)
    try:
        chain = find_chain(question, starts_at=starts_at, venues=venues)
    except ImpossiblePlaceError as error:
        said = [one.en if language == "en" else one.zh for one in error.blocks]
        names = names_of(session, tokens_in(said), language=language)
        impossible = tuple(with_names(one, names) for one in said)
        return WhatIf(starts_at, tuple(venues), (), {}, proven=True, impossible=impossible, seen="")
    moves = _moves(session, question, chain.moves, language)
    return WhatIf(starts_at, tuple(venues), moves, chain.costs, chain.proven, (), fingerprint(chain))


def find_chain(question: Question, *, starts_at: datetime, venues: Sequence[int]) -> Chain:
    """Return the chain of moves. Raises ImpossiblePlaceError, NoSuchPlace and PlanOutdated."""
    slot = question.slot(starts_at)
    wanted = [id_of("venue", venue) for venue in venues]
    known = {venue.id for venue in question.city.translation.problem.venues}
    event = next(one for one in question.city.translation.problem.events if one.id == question.token)
    if not known.issuperset(wanted) or len(wanted) not in {0, len(event.needs)}:
        raise NoSuchPlace
    return question.city.ask(lambda explainer: explainer.what_if(question.token, slot, wanted))


def fingerprint(chain: Chain) -> str:
    """Return a short name of exactly these moves from exactly these places."""
    told = [
        (one.event, *((place.start, place.venues) if place else () for place in (one.before, one.after)))
        for one in chain.moves
    ]
    return hashlib.sha256(repr(told).encode()).hexdigest()[:16]


def _choice(
    timetable: Timetable,
    one: Alternative,
    names: Mapping[tuple[str, int], str],
    language: Language,
    *,
    is_here: bool,
) -> Choice:
    place = one.placement
    venues = tuple(number_of(venue) for venue in place.venues)
    sentences = (block.en if language == "en" else block.zh for block in one.blocks)
    return Choice(
        starts_at=timetable.span([place.start])[0],
        period=timetable.place(place.start)[1],
        venues=venues,
        venue_names=tuple(names.get(("venue", venue), "") for venue in venues),
        is_here=is_here,
        costs=one.costs,
        blocks=tuple(with_names(sentence, names) for sentence in sentences),
    )


def _moves(
    session: Session, question: Question, moves: Sequence[Difference], language: Language
) -> tuple[Move, ...]:
    ids = [number_of(move.event) for move in moves]
    places = (place for move in moves for place in (move.before, move.after) if place)
    tokens = tokens_in(venue for place in places for venue in place.venues)
    names = names_of(session, tokens | {("event", event) for event in ids}, language=language)
    is_published = select(Event.id).where(Event.id.in_(ids), Event.state == EventState.PUBLISHED)
    published = set(session.scalars(is_published))
    counts = select(Registration.event_id, func.count()).where(
        Registration.event_id.in_(ids), Registration.state.in_(REGISTERED)
    )
    rows = session.execute(counts.group_by(Registration.event_id))
    employers: dict[int, int] = {row[0]: row[1] for row in rows}
    bureaus = _others(session, question.event.city_code, ids, language)
    timetable = question.city.translation.timetable

    def choice(place: Placement | None) -> Choice | None:
        if place is None:
            return None
        return _choice(timetable, Alternative(place, (), {}), names, language, is_here=False)

    return tuple(
        Move(
            event_id=event_id,
            title=names.get(("event", event_id), str(event_id)),
            change=move.change,
            before=choice(move.before),
            after=choice(move.after),
            employers=employers.get(event_id, 0),
            is_published=event_id in published,
            bureau=bureaus.get(event_id, ""),
        )
        for event_id, move in zip(ids, moves, strict=True)
    )


def _others(session: Session, city_code: str, ids: Sequence[int], language: Language) -> Mapping[int, str]:
    """Return the bureaus of those of the events that are not of a city."""
    name = Organizer.name_en if language == "en" else Organizer.name_zh
    rows = (
        select(Event.id, name)
        .join(Organizer, Organizer.id == Event.organizer_id)
        .where(Event.id.in_(ids), Event.city_code != city_code)
    )
    return dict(session.execute(rows).all())
