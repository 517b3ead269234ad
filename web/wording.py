"""How days, times, kinds and names are written, in the language of the page."""

from datetime import date, datetime
from typing import Any

from flask import Flask
from flask_babel import LazyString, lazy_gettext

from scheduler.models import EventKind, EventState
from scheduler.postings import WageUnit
from scheduler.services.meanwhile import as_seen
from scheduler.times import local, today
from web.language import current

KINDS: dict[EventKind, LazyString] = {
    EventKind.COMPREHENSIVE: lazy_gettext("综合性招聘"),
    EventKind.PROFESSIONAL: lazy_gettext("专业性招聘"),
    EventKind.CAMPUS: lazy_gettext("校园招聘"),
    EventKind.LIVESTREAM: lazy_gettext("直播带岗"),
    EventKind.POLICY_TALK: lazy_gettext("政策速递"),
    EventKind.ONLINE: lazy_gettext("线上招聘"),
    EventKind.TOUR: lazy_gettext("参观走访"),
    EventKind.OTHER: lazy_gettext("其他活动"),
}
STATES: dict[EventState, LazyString] = {
    EventState.PLANNED: lazy_gettext("已编排"),
    EventState.PUBLISHED: lazy_gettext("已发布"),
    EventState.CANCELLED: lazy_gettext("已取消"),
    EventState.HELD: lazy_gettext("已举办"),
}
WAGES: dict[WageUnit, LazyString] = {
    WageUnit.MONTH: lazy_gettext("元/月"),
    WageUnit.DAY: lazy_gettext("元/日"),
    WageUnit.HOUR: lazy_gettext("元/小时"),
    WageUnit.YEAR: lazy_gettext("元/年"),
}
OPEN_WAGE = lazy_gettext("工资面议")
WEEKDAYS_ZH = "一二三四五六日"
WEEKDAYS_EN = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
SHORTER = (
    ("高新技术产业开发区", "高新区"),
    ("经济技术开发区", "经开区"),
    ("经济开发区", "经开区"),
    (" City", ""),
    (" District", ""),
    (" County", ""),
)
MONTHS_EN = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def install(app: Flask) -> None:
    """Give templates the filters of this module under their own names."""
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(kinds=tuple(EventKind), weekdays=weekdays)
    app.jinja_env.filters.update(
        as_seen=as_seen,
        day=day,
        dated=dated,
        month_day=month_day,
        lies_in=lies_in,
        clock=clock,
        by_when=by_when,
        clock_seconds=clock_seconds,
        span=span,
        hours=hours,
        month=month,
        year=year,
        kind=kind,
        state=state,
        named=named,
        short=short,
        wage=wage,
    )


def day(value: date | datetime) -> str:
    """Return a day as 1月8日 周五, or Fri 8 Jan; a moment gives its day in Shanghai."""
    on = local(value).date() if isinstance(value, datetime) else value
    if current() == "zh":
        return f"{on.month}月{on.day}日 周{WEEKDAYS_ZH[on.weekday()]}"
    return f"{WEEKDAYS_EN[on.weekday()]} {on.day} {MONTHS_EN[on.month - 1]}"


def month_day(on: date) -> str:
    """Return a day without its weekday, with its year when that is not this one."""
    if current() == "zh":
        return f"{'' if on.year == today().year else f'{on.year}年'}{on.month}月{on.day}日"
    return f"{on.day} {MONTHS_EN[on.month - 1]}{'' if on.year == today().year else f' {on.year}'}"


def dated(value: date | datetime) -> str:
    """Return a day like `day`, with its year when that is not this one."""
    on = local(value).date() if isinstance(value, datetime) else value
    if on.year == today().year:
        return day(on)
    return f"{on.year}年{day(on)}" if current() == "zh" else f"{day(on)} {on.year}"


def clock(moment: datetime) -> str:
    """Return the time of day in Shanghai as 09:00."""
    return f"{local(moment):%H:%M}"


def by_when(moment: datetime) -> str:
    """Return until when something holds: the time today, else day and time."""
    return clock(moment) if local(moment).date() == today() else f"{day(moment)} {clock(moment)}"


def clock_seconds(moment: datetime) -> str:
    """Return the time of day in Shanghai as 09:00:05."""
    return f"{local(moment):%H:%M:%S}"


def span(starts_at: datetime, ends_at: datetime) -> str:
    """Return day and hours, as 1月8日 周五 09:00–12:00; over midnight both days are named."""
    if local(starts_at).date() == local(ends_at).date():
        return f"{day(starts_at)} {clock(starts_at)}–{clock(ends_at)}"
    return f"{day(starts_at)} {clock(starts_at)} – {day(ends_at)} {clock(ends_at)}"


def hours(event: Any) -> str:  # noqa: ANN401 — anything with a beginning and an end
    """Return the hours as 09:00–12:00; over midnight the last day is named."""
    if local(event.starts_at).date() == local(event.ends_at).date():
        return f"{clock(event.starts_at)}–{clock(event.ends_at)}"
    return f"{clock(event.starts_at)} – {day(event.ends_at)} {clock(event.ends_at)}"


def weekdays() -> list[str]:
    """Return the days of a week, from Monday."""
    return [f"周{letter}" for letter in WEEKDAYS_ZH] if current() == "zh" else list(WEEKDAYS_EN)


def lies_in(event: Any) -> str:  # noqa: ANN401 — anything with a city and a division
    """Return where an event is: 济宁市泗水县, or Sishui County, Jining City."""
    city, division = named(event.city), named(event.division)
    if city == division:
        return city
    return f"{city}{division}" if current() == "zh" else f"{division}, {city}"


def year(value: date | datetime) -> str:
    """Return a day's year as 2027年, or 2027."""
    on = local(value).date() if isinstance(value, datetime) else value
    return f"{on.year}年" if current() == "zh" else str(on.year)


def short(name: str) -> str:
    """Return a region's name cut to what fits on a tile."""
    for long, brief in SHORTER:
        name = name.replace(long, brief)
    return name


def month(first_on: date) -> str:
    """Return a month as 2027年1月, or Jan 2027."""
    if current() == "zh":
        return f"{first_on.year}年{first_on.month}月"
    return f"{MONTHS_EN[first_on.month - 1]} {first_on.year}"


def kind(value: EventKind | str) -> str:
    """Return an event kind in words."""
    return str(KINDS[EventKind(value)])


def state(value: EventState | str) -> str:
    """Return an event's state in words."""
    return str(STATES[EventState(value)])


def wage(opening: Any) -> str:  # noqa: ANN401 — anything with a wage
    """Return an opening's wage as 5,000–8,000 元/月, or that it is not stated."""
    if opening.wage_min is None:
        return str(OPEN_WAGE)
    ends = dict.fromkeys((f"{opening.wage_min:,}", f"{opening.wage_max:,}"))
    return f"{'–'.join(ends)} {WAGES[WageUnit(opening.wage_unit)]}"


def named(thing: Any, field: str = "name") -> str:  # noqa: ANN401 — anything with a name in two languages
    """Return the name (or title) of a thing in the page's language; Chinese where there is no English one.

    A thing has either `zh` and `en`, or `name_zh` and `name_en` (`title_zh` … for another field).
    """
    prefix = "" if hasattr(thing, "zh") else f"{field}_"
    chinese = str(getattr(thing, f"{prefix}zh"))
    return chinese if current() == "zh" else str(getattr(thing, f"{prefix}en", "") or chinese)
