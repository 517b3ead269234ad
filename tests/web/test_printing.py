"""The poster and the cards of an event as downloads; an event without a plan is refused by name."""

import io

from flask.testing import FlaskClient
from pypdf import PdfReader
from sqlalchemy import Engine
from time_machine import TimeMachineFixture

from scheduler.database import transaction
from tests.scheduler.booking.rows import BEFORE, booths_of, confirmed, make_fair, make_firms
from tests.web.organizers import add_world, sign_in


def test_poster_and_cards_are_downloads_linked_from_the_booths(
    client: FlaskClient,
    site_engine: Engine,
    time_machine: TimeMachineFixture,
) -> None:
    time_machine.move_to(BEFORE, tick=True)
    world = add_world(site_engine)
    with transaction(site_engine) as session:
        event = make_fair(session, 50)
        (firm,) = make_firms(session, 1, event, first=60)
        confirmed(session, event, firm, booths_of(session, event)[0])
        event_id = event.id
    sign_in(client, "city-auditor")
    page = client.get(f"/organizer/events/{event_id}/booths").text
    for name, many in (("poster", 1), ("cards", 1)):
        address = f"/organizer/events/{event_id}/{name}.pdf"
        assert f'formaction="{address}"' in page
        answer = client.get(address)
        assert answer.content_type == "application/pdf"
        assert answer.headers["Content-Disposition"].startswith("attachment; filename=event-")
        found = PdfReader(io.BytesIO(answer.data)).pages
        assert len(found) == many
        assert "示例企业60" in found[0].extract_text().replace(" ", "")
        english = client.get(f"{address}?language=en")
        assert "Tue 5 Jan 2027" in PdfReader(io.BytesIO(english.data)).pages[0].extract_text()
        assert client.get(f"{address}?language=fr").status_code == 400
    empty_too = client.get(f"/organizer/events/{event_id}/cards.pdf?booths=all")
    assert len(PdfReader(io.BytesIO(empty_too.data)).pages) == 6
    bare = client.get(f"/organizer/events/{world.published}/poster.pdf")
    assert bare.status_code == 409
    assert "还没有可用的展位图" in bare.text
