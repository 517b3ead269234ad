"""An enterprise takes a turn, says what it shows, sees its minute, and gives the turn back in time."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, select

from scheduler.database import reading, transaction
from scheduler.models import Insurance, Livestream, Opening, StreamOpening, StreamTurn
from scheduler.services.livestreams import give_turn_back, open_turns
from scheduler.times import now
from tests.web.organizers import post, sign_in
from tests.web.streams import World, add_world, publish_sheet

LIST = "/enterprise/livestreams"


@pytest.fixture
def world(site_engine: Engine) -> World:
    return add_world(site_engine)


def turns(engine: Engine) -> list[int]:
    with reading(engine) as session:
        return list(session.scalars(select(StreamTurn.enterprise_id).order_by(StreamTurn.enterprise_id)))


def test_a_turn_is_taken_once_and_filled(client: FlaskClient, site_engine: Engine, world: World) -> None:
    sign_in(client, "other-firm")
    firm = world.firms[3]
    assert "剩余 3 / 6 场次" in client.get(LIST).text
    assert post(client, f"{LIST}/{world.event}/take", page=LIST, minutes="25").status_code == 302
    again = post(client, f"{LIST}/{world.event}/take", page=LIST)
    assert (again.status_code, "已有一个场次" in again.text) == (409, True)
    page = f"{LIST}/{world.event}"
    assert "3 / 9" in client.get(page).text  # admitted, verified, and nothing forbidden is said
    with reading(site_engine) as session:
        ids = session.scalars(select(Opening.id).where(Opening.enterprise_id == firm)).all()
    one, two = ids
    form = {f"place-{one}": "2", f"place-{two}": "1", f"hours-{one}": "双休", f"insurance-{one}": "five"}
    assert post(client, f"{page}/openings", page=page, **form).status_code == 302
    assert post(client, f"{page}/presentation", page=page, about="做零件", questions="").status_code == 302
    assert post(client, f"{page}/rules", page=page, accepted="yes").status_code == 302
    with reading(site_engine) as session:
        shown = session.scalars(
            select(StreamOpening.opening_id)
            .where(StreamOpening.enterprise_id == firm)
            .order_by(StreamOpening.position)
        ).all()
        assert shown == [two, one]
        assert session.get_one(Opening, one).insurance is Insurance.FIVE
        wished = select(StreamTurn.minutes_wanted).where(StreamTurn.enterprise_id == firm)
        assert session.scalar(wished) == 25


def test_a_full_livestream_says_so(client: FlaskClient, site_engine: Engine, world: World) -> None:
    with transaction(site_engine) as session:
        open_turns(session, event_id=world.event, turns=3)
    sign_in(client, "other-firm")
    assert "已满" in client.get(LIST).text
    refused = post(client, f"{LIST}/{world.event}/take", page=LIST)
    assert (refused.status_code, "3 个场次已全部报满" in refused.text) == (409, True)
    assert world.firms[3] not in turns(site_engine)


def test_a_firm_waits_for_a_turn_sees_its_rank_and_accepts_the_offer(
    client: FlaskClient, site_engine: Engine, world: World
) -> None:
    with transaction(site_engine) as session:
        open_turns(session, event_id=world.event, turns=3)
    sign_in(client, "other-firm")
    assert post(client, f"{LIST}/{world.event}/wait", page=LIST).status_code == 302
    assert "候补第 1 位" in client.get(LIST).text
    again = post(client, f"{LIST}/{world.event}/wait", page=LIST)
    assert (again.status_code, "不必重复登记" in again.text) == (409, True)
    assert post(client, f"{LIST}/{world.event}/wait/leave", page=LIST).status_code == 302
    post(client, f"{LIST}/{world.event}/wait", page=LIST)
    with transaction(site_engine) as session:
        give_turn_back(session, event_id=world.event, enterprise_id=world.firms[0])
    text = client.get(LIST).text
    assert ("候补场次为您保留至" in text, "接受场次" in text) == (True, True)
    assert post(client, f"{LIST}/{world.event}/take", page=LIST).status_code == 302
    assert turns(site_engine) == sorted(world.firms[1:])


def test_the_own_minute_is_shown_once_the_sheet_is_published(
    client: FlaskClient, site_engine: Engine, world: World
) -> None:
    sign_in(client, "firm")
    page = f"{LIST}/{world.event}"
    assert "待流程单发布" in client.get(page).text
    publish_sheet(site_engine, world)
    assert "待流程单发布" not in client.get(page).text
    assert "播出时间待定" not in client.get(LIST).text


def test_a_turn_is_given_back_until_the_deadline(
    client: FlaskClient, site_engine: Engine, world: World
) -> None:
    sign_in(client, "firm")
    page = f"{LIST}/{world.event}"
    with transaction(site_engine) as session:
        session.get_one(Livestream, world.event).cancel_until = now() - timedelta(hours=1)
    late = post(client, f"{page}/leave", page=page)
    assert (late.status_code, "取消截止时间" in late.text) == (409, True)
    with transaction(site_engine) as session:
        session.get_one(Livestream, world.event).cancel_until = now() + timedelta(hours=1)
    assert post(client, f"{page}/leave", page=page).status_code == 302
    assert world.firms[0] not in turns(site_engine)
    assert client.get(page).status_code == 404


def test_another_firms_opening_is_not_shown(client: FlaskClient, site_engine: Engine, world: World) -> None:
    sign_in(client, "firm")
    page = f"{LIST}/{world.event}"
    with reading(site_engine) as session:
        foreign = session.scalars(select(Opening.id).where(Opening.enterprise_id == world.firms[1])).first()
    assert post(client, f"{page}/openings", page=page, **{f"place-{foreign}": "1"}).status_code == 400


def test_everybody_sees_who_is_on_air_when(client: FlaskClient, site_engine: Engine, world: World) -> None:
    address = f"/events/{world.uid}"
    assert "每家单位的播出时间待公布" in client.get(address).text
    assert client.get(f"{address}/openings/{world.openings[0]}").status_code == 404
    publish_sheet(site_engine, world)
    text = client.get(f"{address}?page=1").text  # another address: the first one is kept for a minute
    assert text.count('id="firm-') == 3
    assert "示例企业4" not in text
    opening = client.get(f"{address}/openings/{world.openings[0]}").text
    assert "8:00–17:00，双休" in opening
    assert "五险" in opening
    assert client.get(f"{address}/replay").status_code == 404
