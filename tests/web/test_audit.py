"""What organizers decide can be read, searched and taken along, each bureau's by itself."""

import csv
import io

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine

from scheduler.auditing.noted import AUDITED, fields
from scheduler.models import Deed
from tests.web.organizers import World, add_world, post, sign_in
from web.audit_words import AUDIT_WORDS


@pytest.fixture
def world(site_engine: Engine) -> World:
    return add_world(site_engine)


def rows(client: FlaskClient, query: str = "") -> list[dict[str, str]]:
    answer = client.get(f"/organizer/audit.csv{query}")
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))


def cancel(client: FlaskClient, world: World, reason: str) -> None:
    sign_in(client, "city-publisher")
    address = f"/organizer/events/{world.published}/cancel"
    assert post(client, address, page="/organizer", reason=reason).status_code == 302
    assert post(client, "/sign-out", page="/organizer").status_code == 302


def test_a_cancellation_is_on_record_with_who_and_why(client: FlaskClient, world: World) -> None:
    cancel(client, world, "场地停电")
    sign_in(client, "city-auditor")
    page = client.get("/organizer/audit?subject=event").text
    assert "city-publisher" in page
    assert "场地停电" in page
    (row,) = rows(client, "?subject=event&login=city-publisher")
    assert (row["deed"], row["subject_id"], row["reason"]) == ("changed", str(world.published), "场地停电")


def test_what_would_run_as_a_formula_is_only_text(client: FlaskClient, world: World) -> None:
    cancel(client, world, "=HYPERLINK(1)")
    sign_in(client, "city-auditor")
    assert rows(client, "?subject=event")[0]["reason"] == "'=HYPERLINK(1)"


@pytest.mark.parametrize("query", ["?login=nobody", "?first_on=2090-01-01", "?last_on=2001-01-01"])
def test_a_filter_that_nothing_meets_says_so(client: FlaskClient, world: World, query: str) -> None:
    cancel(client, world, "停电")
    sign_in(client, "city-auditor")
    assert rows(client, query) == []
    assert "没有符合条件的记录" in client.get(f"/organizer/audit{query}").text


def test_another_citys_record_is_not_shown(client: FlaskClient, world: World) -> None:
    cancel(client, world, "停电")
    sign_in(client, "city-auditor")
    assert {row["division"][:4] for row in rows(client)} == {"3701"}


@pytest.mark.parametrize("login", ["city-publisher", "province-publisher"])
def test_only_an_auditor_reads_it(client: FlaskClient, world: World, login: str) -> None:
    assert world
    sign_in(client, login)
    assert client.get("/organizer/audit").status_code == 403
    assert client.get("/organizer/audit.csv").status_code == 403


def test_every_subject_field_and_deed_has_its_word() -> None:
    wanted = {f"audited-{model.__tablename__}" for model in AUDITED}
    wanted |= {f"noted-{field}" for model, noted in AUDITED.items() for field in noted if fields(model)}
    assert wanted | {f"deed-{deed}" for deed in Deed} == set(AUDIT_WORDS)
