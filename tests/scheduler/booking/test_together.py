"""Joining several events at once: each has its own answer, one refusal costs no other, twice is once."""

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from scheduler.database import transaction
from scheduler.models import (
    BoothWish,
    EventState,
    FloorZone,
    Registration,
    RegistrationState,
)
from scheduler.services.registering import Form, Wanted, register, register_together
from tests.scheduler.booking.rows import make_fair, make_hall, together
from tests.support.schedule import SHINAN, make_employer


def found(outcomes: object) -> list[str]:
    return [one.refusal.code if one.refusal else str(one.state) for one in outcomes]  # type: ignore[attr-defined]


def rows(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Registration)) or 0


def test_each_event_has_its_own_answer(site: Engine) -> None:
    with transaction(site) as session:
        home = make_fair(session, 1, needs_review=False)
        abroad = make_fair(session, 2, event={"division_code": SHINAN}, needs_review=False)
        cancelled = make_fair(session, 3)
        cancelled.state = EventState.CANCELLED
        small = make_fair(session, 4, booths_each=1, needs_review=False)
        wide = make_fair(session, 5, booths_each=2, needs_review=False)
        session.flush()
        firm = make_employer(session, 1).id
        ids = [wide.id, small.id, cancelled.id, 99_999, abroad.id, home.id]
        outcomes = register_together(session, event_ids=ids, enterprise_id=firm, form=Form(booths_wanted=2))
        assert found(outcomes)[:2] == ["approved", "too_many_booths"]
        outcomes = register_together(session, event_ids=ids, enterprise_id=firm, form=Form())
        assert found(outcomes) == [
            "approved",
            "approved",
            "not_registrable",
            "not_found",
            "requested",
            "approved",
        ]
        assert [one.event_id for one in outcomes] == ids
        assert rows(session) == 4


def test_a_refusal_takes_back_what_was_written_for_its_event_alone(site: Engine) -> None:
    with transaction(site) as session:
        hall = make_hall(session, 4)
        session.add(
            FloorZone(
                floor_plan_id=hall.id, code="A", name_zh="制造专区", name_en="Makers", industry_codes=[]
            )
        )
        session.flush()
        zoned, plain = make_fair(session, 1, hall=hall), make_fair(session, 2)
        firm = make_employer(session, 1)
        outcomes = register_together(
            session,
            event_ids=[plain.id, zoned.id],
            enterprise_id=firm.id,
            form=Form(wishes=[Wanted(zone_code="A")]),
        )
        assert found(outcomes) == ["bad_wish", "requested"]
        assert session.scalars(select(Registration.event_id)).all() == [zoned.id]
        assert session.scalars(select(BoothWish.event_id)).all() == [zoned.id]


def test_a_registration_that_stands_keeps_what_it_says(site: Engine) -> None:
    with transaction(site) as session:
        fairs = [make_fair(session, number, booths_each=2, needs_review=False) for number in (1, 2, 3)]
        old, new, left = (fair.id for fair in fairs)
        firm = make_employer(session, 1).id
        for event_id in (old, left):
            register(session, event_id=event_id, enterprise_id=firm, form=Form(booths_wanted=2))
        session.get_one(Registration, (left, firm)).state = RegistrationState.WITHDRAWN
        outcomes = register_together(session, event_ids=[old, new, left], enterprise_id=firm, form=Form())
        assert [one.kept for one in outcomes] == [True, False, False]
        wanted = select(Registration.booths_wanted).order_by(Registration.event_id)
        assert session.scalars(wanted).all() == [2, 1, 1]


def test_sent_twice_at_once_it_is_done_once(site: Engine) -> None:
    with transaction(site) as session:
        ids = [make_fair(session, number, needs_review=False).id for number in (1, 2, 3)]
        firm = make_employer(session, 1).id
    orders = (ids, ids[::-1], ids, ids[::-1])
    deeds = [
        lambda session, order=order: register_together(
            session, event_ids=order, enterprise_id=firm, form=Form()
        )
        for order in orders
    ]
    assert together(site, deeds) == ["done"] * 4
    with transaction(site) as session:
        assert session.scalars(select(Registration.state)).all() == [RegistrationState.APPROVED] * 3
