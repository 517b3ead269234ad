"""Tests that no address, however odd, breaks a public page or is shown back as markup."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine

from scheduler.database import transaction
from tests.web import factories

PATHS = ("/", "/events", "/events?view=month")
NAMES = ("region", "from", "to", "kind", "industry", "campaign", "q", "on", "page", "view", "lang", "text")
VALUES = (
    *(
        "%00",
        "%0d%0a",
        "%1b",
        "%ED%A0%80",
        "%FF",
        "%E2%80%AE",
        "%EF%BB%BF",
        "%F0%9F%98%80",
        "%25",
        "_",
        "%27+OR+1=1--",
    ),
    *("-1", "0", "1e9", "9" * 30, "%C2%B2", "%EF%BC%91", "%D9%A1", "370000", "370100", "379999"),
    *("0001-01-01", "2000-01-01", "2100-12-31", "9999-12-31", "2027-02-29", "2027-1-1", "C", "C99"),
    *("../../etc/passwd", "%3Cscript%3Ealert(1)%3C/script%3E", "%7B%7B7*7%7D%7D", "a" * 5_000),
)


@pytest.mark.parametrize("name", NAMES)
def test_an_odd_value_is_answered_or_refused(client: FlaskClient, site_engine: Engine, name: str) -> None:
    with transaction(site_engine) as session:
        factories.add_province(session)
        factories.add_event(session)
    broken = {}
    for path in PATHS:
        for value in VALUES:
            answer = client.get(f"{path}{'&' if '?' in path else '?'}{name}={value}")
            if answer.status_code not in {200, 400} or "<script>alert" in answer.text:
                broken[path, value] = answer.status_code
    assert broken == {}


@pytest.mark.parametrize("value", VALUES)
def test_an_odd_event_is_not_there(client: FlaskClient, value: str) -> None:
    assert client.get(f"/events/{value}").status_code in {400, 404}
    assert client.get(f"/events/{value}.ics").status_code in {400, 404}
