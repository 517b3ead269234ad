"""What is drawn on each booth of an event's board, and where it leads: who has it, what a move would do."""

from collections.abc import Mapping

from flask import url_for

from scheduler.models import BookingState
from scheduler.queries.booking.choosing import lets_choose
from scheduler.queries.booking.desk import BookedLine, BoothDesk
from scheduler.times import now
from web.floor_pictures import Mark, MarkState


def booth_marks(found: BoothDesk, chosen: BookedLine | None, to: int | None) -> Mapping[int, Mark]:
    """Return what is drawn on each booth, and where it leads: to its booking, or to a proposal for a move."""
    holders, free = found.holders, found.free
    unheld = MarkState.FREE if lets_choose(found.terms, found.event, now()) else MarkState.VACANT
    marks = {}
    for booth_id in found.codes:
        line = holders.get(booth_id)
        vacant = unheld if booth_id in free else MarkState.CLOSED
        state = _state(line, chosen, is_target=booth_id == to, vacant=vacant)
        if chosen and chosen.stands and line is not chosen:
            href = _to(found, booking=chosen.booking.id, to=booth_id)
        else:
            href = _to(found, booking=line.booking.id) if line else ""
        marks[booth_id] = Mark(state, href, line.enterprise.name_zh if line else "")
    return marks


def _to(found: BoothDesk, *, booking: int, to: int | None = None) -> str:
    return url_for("organizer.booths", event_id=found.event.id, booking=booking, to=to, _anchor="panel")


def _state(
    line: BookedLine | None, chosen: BookedLine | None, *, is_target: bool, vacant: MarkState
) -> MarkState:
    if line and chosen and line.booking.id == chosen.booking.id:
        return MarkState.CHOSEN
    if is_target:
        return MarkState.TARGET
    if line is None:
        return vacant
    return MarkState.HELD if line.booking.state is BookingState.HELD else MarkState.TAKEN
