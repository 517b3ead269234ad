"""What was promised to whom, in a plain dictionary: the other side of the random lives of bookings.

It knows the rules as people tell them and none of the product's code: whether a deed must be done or refused
follows from what it remembers, and the rows are compared with it.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

LAST_OFFER = timedelta(minutes=60)
MOST_BOOTHS = 2


@dataclass(slots=True)
class Fair:
    """An event: its booths in a row, and its moments."""

    booths: tuple[int, ...]
    opens_at: datetime
    closes_at: datetime
    cancel_until: datetime
    starts_at: datetime
    ends_at: datetime
    is_on: bool = True


@dataclass(slots=True)
class Promise:
    """A booking as its enterprise knows it; `until` is set while it is only held."""

    event_id: int
    firm: int
    booths: tuple[int, ...]
    until: datetime | None
    pinned: bool = False
    ended: bool = False
    offered: bool = False

    def may_have(self, booths: Sequence[int]) -> bool:
        """Tell whether so many booths fit: an offer is for as many as were waited for."""
        is_offer = self.offered and self.until is not None
        return not is_offer or len(set(booths)) == len(set(self.booths))


@dataclass(slots=True)
class Promises:
    """Everything that was promised, and the list of those who wait: event, enterprise, quantity, in order."""

    fairs: dict[int, Fair]
    moment: datetime
    admitted: set[tuple[int, int]]
    asking: set[tuple[int, int]] = field(default_factory=set)
    bookings: dict[int, Promise] = field(default_factory=dict)
    line: list[tuple[int, int, int]] = field(default_factory=list)

    def is_over(self, booked: Promise) -> bool:
        """Tell whether a hold has run out, whether or not somebody has noticed."""
        return booked.until is not None and booked.until <= self.moment

    def is_unended(self, booked: Promise) -> bool:
        """Tell whether a hold has run out and perhaps nobody has noticed."""
        return not booked.ended and self.is_over(booked)

    def stands(self, booked: Promise) -> bool:
        """Tell whether a booking has its booths."""
        return not booked.ended and not self.is_over(booked)

    def of(self, event_id: int, firm: int) -> Promise | None:
        """Return the standing booking of an enterprise at an event."""
        return next(
            (
                one
                for one in self.bookings.values()
                if (one.event_id, one.firm) == (event_id, firm) and self.stands(one)
            ),
            None,
        )

    def are_free(self, event_id: int, booths: Collection[int], *, but: Collection[int] = ()) -> bool:
        """Tell whether nobody has these booths; the bookings `but` do not count."""
        taken = {
            booth
            for key, one in self.bookings.items()
            if one.event_id == event_id and key not in but and self.stands(one)
            for booth in one.booths
        }
        return taken.isdisjoint(booths)

    def is_unswept(self, event_id: int) -> bool:
        """Tell whether a hold has run out and may still be in the way."""
        return any(one.event_id == event_id and self.is_unended(one) for one in self.bookings.values())

    def is_open(self, event_id: int) -> bool:
        """Tell whether enterprises may book themselves."""
        fair = self.fairs[event_id]
        return fair.is_on and fair.opens_at <= self.moment < fair.closes_at

    def is_to_come(self, event_id: int) -> bool:
        """Tell whether the event has not ended."""
        fair = self.fairs[event_id]
        return fair.is_on and self.moment < fair.ends_at

    def others_wait(self, event_id: int, firm: int, quantity: int) -> bool:
        """Tell whether somebody else waits who would be content with so many."""
        return any(
            event == event_id and who != firm and wanted <= quantity for event, who, wanted in self.line
        )

    def waits(self, event_id: int, firm: int) -> bool:
        """Tell whether an enterprise is on the list."""
        return any((event, who) == (event_id, firm) for event, who, _ in self.line)

    def leave_line(self, event_id: int, firm: int) -> None:
        """Take an enterprise off the list."""
        self.line = [place for place in self.line if place[:2] != (event_id, firm)]

    def book(
        self, key: int, event_id: int, firm: int, booths: Sequence[int], *, pinned: bool = False
    ) -> None:
        """Remember what an organizer booked: confirmed, admitted, and no longer waiting."""
        self.bookings[key] = Promise(event_id, firm, tuple(booths), None, pinned=pinned)
        self.asking.discard((event_id, firm))
        self.admitted.add((event_id, firm))
        self.leave_line(event_id, firm)

    def leave(self, event_id: int, firm: int) -> None:
        """Remember that an enterprise left an event."""
        self.asking.discard((event_id, firm))
        self.admitted.discard((event_id, firm))
        self.leave_line(event_id, firm)
        for one in self.bookings.values():
            if (one.event_id, one.firm) == (event_id, firm):
                one.ended = True

    def may_book(self, event_id: int, firm: int, booths: Sequence[int]) -> bool:
        """Tell whether an enterprise may hold these booths now."""
        return (
            self.is_open(event_id)
            and (event_id, firm) in self.admitted
            and self.of(event_id, firm) is None
            and len(booths) <= MOST_BOOTHS
            and are_neighbours(booths)
            and self.are_free(event_id, booths)
            and not self.others_wait(event_id, firm, len(booths))
        )

    def may_be_booked(self, event_id: int, firm: int, booths: Sequence[int]) -> bool:
        """Tell whether an organizer may book these booths for an enterprise now."""
        return (
            self.is_to_come(event_id)
            and self.of(event_id, firm) is None
            and set(booths) <= set(self.fairs[event_id].booths)
            and self.are_free(event_id, booths)
        )

    def may_join(self, event_id: int, firm: int, quantity: int) -> bool | None:
        """Tell whether an enterprise may wait; None where that hangs on a hold nobody has ended yet."""
        fair = self.fairs[event_id]
        if not self.is_to_come(event_id) or self.moment >= fair.ends_at - LAST_OFFER:
            return False
        if (event_id, firm) not in self.admitted or self.of(event_id, firm) or self.waits(event_id, firm):
            return False
        if self.others_wait(event_id, firm, quantity) or not self.is_open(event_id):
            return True
        groups = zip(*(fair.booths[start:] for start in range(quantity)), strict=False)
        has_free = any(self.are_free(event_id, group) for group in groups)
        return None if has_free and self.is_unswept(event_id) else not has_free

    def may_move(self, ids: Sequence[int], to: Sequence[Sequence[int]]) -> bool:
        """Tell whether these bookings may change to these booths, all at once."""
        moved = [self.bookings[key] for key in ids]
        event_id = moved[0].event_id
        return (
            len(set(ids)) == len(ids)
            and all(one.event_id == event_id and self.stands(one) and not one.pinned for one in moved)
            and all(one.may_have(booths) for one, booths in zip(moved, to, strict=True))
            and all(are_neighbours(booths) for booths in to)
            and all(set(booths) <= set(self.fairs[event_id].booths) for booths in to)
            and self.are_free(event_id, [booth for booths in to for booth in booths], but=ids)
        )

    def rehouse(self, event_id: int, fair: Fair) -> None:
        """Remember an event's other booths: each booking has those with the numbers of its old ones."""
        after = dict(zip(self.fairs[event_id].booths, fair.booths, strict=True))
        for one in self.bookings.values():
            if one.event_id == event_id and self.stands(one):
                one.booths = tuple(after[booth] for booth in one.booths)
        self.fairs[event_id] = fair


def are_neighbours(booths: Sequence[int]) -> bool:
    """Tell whether booths stand side by side: all of a hall stand in one row, by number."""
    return max(booths) - min(booths) == len(set(booths)) - 1
