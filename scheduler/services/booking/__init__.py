"""Booking: who may have which booths when, and how they change hands without being given twice."""

from scheduler.services.booking.arranging import choose_again, move, pin, require_where_seen, rotate, swap
from scheduler.services.booking.closing import NotClosable, NotOpenYet, close_booking, why_not_closable
from scheduler.services.booking.following import bookings_follow, enter_gates
from scheduler.services.booking.holding import Held, cancel, confirm, hold_booths
from scheduler.services.booking.offering import floor_for_event, floors_for_events
from scheduler.services.booking.opening import (
    Choices,
    NotOpenable,
    Reserved,
    WordTooEarly,
    open_booking,
    terms_for,
)
from scheduler.services.booking.overriding import (
    BadListLine,
    ListLine,
    import_bookings,
    override,
    uncancel,
)
from scheduler.services.booking.promoting import events_to_promote, promote
from scheduler.services.booking.reseating import (
    BookedBoothsGone,
    EventOver,
    FloorNotReady,
    PlanElsewhere,
    SeatingChanged,
    use_plan,
)
from scheduler.services.booking.sweeping import sweep_holds
from scheduler.services.booking.waiting import join_waiting, leave_waiting

__all__ = [
    "BadListLine",
    "BookedBoothsGone",
    "Choices",
    "EventOver",
    "FloorNotReady",
    "Held",
    "ListLine",
    "NotClosable",
    "NotOpenYet",
    "NotOpenable",
    "PlanElsewhere",
    "Reserved",
    "SeatingChanged",
    "WordTooEarly",
    "bookings_follow",
    "cancel",
    "choose_again",
    "close_booking",
    "confirm",
    "enter_gates",
    "events_to_promote",
    "floor_for_event",
    "floors_for_events",
    "hold_booths",
    "import_bookings",
    "join_waiting",
    "leave_waiting",
    "move",
    "open_booking",
    "override",
    "pin",
    "promote",
    "require_where_seen",
    "rotate",
    "swap",
    "sweep_holds",
    "terms_for",
    "uncancel",
    "use_plan",
    "why_not_closable",
]
