"""Hands a known plan to the search, complete to the last variable, so that it starts from there."""

from collections.abc import Iterable

from solver.timetable.model import EventChoice, TimetableModel
from solver.timetable.solution import Placement


def hint(model: TimetableModel, placements: Iterable[Placement]) -> None:
    """Give every variable the value it has in a plan: an incomplete hint costs more time than it saves."""
    known = {placement.event: placement for placement in placements}
    values: dict[int, int] = {}
    for event_id, choice in model.choices.items():
        values |= _choice_values(choice, known.get(event_id))
    for excess, terms, constant in model.excesses:
        total = sum(values[literal.index] * count for literal, count in terms)
        values[excess.index] = max(0, total + constant)
    for moved, choice in model.moves:
        event_id = choice.options.event.id
        before, now = model.previous[event_id], known.get(event_id)
        stays = now is not None and (now.start, now.venues) == (before.start, before.venues)
        values[moved.index] = int(now is not None and not stays)
    for index, value in values.items():
        model.model.add_hint(model.model.get_int_var_from_proto_index(index), value)


def _choice_values(choice: EventChoice, placement: Placement | None) -> dict[int, int]:
    """Return the values of the variables of one event."""
    values = {choice.out.index: int(placement is None or placement.start not in choice.starts)}
    for place, venues in enumerate(choice.venues):
        for (start, venue), literal in venues.items():
            there = placement is not None and (start, venue) == (placement.start, placement.venues[place])
            values[literal.index] = int(there)
    for start, literal in choice.starts.items():
        values[literal.index] = int(placement is not None and start == placement.start)
    return values
