"""A city's problem beside the rest of one plan: other cities' events stand where that plan has them."""

from collections.abc import Iterator
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.models import REGISTERED, Event, Placement, Registration
from scheduler.queries.public_loading import chunks
from scheduler.translate.inputs import FIXED, FixedEvent, Inputs


def beside_plan(session: Session, inputs: Inputs, *, plan_id: int, city_code: str) -> Inputs:
    """Return a city's inputs with the events of a plan's other cities where the plan puts them.

    Published times of events that the plan places elsewhere do not matter.
    """
    rows = (
        select(*FIXED, Placement.starts_at)
        .join(Placement, Placement.event_id == Event.id)
        .where(Placement.plan_id == plan_id, Event.city_code != city_code)
    )
    theirs = {row[0]: FixedEvent(*row) for row in session.execute(rows)}
    elsewhere = [pair for pair in _attending(session, inputs) if pair[1] in theirs]
    fixed = [one for one in inputs.fixed if one.id not in theirs]
    fixed += [theirs[event_id] for event_id in sorted(theirs)]
    kept = [(who, where) for who, where in inputs.attending_fixed if where not in theirs]
    return replace(inputs, fixed=fixed, attending_fixed=sorted([*kept, *elsewhere]))


def _attending(session: Session, inputs: Inputs) -> Iterator[tuple[int, int]]:
    """Yield (enterprise, event) for all that the city's enterprises attend anywhere."""
    for chunk in chunks(sorted({who for who, _ in inputs.attending})):
        rows = select(Registration.enterprise_id, Registration.event_id).where(
            Registration.enterprise_id.in_(chunk), Registration.state.in_(REGISTERED)
        )
        yield from ((enterprise, event) for enterprise, event in session.execute(rows))
