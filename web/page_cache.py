"""Keeps finished public pages for a minute, and drops them the moment something is published."""

import gzip
import time
from collections import OrderedDict
from dataclasses import dataclass
from datetime import date
from threading import Lock

from flask import Flask, Response, current_app, g, request

from scheduler.queries.health import newest_publication
from scheduler.times import today
from web.language import current
from web.site import reader
from web.text_size import text_size
from web.wishes import home_region, is_wishing

BLUEPRINTS = {"public", "events"}
MOST_PAGES = 512
# Between two publications only small things change, such as how many employers have registered.
SECONDS = 60.0

Key = tuple[str, ...]
Version = tuple[int | None, date]


@dataclass(frozen=True, slots=True)
class KeptPage:
    """A packed page, its tag, the schedule it shows, and when it grows stale on the monotonic clock."""

    packed: bytes
    etag: str
    version: Version
    stale_at: float


class PageCache:
    """The pages asked for last, shared by the threads of one process."""

    def __init__(self) -> None:
        """Begin empty."""
        self._pages: OrderedDict[Key, KeptPage] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Key, version: Version) -> KeptPage | None:
        """Return the page when it still shows the schedule in force."""
        with self._lock:
            page = self._pages.get(key)
            if page is None or page.version != version or page.stale_at < time.monotonic():
                return None
            self._pages.move_to_end(key)
            return page

    def put(self, key: Key, page: KeptPage) -> None:
        """Keep the page; the one that nobody asked for longest goes."""
        with self._lock:
            self._pages[key] = page
            self._pages.move_to_end(key)
            if len(self._pages) > MOST_PAGES:
                self._pages.popitem(last=False)


def install(app: Flask) -> None:
    """Answer from the cache where it can; install it first, so that it keeps the finished answers."""
    app.extensions["pages"] = PageCache()
    app.before_request(_answer)
    app.after_request(_keep)


def _answer() -> Response | None:
    if request.blueprint not in BLUEPRINTS or request.method != "GET" or is_wishing():
        return None
    cache: PageCache = current_app.extensions["pages"]
    region = home_region() if request.endpoint == "public.home" else None
    g.page_key = (current(), text_size(), region or "", request.full_path)
    g.page_version = (newest_publication(reader()), today())
    page = cache.get(g.page_key, g.page_version)
    if page is None:
        return None
    del g.page_key
    takes_packed = bool(request.accept_encodings["gzip"])
    response = Response(page.packed if takes_packed else gzip.decompress(page.packed), mimetype="text/html")
    response.set_etag(page.etag, weak=True)
    if takes_packed:
        response.headers["Content-Encoding"] = "gzip"
    return response


def _keep(response: Response) -> Response:
    fine = response.status_code == 200 and response.headers.get("Content-Encoding") == "gzip"  # noqa: PLR2004
    etag = response.get_etag()[0]
    if "page_key" in g and fine and etag and response.cache_control.public:
        cache: PageCache = current_app.extensions["pages"]
        cache.put(g.page_key, KeptPage(response.get_data(), etag, g.page_version, time.monotonic() + SECONDS))
    return response
