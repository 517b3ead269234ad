"""Who and which are meant in a list: enterprises by their names, booths and zones by theirs."""

from collections.abc import Collection

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from scheduler.models import Booth, BoothHold, Enterprise, EventFloor, FloorZone
from scheduler.queries.booking.booths import at_home


def named_enterprises(session: Session, given: Collection[str]) -> dict[str, int]:
    """Return the ids of those enterprises that there are, by the credit code or full name that was given.

    A name that several have says nobody.
    """
    by_name = (
        select(Enterprise.name_zh, func.min(Enterprise.id))
        .where(Enterprise.name_zh.in_(given), Enterprise.merged_into_id.is_(None))
        .group_by(Enterprise.name_zh)
        .having(func.count() == 1)
    )
    by_code = select(Enterprise.credit_code, Enterprise.id).where(Enterprise.credit_code.in_(given))
    return {**dict(session.execute(by_name).all()), **dict(session.execute(by_code).all())}


def named_booths(session: Session, *, event_id: int) -> dict[str, int]:
    """Return the booths of an event by their codes; of a code in two halls the first hall's,
    and never that of a hall which the event has left."""
    question = (
        select(Booth.code, Booth.id)
        .join(EventFloor, EventFloor.floor_plan_id == Booth.floor_plan_id)
        .where(EventFloor.event_id == event_id)
        .order_by(at_home(Booth.floor_plan_id, event_id), Booth.floor_plan_id.desc())
    )
    return dict(session.execute(question).all())


def named_zones(session: Session, *, event_id: int) -> dict[str, str]:
    """Return the codes of an event's zones by what people call them: the code itself, or the name."""
    question = (
        select(FloorZone.code, FloorZone.name_zh, FloorZone.name_en)
        .join(EventFloor, EventFloor.floor_plan_id == FloorZone.floor_plan_id)
        .where(EventFloor.event_id == event_id)
    )
    zones = session.execute(question).all()
    names = {name.upper(): code for code, *called in zones for name in called}
    return {**names, **{code: code for code, *_ in zones}}


def holders_of(session: Session, *, event_id: int) -> dict[int, int]:
    """Return the bookings that have an event's booths, by the booths' ids."""
    question = select(BoothHold.booth_id, BoothHold.booking_id).where(BoothHold.event_id == event_id)
    return dict(session.execute(question).all())
