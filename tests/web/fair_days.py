"""A fair's morning on the web: who is at the door, who decides, and the firms that came or did not."""

from dataclasses import dataclass
from datetime import timedelta

import time_machine
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from scheduler.database import transaction
from scheduler.models import Booking, BoothHold, EnterpriseRole, NoShow, Role
from scheduler.models.fair_days import CheckInMeans
from scheduler.services import accounts, fair_day
from scheduler.services.fair_day.checking import Arrival, Door
from scheduler.tending import tend_bookings
from tests.scheduler.fair_day import world
from tests.support.schedule import add_reference

LATE = world.CHECK_IN_UNTIL + timedelta(minutes=5)
ROLES = {"door": Role.CHECK_IN, "planner": Role.PLANNER, "reviewer": Role.REVIEWER, "auditor": Role.AUDITOR}


@dataclass(frozen=True, slots=True)
class Morning:
    """Ids: of the event, of the booking that came and of the one that did not, of its record."""

    event: int
    uid: str
    gate: int
    came: int
    absent: int
    no_show: int


def add_morning(engine: Engine) -> Morning:
    """Add a fair at which one firm has checked in and another one has lost its booth at 09:30.

    Members sign in as in ROLES; the firms' owners are `came` and `absent`.
    """
    with time_machine.travel(world.MORNING, tick=False), transaction(engine) as session:
        add_reference(session)
        event = world.add_fair(session)
        gate = world.add_gate(session, event)
        came, absent = (_booked(session, world.book(session, event, place)) for place in (1, 2))
        for login, role in ROLES.items():
            add_person(session, login, accounts.Belonging.member(event.organizer_id, [role]))
        for login, booking in (("came", came), ("absent", absent)):
            add_person(
                session, login, accounts.Belonging.employer(booking.enterprise_id, EnterpriseRole.OWNER)
            )
        arrival = Arrival("client-came", CheckInMeans.LIST, world.MORNING, booking_id=came.id)
        fair_day.check_in(session, door=Door.of(gate), arrivals=[arrival], secret_key=world.SECRET)
        ids = (event.id, event.uid, gate.id, came.id, absent.id)
    with time_machine.travel(world.CHECK_IN_UNTIL, tick=False):
        tend_bookings(engine)
    with transaction(engine) as session:
        return Morning(*ids, session.scalars(select(NoShow.id)).one())


def add_person(session: Session, login: str, belonging: accounts.Belonging) -> None:
    """Add an account with a letter box."""
    accounts.create_account(
        session,
        login=login,
        password=None,
        display_name=f"示例 {login}",
        belonging=belonging,
        email=f"{login}@example.org",
    )


def _booked(session: Session, booking: Booking) -> Booking:
    """Write the booths of a booking into it, as the product does."""
    booking.booth_ids = list(
        session.scalars(select(BoothHold.booth_id).where(BoothHold.booking_id == booking.id))
    )
    session.flush()
    return booking
