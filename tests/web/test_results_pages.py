"""Results on the pages: said without an account by a link, and the organizer's table with who is missing."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, select, update

from scheduler.database import reading, transaction
from scheduler.models import Account, Booking, Message
from scheduler.models.fair_days import FairResult
from scheduler.services import fair_day
from tests.scheduler.fair_day.world import SECRET
from tests.web import fair_days
from tests.web.enterprises import entered
from tests.web.fair_days import LATE, Morning
from tests.web.organizers import post

SAID = {"visitors": "120", "resumes": "45", "intents": "12", "hires": "3"}
ENDED = LATE + timedelta(hours=3)


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel(ENDED, tick=False):
        yield


@pytest.fixture
def morning(site_engine: Engine) -> Morning:
    return fair_days.add_morning(site_engine)


@pytest.fixture
def firm(site_engine: Engine, morning: Morning) -> int:
    with reading(site_engine) as session:
        return session.get_one(Booking, morning.came).enterprise_id


@pytest.fixture
def address(morning: Morning, firm: int) -> str:
    return f"/results/{fair_day.result_link(SECRET, event_id=morning.event, enterprise_id=firm)}"


def said(engine: Engine) -> list[tuple[int, ...]]:
    with reading(engine) as session:
        rows = session.scalars(select(FairResult))
        return [(row.visitors, row.resumes, row.intents, row.hires, row.entered_by or 0) for row in rows]


def test_a_link_takes_results_without_an_account_and_lets_them_be_corrected(
    client: FlaskClient, site_engine: Engine, address: str
) -> None:
    assert "示例企业" in client.get(address).text
    assert post(client, address, page=address, **SAID).status_code == 302
    shown = client.get(address).text
    assert ("已保存" in shown, 'value="45"' in shown) == (True, True)
    assert post(client, address, page=address, **{**SAID, "hires": "４"}).status_code == 302
    assert said(site_engine) == [(120, 45, 12, 4, 0)]


@pytest.mark.parametrize(
    ("name", "value"),
    [("visitors", "-1"), ("resumes", "100000"), ("intents", "1.5"), ("hires", "三"), ("hires", "")],
)
def test_a_bad_number_is_said_beside_its_field_and_what_was_typed_stays(
    client: FlaskClient, site_engine: Engine, address: str, name: str, value: str
) -> None:
    answer = post(client, address, page=address, **{**SAID, name: value, "remark": "现场火爆"})
    assert answer.status_code == 422
    field = re.search(rf'<input id="{name}"[^>]*>', answer.text)
    assert field is not None
    assert ('aria-invalid="true"' in field[0], f'value="{value}"' in field[0]) == (True, True)
    assert answer.text.count('class="fault"') == 1
    assert "现场火爆" in answer.text
    assert said(site_engine) == []


def test_of_two_who_fill_in_the_second_sees_what_the_first_has_saved_and_loses_nothing(
    client: FlaskClient, site_engine: Engine, address: str
) -> None:
    def seen(text: str) -> str:
        return str(re.findall(r'name="seen" value="([0-9a-f]+)"', text)[0])

    first = seen(client.get(address).text)
    assert post(client, address, page=address, seen=first, **SAID).status_code == 302
    ours = {**SAID, "visitors": "99", "remark": "现场火爆"}
    refused = post(client, address, page=address, seen=first, **ours)
    assert refused.status_code == 409
    assert ('value="99"' in refused.text, 'value="现场火爆"' in refused.text) == (True, True)
    assert re.findall(r"现已保存的是：<b>(.+?)</b>", refused.text) == ["120", "（空）"]
    wrong = post(client, address, page=address, seen=first, **{**ours, "hires": "x"})
    assert (wrong.status_code, seen(wrong.text)) == (422, first)  # a typing error does not make it forget
    assert said(site_engine) == [(120, 45, 12, 3, 0)]
    assert post(client, address, page=address, seen=seen(refused.text), **ours).status_code == 302
    assert said(site_engine) == [(99, 45, 12, 3, 0)]


def test_every_fault_is_said_at_once(client: FlaskClient, address: str) -> None:
    answer = post(client, address, page=address, **dict.fromkeys(SAID, "x"))
    assert answer.text.count('class="fault"') == 4


def test_the_page_speaks_english_too(client: FlaskClient, address: str) -> None:
    answer = client.get(f"{address}?lang=en")
    assert "What came of the fair" in answer.text
    faulty = post(client, f"{address}?lang=en", page=f"{address}?lang=en", **{**SAID, "hires": "x"})
    assert "Enter a whole number from 0 to 99,999" in faulty.text


def test_altered_links_and_links_of_firms_that_did_not_come_lead_nowhere(
    client: FlaskClient, site_engine: Engine, morning: Morning, address: str
) -> None:
    with reading(site_engine) as session:
        absent = session.get_one(Booking, morning.absent).enterprise_id
    other = fair_day.result_link(SECRET, event_id=morning.event, enterprise_id=absent)
    for bad in (f"{address[:-3]}AAA", f"/results/{other}", "/results/x"):
        assert client.get(bad).status_code == 404
        assert post(client, bad, page="/forgotten", **SAID).status_code == 404


def test_before_the_fair_and_after_the_last_day_the_page_says_so(
    client: FlaskClient, site_engine: Engine, address: str
) -> None:
    with time_machine.travel(LATE - timedelta(hours=2), tick=False):
        assert client.get(address).status_code == 409
    post(client, address, page=address, **SAID)
    with time_machine.travel(ENDED + timedelta(days=30), tick=False):
        late = client.get(address)
        assert (late.status_code, "填报已截止" in late.text, "来访 120 人" in late.text) == (410, True, True)
        again = post(client, address, page="/forgotten", **{**SAID, "hires": "9"})
        assert again.status_code == 410
    assert said(site_engine) == [(120, 45, 12, 3, 0)]


def test_the_table_shows_who_is_missing_and_takes_what_was_said_by_telephone(
    app: Flask, site_engine: Engine, morning: Morning, firm: int
) -> None:
    planner = entered(app, site_engine, "planner")
    page = f"/organizer/events/{morning.event}/results"
    shown = planner.get(f"{page}?firm={firm}").text
    assert ("未填报" in shown, "提醒 1 家" in shown, "/results/" in shown) == (True, True, True)
    wrong = post(planner, f"{page}/{firm}", page=page, **{**SAID, "visitors": "很多"})
    assert (wrong.status_code, 'aria-invalid="true"' in wrong.text) == (422, True)
    assert post(planner, f"{page}/{firm}", page=page, **SAID).status_code == 302
    shown = planner.get(page).text
    assert ("代填" in shown, "提醒" in shown) == (True, False)
    assert said(site_engine)[0][4] > 0
    assert post(planner, f"{page}/999", page=page, **SAID).status_code == 404


def test_who_is_missing_and_has_no_letter_box_is_named_on_the_first_page(
    app: Flask, site_engine: Engine, morning: Morning, firm: int
) -> None:
    planner = entered(app, site_engine, "planner")
    said_there = "1 家到场单位未填报成效"
    assert said_there not in planner.get("/organizer").text  # a letter reaches it
    with transaction(site_engine) as session:
        session.execute(update(Account).where(Account.login == "came").values(email=None))
    assert said_there in planner.get("/organizer").text
    page = f"/organizer/events/{morning.event}/results"
    assert post(planner, f"{page}/{firm}", page=page, **SAID).status_code == 302
    assert said_there not in planner.get("/organizer").text


def test_those_who_are_missing_are_reminded_by_letter_from_the_table(
    app: Flask, site_engine: Engine, morning: Morning
) -> None:
    planner = entered(app, site_engine, "planner")
    page = f"/organizer/events/{morning.event}/results"
    for _ in range(2):
        assert post(planner, f"{page}/remind", page=page).status_code == 302
    with reading(site_engine) as session:
        letters = select(Message.recipient).where(Message.kind == "result_wanted")
        assert session.scalars(letters).all() == ["came"]


@pytest.mark.parametrize(("ending", "begins"), [("csv", b"\xef\xbb\xbf"), ("xlsx", b"PK")])
def test_the_table_is_handed_out_as_a_file(
    app: Flask, site_engine: Engine, morning: Morning, ending: str, begins: bytes
) -> None:
    answer = entered(app, site_engine, "auditor").get(f"/organizer/events/{morning.event}/results.{ending}")
    assert (answer.status_code, answer.data[: len(begins)]) == (200, begins)
    assert f'filename="results-{morning.event}.{ending}"' in answer.headers["Content-Disposition"]


def test_a_firm_that_is_signed_in_finds_its_link_on_the_fairs_page(
    app: Flask, site_engine: Engine, morning: Morning, address: str
) -> None:
    came = entered(app, site_engine, "came")
    found = re.search(r'href="(/results/[^"]+)"', came.get(f"/enterprise/events/{morning.uid}").text)
    assert found is not None
    assert came.get(found[1]).status_code == 200
    absent = entered(app, site_engine, "absent")
    assert "/results/" not in absent.get(f"/enterprise/events/{morning.uid}").text


def test_who_only_reads_enters_nothing(app: Flask, site_engine: Engine, morning: Morning, firm: int) -> None:
    auditor = entered(app, site_engine, "auditor")
    page = f"/organizer/events/{morning.event}/results"
    assert "代为填写</h3>" not in auditor.get(f"{page}?firm={firm}").text
    for target in (f"{page}/{firm}", f"{page}/remind"):
        assert post(auditor, target, page="/account", **SAID).status_code == 403


def test_a_months_statistics_are_a_page_and_two_files(
    app: Flask, site_engine: Engine, morning: Morning
) -> None:
    client = entered(app, site_engine, "auditor")
    for this_month in ("", "?month=2027-01"):
        page = client.get(f"/organizer/statistics{this_month}").text
        assert f"/organizer/events/{morning.event}/results" in page
    assert "这个月没有已公布的招聘会。" in client.get("/organizer/statistics?month=2026-12").text
    assert client.get("/organizer/statistics?month=2027-13").status_code == 400
    assert client.get("/organizer/statistics.csv?month=2027-01").data.startswith("\ufeff日期".encode())
    assert client.get("/organizer/statistics.xlsx?month=2027-01").data[:2] == b"PK"
