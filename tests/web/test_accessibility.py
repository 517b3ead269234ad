"""Tests that everyone can use every public page: no axe finding, no sideways scrolling."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Page
from sqlalchemy import Engine

from scheduler.database import transaction
from scheduler.models import Event, Ticket, TicketState, Venue, Waiting, WaitingFor, WaitingState
from scheduler.services.booking import floor_for_event
from scheduler.services.floors import generate_for_venue
from scheduler.services.tickets import ticket_link
from scheduler.services.waiting_for_places import waiting_link
from tests.support.axe import findings, obstacles
from tests.web import factories

SECRET, SERIAL = "a secret of forty characters for the tests", f"{1:032x}"
TICKET = f"/tickets/{ticket_link(SECRET, SERIAL)}"
WAITING = tuple(f"/waiting/{waiting_link(SECRET, state)}" for state in WaitingState)
PATHS = (
    "/",
    "/events?from=2027-01-01",
    "/events?view=week&on=2027-01-06",
    "/events?view=month&on=2027-01-06",
    "/events?view=map&from=2027-01-01&region=370100",
    "/events?q=zzzz&region=370100&kind=campus",
    "/events/event-1@fair.example",
    "/events/event-1@fair.example/floor",
    "/events/event-1@fair.example/employers/1",
    "/campaigns",
    "/subscribe?region=370100",
    "/help",
    "/events/event-1@fair.example/ticket",
    TICKET,
    *WAITING,
    "/privacy",
    "/nothing-here",
)


@pytest.fixture
def site(app: Flask, site_engine: Engine, serve: Callable[[Flask], str]) -> str:
    """Serve a schedule of many events, one with a long employer's name."""
    with transaction(site_engine) as session:
        factories.add_province(session)
        events = [factories.add_event(session, number) for number in range(1, 60)]
        for number in range(1, 60):
            factories.add_employer(session, events[0], number)
        generate_for_venue(session, venue=session.get_one(Venue, events[0].organizer_id))
        floor_for_event(session, events[0].id)
        session.add(Ticket(event_id=events[0].id, serial=SERIAL, state=TicketState.VALID))
        for state in WaitingState:
            session.add(_waiting(events[0], state))
    return serve(app)


def _waiting(event: Event, state: WaitingState) -> Waiting:
    """Return a place on the waiting list under a serial that says how it stands."""
    until = event.starts_at if state is WaitingState.OFFERED else None
    return Waiting(
        event_id=event.id, wanted=WaitingFor.PLACE, serial=state.value, state=state, offer_until=until
    )


def test_axe_finds_nothing_and_nothing_scrolls_sideways(site: str, looking: Page) -> None:
    found = {}
    for path in PATHS:
        looking.goto(site + path)
        found[path] = obstacles(looking)
    assert found == {path: [] for path in PATHS}


def test_no_region_has_the_name_of_the_section_around_it() -> None:
    for template in (Path(__file__).parents[2] / "web/templates").rglob("*.html"):
        written = template.read_text("utf-8")
        regions = re.findall(r'role="region" aria-labelledby="([\w-]+)"', written)
        assert set(regions).isdisjoint(re.findall(r'<section[^>]* aria-labelledby="([\w-]+)"', written))


def test_axe_would_find_a_planted_fault(site: str, looking: Page) -> None:
    looking.goto(site)
    looking.evaluate(
        "document.querySelector('select').closest('label').replaceWith(document.createElement('select'))"
    )
    assert [entry.partition(":")[0] for entry in findings(looking)] == ["select-name"]


def test_the_pages_obey_their_own_seal(site: str, page: Page) -> None:
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    for path in PATHS[:-1]:
        page.goto(site + path)
    assert complaints == []
