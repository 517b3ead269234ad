"""Keeps packed feeds in memory until the public schedule changes, so that a poll costs a look-up."""

import gzip
import hashlib
import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Engine

from scheduler.database import Unreachable, reading
from scheduler.feeds import calendar_bytes
from scheduler.queries.filters import EventFilter
from scheduler.queries.health import newest_publication
from scheduler.times import today

log = logging.getLogger(__name__)

LARGEST_CACHE_BYTES = 16 * 1024 * 1024  # a feed of 1,000 events packs into some 30 KB
MOST_FEEDS = 1_000
TRUST_SECONDS = 1.0  # how long a worker believes that nothing was published

Version = tuple[int | None, date]


@dataclass(frozen=True, slots=True)
class PackedFeed:
    """A calendar ready to be sent; only the packed form is kept, since nearly every client takes it.

    `tag` is the hash of the unpacked octets: it changes if and only if the content does, and is the same
    in every worker and after a restart.
    """

    packed: bytes
    tag: str
    changed_at: datetime | None
    is_dead: bool = False

    @classmethod
    def of(
        cls, calendar: bytes, changed_at: datetime | None = None, *, is_dead: bool = False
    ) -> "PackedFeed":
        """Pack a calendar."""
        tag = hashlib.sha256(calendar).hexdigest()[:32]
        return cls(gzip.compress(calendar, 6, mtime=0), tag, changed_at, is_dead)


class FeedCache:
    """The packed feeds of one process; safe between threads, bounded in number and octets."""

    def __init__(self, engine: Engine, public_url: str, clock: Callable[[], float] = time.monotonic) -> None:
        """Start empty; `clock` gives seconds that never go back."""
        self._engine = engine
        self._public_url = public_url
        self._clock = clock
        self._feeds: OrderedDict[str, PackedFeed] = OrderedDict()
        self._bytes = 0
        self._version: Version | None = None
        self._trusted_until = 0.0
        self._keeping = threading.RLock()
        # One rendering at a time: when a publication empties the cache, a thousand waiting polls
        # become one query and not a thousand.
        self._rendering = threading.Lock()

    def get(self, event_filter: EventFilter) -> PackedFeed:
        """Return the feed of a filter as of the schedule of at most TRUST_SECONDS ago."""
        key = event_filter.to_query()
        found = self._look_up(key)
        if found is None:
            with self._rendering:
                found = self._look_up(key) or self._render(key, event_filter)
        return found

    def _look_up(self, key: str) -> PackedFeed | None:
        with self._keeping:
            self._forget_the_outdated()
            if key in self._feeds:
                self._feeds.move_to_end(key)
            return self._feeds.get(key)

    def _forget_the_outdated(self) -> None:
        if self._clock() < self._trusted_until:
            return
        version = self._newest_version()
        if version != self._version:
            self._feeds.clear()
            self._bytes = 0
        self._version, self._trusted_until = version, self._clock() + TRUST_SECONDS

    def _newest_version(self) -> Version:
        """Return what the database says, or while it cannot be reached what it said last.

        A calendar client that meets an error goes silent or forgets its events: old ones are better.
        """
        try:
            with reading(self._engine) as session:
                return newest_publication(session), today()  # the window of days moves at midnight
        except Unreachable:
            if self._version is None:
                raise
            log.exception("the database does not answer; feeds stay as they were")
            return self._version

    def _render(self, key: str, event_filter: EventFilter) -> PackedFeed:
        version = self._version
        with reading(self._engine) as session:
            feed = calendar_bytes(session, event_filter, public_url=self._public_url)
        packed = PackedFeed.of(feed.body, feed.changed_at, is_dead=feed.is_dead)
        with self._keeping:
            if version == self._version:  # else a publication came between: the next poll renders anew
                self._keep(key, packed)
        return packed

    def _keep(self, key: str, feed: PackedFeed) -> None:
        self._feeds[key] = feed
        self._bytes += len(feed.packed)
        while self._bytes > LARGEST_CACHE_BYTES or len(self._feeds) > MOST_FEEDS:
            _, oldest = self._feeds.popitem(last=False)
            self._bytes -= len(oldest.packed)
