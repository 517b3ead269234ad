"""What a firm says and shows in its turn: about itself, its openings in order, questions and answers."""

from collections.abc import Sequence

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from scheduler.errors import NotFound, Refusal
from scheduler.models import (
    Event,
    Insurance,
    Opening,
    RegistrationOpening,
    StreamOpening,
    StreamTurn,
)
from scheduler.services.openings import require_fit
from scheduler.times import now

MOST_SHOWN = 8


class TooManyShown(Refusal):
    """More openings than fit into a turn."""

    status = 422
    code = "too_many_shown"
    zh = "一个场次最多展示 {most} 个岗位。请减少后重新保存，未保存任何内容。"
    en = "A turn shows at most {most} openings. Choose fewer and save again; nothing was saved."


class OnAirAlready(Refusal):
    """The livestream has begun: what is shown stands."""

    status = 409
    code = "on_air_already"
    zh = "“{title_zh}”已经开始，不能再修改展示内容。"
    en = "“{title_en}” has begun; what is shown in it cannot be changed any more."


def present_firm(
    session: Session, *, event_id: int, enterprise_id: int, about_zh: str, questions_zh: str
) -> None:
    """Keep what the host may say of a firm, and its answers to seekers. Raises NotFound and OnAirAlready."""
    turn = _turn(session, event_id, enterprise_id)
    turn.about_zh, turn.questions_zh = about_zh, questions_zh


def accept_rules(session: Session, *, event_id: int, enterprise_id: int) -> None:
    """Note that a firm keeps to the rules of livestreams. Raises NotFound and OnAirAlready."""
    turn = _turn(session, event_id, enterprise_id)
    turn.rules_accepted_at = turn.rules_accepted_at or now()


def choose_openings(
    session: Session, *, event_id: int, enterprise_id: int, opening_ids: Sequence[int]
) -> None:
    """Show these openings of the firm in this order; what came of one that stays is kept.

    Raises NotFound, also for another firm's opening, OnAirAlready, TooManyShown and UnfitOpening.
    """
    _turn(session, event_id, enterprise_id)
    wanted = list(dict.fromkeys(opening_ids))
    if len(wanted) > MOST_SHOWN:
        raise TooManyShown(most=MOST_SHOWN)
    _require_usable(session, event_id, enterprise_id, wanted)
    mine = (StreamOpening.event_id == event_id) & (StreamOpening.enterprise_id == enterprise_id)
    session.execute(delete(StreamOpening).where(mine, StreamOpening.opening_id.not_in(wanted)))
    kept = {row.opening_id: row for row in session.scalars(select(StreamOpening).where(mine))}
    for place, opening_id in enumerate(wanted, 1):
        if opening_id in kept:
            kept[opening_id].position = place
            continue
        _bring(session, event_id, enterprise_id, opening_id)
        session.add(
            StreamOpening(
                event_id=event_id, enterprise_id=enterprise_id, opening_id=opening_id, position=place
            )
        )
    session.flush()


def _require_usable(session: Session, event_id: int, enterprise_id: int, opening_ids: Sequence[int]) -> None:
    """Raise NotFound for openings that are another firm's or withdrawn, UnfitOpening for what is not let in.

    What was brought to the event before is left as it is.
    """
    here = (RegistrationOpening.event_id == event_id, RegistrationOpening.enterprise_id == enterprise_id)
    present = set(session.scalars(select(RegistrationOpening.opening_id).where(*here)))
    new = set(opening_ids) - present
    own = select(Opening.id).where(
        Opening.enterprise_id == enterprise_id, Opening.id.in_(new), Opening.withdrawn_at.is_(None)
    )
    if set(session.scalars(own)) != new:
        raise NotFound
    require_fit(session, event_id=event_id, opening_ids=new)


def describe_opening(
    session: Session, *, opening_id: int, hours_zh: str, insurance: Insurance | None
) -> None:
    """Say an opening's working hours and insurance, in every event that it is brought to."""
    opening = session.get_one(Opening, opening_id)
    opening.hours_zh, opening.insurance = hours_zh or None, insurance


def _bring(session: Session, event_id: int, enterprise_id: int, opening_id: int) -> None:
    key = (event_id, enterprise_id, opening_id)
    if session.get(RegistrationOpening, key) is None:
        session.add(
            RegistrationOpening(event_id=event_id, enterprise_id=enterprise_id, opening_id=opening_id)
        )
        session.flush()


def _turn(session: Session, event_id: int, enterprise_id: int) -> StreamTurn:
    turn = session.scalars(
        select(StreamTurn).where(StreamTurn.event_id == event_id, StreamTurn.enterprise_id == enterprise_id)
    ).one_or_none()
    event = session.get(Event, event_id)
    if turn is None or event is None:
        raise NotFound
    if event.starts_at is not None and event.starts_at <= now():
        raise OnAirAlready(**event.titles)
    return turn
