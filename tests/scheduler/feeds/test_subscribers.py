"""A phone that keeps its events by UID ends up with what the database says, whatever happened between."""

import random
from datetime import UTC, datetime, timedelta
from typing import Any

import icalendar
import time_machine
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from scheduler.calendar_lint import lint
from scheduler.database import reading, transaction
from scheduler.feeds import calendar_bytes, refresh_entries
from scheduler.models import Event, EventState
from scheduler.queries.filters import EVERYTHING
from scheduler.queries.public_loading import event_rows, load_events
from scheduler.queries.visibility import visible_events
from tests.support import schedule

START_AT = datetime(2027, 1, 4, 1, tzinfo=UTC)
SITE = "https://fair.example"
EDITS = 300


class Phone:
    """A subscribed calendar: replaces an event only when its SEQUENCE rose, drops what the feed dropped."""

    def __init__(self) -> None:
        self.kept: dict[str, dict[str, Any]] = {}
        self.surprises: list[str] = []

    def poll(self, feed: bytes) -> None:
        events: list[Any] = icalendar.Calendar.from_ical(feed).walk("VEVENT")
        seen: set[str] = set()
        for event in events:
            found = {
                "sequence": int(event["sequence"]),
                "summary": str(event["summary"]),
                "status": str(event["status"]),
                "starts_at": event["dtstart"].dt,
                "changed_at": event["last-modified"].dt,
            }
            self._take(str(event["uid"]), found, seen)
        self.kept = {uid: found for uid, found in self.kept.items() if uid in seen}

    def _take(self, uid: str, found: dict[str, Any], seen: set[str]) -> None:
        known = self.kept.get(uid)
        if uid in seen:
            self.surprises.append(f"{uid} twice in one feed")
        if known and found != known and found["sequence"] <= known["sequence"]:
            self.surprises.append(f"{uid} changed without a higher SEQUENCE")
        if known is None or found["sequence"] > known["sequence"]:
            self.kept[uid] = found
        seen.add(uid)


def edit(session: Session, events: list[Event], chance: random.Random, at: datetime) -> None:
    """Publish, move, rename, cancel or restore one event, as publishing does."""
    event = chance.choice(events)
    change: dict[str, Any] = {"revision": event.revision + 1, "visible_changed_at": at}
    what = chance.choice(["publish", "move", "move", "rename", "cancel"])
    if event.starts_at is None or what in {"publish", "move"}:
        starts_at = START_AT + timedelta(days=chance.randrange(60), hours=chance.randrange(8))
        change |= {"state": EventState.PUBLISHED, "starts_at": starts_at}
        change |= {"ends_at": starts_at + timedelta(hours=2), "cancel_reason": None}
    elif what == "rename":
        change["title_zh"] = f"改名{chance.randrange(1000)}，逗号;分号"
    else:
        change |= {"state": EventState.CANCELLED, "cancel_reason": "场地检修"}
    for name, value in change.items():
        setattr(event, name, value)
    refresh_entries(session, event_ids=[event.id], public_url=SITE)


def poll(engine: Engine, phone: Phone) -> None:
    with reading(engine) as session:
        feed = calendar_bytes(session, EVERYTHING, public_url=SITE).body
    assert lint(feed) == []
    phone.poll(feed)


def test_after_three_hundred_edits_every_phone_agrees_with_the_database(engine: Engine) -> None:
    chance = random.Random(20270104)  # noqa: S311 — the same edits every time
    eager, lazy = Phone(), Phone()
    with transaction(engine) as session:
        schedule.add_reference(session)
        draft: dict[str, Any] = {
            "state": EventState.PLANNED,
            "starts_at": None,
            "ends_at": None,
            "revision": 0,
        }
        ids = [schedule.make_event(session, number, **draft).id for number in range(25)]
    with time_machine.travel(START_AT, tick=False) as clock:
        for number in range(EDITS):
            clock.shift(timedelta(hours=4))
            with transaction(engine) as session:
                events = [session.get_one(Event, event_id) for event_id in ids]
                edit(session, events, chance, START_AT + timedelta(hours=4 * (number + 1)))
            if number % 5 == 0:
                poll(engine, eager)
            if number % 70 == 0:
                poll(engine, lazy)
        for phone in (eager, lazy):
            poll(engine, phone)
        with reading(engine) as session:
            shown = load_events(session, session.execute(event_rows().where(visible_events())).all())
        truth = {
            event.uid: (event.revision, event.is_cancelled, event.starts_at)
            for event in shown
            if event.ends_at > START_AT + timedelta(days=EDITS // 6 - 30)
        }
    for phone in (eager, lazy):
        kept = {
            uid: (found["sequence"], found["status"] == "CANCELLED", found["starts_at"].astimezone(UTC))
            for uid, found in phone.kept.items()
        }
        assert (kept, phone.surprises) == (truth, [])


def test_moving_and_cancelling_arrive_as_changes_of_the_same_event(engine: Engine) -> None:
    phone = Phone()
    with time_machine.travel(START_AT, tick=False):
        with transaction(engine) as session:
            schedule.add_reference(session)
            event = schedule.make_event(session, 1)
            refresh_entries(session, event_ids=[event.id], public_url=SITE)
            event_id = event.id
        seen = []
        for change in (
            {"starts_at": START_AT, "ends_at": START_AT + timedelta(hours=1)},
            {"state": EventState.CANCELLED},
        ):
            poll(engine, phone)
            seen.append(dict(phone.kept))
            with transaction(engine) as session:
                event = session.get_one(Event, event_id)
                event.revision += 1
                for name, value in change.items():
                    setattr(event, name, value)
                refresh_entries(session, event_ids=[event_id], public_url=SITE)
        poll(engine, phone)
        seen.append(dict(phone.kept))
    (uid,) = seen[0]
    assert [list(kept) for kept in seen] == [[uid]] * 3
    assert [kept[uid]["sequence"] for kept in seen] == [1, 2, 3]
    assert [kept[uid]["status"] for kept in seen] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]
    assert seen[2][uid]["summary"] == "【已取消】第1场招聘会"


def test_the_phone_would_notice_a_change_that_raises_no_sequence(engine: Engine) -> None:
    phone = Phone()
    with time_machine.travel(START_AT, tick=False):
        with transaction(engine) as session:
            schedule.add_reference(session)
            event_id = schedule.make_event(session, 1).id
        poll(engine, phone)
        with transaction(engine) as session:
            session.get_one(Event, event_id).title_zh = "改名"
        poll(engine, phone)
    assert phone.surprises == ["event-1@example.org changed without a higher SEQUENCE"]
