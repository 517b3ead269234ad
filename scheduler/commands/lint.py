"""`lint`: look for faults in calendars, in the published schedule and in what should agree."""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.calendar_lint import lint
from scheduler.commands.console import Console
from scheduler.database import opened, reading
from scheduler.errors import Language
from scheduler.feeds import calendar_bytes
from scheduler.models import Campaign, Division, Event, EventKind, EventState
from scheduler.quarters import Quarter
from scheduler.queries.consistency import inconsistencies
from scheduler.queries.filters import EventFilter
from scheduler.services.planning.inspection import inspect_schedule
from scheduler.settings import Settings


def parser(console: Console) -> ArgumentParser:
    """Return a parser without options."""
    text = console.pick(
        "检查全部订阅日历、已发布日程的硬性规则，以及基础数据的一致性。发现问题时每个一行，退出码为 1。",
        "Check every calendar feed, the hard rules of the published schedule, and whether the data agree. "
        "One line for each finding, exit code 1.",
    )
    return ArgumentParser("python -m scheduler lint", description=text)


def run(_options: Namespace, settings: Settings, console: Console) -> int:
    """Print the findings; 0 when there is none."""
    with opened(settings.database_url) as engine, reading(engine) as session:
        findings = list(_findings(session, settings.public_url, console.language))
    for finding in findings:
        console.say(finding)
    if not findings:
        console.say(console.pick("没有发现问题。", "No faults found."))
    return 1 if findings else 0


def _findings(session: Session, public_url: str, language: Language) -> Iterator[str]:
    for event_filter in _filters(session):
        feed = calendar_bytes(session, event_filter, public_url=public_url)
        # a feed of the whole province is large on purpose and says so itself: docs/calendars.md
        for fault in lint(feed.body, largest=len(feed.body)):
            yield f"/calendar.ics?{event_filter.to_query()}: {fault}"
    public = select(Event.quarter).where(Event.state == EventState.PUBLISHED)
    for quarter in session.scalars(public.distinct().order_by(Event.quarter)).all():
        yield from inspect_schedule(session, quarter=Quarter.parse(quarter), language=language)
    for zh, en in inconsistencies(session):
        yield zh if language == "zh" else en


def _filters(session: Session) -> Iterator[EventFilter]:
    """Yield a filter for each division, kind and campaign, and the one that lets everything through."""
    yield EventFilter()
    for code in session.scalars(select(Division.code).order_by(Division.code)).all():
        yield EventFilter(region=code)
    for kind in EventKind:
        yield EventFilter(kind=kind)
    for code in session.scalars(select(Campaign.code).order_by(Campaign.code)).all():
        yield EventFilter(campaign=code)
