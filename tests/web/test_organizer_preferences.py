"""Planners say on which weekdays their bureau likes to hold events, and with how many people of its own."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, select

from scheduler.database import reading
from scheduler.models import AuditEntry, Organizer
from tests.support.schedule import JINAN, LIXIA, QINGDAO
from tests.web.organizers import World, add_world, post, sign_in

PAGE = "/organizer/preferences"


@pytest.fixture(autouse=True)
def world(site_engine: Engine, client: FlaskClient) -> World:
    world = add_world(site_engine)
    sign_in(client, "city-planner")
    return world


def bureau(engine: Engine, division: str) -> Organizer:
    with reading(engine) as session:
        found = session.scalars(select(Organizer).where(Organizer.division_code == division)).one()
        session.expunge(found)
        return found


def test_a_city_settles_what_a_county_below_prefers(client: FlaskClient, site_engine: Engine) -> None:
    county = bureau(site_engine, LIXIA)
    page = client.get(f"{PAGE}?bureau={county.id}").text
    assert "历下区人社局" in page
    form = {"bureau": str(county.id), "on_6": "1", "on_2": "1", "staff": "12"}
    assert post(client, PAGE, page=PAGE, **form).status_code == 302
    saved = bureau(site_engine, LIXIA)
    assert (saved.preferred_weekdays, saved.staff) == ([2, 6], 12)
    assert "周二、周六" in client.get(PAGE).text
    with reading(site_engine) as session:
        noted = session.scalars(select(AuditEntry).where(AuditEntry.subject == "organizer")).all()
        assert noted[-1].after == {"staff": 12, "preferred_weekdays": [2, 6]}
    nothing = {"bureau": str(county.id), "staff": ""}
    assert post(client, PAGE, page=PAGE, **nothing).status_code == 302
    assert (bureau(site_engine, LIXIA).preferred_weekdays, bureau(site_engine, LIXIA).staff) == ([], None)


@pytest.mark.parametrize(
    ("division", "change", "status"),
    [
        (JINAN, {"staff": "0"}, 422),
        (JINAN, {"staff": "99999"}, 422),
        (JINAN, {"staff": "x"}, 400),
        (JINAN, {"on_8": "1"}, 400),
        (JINAN, {"on_1": "yes"}, 400),
        (QINGDAO, {}, 404),
        ("370000", {}, 404),
    ],
)
def test_what_makes_no_sense_or_is_anothers_is_refused(
    client: FlaskClient, site_engine: Engine, division: str, change: dict[str, str], status: int
) -> None:
    form = {"bureau": str(bureau(site_engine, division).id), "on_1": "1", "staff": "5"} | change
    assert post(client, PAGE, page=PAGE, **form).status_code == status
    assert bureau(site_engine, division).staff is None


def test_who_only_reads_sees_the_list_without_a_form(client: FlaskClient) -> None:
    reader: FlaskClient = client.application.test_client()
    sign_in(reader, "city-auditor")
    page = reader.get(PAGE).text
    assert "历下区人社局" in page
    assert 'name="bureau"' not in page
