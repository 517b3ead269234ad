"""What came of each opening: its second in the replay, how often it was seen, how many résumés it got."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.errors import NotFound, Refusal
from scheduler.models import Event, Livestream, LivestreamState, StreamOpening
from scheduler.times import now


class NotBegunYet(Refusal):
    """Nothing can have come of a livestream that has not begun."""

    status = 409
    code = "not_begun_yet"
    zh = "“{title_zh}”尚未开始，还不能录入观看和简历数。"
    en = "“{title_en}” has not begun; what came of it cannot be entered yet."


@dataclass(frozen=True, slots=True)
class Count:
    """What is known of one opening; None: nothing."""

    replay_second: int | None = None
    views: int | None = None
    resumes: int | None = None


def enter_counts(session: Session, *, event_id: int, counts: Mapping[int, Count]) -> int:
    """Keep what is known of openings, and that the livestream was held; returns how many have changed.

    Raises NotFound, also for an opening that was not shown, and NotBegunYet.
    """
    event, livestream = session.get(Event, event_id), session.get(Livestream, event_id)
    if event is None or livestream is None:
        raise NotFound
    if event.starts_at is None or event.starts_at > now():
        raise NotBegunYet(**event.titles)
    rows = {
        row.opening_id: row
        for row in session.scalars(select(StreamOpening).where(StreamOpening.event_id == event_id))
    }
    if not counts.keys() <= rows.keys():
        raise NotFound
    livestream.state = LivestreamState.HELD
    changed = 0
    for opening_id, count in counts.items():
        row = rows[opening_id]
        if Count(row.replay_second, row.views, row.resumes) != count:
            row.replay_second, row.views, row.resumes = count.replay_second, count.views, count.resumes
            row.counted_at = now()
            changed += 1
    return changed
