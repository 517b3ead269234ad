"""Tests that a quarter of 2,800 events stays light: few statements, few octets."""

import gzip
import re
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine

from scheduler.database import transaction
from tests.support.statements import stated
from tests.web import factories

PATHS = ("/", "/events", "/events?view=week", "/events?view=month", "/events?view=map", "/subscribe")
LARGEST_VISIT = 60_000
ASSET = re.compile(r'(?:href|src)="(/static/[^"#]+)')


@pytest.mark.parametrize("path", [*PATHS, "/campaigns"])
def test_ten_events_cost_no_more_statements_than_one(
    client: FlaskClient, site_engine: Engine, path: str
) -> None:
    counts = []
    with transaction(site_engine) as session:
        factories.add_province(session)
    for numbers in (range(4), range(4, 24)):
        with transaction(site_engine) as session:
            for number in numbers:
                factories.add_event(session, number, campaign_code="spring_breeze", industry_code="C")
        with stated(site_engine) as found:
            client.get(path)
        counts.append(len(found))
    assert counts[0] == counts[1]


def test_a_first_visit_to_a_full_quarter_stays_below_sixty_kilobytes(
    client: FlaskClient, site_engine: Engine
) -> None:
    with transaction(site_engine) as session:
        factories.add_province(session)
        for number in range(2_800):
            day = factories.FIRST_DAY + timedelta(days=number % 28)
            factories.add_event(session, number, day=day, title_zh=factories.LONG_NAME)
    sizes = {path: visit(client, path) for path in PATHS}
    assert {path: size for path, size in sizes.items() if size > LARGEST_VISIT} == {}


def visit(client: FlaskClient, path: str) -> int:
    """Return the octets that a new browser loads: the page, its styles, script and icons, all packed."""
    page = packed(client, path)
    assets = set(ASSET.findall(gzip.decompress(page).decode()))
    return len(page) + sum(len(packed(client, asset)) for asset in assets)


def packed(client: FlaskClient, path: str) -> bytes:
    with client.get(path, headers={"Accept-Encoding": "gzip"}) as answer:
        assert answer.status_code == 200
        return bytes(answer.data)
