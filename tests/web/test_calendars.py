"""Feeds over HTTP: cheap to poll, never a surprise, fresh after a publication."""

import gzip
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy import Engine, update
from sqlalchemy.exc import OperationalError

from scheduler.calendar_lint import lint
from scheduler.database import transaction
from scheduler.models import Event, FeedEntry
from scheduler.queries.filters import EventFilter
from tests.support import schedule
from tests.support.statements import before_each, selected
from web import feed_cache
from web.feed_cache import FeedCache

NOON = datetime(2027, 1, 4, 4, tzinfo=UTC)
GZIP = {"Accept-Encoding": "gzip"}


@pytest.fixture(autouse=True)
def january() -> Iterator[None]:
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def published(site_engine: Engine) -> None:
    with transaction(site_engine) as session:
        schedule.add_reference(session)
        schedule.make_event(session, 1, campaign_code="spring")
        other: dict[str, Any] = {"division_code": schedule.SHINAN, "city_code": schedule.QINGDAO}
        schedule.make_event(session, 2, **other)
        schedule.publish(session)


@pytest.mark.usefixtures("published")
def test_a_feed_is_a_sound_calendar_of_its_filter(client: FlaskClient) -> None:
    answer = client.get("/calendar.ics?region=370200")
    assert (answer.status_code, answer.content_type) == (200, "text/calendar; charset=utf-8")
    assert lint(answer.data) == []
    assert (answer.data.count(b"BEGIN:VEVENT"), b"UID:event-2@" in answer.data) == (1, True)


@pytest.mark.usefixtures("published")
def test_who_has_it_is_told_so_without_a_body(client: FlaskClient) -> None:
    first = client.get("/calendar.ics", headers=GZIP)
    again = client.get("/calendar.ics", headers={**GZIP, "If-None-Match": first.headers["ETag"]})
    other_form = client.get("/calendar.ics", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", first.headers["ETag"])
    assert other_form.status_code == 304
    assert first.headers["ETag"].startswith('"')  # a strong one


@pytest.mark.usefixtures("published")
def test_packed_and_plain_are_the_same_calendar_under_two_tags(client: FlaskClient) -> None:
    packed, plain = client.get("/calendar.ics", headers=GZIP), client.get("/calendar.ics")
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data
    assert packed.headers["ETag"] != plain.headers["ETag"]
    assert (packed.headers["Vary"], plain.headers["Vary"]) == ("Accept-Encoding", "Accept-Encoding")


@pytest.mark.usefixtures("published")
def test_asking_for_the_head_gives_the_same_headers(client: FlaskClient) -> None:
    head, whole = client.head("/calendar.ics", headers=GZIP), client.get("/calendar.ics", headers=GZIP)
    for answer in (head, whole):
        del answer.headers["X-Request-Id"]  # each request has its own
    assert (head.status_code, head.data, dict(head.headers)) == (200, b"", dict(whole.headers))


@pytest.mark.usefixtures("published")
def test_anyone_may_keep_a_feed_for_a_minute_and_no_session_is_touched(client: FlaskClient) -> None:
    answer = client.get("/calendar.ics", headers={"Cookie": "fair=anything; language=en"})
    assert answer.headers["Cache-Control"] == "public, max-age=60"
    assert answer.headers["Last-Modified"] == "Sun, 03 Jan 2027 16:00:00 GMT"  # Shanghai's midnight
    assert "Set-Cookie" not in answer.headers


@pytest.mark.usefixtures("published")
def test_a_change_is_seen_once_it_is_published(
    client: FlaskClient, site_engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feed_cache, "TRUST_SECONDS", 0.0)
    before = client.get("/calendar.ics")
    with transaction(site_engine) as session:
        session.execute(update(Event).values(title_zh="改名", revision=2))
    unpublished = client.get("/calendar.ics")
    with transaction(site_engine) as session:
        schedule.publish(session)
    after = client.get("/calendar.ics")
    assert before.headers["ETag"] == unpublished.headers["ETag"] != after.headers["ETag"]
    assert after.data.decode().count("SUMMARY:改名") == 2


@pytest.mark.usefixtures("published")
def test_a_feed_for_what_is_gone_is_an_empty_calendar_to_keep_long(client: FlaskClient) -> None:
    answer = client.get("/calendar.ics?campaign=gone")
    assert (answer.status_code, lint(answer.data)) == (200, [])
    assert answer.headers["Cache-Control"] == "public, max-age=86400"


def test_a_filter_that_cannot_be_read_is_refused_in_both_languages(client: FlaskClient) -> None:
    answer = client.get("/calendar.ics?regoin=370100")
    assert (answer.status_code, answer.content_type) == (400, "text/plain; charset=utf-8")
    assert [line[:4] for line in answer.text.splitlines()] == ["筛选条件", "Ther"]


@pytest.mark.usefixtures("published")
def test_one_event_is_a_file_to_save(client: FlaskClient) -> None:
    answer = client.get("/events/event-1@example.org.ics")
    assert (answer.status_code, lint(answer.data)) == (200, [])
    assert answer.headers["Content-Disposition"] == 'attachment; filename="event-1.ics"'
    tag = answer.headers["ETag"]
    again = client.get("/events/event-1@example.org.ics", headers={"If-None-Match": tag})
    assert again.status_code == 304


@pytest.mark.parametrize("path", ["/events/nobody@example.org.ics", "/calendar.ics/", "/calendar"])
def test_what_is_not_there_is_not_found_and_not_a_redirect(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.usefixtures("published")
def test_a_calendar_too_large_for_some_clients_is_offered_by_city(
    client: FlaskClient, site_engine: Engine
) -> None:
    before = client.get("/subscribe?region=370000").text
    with transaction(site_engine) as session:
        session.add(FeedEntry(event_id=1, revision=1, vevent=b"x" * 900_001))
    by_city = '<a class="chip" href="/subscribe?region=370100">济南市</a>'
    assert (by_city in before, by_city in client.get("/subscribe").text) == (False, True)


@pytest.mark.usefixtures("published")
def test_while_the_database_is_away_known_feeds_are_still_answered(site_engine: Engine) -> None:
    seconds = [1.0]
    cache = FeedCache(site_engine, "https://fair.example", clock=lambda: seconds[0])
    known = cache.get(EventFilter())

    def refuse(statement: str) -> None:
        raise OperationalError(statement, {}, ConnectionError("gone"))

    with before_each(site_engine, refuse):
        seconds[0] += 3600
        assert cache.get(EventFilter()) == known
        with pytest.raises(OperationalError):
            cache.get(EventFilter(region="370100"))
    assert gzip.decompress(cache.get(EventFilter(region="370100")).packed).count(b"BEGIN:VEVENT") == 1


@pytest.mark.usefixtures("published")
def test_the_cache_is_bounded_and_asks_the_database_once_a_second(
    site_engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feed_cache, "MOST_FEEDS", 2)
    seconds = [1.0]
    cache = FeedCache(site_engine, "https://fair.example", clock=lambda: seconds[0])
    a, b, c = EventFilter(region="370100"), EventFilter(region="370200"), EventFilter()
    with selected(site_engine) as seen:
        for event_filter in (a, b, a, c, a, b):  # c pushes b out, so b is rendered twice
            cache.get(event_filter)
        seconds[0] = 1.9
        cache.get(a)
        within_a_second = (renderings(seen), versions(seen))
        seconds[0] = 2.0
        cache.get(a)
    assert within_a_second == (4, 1)
    assert (renderings(seen), versions(seen)) == (4, 2)


def renderings(statements: list[str]) -> int:
    return sum("feed_entry" in statement for statement in statements)


def versions(statements: list[str]) -> int:
    return sum("FROM publication" in statement for statement in statements)
