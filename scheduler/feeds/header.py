"""The lines around the events of a calendar: its name, how often to ask again, and Shanghai's clock."""

from dataclasses import dataclass

from scheduler.feeds.lines import CRLF, fold, text_line
from scheduler.feeds.words import KINDS_ZH
from scheduler.queries.filters import EventFilter
from scheduler.queries.public_facets import FilterNames

PRODID = "-//Fair Scheduler//Recruitment Events//ZH"
HOURLY, WEEKLY = "PT1H", "P7D"  # one importer refuses a whole file for "P1H"
TOO_LARGE_BYTES = 900_000
# Written by hand: generated ones carry the summer time of 1986-91, and old zones with offsets in seconds
# are refused by some clients. A feed holds no event of those years.
TIMEZONE = CRLF.join(
    (
        b"BEGIN:VTIMEZONE",
        b"TZID:Asia/Shanghai",
        b"BEGIN:STANDARD",
        b"DTSTART:19700101T000000",
        b"TZOFFSETFROM:+0800",
        b"TZOFFSETTO:+0800",
        b"TZNAME:CST",
        b"END:STANDARD",
        b"END:VTIMEZONE",
        b"",
    )
)
BEGIN = b"".join(
    (
        b"BEGIN:VCALENDAR\r\n",
        b"VERSION:2.0\r\n",
        text_line("PRODID", PRODID),
        b"CALSCALE:GREGORIAN\r\n",
    )
)
END = b"END:VCALENDAR\r\n"


@dataclass(frozen=True, slots=True)
class Heading:
    """What a calendar says of itself; `refresh` is an ISO 8601 duration."""

    name: str
    description: str
    source: str
    refresh: str


def feed_begin(heading: Heading) -> bytes:
    """Return everything before a feed's events. There is no METHOD: it would need an ORGANIZER."""
    return BEGIN + b"".join(
        (
            text_line("NAME", heading.name),
            text_line("X-WR-CALNAME", heading.name),
            text_line("DESCRIPTION", heading.description),
            text_line("X-WR-CALDESC", heading.description),
            fold(f"SOURCE;VALUE=URI:{heading.source}".encode()),
            text_line("X-WR-TIMEZONE", "Asia/Shanghai"),
            f"REFRESH-INTERVAL;VALUE=DURATION:{heading.refresh}\r\n".encode(),
            f"X-PUBLISHED-TTL:{heading.refresh}\r\n".encode(),
            TIMEZONE,
        )
    )


def heading_of(
    event_filter: EventFilter, names: FilterNames, *, events: int, size: int, public_url: str
) -> Heading:
    """Return the heading of a filter's feed of so many events and bytes."""
    query = event_filter.to_query()
    return Heading(
        name=_name(event_filter, names),
        description=_description(events, size, public_url, is_dead=bool(names.unknown)),
        source=f"{public_url}/calendar.ics" + (f"?{query}" if query else ""),
        refresh=WEEKLY if names.unknown else HOURLY,
    )


def _name(event_filter: EventFilter, names: FilterNames) -> str:
    """Name a feed after its choices. Words that somebody typed stay out: a link must not be able to put
    a sentence of its author's under our name into another person's calendar list.
    """
    parts = [
        names.region.zh if names.region else "",
        KINDS_ZH[event_filter.kind] if event_filter.kind else "招聘活动",
        names.industry.zh if names.industry else "",
        names.campaign.zh if names.campaign else "",
        _days(event_filter),
        "关键词筛选" if event_filter.text else "",
    ]
    return " · ".join(part for part in parts if part)


def _days(event_filter: EventFilter) -> str:
    if not (event_filter.from_on or event_filter.to_on):
        return ""
    return f"{event_filter.from_on or ''}至{event_filter.to_on or ''}"


def _description(events: int, size: int, public_url: str, *, is_dead: bool) -> str:
    if is_dead:
        return f"没有这个地区、行业或专项活动，日历为空。请重新选择：{public_url}/subscribe"
    text = f"共 {events} 场招聘活动，每小时更新。取消的活动保留 30 天并注明“已取消”。"
    if size > TOO_LARGE_BYTES:
        text += f"本日历较大，有的日历应用只接受 1 MB 以内；如不能显示，请分市订阅：{public_url}/subscribe"
    return text
