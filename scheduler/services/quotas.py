"""How often an account or token may ask: permits are handed out by rows, a few at a time."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import Integer, bindparam, delete, select
from sqlalchemy.dialects import postgresql, sqlite
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


def take_permits(session: Session, *, wanted: Mapping[str, int], permits: int) -> None:
    """Take permits for the running minute for several subjects, each with the most it may have.

    One statement takes them all, so several processes together hand out no more. Raises TooManyRequests.
    """
    moment = now()
    opened_at = moment.replace(second=0)
    for subject, most in sorted(wanted.items()):  # in one order, so that two never wait for each other
        row = {"subject": subject, "opened_at": opened_at, "permits": permits, "most": most}
        if session.connection().scalar(TAKING[session.get_bind().dialect.name], row) is None:
            raise TooManyRequests(most=most, seconds=WINDOW_SECONDS - moment.second)


def forget_windows(session: Session) -> None:
    """Drop the minutes that are over."""
    over = RequestWindow.opened_at < now() - 2 * timedelta(seconds=WINDOW_SECONDS)
    session.execute(delete(RequestWindow).where(over).execution_options(synchronize_session=False))


def _taking(dialect: Any) -> Any:  # noqa: ANN401 — either dialect's INSERT
    """Return the statement that opens a minute, or takes from one that is open if enough is left."""
    permits, most = bindparam("permits", type_=Integer), bindparam("most", type_=Integer)
    table = RequestWindow.__table__
    opening = dialect.insert(table).from_select(
        ["subject", "opened_at", "taken"],
        select(
            bindparam("subject", type_=table.c.subject.type),
            bindparam("opened_at", type_=table.c.opened_at.type),
            permits,
        ).where(permits <= most),
    )
    return opening.on_conflict_do_update(
        index_elements=["subject", "opened_at"],
        set_={"taken": table.c.taken + permits},
        where=table.c.taken + permits <= most,
    ).returning(table.c.taken)


TAKING = {name: _taking(dialect) for name, dialect in {"postgresql": postgresql, "sqlite": sqlite}.items()}
