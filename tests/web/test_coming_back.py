"""Tests of forms that cannot be used: they come back as typed, and say at each field what is wrong."""

import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, select

from scheduler.database import transaction
from scheduler.models import Event, Registration
from tests.web.enterprises import beside_fair
from tests.web.organizers import post

pytestmark = pytest.mark.usefixtures("week_before")


@pytest.fixture
def firm(client: FlaskClient, site_engine: Engine) -> str:
    """Sign a firm in that has openings, beside a fair; its page there."""
    return beside_fair(client, site_engine)


def tag(page: str, name: str) -> str:
    found = re.search(rf'<(?:input|select|textarea)[^>]* name="{name}"[^>]*>', page)
    assert found is not None
    return found[0]


def fold(page: str) -> str:
    return "<details" + page.partition("不参加了…")[0].rpartition("<details")[2]


def test_a_registration_a_browser_would_have_stopped_comes_back_as_it_was_typed(
    client: FlaskClient, site_engine: Engine, firm: str
) -> None:
    opening = re.search(r'name="(opening_\d+)"', client.get(firm).text)
    assert opening is not None
    typed = {"booths": "99", "wishes": 'A2 "近门"', "avoided": "某" * 601, "network": "1"}
    answer = post(client, f"{firm}/register", page=firm, **typed)
    page = answer.text
    assert answer.status_code == 400
    assert "“需要几个展位”只能填 1。" in page
    assert "“不愿相邻的单位”最多 600 个字。" in page
    assert "2 处需要改正，未保存任何内容" in page
    assert 'value="99"' in tag(page, "booths")
    assert 'aria-describedby="booths-fault"' in tag(page, "booths")
    assert 'value="A2 &quot;近门&quot;"' in tag(page, "wishes")
    assert ("checked" in tag(page, "network"), "checked" in tag(page, "power")) == (True, False)
    assert "checked" not in tag(page, opening[1])
    assert "aria-invalid" not in tag(page, "wishes")
    assert "“booths”" not in page
    with transaction(site_engine) as session:
        assert session.scalars(select(Registration)).all() == []
    assert (
        "“Booths you need” can only be 1" in post(client, f"{firm}/register?lang=en", page=firm, **typed).text
    )


def test_a_form_in_a_fold_comes_back_unfolded_and_of_two_forms_the_one_that_was_sent(
    client: FlaskClient, site_engine: Engine, firm: str
) -> None:
    post(client, f"{firm}/register", page=firm, booths="1")
    assert fold(client.get(firm).text).startswith('<details class="fold">')
    answer = post(client, f"{firm}/withdraw", page=firm, reason="长" * 201)
    assert (answer.status_code, fold(answer.text)[:26]) == (400, '<details class="fold" open')
    assert "“原因”最多 200 个字。" in answer.text


def test_openings_and_several_events_at_once_come_back_in_the_same_way(
    client: FlaskClient, site_engine: Engine, firm: str
) -> None:
    new = "/enterprise/openings/new"
    typed = {"title_zh": "钳工", "occupation_code": "", "headcount": "0", "division_code": "370102"}
    page = post(client, "/enterprise/openings", page=new, **typed).text
    assert "“招聘人数”须为 1 到 9999 的整数。" in page
    assert "请从“职业大类”的选项中选择。" in page
    assert 'value="钳工"' in tag(page, "title_zh")
    assert '<option value="370102" selected' in page
    with transaction(site_engine) as session:
        key = session.scalars(select(Event.id)).one()
    boxes = {f"event_{key}": "1"}
    joined = post(
        client, "/enterprise/join", page=f"/enterprise/join?event_{key}=1", **{"booths": "x", **boxes}
    )
    assert (joined.status_code, "“每场需要几个展位”须为 1 到 20 的整数。" in joined.text) == (400, True)
    empty = post(client, "/enterprise/openings/import", page="/enterprise/openings/import", table="")
    assert (empty.status_code, "请填写“从 Excel 复制整张表" in empty.text) == (400, True)


def test_a_field_that_the_page_does_not_have_any_more_loses_nothing_that_was_typed(
    client: FlaskClient, firm: str
) -> None:
    answer = post(client, f"{firm}/register", page=firm, booths="1", wishes="A2", opening_9999="1")
    assert (answer.status_code, "opening_9999" in answer.text) == (400, False)
    assert "页面内容已有变化" in answer.text
    assert 'value="A2"' in tag(answer.text, "wishes")


def test_a_search_with_a_day_an_old_browser_lets_through_comes_back_too(
    client: FlaskClient, firm: str
) -> None:
    assert firm
    answer = client.get("/enterprise/find?q=机械&from=2026/12/01&to=")
    assert (answer.status_code, "1 处需要改正：" in answer.text) == (400, True)
    assert 'value="2026/12/01"' in tag(answer.text, "from")
    assert 'value="机械"' in tag(answer.text, "q")


def test_no_page_is_made_that_its_sender_could_not_open(client: FlaskClient, firm: str) -> None:
    token = re.search(r'name="csrf_token" value="([^"]+)"', client.get(firm).text)
    assert token is not None
    post(client, f"{firm}/register", page=firm, booths="1")
    form = {"csrf_token": token[1], "reason": "长" * 201}
    for referer in ("http://localhost/organizer", "http://elsewhere.example/", "http://localhost/nowhere"):
        sent = client.post(f"{firm}/withdraw", data=form, headers={"Referer": referer})
        assert (sent.status_code, "“原因”最多 200 个字。" in sent.text) == (400, True)
