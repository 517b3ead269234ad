"""Where a livestream is seen and seen again: addresses of platforms that the site has allowed, https only."""

from collections.abc import Collection
from urllib.parse import urlsplit

from sqlalchemy.orm import Session

from scheduler.errors import NotFound, Refusal
from scheduler.models import Event
from scheduler.models.livestreams import LONGEST_LINK
from scheduler.services.livestreams.opening import livestream_of
from scheduler.texts import hides_something


class UnfitLink(Refusal):
    """An address that is not of an allowed platform, or not https."""

    status = 422
    code = "unfit_link"
    zh = "这个链接不能使用：应以 https:// 开头，且属于允许的平台（{hosts}）。"
    en = "This link cannot be used: it must begin with https:// and be of an allowed platform ({hosts})."


def set_links(
    session: Session, *, event_id: int, stream_url: str, replay_url: str, allowed: Collection[str]
) -> None:
    """Keep where a livestream is seen and where its recording; empty takes a link away.

    Raises NotFound and UnfitLink.
    """
    event = session.get(Event, event_id)
    if event is None:
        raise NotFound
    for link in (stream_url, replay_url):
        if link and not is_fit(link, allowed):
            raise UnfitLink(hosts="、".join(sorted(allowed)))
    livestream = livestream_of(session, event)
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
