"""Every code that is printed or shown is read as a phone reads it, and leads to the page it promises."""

import base64
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine
import typst
from flask.testing import FlaskClient
from playwright.sync_api import Page
from sqlalchemy import Engine

from scheduler.database import transaction
from scheduler.models import EventKind
from tests.scheduler.booking.rows import BEFORE, booths_of, confirmed, make_fair, make_firms
from tests.web import factories, streams
from tests.web.organizers import add_world, sign_in
from tests.web.test_tickets import take

SITE = "http://127.0.0.1:8000"
PAPER_PPI = 100
Scanner = Callable[[str], list[str]]
READ = """() => Promise.all([...document.images].map(async (image) => {
    await image.decode();
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [image.width, image.height];
    const drawing = canvas.getContext("2d");
    drawing.drawImage(image, 0, 0, image.width, image.height);
    const { data } = drawing.getImageData(0, 0, image.width, image.height);
    return jsQR(data, image.width, image.height)?.data ?? "";
}))"""


@pytest.fixture
def scanner(page: Page, jsqr: Path) -> Scanner:
    """Lend a reader of codes: what each picture of a page says, drawn by a real browser as large as there."""

    def read(html: str) -> list[str]:
        page.set_content(html)
        page.add_script_tag(path=jsqr)
        return list(page.evaluate(READ))

    return read


def follow(client: FlaskClient, address: str) -> str:
    """Open the page that a code leads to, as somebody who is not signed in."""
    assert address.startswith(f"{SITE}/")
    answer = client.application.test_client().get(address.removeprefix(SITE), headers={"Accept": "text/html"})
    assert answer.status_code == 200, address
    return answer.text


@pytest.fixture
def painted(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """Lend the pages of every paper that is set from now on, as pictures."""
    pictures: list[bytes] = []
    real = typst.Compiler

    class Painting:
        def __init__(self, **made: Any) -> None:  # noqa: ANN401 - as typst takes them
            self.compiler = real(**made)

        def compile(self, **wanted: Any) -> Any:  # noqa: ANN401
            drawn: Any = self.compiler.compile(format="png", ppi=PAPER_PPI)
            pictures.extend(drawn if isinstance(drawn, list) else [drawn])
            return self.compiler.compile(**wanted)

    monkeypatch.setattr(typst, "Compiler", Painting)
    return pictures


def test_the_codes_of_booth_cards_and_poster_lead_to_the_firm_and_to_the_event(
    client: FlaskClient, site_engine: Engine, painted: list[bytes], scanner: Scanner
) -> None:
    with time_machine.travel(BEFORE, tick=True):
        add_world(site_engine)
        with transaction(site_engine) as session:
            event = make_fair(session, 50, booths=2)
            (firm,) = make_firms(session, 1, event, first=60)
            confirmed(session, event, firm, booths_of(session, event)[0])
            event_id, title, name = event.id, event.title_zh, firm.name_zh
        sign_in(client, "city-auditor")
        for paper, query in (("cards", "?booths=all"), ("poster", "")):
            assert client.get(f"/organizer/events/{event_id}/{paper}.pdf{query}").status_code == 200
        sheets = (f"<img src='data:image/png;base64,{base64.b64encode(one).decode()}'>" for one in painted)
        taken, free, poster = scanner("".join(sheets))
        openings = follow(client, taken)
        assert (f"<h1>{name}" in openings, "岗位1" in openings, "展位 A1" in openings) == (True, True, True)
        for code in (free, poster):
            assert title in follow(client, code)


def test_the_code_of_a_ticket_leads_to_what_it_is(
    client: FlaskClient, site_engine: Engine, scanner: Scanner
) -> None:
    with time_machine.travel(datetime(2027, 1, 2, 2, tzinfo=UTC), tick=True):
        with transaction(site_engine) as session:
            factories.add_province(session)
            title = factories.add_event(session, kind=EventKind.COMPREHENSIVE).title_zh
        (address,) = scanner(client.get(take(client)).text)
        shown = follow(client, address)
        assert ("本站签发的入场码" in shown, title in shown) == (True, True)


def test_the_codes_of_a_livestream_lead_to_its_openings(
    client: FlaskClient, site_engine: Engine, scanner: Scanner
) -> None:
    world = streams.add_world(site_engine)
    streams.publish_sheet(site_engine, world)
    sign_in(client, "planner")
    found = scanner(client.get(f"/organizer/livestreams/{world.event}/codes").text)
    assert len({*found}) == 6
    for address in found:
        assert "岗位" in follow(client, address)
