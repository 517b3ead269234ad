"""Check-ins and absences on pages: undone with a reason, appealed against, answered; the code for a gate."""

from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, select

from scheduler.database import reading, transaction
from scheduler.models import AuditEntry, Booking, BookingState, Message, NoShow
from scheduler.models.fair_days import CheckIn, CheckInMeans, Gate, Verdict
from scheduler.queries.public import get_event
from scheduler.services import fair_day
from scheduler.services.fair_day.checking import Answer, Arrival, Door
from tests.scheduler.fair_day import world
from tests.web.enterprises import entered
from tests.web.fair_days import LATE, Morning
from tests.web.organizers import post
from web.qr import qr_code
from web.views.enterprise.fair_day import code_address


def as_(app: Flask, engine: Engine, login: str) -> FlaskClient:
    return entered(app, engine, login)


def day(morning: Morning, booking: int | None = None) -> str:
    return f"/organizer/events/{morning.event}/fair-day" + (f"?booking={booking}" if booking else "")


def state(engine: Engine, booking: int) -> BookingState:
    with reading(engine) as session:
        return session.get_one(Booking, booking).state


def test_a_check_in_is_undone_from_its_panel_and_the_reason_is_audited(
    app: Flask, site_engine: Engine, morning: Morning
) -> None:
    door = as_(app, site_engine, "door")
    page = day(morning, morning.came)
    assert "撤销签到" in door.get(page).text
    address = f"/organizer/bookings/{morning.came}/undo-check-in"
    assert post(door, address, page=page, reason="").status_code == 400
    assert post(door, address, page=page, reason="点错了单位").status_code == 302
    assert state(site_engine, morning.came) is BookingState.CONFIRMED
    again = post(door, address, page=page, reason="再来一次")
    assert (again.status_code, "当前没有签到" in again.text) == (409, True)
    with reading(site_engine) as session:
        noted = session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
        assert noted is not None
        assert (noted.subject, noted.after, noted.reason) == (
            "booking",
            {"state": "confirmed"},
            "点错了单位",
        )
        assert session.scalars(select(CheckIn.settlement)).all() == ["点错了单位"]


def test_who_comes_late_gets_the_booth_back_from_the_panel(
    app: Flask, site_engine: Engine, morning: Morning
) -> None:
    door = as_(app, site_engine, "door")
    page = day(morning, morning.absent)
    address = f"/organizer/no-shows/{morning.no_show}/undo"
    assert "原 A02" in door.get(page).text
    unknown = post(door, address, page=page, reason="已到", codes="Z99", booking=str(morning.absent))
    assert (unknown.status_code, "Z99" in unknown.text, "补签到" in unknown.text) == (422, True, True)
    assert 'value="Z99"' in unknown.text
    assert 'value="已到"' in unknown.text
    assert post(door, address, page=page, reason="堵车", codes="a03").status_code == 302
    assert state(site_engine, morning.absent) is BookingState.CHECKED_IN
    assert "A03" in door.get(day(morning)).text
    with reading(site_engine) as session:
        assert session.get_one(NoShow, morning.no_show).lifted_at == LATE


def test_a_booth_that_somebody_else_has_now_is_said_to_be_taken(
    app: Flask, site_engine: Engine, morning: Morning
) -> None:
    door = as_(app, site_engine, "door")
    answer = post(
        door,
        f"/organizer/no-shows/{morning.no_show}/undo",
        page=day(morning, morning.absent),
        reason="堵车",
        codes="A01",
    )
    assert answer.status_code == 409
    assert state(site_engine, morning.absent) is BookingState.NO_SHOW


def test_an_appeal_is_made_once_and_answered_once(app: Flask, site_engine: Engine, morning: Morning) -> None:
    firm, reviewer = as_(app, site_engine, "absent"), as_(app, site_engine, "reviewer")
    address = f"/enterprise/no-shows/{morning.no_show}/appeal"
    assert "计入违约" in firm.get("/enterprise/no-shows").text
    page = "/enterprise/no-shows"
    assert post(firm, address, page=page, appeal="x" * 601).status_code == 400
    assert post(firm, address, page=page, appeal="高速封路，\n已电话告知。").status_code == 302
    again = post(firm, address, page="/account", appeal="再次申诉")
    assert (again.status_code, "已经申诉过" in again.text) == (409, True)
    assert "1 件违约申诉待答复" in reviewer.get("/organizer").text
    listed = reviewer.get("/organizer/no-shows").text
    assert ("高速封路" in listed, "示例" in listed) == (True, True)
    answer = f"/organizer/no-shows/{morning.no_show}/answer"
    done = post(reviewer, answer, page="/organizer/no-shows", answer="lift", reason="情况属实")
    assert done.status_code == 302
    twice = post(reviewer, answer, page="/account", answer="keep", reason="另一结论")
    assert (twice.status_code, "没有待答复的申诉" in twice.text) == (409, True)
    assert "情况属实" in firm.get("/enterprise/no-shows").text
    assert "情况属实" in reviewer.get("/organizer/no-shows?which=lifted").text
    with reading(site_engine) as session:
        assert session.scalars(select(Message.recipient).where(Message.kind == "appeal_answer")).all() == [
            "absent"
        ]
        noted = session.scalars(select(AuditEntry).where(AuditEntry.subject == "no_show"))
        assert [sorted(row.after) for row in noted][-2:] == [["appealed_at"], ["answered_by", "lifted_at"]]


def test_a_record_is_lifted_without_an_appeal_once_the_matter_is_settled(
    app: Flask, site_engine: Engine, morning: Morning
) -> None:
    reviewer = as_(app, site_engine, "reviewer")
    listed = "/organizer/no-shows?which=counts"
    assert "已处理完结" in reviewer.get(listed).text
    address = f"/organizer/no-shows/{morning.no_show}/lift"
    assert post(reviewer, address, page=listed, reason="已交盖章说明").status_code == 302
    again = post(reviewer, address, page="/account", reason="已交盖章说明")
    assert (again.status_code, "已撤销" in again.text) == (409, True)
    assert "已交盖章说明" in as_(app, site_engine, "absent").get("/enterprise/no-shows").text


def test_misconduct_is_put_on_record_once_and_the_firm_can_appeal(
    app: Flask, site_engine: Engine, morning: Morning
) -> None:
    reviewer, firm = as_(app, site_engine, "reviewer"), as_(app, site_engine, "came")
    page = day(morning, morning.came)
    assert "记录违规" in reviewer.get(page).text
    address = f"/organizer/bookings/{morning.came}/misconduct"
    assert post(reviewer, address, page=page, reason="替其他单位招聘").status_code == 302
    twice = post(reviewer, address, page=page, reason="替其他单位招聘")
    assert (twice.status_code, "已有一条记录" in twice.text) == (409, True)
    shown = firm.get("/enterprise/no-shows").text
    assert ("替其他单位招聘" in shown, "提交申诉" in shown) == (True, True)
    with reading(site_engine) as session:
        letters = session.scalars(select(Message.recipient).where(Message.kind == "misconduct")).all()
    assert letters == ["came"]


def test_nobody_appeals_for_another_firm(app: Flask, site_engine: Engine, morning: Morning) -> None:
    other = as_(app, site_engine, "came")
    assert "没有违约记录" in other.get("/enterprise/no-shows").text
    address = f"/enterprise/no-shows/{morning.no_show}/appeal"
    assert post(other, address, page="/account", appeal="x").status_code == 404


@pytest.mark.parametrize(
    ("login", "address"), [("reviewer", "/undo"), ("door", "/answer"), ("auditor", "/answer")]
)
def test_each_deed_has_its_role(
    app: Flask, site_engine: Engine, morning: Morning, login: str, address: str
) -> None:
    client = as_(app, site_engine, login)
    form = {"reason": "x"} if address == "/undo" else {"reason": "x", "answer": "lift"}
    answer = post(client, f"/organizer/no-shows/{morning.no_show}{address}", page="/account", **form)
    assert answer.status_code == 403


def test_the_code_of_a_booking_lets_its_firm_in_at_a_gate(
    app: Flask, site_engine: Engine, morning: Morning
) -> None:
    page = as_(app, site_engine, "came").get(f"/enterprise/events/{morning.uid}/pass").text
    with transaction(site_engine) as session:
        booking = session.get_one(Booking, morning.came)
        with app.test_request_context():
            address = code_address(get_event(session, uid=morning.uid), booking)
        assert (qr_code(address) in unescape(page), "A01" in page) == (True, True)
        fair_day.undo_check_in(session, booking_id=booking.id, reason="重来", undone_by=None)
        shown = Arrival("client-pass", CheckInMeans.CODE, LATE, code=address.rpartition("/")[2])
        door = Door.of(session.get_one(Gate, morning.gate))
        assert fair_day.check_in(session, door=door, arrivals=[shown], secret_key=world.SECRET) == [
            Answer("client-pass", Verdict.ACCEPTED, None)
        ]


def test_the_page_of_the_code_at_a_phones_own_scanner_names_the_fair(
    app: Flask, site_engine: Engine, morning: Morning
) -> None:
    with reading(site_engine) as session:
        code = world.booking_code(session.get_one(Booking, morning.came))
    answer = as_(app, site_engine, "came").get(f"/t/{code}")
    assert (answer.status_code, "本站签发" in answer.text) == (200, True)


def test_who_has_lost_the_booth_has_no_code(app: Flask, site_engine: Engine, morning: Morning) -> None:
    page = as_(app, site_engine, "absent").get(f"/enterprise/events/{morning.uid}/pass").text
    assert ("data:image/svg+xml" in page, "没有参展码" in page) == (False, True)
    assert "未按时签到" in as_(app, site_engine, "absent").get(f"/enterprise/events/{morning.uid}").text
