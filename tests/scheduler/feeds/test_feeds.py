"""A feed holds what the filter wants and the public may see, and the same events are the same bytes."""

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from sqlalchemy import Engine, select, update

from scheduler.calendar_lint import lint
from scheduler.database import connect, reading, transaction
from scheduler.errors import NotFound
from scheduler.feeds import (
    TOO_LARGE_BYTES,
    calendar_bytes,
    event_bytes,
    feed_octets,
    keep_address,
    refresh_entries,
)
from scheduler.models import Event, EventKind, EventState, FeedEntry
from scheduler.queries.filters import EVERYTHING, EventFilter
from tests.support import schedule

AS_OF = datetime(2027, 1, 10, 4, tzinfo=UTC)
SITE = "https://fair.example.org"
ROOT = Path(__file__).resolve().parents[3]
HOSTILE = 'x\r\nBEGIN:VALARM\nTRIGGER:-PT1M\x1b\x85\u2028\u2029\u202e;,\\"招'

RENDER = """
import sys
from datetime import datetime, UTC
from scheduler.database import connect, transaction
from scheduler.feeds import calendar_bytes, refresh_entries
from scheduler.queries.filters import EVERYTHING
with transaction(connect(sys.argv[1])) as session:
    refresh_entries(session, event_ids=None, public_url="https://fair.example.org")
    as_of = datetime(2027, 1, 10, 4, tzinfo=UTC)
    feed = calendar_bytes(session, EVERYTHING, public_url="https://fair.example.org", as_of=as_of)
    sys.stdout.buffer.write(feed.body)
"""


def feed_of(engine: Engine, event_filter: EventFilter = EVERYTHING, as_of: datetime = AS_OF) -> bytes:
    with reading(engine) as session:
        return calendar_bytes(session, event_filter, public_url=SITE, as_of=as_of).body


def uids(calendar: bytes) -> list[str]:
    return [line.removeprefix("UID:") for line in calendar.decode().split("\r\n") if line.startswith("UID:")]


def test_one_event_is_written_like_this(engine: Engine) -> None:
    with transaction(engine) as session:
        schedule.add_reference(session)
        hall = schedule.make_venue(session)
        fair = schedule.make_event(
            session, 1, venues=(hall,), campaign_code="spring", industry_code="C36", revision=3
        )
        schedule.register(session, fair, schedule.make_employer(session, openings=2))
    with reading(engine) as session:
        calendar = event_bytes(session, uid="event-1@example.org", public_url=SITE)
    assert calendar.decode() == (ROOT / "tests/scheduler/feeds/one_event.ics").read_bytes().decode()


@time_machine.travel(AS_OF)
def test_stored_bytes_are_used_until_the_event_changes(engine: Engine) -> None:
    with transaction(engine) as session:
        schedule.add_reference(session)
        event = schedule.make_event(session, 1)
        assert refresh_entries(session, event_ids=[event.id], public_url=SITE) == 1
        session.execute(update(FeedEntry).values(vevent=b"BEGIN:VEVENT\r\nUID:stored\r\nEND:VEVENT\r\n"))
    assert uids(feed_of(engine)) == ["stored"]
    with transaction(engine) as session:
        session.execute(update(Event).values(revision=2))
    assert uids(feed_of(engine)) == ["event-1@example.org"]


def test_a_site_that_moves_takes_its_calendars_along(engine: Engine) -> None:
    with transaction(engine) as session:
        schedule.add_reference(session)
        assert keep_address(session, public_url=SITE) == 0
        events = [schedule.make_event(session, number).id for number in (1, 2)]
        refresh_entries(session, event_ids=events, public_url="http://127.0.0.1:8000")
        before = session.scalars(select(FeedEntry.vevent)).all()
        assert [b"127.0.0.1" in entry for entry in before] == [True, True]
        moves = [keep_address(session, public_url=SITE) for _ in range(2)]
        after = session.scalars(select(FeedEntry.vevent)).all()
    assert moves == [2, 0]
    assert [b"127.0.0.1" in entry for entry in after] == [False, False]


def test_a_large_feed_holds_every_event_and_says_that_some_clients_refuse_it(engine: Engine) -> None:
    with transaction(engine) as session:
        schedule.add_reference(session)
        ids = [schedule.make_event(session, number, starts_at=AS_OF).id for number in range(3)]
        vevent = b"X-FILL:" + b"x" * 400_000 + b"\r\n"
        session.add_all(FeedEntry(event_id=event_id, revision=1, vevent=vevent) for event_id in ids)
    with reading(engine) as session:
        octets = feed_octets(session, EVERYTHING, as_of=AS_OF)
        feed = calendar_bytes(session, EVERYTHING, public_url=SITE, as_of=AS_OF)
    assert (octets, feed.events) == (3 * len(vevent), 3)
    assert octets > TOO_LARGE_BYTES
    assert "请分市订阅" in feed.body.decode().replace("\r\n ", "")


@time_machine.travel(AS_OF)
def test_an_event_that_is_no_longer_seen_loses_its_entry(engine: Engine) -> None:
    with transaction(engine) as session:
        schedule.add_reference(session)
        event = schedule.make_event(session, 1)
        refresh_entries(session, event_ids=[event.id], public_url=SITE)
        event.state = EventState.PLANNED
        assert refresh_entries(session, event_ids=None, public_url=SITE) == 0
        assert session.scalars(select(FeedEntry.event_id)).all() == []


def test_a_feed_holds_its_window_in_the_order_of_time(engine: Engine) -> None:
    with transaction(engine) as session:
        schedule.add_reference(session)
        for number, days in enumerate((-31, 181, -30, 180, 0), start=1):
            schedule.make_event(session, number, starts_at=AS_OF + timedelta(days=days))
    expected = [f"event-{number}@example.org" for number in (3, 5, 4)]
    assert uids(feed_of(engine)) == expected


def test_a_cancelled_event_stays_for_thirty_days_and_says_so(engine: Engine) -> None:
    with transaction(engine) as session:
        schedule.add_reference(session)
        schedule.make_event(session, 1, state=EventState.CANCELLED, cancel_reason="场地检修", revision=2)
    calendar = feed_of(engine).decode()
    assert "STATUS:CANCELLED\r\n" in calendar
    assert "SUMMARY:【已取消】第1场招聘会\r\n" in calendar
    assert "DESCRIPTION:本场活动已取消，原因：场地检修\\n" in calendar
    assert uids(feed_of(engine, as_of=schedule.PUBLISHED_AT + timedelta(days=31))) == []


def test_no_draft_is_in_any_feed(engine: Engine) -> None:
    with transaction(engine) as session:
        schedule.add_reference(session)
        schedule.make_event(session, 1, state=EventState.PLANNED, title_zh="机密草案")
    assert "机密草案" not in feed_of(engine).decode()


@pytest.mark.parametrize(
    ("event_filter", "name"),
    [
        (EVERYTHING, "山东省 · 招聘活动"),
        (EventFilter(region="370100", kind=EventKind.CAMPUS), "济南市 · 校园招聘"),
        (EventFilter(industry="C", campaign="spring"), "山东省 · 招聘活动 · 制造业 · 春风行动"),
        (EventFilter(text="官方客服请加微信"), "山东省 · 招聘活动 · 关键词筛选"),
    ],
)
def test_a_feed_is_called_after_its_choices_and_never_after_typed_words(
    engine: Engine, event_filter: EventFilter, name: str
) -> None:
    with transaction(engine) as session:
        schedule.add_reference(session)
    lines = feed_of(engine, event_filter).decode().split("\r\n")
    assert [line for line in lines if line.startswith("X-WR-CALNAME:")] == [f"X-WR-CALNAME:{name}"]


def test_a_feed_for_what_does_not_exist_is_empty_and_asks_to_be_asked_seldom(engine: Engine) -> None:
    with transaction(engine) as session:
        schedule.add_reference(session)
        schedule.make_event(session, 1)
    with reading(engine) as session:
        feed = calendar_bytes(session, EventFilter(campaign="gone"), public_url=SITE, as_of=AS_OF)
    assert (feed.events, feed.is_dead, lint(feed.body)) == (0, True, [])
    assert b"REFRESH-INTERVAL;VALUE=DURATION:P7D\r\nX-PUBLISHED-TTL:P7D\r\n" in feed.body


def test_a_feed_on_an_empty_database_is_a_sound_empty_calendar(engine: Engine) -> None:
    assert lint(feed_of(engine)) == []


def test_typed_text_cannot_add_a_component_or_a_property(engine: Engine) -> None:
    with transaction(engine) as session:
        schedule.add_reference(session)
        hostile_hall = schedule.make_venue(session, name_zh=HOSTILE, address_zh=HOSTILE)
        hostile = {"title_zh": HOSTILE, "title_en": HOSTILE, "cancel_reason": HOSTILE}
        schedule.make_event(session, 1, venues=(hostile_hall,), state=EventState.CANCELLED, **hostile)
        schedule.make_event(session, 2, starts_at=AS_OF)
    calendar = feed_of(engine)
    assert lint(calendar) == []
    assert calendar.count(b"\r\nBEGIN:") == 4  # a time zone with its standard time, two events


def test_an_unknown_or_unpublished_event_has_no_file(engine: Engine) -> None:
    with reading(engine) as session, pytest.raises(NotFound):
        event_bytes(session, uid="nobody@example.org", public_url=SITE)


def test_the_same_events_are_the_same_bytes_in_every_process(sqlite_url: str) -> None:
    with transaction(connect(sqlite_url)) as session:
        schedule.add_reference(session)
        halls = tuple(schedule.make_venue(session) for _ in range(3))
        for number in range(20):
            schedule.make_event(session, number, venues=halls, industry_code="C36", campaign_code="spring")
    seen = {
        subprocess.run(  # noqa: S603 - our own interpreter
            [sys.executable, "-c", RENDER, sqlite_url],
            env={**os.environ, "TZ": zone, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            check=True,
        ).stdout
        for zone, seed in (("UTC", "1"), ("America/New_York", "2"), ("Asia/Urumqi", "3"))
    }
    assert [len(uids(calendar)) for calendar in seen] == [20]
