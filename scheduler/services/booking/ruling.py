"""Sets a bureau's rules of booking; they hold for terms that are fixed from then on, and for those below."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from scheduler.errors import Refusal
from scheduler.models import BookingRules
from scheduler.queries.booking.rules import FIELDS

ALL = 100


class TooMuchReserved(Refusal):
    """Shares of more booths than a fair has."""

    status = 422
    code = "too_much_reserved"
    zh = "各类预留份额合计超过 100%。请减少后重新保存。"
    en = "The reserved shares come to more than 100 %. Make them smaller and save again."


class CheckInBackwards(Refusal):
    """Check-in that would end before it begins."""

    status = 422
    code = "check_in_backwards"
    zh = "签到截止须晚于签到开始。请改正后重新保存。"
    en = "Check-in has to end after it begins. Put the times right and save again."


def set_rules(session: Session, *, organizer_id: int, values: Mapping[str, Any]) -> None:
    """Write down a bureau's own rules; `values` has a value for each of `FIELDS`.

    Raises TooMuchReserved and CheckInBackwards.
    """
    if sum(values["shares"].values()) > ALL:
        raise TooMuchReserved
    begins, ends = (
        values["check_in_from_minute"],
        [values["check_in_minute"], values["rest_day_check_in_minute"]],
    )
    if begins is not None and any(end is not None and end <= begins for end in ends):
        raise CheckInBackwards
    rules = session.get(BookingRules, organizer_id)
    if rules is None:
        rules = BookingRules(organizer_id=organizer_id)
        session.add(rules)
    for name in FIELDS:
        setattr(rules, name, values[name])
    session.flush()


def drop_rules(session: Session, *, organizer_id: int) -> None:
    """Let the rules of the bureau above hold again."""
    rules = session.get(BookingRules, organizer_id)
    if rules is not None:
        session.delete(rules)
        session.flush()
