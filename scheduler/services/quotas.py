"""How often an account or token may ask: permits are handed out by rows, a few at a time."""

from datetime import timedelta

from sqlalchemy import CursorResult, Update, delete, insert, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from scheduler.errors import Refusal
from scheduler.models import RequestWindow
from scheduler.times import now

WINDOW_SECONDS = 60


class TooManyRequests(Refusal):
    """An account or token has used up its minute."""

    status = 429
    code = "too_many_requests"
    zh = "请求过于频繁：每分钟最多 {most} 次。请在 {seconds} 秒后重试。"
    en = "Too many requests: at most {most} a minute. Try again in {seconds} seconds."


def take_permits(session: Session, *, subject: str, permits: int, most: int) -> None:
    """Take permits for the running minute, all or none; raises TooManyRequests when `most` would be passed.

    One conditional UPDATE takes them, so several processes together hand out no more than `most`.
    """
    moment = now()
    opened_at = moment.replace(second=0)
    session.execute(
        delete(RequestWindow).where(
            RequestWindow.subject == subject, RequestWindow.opened_at < opened_at - timedelta(minutes=1)
        )
    )
    taking = (
        update(RequestWindow)
        .where(RequestWindow.subject == subject, RequestWindow.opened_at == opened_at)
        .where(RequestWindow.taken <= most - permits)
        .values(taken=RequestWindow.taken + permits)
    )
    if _hit(session, taking):
        return
    row = {"subject": subject, "opened_at": opened_at, "taken": permits}
    try:
        with session.begin_nested():
            session.execute(insert(RequestWindow), row)
    except IntegrityError:
        if not _hit(session, taking):  # not even for who has just opened the minute beside us
            raise TooManyRequests(most=most, seconds=WINDOW_SECONDS - moment.second) from None


def _hit(session: Session, taking: Update) -> bool:
    done = session.execute(taking)
    return isinstance(done, CursorResult) and bool(done.rowcount)
