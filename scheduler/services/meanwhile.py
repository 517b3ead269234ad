"""Nobody saves over a colleague unseen: a form says what it was made from, and another state refuses it."""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any, TypeVar

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from scheduler.errors import Refusal
from scheduler.models import Opening
from scheduler.models.fair_days import FairResult
from scheduler.models.livestreams import Livestream
from scheduler.models.safety import SafetyStep
from scheduler.times import local

Shared = Livestream | FairResult | SafetyStep | Opening
"""What several people write."""
Row = TypeVar("Row", FairResult, SafetyStep)
NOTHING, DIGITS = "0", 16
"""What a form was made from that found nothing kept yet, and how long it is otherwise."""


class SavedMeanwhile(Refusal):
    """Somebody else has saved since the page was opened."""

    status = 409
    code = "saved_meanwhile"
    zh = (
        "您打开页面后，别人在 {at} 保存过，您填的还没有保存。"
        "不同之处标在各项下面；核对后再保存一次，就以您填的为准。"
    )
    en = (
        "Somebody saved at {at}, after you had opened the page; what you filled in is not saved yet. "
        "What differs stands below each field: compare, and save again to keep what you filled in."
    )


def as_seen(row: Shared | None) -> str:
    """Return what a form carries along to say which state of a row it was made from."""
    if row is None:
        return NOTHING
    values = [getattr(row, column.key) for column in row.__table__.columns]
    return sha256(repr(values).encode()).hexdigest()[:DIGITS]  # by what it says: two saves may share a second


def require_as_seen(row: Shared, seen: str | None, *, is_new: bool) -> None:
    """Raise SavedMeanwhile unless a row that is locked is still what was seen; None has looked at nothing."""
    if seen is not None and seen != as_seen(None if is_new else row):
        at = row.confirmed_at if isinstance(row, Opening) else row.updated_at
        raise SavedMeanwhile(at=f"{local(at):%H:%M}")


def begun(session: Session, kind: type[Row], key: Mapping[str, Any], **blank: Any) -> tuple[Row, bool]:  # noqa: ANN401
    """Return a row, locked, and whether it is new; of two who begin it at once the later one waits."""
    row = session.get(kind, key, with_for_update=True, populate_existing=True)
    if row is not None:
        return row, False
    is_new = True
    try:
        with session.begin_nested():
            session.add(kind(**key, **blank))
    except IntegrityError:  # somebody else has begun it just now
        is_new = False
    return session.get_one(kind, key, with_for_update=True, populate_existing=True), is_new
