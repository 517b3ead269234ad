"""Has the public schedule judged by the same rules as every plan."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.errors import Language
from scheduler.models import Event, EventState, EventVenue, Hold, Resource
from scheduler.quarters import Quarter
from scheduler.queries.names import names_of
from scheduler.queries.placed import OnDuty, Placed
from scheduler.translate import translate
from scheduler.translate.answer import as_solution
from scheduler.translate.names import number_of, tokens_in, with_names
from solver.timetable import violations

PROVINCE = "370000"
BEFOREHAND = timedelta(days=120)
"""Judged as if planned in good time: a permit that was in hand is not asked for again."""


def inspect_schedule(session: Session, *, quarter: Quarter, language: Language) -> list[str]:
    """Return a sentence for each hard rule that the public schedule of a quarter breaks."""
    as_of = quarter.first_on - BEFOREHAND
    translation = translate(session, quarter=quarter, scope_code=PROVINCE, as_of=as_of)
    placed = {one.event_id: one for one in _public(session, quarter)}
    ours = {number_of(event.id) for event in translation.problem.events if event.id not in translation.guests}
    present = [placed[event_id] for event_id in sorted(placed.keys() & ours)]
    solution = as_solution(translation, present, sorted(ours - placed.keys()))
    broken = violations(translation.problem, solution)
    sentences = [one.zh if language == "zh" else one.en for one in broken]
    names = names_of(session, tokens_in(sentences), language=language)
    return [with_names(sentence, names) for sentence in sentences]


def _public(session: Session, quarter: Quarter) -> list[Placed]:
    venues, duties = _venues(session, quarter), _duties(session, quarter)
    rows = (
        select(Event.id, Event.starts_at, Event.ends_at, Event.crew_id, Event.host_id)
        .where(Event.quarter == str(quarter), Event.state == EventState.PUBLISHED)
        .order_by(Event.id)
    )
    return [
        Placed(event_id, starts_at, ends_at, crew, host, tuple(venues[event_id]), tuple(duties[event_id]))
        for event_id, starts_at, ends_at, crew, host in session.execute(rows)
        if starts_at is not None and ends_at is not None
    ]


def _venues(session: Session, quarter: Quarter) -> Mapping[int, list[int]]:
    found = defaultdict(list)
    rows = (
        select(EventVenue.event_id, EventVenue.venue_id)
        .join(Event, Event.id == EventVenue.event_id)
        .where(Event.quarter == str(quarter))
        .order_by(EventVenue.event_id, EventVenue.venue_id)
    )
    for event_id, venue_id in session.execute(rows):
        found[event_id].append(venue_id)
    return found


def _duties(session: Session, quarter: Quarter) -> Mapping[int, list[OnDuty]]:
    found = defaultdict(list)
    rows = (
        select(Hold.event_id, Hold.resource, Hold.resource_id, Hold.day_on, Hold.period)
        .join(Event, Event.id == Hold.event_id)
        .where(Event.quarter == str(quarter), Hold.resource != Resource.VENUE)
        .order_by(Hold.event_id, Hold.day_on, Hold.period, Hold.resource, Hold.resource_id)
    )
    for event_id, resource, number, day_on, period in session.execute(rows):
        found[event_id].append(OnDuty(resource, number, day_on, period))
    return found
