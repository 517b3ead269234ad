"""Holds a publication back where matters of safety are late and the event's bureau wants them done first."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy.orm import Session

from scheduler.errors import Refusal
from scheduler.models import Strictness
from scheduler.queries.safety import StepLine, late_at, strictness_for
from scheduler.queries.safety_words import WORDS

LISTED = 5


class SafetyLate(Refusal):
    """Events whose matters of safety are late."""

    status = 409
    code = "safety_late"
    zh = (
        "{many} 场活动的安全事项已过期未办，未发布：{events_zh}。"
        "请在活动的“安全事项”中办理，或注明无需办理的理由。"
    )
    en = (
        "Matters of safety of {many} events are late, so nothing was published: {events_en}. See to them on "
        "the events' safety pages, or note why they are not needed."
    )


def require_safe(session: Session, moments: Iterable[tuple[int, datetime]]) -> None:
    """Raise SafetyLate naming events, to begin at these moments, whose bureau blocks what is late."""
    late = late_at(session, moments)
    codes = {event.division_code for event in late}
    strict = {code for code in codes if strictness_for(session, division_code=code) is Strictness.BLOCK}
    held = {event: steps for event, steps in late.items() if event.division_code in strict}
    if not held:
        return
    shown, more = list(held.items())[:LISTED], len(held) > LISTED
    zh = "；".join(f"{event.title_zh}（{'、'.join(_named(steps, 0))}）" for event, steps in shown)
    en = "; ".join(f"{event.title_en} ({', '.join(_named(steps, 1))})" for event, steps in shown)
    raise SafetyLate(many=len(held), events_zh=zh + " 等" * more, events_en=en + " …" * more)


def _named(steps: Iterable[StepLine], language: int) -> list[str]:
    return [WORDS[one.kind][:2][language] for one in steps]
