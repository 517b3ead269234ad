"""Several bookings of an event change places in a ring, at once: each gets the booths of the next one."""

from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy.orm import Session

from scheduler.errors import Refusal
from scheduler.models import Booking, Role
from scheduler.queries.booking.lists import holders_of
from scheduler.services import booking
from web.booth_codes import booths_by_codes, codes_in
from web.policy import organizer, policy
from web.schemas.base import posted
from web.schemas.booths import MoveForm
from web.views.organizer.booths import arranged, require_where_seen
from web.views.organizer.desk import blueprint


class NobodyThere(Refusal):
    """A booth that nobody has cannot be a place of a ring."""

    status = 409
    code = "nobody_there"
    zh = "展位 {code} 没有单位，不能参加轮换。请填写已订的展位，或直接移动过去。"
    en = "Nobody has booth {code}, so it cannot take part. Name booths that are booked, or move there."


@blueprint.post("/bookings/<int:booking_id>/rotate")
@policy(organizer, Role.PLANNER)
def rotate_bookings(booking_id: int) -> ResponseReturnValue:
    """Let a booking go to the first booth that is named, who is there to the next, the last to its own."""
    form = posted(MoveForm)
    codes = form["codes"]

    def rotate(session: Session, found: Booking) -> None:
        require_where_seen(session, {booking_id: form["at"]})
        booths = booths_by_codes(session, event_id=found.event_id, codes=codes)
        holders = holders_of(session, event_id=found.event_id)
        for code, booth_id in zip(codes_in(codes), booths, strict=True):
            if booth_id not in holders:
                raise NobodyThere(code=code)
        ring = dict.fromkeys([booking_id, *(holders[one] for one in booths)])
        booking.rotate(session, booking_ids=list(ring))

    return arranged(booking_id, rotate, gettext("已轮换展位，将通知各家单位。"))
