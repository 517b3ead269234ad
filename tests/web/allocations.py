"""A closed fair whose booths are allocated, its firms with accounts, and a publisher who is signed in."""

import threading

from flask.testing import FlaskClient
from sqlalchemy import Engine

from scheduler.allocator import allocate_due
from scheduler.database import transaction
from scheduler.models import EnterpriseRole
from scheduler.services import accounts, allocation
from tests.scheduler.allocation.rows import ask, close, make_allocating
from tests.scheduler.booking.rows import booths_of, make_firms
from tests.web.organizers import PASSWORD, add_world, sign_in

PAGE = "/organizer/events/{}/allocation"
NEVER = threading.Event()


def asked_for(client: FlaskClient, engine: Engine) -> int:
    """Sign Jinan's publisher in, beside a closed fair with four booths for which six firms ask."""
    add_world(engine)
    with transaction(engine) as session:
        event = make_allocating(session, 50, booths=4, shares={"craft": 1})
        firms = make_firms(session, 6, event, first=60)
        booths = booths_of(session, event)
        for firm in firms[:4]:
            ask(session, event, firm, wishes=[booths[0], "A"])
        ask(session, event, firms[4], needs_power=True)
        close(session, event.id)
        event_id = event.id
        for firm in firms:
            staff = accounts.Belonging.employer(firm.id, EnterpriseRole.STAFF)
            accounts.create_account(
                session, login=f"firm-{firm.id}", password=PASSWORD, display_name="经办人", belonging=staff
            )
    sign_in(client, "city-publisher")
    return event_id


def drafted(engine: Engine, event_id: int) -> int:
    """Let an allocation be made; returns the draft."""
    with transaction(engine) as session:
        number = allocation.request_allocation(session, event_id=event_id, seconds=5).id
    allocate_due(engine, NEVER)
    return number
