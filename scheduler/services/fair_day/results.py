"""What came of a fair (成效): each enterprise says it by a link of its own, without signing in."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.errors import NotFound, Refusal
from scheduler.links import read, sign
from scheduler.models import Event, EventState
from scheduler.models.fair_days import FairResult
from scheduler.queries.fair_day.results import attendances, missing_firms
from scheduler.queries.public_rows import VisibleEvent
from scheduler.services.meanwhile import begun, require_as_seen
from scheduler.services.telling import tell
from scheduler.times import local, now

PURPOSE, LETTER = "fair_result", "result_wanted"
OPEN_FOR = timedelta(days=30)
"""For how long after its fair an enterprise can say what came of it, and correct that."""
ASKED_WITHIN = timedelta(days=2)
"""A worker that was away for longer asks nobody by itself; the organizer still can."""


class ResultsNotOpen(Refusal):
    """A fair that has not begun, or that did not take place."""

    status = 409
    code = "results_not_open"
    zh = "活动开始后才能填报成效；已取消的活动不用填报。"
    en = "Results are taken once the fair has begun; nothing is to be said of a fair that was cancelled."


class ResultsClosed(Refusal):
    """A fair that is over for too long."""

    status = 410
    code = "results_closed"
    zh = "填报已截止。需要补报或更正的，请联系办会机构代为填写。"
    en = "Results are closed. To add or correct something, ask the organizer to enter it for you."


@dataclass(frozen=True, slots=True)
class Counts:
    """What an enterprise says: visitors at its booth, résumés, intents (意向), hires on the spot."""

    visitors: int
    resumes: int
    intents: int
    hires: int
    remark: str = ""


def result_link(secret_key: str, *, event_id: int, enterprise_id: int) -> str:
    """Return the last part of the address under which an enterprise says what came of one fair."""
    return sign(secret_key, PURPOSE, [event_id, enterprise_id])


def linked_result(secret_key: str, link: str) -> tuple[int, int]:
    """Return the event and the enterprise that a link is for; raises DeadLink."""
    event_id, enterprise_id = read(secret_key, PURPOSE, link)
    return int(event_id), int(enterprise_id)


def closes_at(event: Event | VisibleEvent) -> datetime | None:
    """Return until when enterprises can report; None for an event without a time."""
    return event.ends_at + OPEN_FOR if event.ends_at else None


def require_open(event: Event | VisibleEvent) -> None:
    """Raise ResultsNotOpen or ResultsClosed unless enterprises can report."""
    _require_begun(event)
    until = closes_at(event)
    if until is not None and until <= now():
        raise ResultsClosed


def report(  # noqa: PLR0913 — what came of which fair for whom, said by whom, looking at what
    session: Session,
    *,
    event_id: int,
    enterprise_id: int,
    counts: Counts,
    entered_by: int | None = None,
    seen: str | None = None,
) -> None:
    """Keep what came of a fair for an enterprise; said again it replaces what was said before (`seen`).

    Where an organizer enters it (`entered_by`) there is no last day. Raises NotFound for an enterprise
    that was not there, ResultsNotOpen, ResultsClosed and SavedMeanwhile.
    """
    event = session.get(Event, event_id)
    if event is None or enterprise_id not in attendances(session, event_id=event_id):
        raise NotFound
    if entered_by is None:
        require_open(event)
    else:
        _require_begun(event)
    key = {"event_id": event_id, "enterprise_id": enterprise_id}
    row, is_new = begun(session, FairResult, key, visitors=0, resumes=0, intents=0, hires=0)
    require_as_seen(row, seen, is_new=is_new)
    row.visitors, row.resumes = counts.visitors, counts.resumes
    row.intents, row.hires = counts.intents, counts.hires
    row.remark, row.entered_by, row.updated_at = counts.remark or None, entered_by, now()
    session.flush()


def remind(session: Session, *, event_id: int) -> int:
    """Write to those who have said nothing yet, once a day at most; returns how many firms it were.

    Raises ResultsNotOpen and ResultsClosed.
    """
    event = session.get(Event, event_id)
    if event is None:
        raise NotFound
    require_open(event)
    missing = missing_firms(session, event_id=event_id)
    _ask(session, event_id, missing, f"result-{event_id}-{local(now()):%Y%m%d}")
    return len(missing)


def ask_for_results(session: Session) -> int:
    """Write to the enterprises of fairs that have just ended, once; returns how many firms it were."""
    ended = select(Event.id).where(
        Event.state.in_((EventState.PUBLISHED, EventState.HELD)),
        Event.ends_at <= now(),
        Event.ends_at > now() - ASKED_WITHIN,
    )
    count = 0
    for event_id in session.scalars(ended.order_by(Event.id)).all():
        cause = f"result-{event_id}-first"
        missing = missing_firms(session, event_id=event_id, without_cause=cause)
        _ask(session, event_id, missing, cause)
        count += len(missing)
    return count


def _ask(session: Session, event_id: int, firms: Collection[int], cause: str) -> None:
    for firm in firms:
        tell(session, LETTER, cause, (event_id, firm), {"event": event_id, "enterprise": firm})


def _require_begun(event: Event | VisibleEvent) -> None:
    took_place = event.state in {EventState.PUBLISHED, EventState.HELD}
    if not took_place or event.starts_at is None or event.starts_at > now():
        raise ResultsNotOpen
