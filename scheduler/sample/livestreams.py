"""Channels, turns and run sheets of a sample's livestreams, so that every page has something to show."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.models import (
    Event,
    EventKind,
    Insurance,
    Livestream,
    LivestreamState,
    Opening,
    Platform,
    Registration,
    RegistrationOpening,
    RegistrationState,
    RunSheet,
    SheetState,
    StreamChannel,
    StreamOpening,
    StreamTurn,
)
from scheduler.quarters import Quarter
from scheduler.runsheets import proposed, to_rows
from scheduler.sample.bulk import write
from scheduler.sample.chance import luck
from scheduler.sample.province import Region, short
from scheduler.times import moment, now

CHANNELS = (
    (Platform.DOUYIN, "就业直播间", "Employment Live"),
    (Platform.WECHAT, "人社直播", "HRSS Live"),
    (Platform.KUAISHOU, "招工直播", "Hiring Live"),
)
MINUTES, LEAD, LEAST, MOST = 120, 5, 15, 25
MOST_TURNS = (MINUTES - LEAD) // LEAST
CLOSES_DAYS, CANCEL_DAYS, CLOSE_OF_BUSINESS = 2, 1, 17 * 60
MOST_SHOWN = 3
SHEETS_A_CITY = 2
VERIFIED_ON = date(2026, 3, 2)
FULL_ONE_IN = 3
"""Of so many livestreams one has no free turn left."""
QUESTIONS = "包吃住吗？——有员工食堂和宿舍。\n没有经验可以吗？——可以，入职有培训。"


@dataclass(frozen=True, slots=True)
class Firm:
    """A firm with a turn: since when it is registered, what it is called, what it shows."""

    id: int
    requested_at: datetime
    openings: tuple[int, ...]


def add_channels(session: Session, regions: Sequence[Region]) -> int:
    """Add three channels a city, verified by their platforms."""
    rows = [
        {
            "city_code": region.city.code,
            "platform": platform,
            "name_zh": f"{short(region.city.name_zh)}{zh}（示例）",
            "name_en": f"{region.city.name_en} {en} (sample)",
            "verified_on": VERIFIED_ON,
            "is_sample": True,
            "updated_at": now(),
        }
        for region in regions
        for platform, zh, en in CHANNELS
    ]
    return write(session, StreamChannel, rows)


def add_livestreams(session: Session, quarter: Quarter, seed: int) -> int:
    """Open every livestream of a quarter to firms and let firms take turns; some have a run sheet."""
    channels, firms = _channels(session), _firms(session, quarter)
    events = session.scalars(
        select(Event)
        .where(Event.quarter == str(quarter), Event.kind == EventKind.LIVESTREAM)
        .order_by(Event.city_code, Event.window_first_on, Event.uid)
    ).all()
    rows: dict[type[Any], list[dict[str, Any]]] = defaultdict(list)
    places: dict[str, int] = defaultdict(int)
    for event in events:
        place = places[event.city_code]
        places[event.city_code] += 1
        random = luck(seed, "livestreams", event.uid)
        chosen = _chosen(event, firms[event.id], random)
        known = channels[event.city_code]
        rows[Livestream].append(_livestream(event, known[place % len(known)], chosen))
        rows[StreamTurn] += _turns(event, chosen, random)
        rows[RegistrationOpening] += _brought(event, chosen)
        rows[StreamOpening] += _shown(event, chosen)
        if place < SHEETS_A_CITY and chosen:
            rows[RunSheet].append(_sheet(event, chosen, SheetState.DRAFT if place else SheetState.PUBLISHED))
    for model in (Livestream, StreamTurn, RegistrationOpening, StreamOpening, RunSheet):
        write(session, model, rows[model])
    return len(events)


def _channels(session: Session) -> Mapping[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for city, key in session.execute(
        select(StreamChannel.city_code, StreamChannel.id).order_by(StreamChannel.id)
    ):
        found[city].append(key)
    return found


def _firms(session: Session, quarter: Quarter) -> Mapping[int, list[Firm]]:
    """Return the admitted firms of each livestream with the openings of which everything is said."""
    openings: dict[int, list[int]] = defaultdict(list)
    said = (Opening.hours_zh.is_not(None), Opening.insurance.not_in([Insurance.NONE]))
    for firm, key in session.execute(
        select(Opening.enterprise_id, Opening.id).where(*said).order_by(Opening.id)
    ):
        openings[firm].append(key)
    found: dict[int, list[Firm]] = defaultdict(list)
    rows = session.execute(
        select(Registration.event_id, Registration.enterprise_id, Registration.requested_at)
        .join(Event, Event.id == Registration.event_id)
        .where(Event.kind == EventKind.LIVESTREAM, Event.quarter == str(quarter))
        .where(Registration.state == RegistrationState.APPROVED)
        .order_by(Registration.event_id, Registration.requested_at, Registration.enterprise_id)
    )
    for event_id, firm, requested_at in rows:
        found[event_id].append(Firm(firm, requested_at, tuple(openings[firm][:MOST_SHOWN])))
    return found


def _chosen(event: Event, firms: Sequence[Firm], random: Random) -> list[Firm]:
    most = min(MOST_TURNS, event.booths)
    left = 0 if random.randrange(FULL_ONE_IN) == 0 else random.randint(1, 2)
    return list(firms[: max(1, most - left)])


def _livestream(event: Event, channel_id: int, chosen: Sequence[Firm]) -> dict[str, Any]:
    return {
        "event_id": event.id,
        "channel_id": channel_id,
        "state": LivestreamState.OPEN,
        "turns": max(len(chosen), min(MOST_TURNS, event.booths)),
        "lead_minutes": LEAD,
        "closes_at": moment(event.window_first_on - timedelta(days=CLOSES_DAYS), CLOSE_OF_BUSINESS),
        "cancel_until": moment(event.window_first_on - timedelta(days=CANCEL_DAYS), CLOSE_OF_BUSINESS),
        "updated_at": now(),
    }


def _turns(event: Event, chosen: Sequence[Firm], random: Random) -> Iterator[dict[str, Any]]:
    for ordinal, firm in enumerate(chosen, 1):
        prepared = random.randrange(5) > 0
        yield {
            "event_id": event.id,
            "ordinal": ordinal,
            "enterprise_id": firm.id,
            "minutes_wanted": 20,
            "about_zh": "主营业务稳定，常年招工，欢迎来厂看看。" if prepared else "",
            "questions_zh": QUESTIONS if prepared else "",
            "rules_accepted_at": firm.requested_at if prepared else None,
            "taken_at": firm.requested_at,
            "updated_at": now(),
        }


def _brought(event: Event, chosen: Sequence[Firm]) -> Iterator[dict[str, Any]]:
    for firm in chosen:
        for opening in firm.openings:
            yield {"event_id": event.id, "enterprise_id": firm.id, "opening_id": opening}


def _shown(event: Event, chosen: Sequence[Firm]) -> Iterator[dict[str, Any]]:
    for firm in chosen:
        for position, opening in enumerate(firm.openings, 1):
            yield {
                "event_id": event.id,
                "opening_id": opening,
                "enterprise_id": firm.id,
                "position": position,
            }


def _sheet(event: Event, chosen: Sequence[Firm], state: SheetState) -> dict[str, Any]:
    lines = proposed([firm.id for firm in chosen], lead=LEAD, total=MINUTES, least=LEAST, most=MOST)
    published_at = chosen[-1].requested_at if state is SheetState.PUBLISHED else None
    return {
        "event_id": event.id,
        "version": 1,
        "state": state,
        "lines": to_rows(lines),
        "undo": [],
        "revision": 1,
        "made_by_solver": False,
        "created_at": now(),
        "published_at": published_at,
        "updated_at": now(),
    }
