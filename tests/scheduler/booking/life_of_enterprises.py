"""What enterprises do in a random life of bookings: register, hold, confirm, cancel, wait, withdraw."""

from collections.abc import Sequence

from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule
from sqlalchemy import select

from scheduler.models import Waiting, WaitingState
from scheduler.services import booking
from scheduler.services.registering import Form, register, withdraw
from scheduler.times import now
from tests.scheduler.booking.life import REASON, REFUSED, Life, fairs, firms, has_bookings, picks, places
from tests.scheduler.booking.promises import MOST_BOOTHS, Promise


class Enterprises(Life):
    """Deeds of enterprises."""

    @initialize(wishes=st.lists(st.tuples(fairs, firms, places), max_size=8))
    def begin(self, wishes: Sequence[tuple[int, int, Sequence[int]]]) -> None:
        """Some come as soon as booking is open."""
        for fair, firm, booths in wishes:
            self.hold(fair, firm, booths)

    @rule(fair=fairs, firm=firms, places=places)
    def hold(self, fair: int, firm: int, places: Sequence[int]) -> None:
        """It holds booths, and waits no longer."""
        told, (event_id, booths), who = self.later(), self.of(fair, places), self.firms[firm]
        held = self.do(
            lambda session: booking.hold_booths(
                session, event_id=event_id, enterprise_id=who, booth_ids=booths
            ),
            may=told.may_book(event_id, who, booths),
        )
        if held is not REFUSED:
            told.bookings[held.booking_id] = Promise(event_id, who, booths, held.held_until)
            told.leave_line(event_id, who)

    @has_bookings
    @rule(pick=picks)
    def confirm(self, pick: int) -> None:
        """It confirms in time; again changes nothing."""
        (key, one), told = self.booked(pick), self.later()
        done = self.do(lambda session: booking.confirm(session, booking_id=key), may=told.stands(one))
        one.until = None if done is not REFUSED else one.until

    @has_bookings
    @rule(pick=picks)
    def cancel(self, pick: int) -> None:
        """It cancels in time; a hold always."""
        (key, one), told = self.booked(pick), self.later()
        in_time = one.until is not None or now() < told.fairs[one.event_id].cancel_until
        done = self.do(
            lambda session: booking.cancel(session, booking_id=key, reason=REASON),
            may=None if told.is_unended(one) else told.stands(one) and in_time,
        )
        one.ended = one.ended or done is not REFUSED

    @rule(fair=fairs, firm=firms, quantity=st.integers(1, MOST_BOOTHS + 1))
    def join(self, fair: int, firm: int, quantity: int) -> None:
        """It joins the waiting list."""
        told, event_id, who = self.later(), self.events[fair], self.firms[firm]
        place = self.do(
            lambda session: booking.join_waiting(
                session, event_id=event_id, enterprise_id=who, quantity=quantity
            ),
            may=quantity <= MOST_BOOTHS and told.may_join(event_id, who, quantity),
        )
        if place is not REFUSED:
            told.line.append((event_id, who, quantity))

    @rule(pick=picks)
    def leave(self, pick: int) -> None:
        """It leaves the waiting list, or declines an offer."""
        told = self.later()
        with self.session() as session:
            known = session.scalars(select(Waiting).order_by(Waiting.id)).all()
        if not known:
            return
        place = known[pick % len(known)]
        who = (place.event_id, place.enterprise_id or 0)
        waits, offered = place.state is WaitingState.WAITING, place.state is WaitingState.OFFERED
        done = self.do(
            lambda session: booking.leave_waiting(session, waiting_id=place.id),
            may=waits or (offered and (told.of(*who) is not None or None)),
        )
        if done is not REFUSED:
            told.leave_line(*who)
            for offer in told.bookings.values():
                if offered and (offer.event_id, offer.firm) == who:
                    offer.ended = True

    @has_bookings
    @rule(fair=fairs, firm=firms)
    def withdraw(self, fair: int, firm: int) -> None:
        """It withdraws its registration, and gives up what it has."""
        told, event_id, who = self.later(), self.events[fair], self.firms[firm]
        one = told.of(event_id, who)
        late = one is not None and one.until is None and now() >= told.fairs[event_id].cancel_until
        done = self.do(
            lambda session: withdraw(session, event_id=event_id, enterprise_id=who, reason=REASON),
            may=(event_id, who) in told.admitted | told.asking and not late,
        )
        if done is not REFUSED:
            told.leave(event_id, who)

    @rule(fair=fairs, firm=firms)
    def register(self, fair: int, firm: int) -> None:
        """It registers; who was admitted before is admitted at once."""
        told, event_id, who = self.later(), self.events[fair], self.firms[firm]
        state = self.do(
            lambda session: str(register(session, event_id=event_id, enterprise_id=who, form=Form()).state),
            may=told.is_to_come(event_id) and now() < told.fairs[event_id].starts_at,
        )
        if state is not REFUSED:
            (told.admitted if state == "approved" else told.asking).add((event_id, who))
