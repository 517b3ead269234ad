"""Where a livestream is seen and seen again: addresses of platforms that the site has allowed, https only."""

from collections.abc import Collection
from urllib.parse import urlsplit

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.errors import NotFound, Refusal
from scheduler.models import Event
from scheduler.models.livestreams import LONGEST_LINK, Livestream
from scheduler.services.livestreams.opening import livestream_of
from scheduler.services.meanwhile import require_as_seen
from scheduler.texts import hides_something


class UnfitLink(Refusal):
    """An address that is not of an allowed platform, or not https."""

    status = 422
    code = "unfit_link"
    zh = "这个链接不能使用：应以 https:// 开头，且属于允许的平台（{hosts}）。"
    en = "This link cannot be used: it must begin with https:// and be of an allowed platform ({hosts})."


def set_links(  # noqa: PLR0913 — which links of which livestream, allowed by whom, looking at what
    session: Session,
    *,
    event_id: int,
    stream_url: str,
    replay_url: str,
    allowed: Collection[str],
    seen: str | None = None,
) -> None:
    """Keep where a livestream is seen and where its recording, looking at what was `seen`; empty takes away.

    Raises NotFound, UnfitLink and SavedMeanwhile.
    """
    event = session.get(Event, event_id)
    if event is None:
        raise NotFound
    for link in (stream_url, replay_url):
        if link and not is_fit(link, allowed):
            raise UnfitLink(hosts="、".join(sorted(allowed)))
    is_new = session.scalar(select(Livestream.event_id).filter_by(event_id=event_id)) is None
    livestream = livestream_of(session, event)
    require_as_seen(livestream, seen, is_new=is_new)
    livestream.stream_url, livestream.replay_url = stream_url or None, replay_url or None


def is_fit(link: str, allowed: Collection[str]) -> bool:
    """Tell whether a link leads to an allowed host, or one below it, by https and without a user or port."""
    try:
        parts = urlsplit(link)
        port = parts.port
    except ValueError:
        return False
    if len(link) > LONGEST_LINK or not link.isascii() or hides_something(link) or " " in link or "\\" in link:
        return False
    host = (parts.hostname or "").lower()
    plain = parts.scheme == "https" and port is None and "@" not in parts.netloc
    return plain and any(host == one or host.endswith(f".{one}") for one in allowed)
