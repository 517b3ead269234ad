"""The access matrix: every route × everybody × every owner's rows, by id, slug, body and query."""

import pytest
from flask import Flask

from tests.access.asking import Line, answers, read_table, routes
from tests.access.world import ACTORS
from tests.web.conftest import app, english, site_engine

__all__ = ["app", "english", "site_engine"]
LINES = read_table()
OPEN = {"public", "events", "floors", "calendars", "health", "metrics", "manual", "Events", "Places"}
BY_LINK = (
    "/sign-up",
    "/reset",
    "/invitations",
    "/addresses",
    "/erasures",
    "/events/{uid}/ticket",
    "/tickets/{ticket}",
    "/waiting/{entry}",
    "/t/{code}",
    "/results/{result}",
    "/gate/",
)

pytestmark = pytest.mark.access_matrix


def test_the_table_knows_every_route(app: Flask) -> None:
    """When it does not: `python -m tests.access.asking` asks what is new, for a person to judge."""
    assert routes(app) - {line.route for line in LINES} == set()


def test_the_table_knows_no_route_that_is_gone(app: Flask) -> None:
    assert {line.route for line in LINES} - routes(app) == set()


@pytest.mark.parametrize("actor", ACTORS)
def test_everybody_gets_what_the_reviewed_table_says(actor: str) -> None:
    place = ACTORS.index(actor)
    found = dict(zip([line.key for line in LINES], answers(actor, LINES), strict=True))
    assert found == {line.key: line.answers[place] for line in LINES}


def test_no_stranger_and_no_disabled_account_gets_more_than_the_public() -> None:
    """The table itself obeys: what is not public leads those two to the sign-in page, or is refused."""
    strangers = [ACTORS.index(name) for name in ("anonymous", "disabled")]
    open_to_all = {line.route for line in LINES if _is_open(line)}
    wrong = [
        line.key
        for line in LINES
        if line.route not in open_to_all and any(line.answers[at] in {200, 204} for at in strangers)
    ]
    assert wrong == []


def _is_open(line: Line) -> bool:
    subject = line.route.partition(" ")[2].split(".")[0]
    return subject in OPEN or line.address.startswith(("/sign-in", "/register", "/forgotten", *BY_LINK))
