"""Keeps openings out of an event, or out of their own change, that its bureau does not let in as they are."""

from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.models import Event, EventState, Opening, RegistrationOpening
from scheduler.postings import say
from scheduler.queries.openings.at_event import rules_of_event
from scheduler.queries.openings.judging import judge
from scheduler.services.openings.refusals import UnfitOpening
from scheduler.times import now


def require_fit(session: Session, *, event_id: int, opening_ids: Collection[int]) -> None:
    """Raise UnfitOpening for the first of some openings that the event's bureau does not let in as it is."""
    openings = session.scalars(select(Opening).where(Opening.id.in_(opening_ids)).order_by(Opening.id)).all()
    _require(session, session.get_one(Event, event_id), openings)


def require_fit_where_used(session: Session, opening: Opening) -> None:
    """Raise UnfitOpening when an event to come to which an opening was brought would not let it in now."""
    events = session.scalars(
        select(Event)
        .join(RegistrationOpening, RegistrationOpening.event_id == Event.id)
        .where(
            RegistrationOpening.opening_id == opening.id,
            Event.state == EventState.PUBLISHED,
            Event.starts_at > now(),
        )
        .order_by(Event.starts_at, Event.id)
    ).all()
    for event in events:
        _require(session, event, [opening])


def _require(session: Session, event: Event, openings: Sequence[Opening]) -> None:
    if not openings:
        return
    judged = judge(session, openings, rules_of_event(session, event_id=event.id))
    for opening in openings:
        for one in judged[opening.id]:
            if one.blocks:
                zh, en = say(one.finding, "zh"), say(one.finding, "en")
                raise UnfitOpening(
                    opening=opening.title_zh,
                    **event.titles,
                    reason_zh=zh.what,
                    reason_en=en.what,
                    instead_zh=zh.instead,
                    instead_en=en.instead,
                    clause_zh=zh.clause,
                    clause_en=en.clause,
                )
