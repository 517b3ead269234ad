"""A bureau sets its own rules of livestreams, or goes back to those of the bureau above it."""

from sqlalchemy import delete
from sqlalchemy.orm import Session

from scheduler.errors import Refusal
from scheduler.models import StreamRules
from scheduler.queries.livestreams.rules import Terms

LEAST, MOST, LONGEST_LEAD, MOST_DAYS = 5, 60, 30, 20


class UnfitStreamRules(Refusal):
    """Numbers that make no rules."""

    status = 422
    code = "unfit_stream_rules"
    zh = "每场应为 {least} 到 {most} 分钟且最短不超过最长，开场至多 {lead} 分钟，至多提前 {days} 个工作日。"
    en = (
        "A turn has {least} to {most} minutes, the least not above the most; the host begins with at most "
        "{lead} minutes; deadlines lie at most {days} working days ahead."
    )


def set_stream_rules(session: Session, *, organizer_id: int, terms: Terms) -> None:
    """Keep a bureau's rules; what is open already keeps its deadlines. Raises UnfitStreamRules."""
    fits = LEAST <= terms.least_minutes <= terms.most_minutes <= MOST
    fits &= terms.lead_minutes <= LONGEST_LEAD
    if not fits or max(terms.closes_lead_days, terms.cancel_lead_days) > MOST_DAYS:
        raise UnfitStreamRules(least=LEAST, most=MOST, lead=LONGEST_LEAD, days=MOST_DAYS)
    session.merge(
        StreamRules(
            organizer_id=organizer_id,
            least_minutes=terms.least_minutes,
            most_minutes=terms.most_minutes,
            lead_minutes=terms.lead_minutes,
            closes_lead_days=terms.closes_lead_days,
            cancel_lead_days=terms.cancel_lead_days,
            checklist=terms.checklist,
        )
    )


def drop_stream_rules(session: Session, *, organizer_id: int) -> None:
    """Go back to the rules of the bureau above."""
    session.execute(delete(StreamRules).where(StreamRules.organizer_id == organizer_id))
