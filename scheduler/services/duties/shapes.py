"""What an event of a kind takes: how big it is, how long, in what kind of venue, with which crew."""

from dataclasses import dataclass, field

from scheduler.models import EventKind, SlotPattern
from scheduler.queries.duties import Requirement
from scheduler.queries.staffing import StaffRule
from scheduler.services.duties.chance import Ranges

BOOTHS_PER_STAFF = "staff_per_booths"


@dataclass(frozen=True, slots=True)
class Shape:
    """The form of an event; `size` and `attendees` name parameters, no venue types means any hall."""

    size: str
    attendees: str = "attendees_county"
    pattern: SlotPattern = SlotPattern.HALF_DAY
    venue_types: list[str] = field(default_factory=list)
    equipment: list[str] = field(default_factory=list)
    within_days: int | None = None


@dataclass(frozen=True, slots=True)
class Size:
    """Booths, expected people and staff of one event."""

    booths: int
    people: int
    staff: int


SHAPES = {
    EventKind.COMPREHENSIVE: Shape("booths_comprehensive"),
    EventKind.PROFESSIONAL: Shape("booths_specialised"),
    EventKind.CAMPUS: Shape("booths_campus", "attendees_county", SlotPattern.FULL_DAY, ["campus"], ["sound"]),
    EventKind.LIVESTREAM: Shape(
        "livestream_enterprises", "attendees_studio", SlotPattern.EVENING, ["studio"], ["livestream"]
    ),
    EventKind.POLICY_TALK: Shape(
        "booths_policy_talk", "attendees_policy_talk", SlotPattern.HALF_DAY, ["campus"], ["projector"]
    ),
    EventKind.ONLINE: Shape("livestream_enterprises", "attendees_studio", SlotPattern.HALF_DAY, ["online"]),
    EventKind.TOUR: Shape("booths_township"),
    EventKind.OTHER: Shape("booths_specialised"),
}


def shape_of(item: Requirement, kind: EventKind) -> Shape:
    """Return the programme's own shape, or the one that is usual for the kind."""
    row = item.programme
    if row is None:
        return SHAPES[kind]
    return Shape(row.size, row.attendees, row.pattern, row.venue_types, row.equipment, row.within_days)


def size_of(shape: Shape, ranges: Ranges, uid: str) -> Size:
    """Draw an event's size: people are booths times attendees, staff one for ten booths (LR19)."""
    booths = round(ranges.draw(shape.size, uid))
    people = round(booths * ranges.draw(shape.attendees, uid))
    return Size(booths, people, StaffRule(ranges.ratio(BOOTHS_PER_STAFF)).staff(booths))
