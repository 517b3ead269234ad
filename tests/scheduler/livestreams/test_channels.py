"""A platform channel broadcasts one livestream at a time, and follows its event when a plan moves it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session
from time_machine import TimeMachineFixture

from scheduler.database import reading, transaction
from scheduler.errors import Refusal
from scheduler.models import (
    ChannelHold,
    Event,
    EventKind,
    EventState,
    Hold,
    Host,
    Livestream,
    LivestreamState,
    Message,
    Platform,
    Resource,
    RunSheet,
    SheetState,
    Verification,
)
from scheduler.runsheets import Line, LineKind, to_rows
from scheduler.services.livestreams import (
    ChannelKnown,
    ChannelTaken,
    ChannelUnfit,
    add_channel,
    assign_channel,
    retire_channel,
    take_turn,
)
from scheduler.services.publishing import cancel_event, publish_plan
from scheduler.times import now
from tests.scheduler.livestreams.rows import BEFORE, make_person
from tests.scheduler.planning.plans import add_draft, at, morning
from tests.scheduler.planning.world import (
    CITY,
    OTHER_CITY,
    add_event,
    add_host,
    add_regions,
    add_venue,
    register,
)

URL = "http://fair.test"
CLIENTS = 6


@pytest.fixture
def site(engine: Engine, time_machine: TimeMachineFixture) -> Engine:
    time_machine.move_to(BEFORE)
    with transaction(engine) as session:
        add_regions(session)
    return engine


def streams(site: Engine, many: int = 2) -> list[int]:
    """Add livestreams on the mornings of 11, 12 … January, each in a studio of its own."""
    with transaction(site) as session:
        ids = [add_event(session, kind=EventKind.LIVESTREAM).id for _ in range(many)]
        studios = [add_venue(session, type_code="studio").id for _ in range(many)]
    publish(site, {event_id: (11 + place, studios[place]) for place, event_id in enumerate(ids)})
    return ids


def publish(site: Engine, where: dict[int, tuple[int, int]]) -> None:
    placed = [morning(event_id, day, venue) for event_id, (day, venue) in where.items()]
    with transaction(site) as session:
        plan_id = add_draft(session, placed).id
    with transaction(site) as session:
        publish_plan(session, plan_id=plan_id, published_by=None, public_url=URL)


def channel(session: Session, name: str = "就业直播间", city: str = CITY) -> int:
    return add_channel(
        session, city_code=city, platform=Platform.DOUYIN, name_zh=name, name_en="", is_verified=True
    ).id


def studios_of(site: Engine, ids: list[int]) -> dict[int, int]:
    with reading(site) as session:
        rows = select(Hold.event_id, Hold.resource_id).where(Hold.resource == Resource.VENUE)
        found = dict(session.execute(rows).all())
    return {event_id: found[event_id] for event_id in ids}


def held(site: Engine) -> list[tuple[int, int, int]]:
    """Return channel, day of January and event of each hold."""
    with reading(site) as session:
        rows = session.scalars(select(ChannelHold).order_by(ChannelHold.day_on, ChannelHold.event_id))
        return [(row.channel_id, row.day_on.day, row.event_id) for row in rows]


def test_a_published_livestream_holds_its_channel_and_gives_it_back(site: Engine) -> None:
    one, _ = streams(site)
    with transaction(site) as session:
        first, second = channel(session), channel(session, "人社直播")
        assign_channel(session, event_id=one, channel_id=first)
    assert held(site) == [(first, 11, one)]
    with transaction(site) as session:
        assign_channel(session, event_id=one, channel_id=second)
    assert held(site) == [(second, 11, one)]
    with transaction(site) as session:
        cancel_event(session, event_id=one, reason="停电", published_by=None, public_url=URL)
    assert held(site) == []


def test_a_channel_is_on_air_with_one_livestream_at_a_time(site: Engine) -> None:
    one, two = streams(site)
    studios = studios_of(site, [one, two])
    publish(site, {one: (11, studios[one]), two: (11, studios[two])})
    with transaction(site) as session:
        only = channel(session)
        assign_channel(session, event_id=one, channel_id=only)
    with pytest.raises(ChannelTaken, match="on air with"), transaction(site) as session:
        assign_channel(session, event_id=two, channel_id=only)
    assert held(site) == [(only, 11, one)]


@pytest.mark.parametrize("guarded", [True, False])
def test_of_many_livestreams_that_want_a_channel_at_once_one_gets_it(
    site: Engine, monkeypatch: pytest.MonkeyPatch, *, guarded: bool
) -> None:
    ids = streams(site, CLIENTS)
    studios = studios_of(site, ids)
    publish(site, {event_id: (11, studio) for event_id, studio in studios.items()})
    with transaction(site) as session:
        only = channel(session)
    if not guarded:
        monkeypatch.setattr("scheduler.services.livestreams.channels.hold_channel", _unguarded)
    barrier = Barrier(CLIENTS)

    def want(event_id: int) -> str:
        barrier.wait()
        try:
            with transaction(site) as session:
                assign_channel(session, event_id=event_id, channel_id=only)
        except Refusal as refusal:
            return refusal.code
        return "taken"

    with ThreadPoolExecutor(CLIENTS) as threads:
        answers = sorted(threads.map(want, ids))
    if guarded:
        assert answers == [*["channel_taken"] * (CLIENTS - 1), "taken"]
        assert len(held(site)) == 1
    else:  # who does not ask the database lets everybody on air
        assert answers == ["taken"] * CLIENTS


def _unguarded(_session: Session, *, event_id: int, channel_id: int) -> bool:
    return bool(event_id and channel_id)


def test_a_channel_of_another_city_or_out_of_use_is_refused(site: Engine) -> None:
    one, _ = streams(site)
    with transaction(site) as session:
        foreign, old = channel(session, city=OTHER_CITY), channel(session)
        retire_channel(session, channel_id=old)
    for unfit in (foreign, old, 999):
        with pytest.raises(ChannelUnfit), transaction(site) as session:
            assign_channel(session, event_id=one, channel_id=unfit)
    with pytest.raises(ChannelKnown), transaction(site) as session:
        channel(session, city=OTHER_CITY)
    assert held(site) == []


def test_a_moved_livestream_takes_its_channel_and_its_deadlines_along(site: Engine) -> None:
    one, two = streams(site)
    studios = studios_of(site, [one, two])
    with transaction(site) as session:
        only = channel(session)
        assign_channel(session, event_id=one, channel_id=only)
        livestream = session.get_one(Livestream, one)
        livestream.state, livestream.closes_at = LivestreamState.OPEN, at(9, 17)
    publish(site, {one: (14, studios[one]), two: (12, studios[two])})
    assert held(site) == [(only, 14, one)]
    with reading(site) as session:
        assert session.get_one(Livestream, one).closes_at == at(12, 17)


def test_a_livestream_moved_to_where_its_channel_is_taken_is_left_without_one(site: Engine) -> None:
    one, two = streams(site)
    studios = studios_of(site, [one, two])
    with transaction(site) as session:
        only = channel(session)
        for event_id in (one, two):
            assign_channel(session, event_id=event_id, channel_id=only)
    assert held(site) == [(only, 11, one), (only, 12, two)]
    publish(site, {one: (12, studios[one]), two: (12, studios[two])})
    assert held(site) == [(only, 12, two)]
    with reading(site) as session:
        assert session.get_one(Event, one).state is EventState.PUBLISHED
        assert session.get_one(Livestream, one).channel_id is None


def test_firms_are_told_their_new_minute_when_the_livestream_moves(site: Engine) -> None:
    one, two = streams(site)
    studios = studios_of(site, [one, two])
    with transaction(site) as session:
        firm, host = register(session, []), add_host(session)
        firm.verification = Verification.VERIFIED
        make_person(session, firm.id)
        assign_channel(session, event_id=one, channel_id=channel(session))
        livestream = session.get_one(Livestream, one)
        livestream.state, livestream.closes_at = LivestreamState.OPEN, at(9, 17)
        take_turn(session, event_id=one, enterprise_id=firm.id)
        session.add(sheet(one, firm.id, host))
    publish(site, {one: (14, studios[one]), two: (12, studios[two])})
    with reading(site) as session:
        (letter,) = session.scalars(select(Message)).all()
        assert (letter.kind, letter.recipient) == ("stream_minute", "hr")
        assert letter.payload["at"] == (at(14, 8, 30) + timedelta(minutes=5)).isoformat()
        holds = session.scalars(select(Hold.day_on).where(Hold.resource == Resource.HOST)).all()
        assert [day.day for day in holds] == [14]  # the host who takes over has moved along


def sheet(event_id: int, enterprise_id: int, host: Host) -> RunSheet:
    lines = (
        Line(LineKind.LEAD, 5),
        Line(LineKind.TURN, 20, enterprise_id=enterprise_id),
        Line(LineKind.HOST, 1, host_id=host.id),
    )
    return RunSheet(
        event_id=event_id,
        version=1,
        state=SheetState.PUBLISHED,
        lines=to_rows(lines),
        published_at=now(),
    )
