"""The world of a rush keeps to the rules of the product: without that the rush would measure refusals."""

from sqlalchemy import Engine

from benchmarks.rush_world import add_clients, add_fair, add_livestream, add_places
from scheduler.database import transaction
from scheduler.services import livestreams, tickets
from scheduler.services.booking import hold_booths


def test_its_booths_turns_and_places_can_be_had(engine: Engine) -> None:
    clients = add_clients(engine, 2)
    firms = [client.enterprise_id for client in clients]
    with transaction(engine) as session:
        event_id, booths, hall = add_fair(session, 1, booths=2, clients=clients)
        again, _, _ = add_fair(session, 2, booths=2, clients=clients, hall=hall)
        stream_id, (places_id, _) = add_livestream(session, 3, turns=1), add_places(session, 4, places=1)
    with transaction(engine) as session:
        for one, firm, booth in zip((event_id, again), firms, booths, strict=True):
            assert hold_booths(session, event_id=one, enterprise_id=firm, booth_ids=[booth]).booking_id
        livestreams.take_turn(session, event_id=stream_id, enterprise_id=firms[0])
        tickets.take_ticket(session, event_id=places_id, serial="0" * 32, account_id=None)
