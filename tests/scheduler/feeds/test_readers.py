"""Other people's calendar libraries read our feed back: the same events, to the letter and the minute."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
import recurring_ical_events
import vobject
from playwright.sync_api import Page

from scheduler.calendar_lint import lint
from scheduler.database import connect, reading, transaction
from scheduler.feeds import calendar_bytes
from scheduler.models import EventState
from scheduler.queries.filters import EVERYTHING
from tests.support import schedule

AS_OF = datetime(2027, 1, 10, 4, tzinfo=UTC)
SHANGHAI = ZoneInfo("Asia/Shanghai")
TITLES = (
    "春季招聘会，含 50,000 个岗位；全年最大",
    r"反斜杠 \n 与 \\ 和 C:\new, 以及 a;b",
    "很" * 90,
    "first line\nsecond line",
    '"quoted" <b>😀</b> : = ^n 100%',
)
READ_IN_PAGE = """
text => new ICAL.Component(ICAL.parse(text)).getAllSubcomponents("vevent").map(one => {
  const event = new ICAL.Event(one);
  return {
    uid: event.uid, summary: event.summary, location: event.location,
    sequence: event.sequence, status: one.getFirstPropertyValue("status"),
    starts: event.startDate.toJSDate().toISOString(), ends: event.endDate.toJSDate().toISOString(),
  };
})
"""


@dataclass(frozen=True)
class Read:
    """What a client understood of an event."""

    uid: str
    summary: str
    location: str
    status: str
    sequence: int
    starts_at: datetime
    ends_at: datetime


@pytest.fixture
def feed(sqlite_url: str) -> str:
    """Publish five events with awkward texts, one of them cancelled, and return the feed."""
    engine = connect(sqlite_url)
    with transaction(engine) as session:
        schedule.add_reference(session)
        hall = schedule.make_venue(session, name_zh="大厅, 二楼; 东", address_zh="示例路 1\\2 号")
        for number, title in enumerate(TITLES):
            starts_at = datetime(2027, 1, 5 + number, 16, 30, tzinfo=UTC)  # past midnight in Shanghai
            state = EventState.CANCELLED if number == 1 else EventState.PUBLISHED
            schedule.make_event(
                session, number, venues=(hall,), title_zh=title, starts_at=starts_at, state=state, revision=4
            )
    with reading(engine) as session:
        body = calendar_bytes(session, EVERYTHING, public_url="https://fair.example", as_of=AS_OF).body
    engine.dispose()
    assert lint(body) == []
    return body.decode()


def expected() -> list[Read]:
    return [
        Read(
            uid=f"event-{number}@example.org",
            summary=f"【已取消】{title}" if number == 1 else title,
            location="大厅, 二楼; 东（示例），示例路 1\\2 号",
            status="CANCELLED" if number == 1 else "CONFIRMED",
            sequence=4,
            starts_at=datetime(2027, 1, 6 + number, 0, 30, tzinfo=SHANGHAI),
            ends_at=datetime(2027, 1, 6 + number, 3, 0, tzinfo=SHANGHAI),
        )
        for number, title in enumerate(TITLES)
    ]


def read_component(event: Any) -> Read:  # noqa: ANN401 — icalendar's component
    return Read(
        uid=str(event["uid"]),
        summary=str(event["summary"]),
        location=str(event["location"]),
        status=str(event["status"]),
        sequence=int(event["sequence"]),
        starts_at=event["dtstart"].dt,
        ends_at=event["dtend"].dt,
    )


def test_icalendar_reads_the_feed(feed: str) -> None:
    assert [
        read_component(event) for event in icalendar.Calendar.from_ical(feed).walk("VEVENT")
    ] == expected()


def test_recurring_ical_events_finds_every_event_on_its_day(feed: str) -> None:
    query = recurring_ical_events.of(icalendar.Calendar.from_ical(feed))
    found = [query.at((2027, 1, 6 + number)) for number in range(len(TITLES))]
    assert [[read_component(event) for event in day] for day in found] == [[read] for read in expected()]


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # vobject's own
def test_vobject_reads_the_feed(feed: str) -> None:
    events = vobject.readOne(feed).vevent_list
    assert [
        Read(
            uid=event.uid.value,
            summary=event.summary.value,
            location=event.location.value,
            status=event.status.value,
            sequence=int(event.sequence.value),
            starts_at=event.dtstart.value,
            ends_at=event.dtend.value,
        )
        for event in events
    ] == expected()


def test_thunderbirds_engine_reads_the_feed(feed: str, ical_js: Page) -> None:
    found = ical_js.evaluate(READ_IN_PAGE, feed)
    assert [
        Read(
            uid=one["uid"],
            summary=one["summary"],
            location=one["location"],
            status=one["status"],
            sequence=one["sequence"],
            starts_at=datetime.fromisoformat(one["starts"]),
            ends_at=datetime.fromisoformat(one["ends"]),
        )
        for one in found
    ] == expected()
