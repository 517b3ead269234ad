"""Has the public schedule judged by the same rules as every plan."""

from datetime import timedelta

from sqlalchemy.orm import Session

from scheduler.errors import Language
from scheduler.models import PROVINCE
from scheduler.quarters import Quarter
from scheduler.queries.names import names_of
from scheduler.queries.placed import in_public
from scheduler.translate import translate
from scheduler.translate.answer import as_solution
from scheduler.translate.names import number_of, tokens_in, with_names
from solver.timetable import violations

BEFOREHAND = timedelta(days=120)
"""Judged as if planned in good time: a permit that was in hand is not asked for again."""


def inspect_schedule(session: Session, *, quarter: Quarter, language: Language) -> list[str]:
    """Return a sentence for each hard rule that the public schedule of a quarter breaks."""
    as_of = quarter.first_on - BEFOREHAND
    translation = translate(session, quarter=quarter, scope_code=PROVINCE, as_of=as_of)
    placed = {one.event_id: one for one in in_public(session, quarter=quarter)}
    ours = {number_of(event.id) for event in translation.problem.events if event.id not in translation.guests}
    present = [placed[event_id] for event_id in sorted(placed.keys() & ours)]
    solution = as_solution(translation, present, sorted(ours - placed.keys()))
    broken = violations(translation.problem, solution)
    sentences = [one.zh if language == "zh" else one.en for one in broken]
    names = names_of(session, tokens_in(sentences), language=language)
    return [with_names(sentence, names) for sentence in sentences]
