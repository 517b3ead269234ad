"""Tests of the public pages: what a seeker sees with few events, many, none, and long names."""

import re
from datetime import date

import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy import Engine, select
from time_machine import TimeMachineFixture

from scheduler.database import transaction
from scheduler.models import (
    CalendarDay,
    ChangeKind,
    DayKind,
    Event,
    EventChange,
    EventKind,
    EventState,
    PlaceCount,
    Publication,
    Registration,
    RegistrationState,
)
from scheduler.times import moment, now
from tests.web import factories

CHINESE = re.compile("[\u4e00-\u9fff]")


@pytest.fixture
def schedule(site_engine: Engine) -> Engine:
    """Publish eight events in two cities, the first on 5 January 2027 with two employers."""
    with transaction(site_engine) as session:
        factories.add_province(session)
        events = [factories.add_event(session, number) for number in range(1, 9)]
        factories.add_employer(session, events[0])
        factories.add_employer(session, events[0], 2, "山东示例机械有限公司")
    return site_engine


def titles(page: str) -> list[str]:
    return re.findall(r'<h3><a href="[^"]+">([^<]+)</a></h3>', page)


@pytest.mark.parametrize(
    ("query", "current"),
    [
        ("", ["近期"]),
        ("?view=month", []),
        ("?view=week", []),
        ("?from=2026-11-01&to=2026-11-30&view=month", ["本月"]),
        ("?from=2026-11-21&to=2026-11-22", ["本周末"]),
    ],
)
@time_machine.travel("2026-11-21T03:00:00Z")
def test_the_chip_that_is_marked_tells_the_days_that_are_shown(
    client: FlaskClient, schedule: Engine, query: str, current: list[str]
) -> None:
    page = client.get(f"/events{query}").text
    assert re.findall(r'class="chip"[^>]* aria-current="true">([^<]+)<', page) == current


@time_machine.travel("2026-11-21T03:00:00Z")
def test_home_shows_the_next_events_when_this_week_has_none(client: FlaskClient, schedule: Engine) -> None:
    page = client.get("/").text
    assert "本周没有活动，最近的在 2027年1月5日 周二。" in page
    assert titles(page)[0] == "章丘区第1场招聘活动"
    assert "共 8 场" in page


@time_machine.travel("2027-01-04T03:00:00Z")
def test_home_shows_this_week_of_the_chosen_region(client: FlaskClient, schedule: Engine) -> None:
    page = client.get("/?region=370700").text
    assert "潍坊市本周" in page
    assert titles(page) == ["寿光市第2场招聘活动", "昌邑市第3场招聘活动", "寿光市第6场招聘活动"]


@time_machine.travel("2027-01-04T03:00:00Z")
def test_home_remembers_the_region_until_another_is_chosen(client: FlaskClient, schedule: Engine) -> None:
    client.get("/?region=370700")
    assert "潍坊市本周" in client.get("/").text
    client.get("/?region=")
    assert "全省本周" in client.get("/").text


@time_machine.travel("2027-01-04T03:00:00Z")
def test_a_remembered_region_that_is_gone_is_forgotten(client: FlaskClient, schedule: Engine) -> None:
    client.set_cookie("region", "379999")
    assert "全省本周" in client.get("/").text


@time_machine.travel("2027-01-04T03:00:00Z")
def test_an_empty_site_says_what_to_do(client: FlaskClient) -> None:
    page = client.get("/").text
    assert "下一季度的安排发布后会出现在这里" in page
    assert titles(page) == []


@time_machine.travel("2027-01-08T03:00:00Z")
def test_who_names_no_days_sees_what_is_to_come(client: FlaskClient, schedule: Engine) -> None:
    assert titles(client.get("/events").text) == [
        "历下区第4场招聘活动",
        "章丘区第5场招聘活动",
        "寿光市第6场招聘活动",
        "昌邑市第7场招聘活动",
        "历下区第8场招聘活动",
    ]


def test_filters_narrow_and_stay_in_every_view(client: FlaskClient, schedule: Engine) -> None:
    page = client.get("/events?region=370100&from=2027-01-01&to=2027-01-09").text
    assert titles(page) == ["章丘区第1场招聘活动", "历下区第4场招聘活动", "章丘区第5场招聘活动"]
    kept = "/events?region=370100&amp;from=2027-01-01&amp;to=2027-01-09&amp;view="
    assert [view for view in ("week", "month", "map") if f'{kept}{view}"' in page] == ["week", "month", "map"]


def test_the_feed_of_a_list_keeps_the_filter_without_the_days(client: FlaskClient, schedule: Engine) -> None:
    page = client.get("/events?region=370100&kind=campus&from=2027-01-01").text
    assert 'href="webcal://127.0.0.1:8000/calendar.ics?region=370100&amp;kind=campus"' in page


def test_nothing_found_offers_a_way_on(client: FlaskClient, schedule: Engine) -> None:
    page = client.get("/events?region=370100&q=航天").text
    assert "没有符合条件的活动。" in page
    assert 'href="/events?region=370100">查看近期全部活动' in page


def test_a_code_that_nothing_bears_is_named(client: FlaskClient, schedule: Engine) -> None:
    assert "地址中的条件“379999”已不存在" in client.get("/events?region=379999").text


@time_machine.travel("2026-11-21T03:00:00Z")
def test_the_month_opens_where_events_begin_and_counts_each_day(
    client: FlaskClient, schedule: Engine
) -> None:
    page = client.get("/events?view=month").text
    assert '<h2 class="figures" id="month">2027年1月</h2>' in page
    days = re.findall(r'from=(2027-01-\d\d)&amp;to=\1"><span class="date">', page)
    assert days == [f"2027-01-{day:02d}" for day in range(5, 13)]


def test_a_week_shows_no_more_than_fits_and_links_the_rest(client: FlaskClient, site_engine: Engine) -> None:
    with transaction(site_engine) as session:
        factories.add_province(session)
        for number in range(20):
            factories.add_event(session, number, day=date(2027, 1, 6))
    page = client.get("/events?view=week&on=2027-01-08").text
    assert page.count('<span class="figures">09:00</span>') == 12
    assert "当天另有 8 场" in page


def test_the_map_counts_cities_and_then_counties(client: FlaskClient, schedule: Engine) -> None:
    province = client.get("/events?view=map&from=2027-01-01").text
    assert re.findall(r'aria-label="(\S+) (\d) 场"', province) == [("济南市", "4"), ("潍坊市", "4")]
    city = client.get("/events?view=map&from=2027-01-01&region=370700").text
    assert re.findall(r'aria-label="(\S+) (\d) 场"', city) == [("寿光市", "2"), ("昌邑市", "2")]


def test_an_event_answers_when_where_how_who_and_what_in_this_order(
    client: FlaskClient, schedule: Engine
) -> None:
    page = client.get("/events/event-1@fair.example").text
    answers = [
        "1月5日 周二 09:00–12:00",
        "章丘区人力资源市场（示例）",
        "章丘区示例路2号",
        "不限名额",
        "领取入场码",
        "2 家用人单位",
        "带身份证，简历多备几份",
    ]
    places = [page.index(answer) for answer in answers]
    assert places == sorted(places)
    assert 'href="/events/event-1@fair.example.ics"' in page
    assert factories.LONG_NAME in page
    assert "5,000–7,500 元/月" in page


def test_an_event_says_how_many_places_are_left_until_it_is_over(
    client: FlaskClient, schedule: Engine, time_machine: TimeMachineFixture
) -> None:
    with transaction(schedule) as session:
        event = factories.add_event(session, 21, kind=EventKind.CAMPUS)
        session.add(PlaceCount(event_id=event.id, capacity=200, taken=53))
        ends_at = event.ends_at or now()
    page = client.get("/events/event-21@fair.example").text
    assert "还有 147 个名额，共 200 个" in page
    assert "加入日历" in page
    time_machine.move_to(ends_at, tick=False)
    page = client.get("/events/event-21@fair.example").text
    assert "已结束" in page
    assert not any(word in page for word in ("名额", "加入日历", "已发布"))


def test_a_moved_event_shows_its_old_and_new_time(client: FlaskClient, schedule: Engine) -> None:
    with transaction(schedule) as session:
        event = factories.add_event(session, 20, day=date(2027, 2, 3))
        publication = Publication(published_at=now())
        session.add(publication)
        session.flush()
        old, new = facts(date(2027, 2, 2), venue=1), facts(date(2027, 2, 3), venue=2)
        session.add(
            EventChange(
                publication_id=publication.id,
                event_id=event.id,
                kind=ChangeKind.MOVED,
                before=old,
                after=new,
            )
        )
    page = client.get("/events/event-20@fair.example").text
    assert "<del>2月2日 周二 09:00–12:00</del> → <ins>2月3日 周三 09:00–12:00</ins>" in page
    assert "<del>历下区人力资源市场（示例）</del> → <ins>章丘区人力资源市场（示例）</ins>" in page


def facts(day: date, *, venue: int) -> dict[str, object]:
    return {
        "starts_at": moment(day, 540).isoformat(),
        "ends_at": moment(day, 720).isoformat(),
        "venues": [venue],
    }


def test_days_that_may_still_become_holidays_are_called_provisional(
    client: FlaskClient, schedule: Engine
) -> None:
    assert "当年放假和调休安排尚未公布，日期为暂定" in client.get("/events/event-1@fair.example").text
    with transaction(schedule) as session:
        settled = CalendarDay(day_on=date(2027, 1, 5), kind=DayKind.WORKDAY, name_zh="", provisional=False)
        session.add(settled)
        session.add(Publication(published_at=now()))
    assert "暂定" not in client.get("/events/event-1@fair.example").text
    assert "暂定" in client.get("/events?from=2027-01-06").text
    assert "暂定" not in client.get("/events?to=2027-01-05").text


def test_a_cancelled_event_says_so_with_its_reason_and_offers_no_calendar(
    client: FlaskClient, schedule: Engine
) -> None:
    with transaction(schedule) as session:
        factories.add_event(session, 9, state=EventState.CANCELLED, cancel_reason="场馆停用。")
    page = client.get("/events/event-9@fair.example").text
    assert "本活动已取消。场馆停用。" in page
    assert "加入日历" not in page


def test_a_draft_is_not_there(client: FlaskClient, schedule: Engine) -> None:
    with transaction(schedule) as session:
        factories.add_event(session, 10, state=EventState.PLANNED, starts_at=None, ends_at=None)
    assert client.get("/events/event-10@fair.example").status_code == 404
    assert "第10场" not in client.get("/events?from=2027-01-01").text


def test_invented_data_is_called_a_sample_on_every_page(client: FlaskClient, schedule: Engine) -> None:
    paths = ("/", "/events", "/campaigns", "/subscribe", "/help", "/events/event-1@fair.example")
    assert [path for path in paths if "<strong>示例数据</strong>" not in client.get(path).text] == []


def test_subscribing_gives_both_addresses_and_a_code_to_scan(client: FlaskClient, schedule: Engine) -> None:
    page = client.get("/subscribe?region=370114&kind=livestream").text
    assert 'value="http://127.0.0.1:8000/calendar.ics?region=370114&amp;kind=livestream"' in page
    assert 'value="webcal://127.0.0.1:8000/calendar.ics?region=370114&amp;kind=livestream"' in page
    assert '<img src="data:image/svg+xml' in page


def test_campaigns_show_their_days_and_their_events(client: FlaskClient, schedule: Engine) -> None:
    with transaction(schedule) as session:
        factories.add_event(session, 11, campaign_code="spring_breeze", kind=EventKind.TOUR)
    with time_machine.travel("2027-01-04T03:00:00Z"):
        page = client.get("/campaigns").text
    assert "1月1日 周五 – 3月31日 周三" in page
    assert 'href="/events?campaign=spring_breeze">1 场活动' in page


@pytest.mark.parametrize("path", ["/", "/events", "/events?view=map", "/campaigns", "/subscribe", "/help"])
def test_english_pages_speak_english(client: FlaskClient, schedule: Engine, path: str) -> None:
    page = client.get(path, headers={"Accept-Language": "en"}).text
    body = page.partition("<main")[2].partition("</main>")[0]
    assert CHINESE.findall(re.sub(r"<[^>]*>", " ", body)) == []


@time_machine.travel("2027-01-04T03:00:00Z")
def test_an_employer_at_an_event_has_a_page_with_its_openings_and_nothing_that_is_not_public(
    client: FlaskClient, schedule: Engine
) -> None:
    address = "/events/event-1@fair.example/employers"
    page = client.get(f"{address}/2").text
    assert "<h1>山东示例机械有限公司</h1>" in page
    assert ("数控车床操作工" in page, "5,000–7,500 元/月" in page, "招 12 人" in page) == (True, True, True)
    assert factories.LONG_NAME not in page
    assert client.get("/events/event-2@fair.example/employers/2").status_code == 404
    assert client.get(f"{address}/9").status_code == 404
    with transaction(schedule) as session:
        event = session.scalars(select(Event).where(Event.uid == "event-1@fair.example")).one()
        session.get_one(Registration, (event.id, 2)).state = RegistrationState.REQUESTED
    assert client.get(f"{address}/2?lang=en").status_code == 404
