"""The one clock, and the one place that knows Shanghai from UTC."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")
_told: ContextVar[datetime | None] = ContextVar("told", default=None)


def now() -> datetime:
    """Return this moment, aware, in UTC, cut to whole seconds as calendars store them."""
    return _told.get() or datetime.now(UTC).replace(microsecond=0)


@contextmanager
def told_of(moment_: datetime) -> Iterator[None]:
    """Let the block do what was done at a moment: only a sample tells of the past, by the same services."""
    token = _told.set(moment_)
    try:
        yield
    finally:
        _told.reset(token)


def today() -> date:
    """Return the day it is in Shanghai."""
    return local(now()).date()


def local(moment: datetime) -> datetime:
    """Return an aware moment as Shanghai's clocks show it; raises ValueError when it is naive."""
    if moment.tzinfo is None:
        raise ValueError(f"a moment needs its time zone: {moment!r}")
    return moment.astimezone(SHANGHAI)


def moment(day: date, minute: int) -> datetime:
    """Return the UTC moment of a Shanghai day and the minutes since its midnight (0 … 1440)."""
    midnight = datetime.combine(day, time(), tzinfo=SHANGHAI)
    return (midnight + timedelta(minutes=minute)).astimezone(UTC)


def to_the_minute(moment_: datetime) -> str:
    """Return an aware moment as letters and refusals say it, in Shanghai's time: 2027-01-05 09:30."""
    return f"{local(moment_):%Y-%m-%d %H:%M}"


def minute_of_day(moment_: datetime) -> int:
    """Return the minutes since Shanghai's midnight of an aware moment."""
    shown = local(moment_)
    return shown.hour * 60 + shown.minute


def days_between(first_on: date, last_on: date) -> list[date]:
    """Return every day from the first to the last, both included."""
    return [first_on + timedelta(days=offset) for offset in range((last_on - first_on).days + 1)]
