"""An enterprise's own list: what is to come first, and which fairs it cannot attend both."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine

from scheduler.database import transaction
from scheduler.models import EnterpriseRole, RegistrationState
from scheduler.queries.actors import Employer
from scheduler.queries.employers import overlapping, registrations
from tests.support.schedule import add_reference, make_employer, make_event, register

NINE = datetime(2027, 1, 5, 1, tzinfo=UTC)
LONG_AGO = datetime(2026, 1, 5, 1, tzinfo=UTC)


def test_what_is_to_come_stands_before_what_is_past_and_overlaps_are_told(engine: Engine) -> None:
    hours = timedelta(hours=1)
    starts = [LONG_AGO, LONG_AGO + 48 * hours, NINE + 24 * hours, NINE + hours, NINE, NINE + 2.5 * hours]
    with transaction(engine) as session:
        add_reference(session)
        firm = make_employer(session, 1)
        events = [make_event(session, number, starts_at=at) for number, at in enumerate(starts)]
        for event in events:
            register(session, event, firm)
        refused = make_event(session, 9, starts_at=NINE)
        register(session, refused, firm, RegistrationState.REFUSED)
        actor = Employer(
            account_id=0,
            display_name="",
            enterprise_id=firm.id,
            enterprise_zh="",
            role=EnterpriseRole.STAFF,
        )
        lines = registrations(session, actor=actor)
        order = [events.index(line.event) for line in lines if line.event is not refused]
        found = {
            events.index(line.event): {events.index(other) for other in overlapping(lines)[line.event.id]}
            for line in lines
            if line.event.id in overlapping(lines)
        }
    assert order == [4, 3, 5, 2, 1, 0]
    assert found == {3: {4, 5}, 4: {3}, 5: {3}}
