"""Tests of several bookings that change places in a ring, and of two people who move them at once."""

import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine
from time_machine import TimeMachineFixture

from scheduler.database import transaction
from scheduler.services import booking
from tests.scheduler.booking.rows import BEFORE, booths_of, make_firms, taken
from tests.web.organizers import add_booked_fair, add_world, sign_in
from tests.web.test_organizer_booths import FAIR, bookings, told


@pytest.fixture
def fair(client: FlaskClient, site_engine: Engine, time_machine: TimeMachineFixture) -> int:
    """Sign Jinan's publisher in, beside a fair of the city with two confirmed bookings in A1 and A2."""
    time_machine.move_to(BEFORE, tick=True)
    add_world(site_engine)
    event_id = add_booked_fair(site_engine)
    sign_in(client, "city-publisher")
    return event_id


def test_three_bookings_change_places_in_a_ring_and_nobody_goes_through_an_empty_booth(
    client: FlaskClient, site_engine: Engine, fair: int
) -> None:
    page, (one, other) = FAIR.format(fair), bookings(site_engine)
    with transaction(site_engine) as session:
        first, second, third = booths_of(session, fair)[:3]
        firm_id = make_firms(session, 1, first=90)[0].id
        last = booking.override(
            session, event_id=fair, enterprise_id=firm_id, booth_ids=[third], reason="示例", booked_by=None
        )
    path = f"/organizer/bookings/{one}/rotate"
    assert "展位 A5 没有单位" in told(client, path, page, codes="A2, A5")
    assert "已轮换展位" in told(client, path, page, codes="A2，a3")
    with transaction(site_engine) as session:
        assert taken(session) == [(first, last), (second, one), (third, other)]


def test_a_booking_is_not_moved_from_where_somebody_else_has_put_it_meanwhile(
    client: FlaskClient, site_engine: Engine, fair: int
) -> None:
    page, (one, other) = FAIR.format(fair), bookings(site_engine)
    with transaction(site_engine) as session:
        first, second = booths_of(session, fair)[:2]
    proposal = client.get(f"{page}?booking={one}&to={second}").text
    seen = dict(re.findall(r'name="(at|other_at)" value="([\d,]+)"', proposal))
    assert seen == {"at": str(first), "other_at": str(second)}
    assert "已移动展位" in told(client, f"/organizer/bookings/{other}/move", page, codes="A4")
    at = {"at": str(second)}
    forms = {
        "swap": {"other": str(other), **seen},
        "move": {"codes": "A5", **at},
        "rotate": {"codes": "A4", **at},
    }
    for deed, form in forms.items():
        assert "的展位刚被别人调整过，现在是 A" in told(
            client, f"/organizer/bookings/{one}/{deed}", page, **form
        )
    assert "已移动展位" in told(client, f"/organizer/bookings/{one}/move", page, codes="A5", at=str(first))
