"""The booths of a published event and which are free, as everybody may see them."""

from typing import Any

from marshmallow import Schema, fields

from scheduler.models import Booth
from scheduler.queries import public as schedule
from scheduler.queries.booking.booths import with_holders
from web.api.events import subject
from web.api.shapes import flag, number, one, text
from web.policy import policy, public
from web.site import reader

__all__ = ["subject"]


class PublicBooth(Schema):
    """A booth of an event and whether it can be had."""

    id = number()
    code = text()
    zone_code = text(allow_none=True)
    width_mm = number()
    depth_mm = number()
    power = flag()
    network = flag()
    accessible = flag()
    usable = flag()


class Offer(Schema):
    """A booth, and whether nobody has it at this moment."""

    booth = one(PublicBooth)
    free = flag()


class Hall(Schema):
    """The booths that an event offers."""

    event_id = number()
    booths = fields.List(fields.Nested(Offer), required=True)


@subject.operation("GET", "/events/<uid>/booths", policy(public), answer=Hall)
def list_booths(uid: str) -> dict[str, Any]:
    """List the booths of a published event, and which are free."""
    event = schedule.get_event(reader(), uid=uid)
    rows = with_holders(reader(), event_id=event.id)
    return {
        "event_id": event.id,
        "booths": [{"booth": booth, "free": _is_free(booth, holder)} for booth, holder in rows],
    }


def _is_free(booth: Booth, holder: int | None) -> bool:
    return booth.usable and holder is None
