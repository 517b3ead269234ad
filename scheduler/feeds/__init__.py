"""iCalendar out: the same events are the same bytes, whoever asks, wherever and whenever it is rendered."""

from scheduler.feeds.assembly import Feed, calendar_bytes, calendar_file, event_bytes, feed_octets
from scheduler.feeds.entries import keep_address, refresh_entries
from scheduler.feeds.header import TOO_LARGE_BYTES
from scheduler.feeds.vevent import render_event

__all__ = [
    "TOO_LARGE_BYTES",
    "Feed",
    "calendar_bytes",
    "calendar_file",
    "event_bytes",
    "feed_octets",
    "keep_address",
    "refresh_entries",
    "render_event",
]
