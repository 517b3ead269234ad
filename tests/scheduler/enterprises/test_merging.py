"""An enterprise entered twice becomes one: everything moves, no rule is broken, and it can be taken back."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from sqlalchemy import Engine, func, select, update
from sqlalchemy.orm import Session

from scheduler import auditing
from scheduler.database import reading, transaction
from scheduler.errors import NotFound
from scheduler.models import (
    Account,
    AuditEntry,
    AvoidedNeighbour,
    Base,
    Booking,
    BookingSource,
    BookingState,
    CaseState,
    Enterprise,
    EnterpriseMerge,
    EnterpriseTier,
    Event,
    Opening,
    Registration,
    RegistrationOpening,
    RegistrationState,
    ReviewCase,
    ReviewStep,
    Tier,
)
from scheduler.services import enterprises
from scheduler.services.enterprises import CaseMoved, MergeBlocked, MergeOver, UnfitMerge
from scheduler.services.enterprises.moving import STAYS, pointers
from scheduler.services.enterprises.moving_registrations import on_registrations
from scheduler.services.verifying import require_verified
from scheduler.times import now
from tests.scheduler.enterprises.conftest import NOON
from tests.scheduler.enterprises.people import CODE, LICENCE, owner, reviewer, sign_up, submitted
from tests.scheduler.enterprises.test_signing_up import race
from tests.support.schedule import add_reference, make_employer, make_event, register

Facts = dict[str, list[Any]]


def _book(session: Session, event: Event, firm: Enterprise) -> Booking:
    booking = Booking(
        event_id=event.id,
        enterprise_id=firm.id,
        state=BookingState.CONFIRMED,
        source=BookingSource.ORGANIZER,
        confirmed_at=now(),
    )
    session.add(booking)
    session.flush()
    return booking


def _two(session: Session) -> tuple[Enterprise, Enterprise]:
    """Add a firm entered twice: both go to the first fair, the wrong one alone has a booth at the second."""
    kept, wrong = make_employer(session, 1), make_employer(session, 2)
    owner(session, wrong, "wrong@example.org")
    both, alone = make_event(session, 1), make_event(session, 2)
    for event, firm in ((both, kept), (both, wrong), (alone, wrong)):
        register(session, event, firm)
    opening = session.scalars(select(Opening).where(Opening.enterprise_id == wrong.id)).one()
    session.add(RegistrationOpening(event_id=alone.id, enterprise_id=wrong.id, opening_id=opening.id))
    session.add(
        AvoidedNeighbour(event_id=alone.id, enterprise_id=wrong.id, other_id=make_employer(session, 3).id)
    )
    for firm in (kept, wrong):
        session.add(EnterpriseTier(enterprise_id=firm.id, tier=Tier.CRAFT, source="名单", set_at=now()))
    session.add(EnterpriseTier(enterprise_id=wrong.id, tier=Tier.SPECIALISED, source="名单", set_at=now()))
    session.flush()
    _book(session, alone, wrong)
    return kept, wrong


def _merge(session: Session, kept: Enterprise, wrong: Enterprise) -> EnterpriseMerge:
    return enterprises.merge_enterprises(
        session, kept_id=kept.id, merged_id=wrong.id, by=reviewer(session), reason="信用代码录错一位"
    )


def _facts(session: Session, firm: Enterprise) -> Facts:
    """Return what an enterprise has, by table."""
    session.expire_all()
    owned = {
        "opening": Opening.id,
        "account": Account.login,
        "booking": Booking.id,
        "tier": EnterpriseTier.tier,
        "brought": RegistrationOpening.opening_id,
        "avoided": AvoidedNeighbour.other_id,
        "registration": Registration.event_id,
    }
    found: Facts = {}
    for name, column in owned.items():
        rows = session.scalars(select(column).where(column.class_.enterprise_id == firm.id).order_by(column))
        found[name] = list(rows)
    return found


def test_everything_moves_and_can_return(session: Session) -> None:
    kept, wrong = _two(session)
    before = _facts(session, kept), _facts(session, wrong)
    merge = _merge(session, kept, wrong)
    now_kept, left = _facts(session, kept), _facts(session, wrong)
    for name in ("opening", "account", "booking", "brought", "avoided"):
        assert now_kept[name] == sorted(before[0][name] + before[1][name])
        assert left[name] == []
    assert now_kept["tier"] == [Tier.CRAFT, Tier.SPECIALISED]
    assert now_kept["registration"] == [1, 2]
    assert session.get_one(Registration, (1, wrong.id)).state is RegistrationState.WITHDRAWN
    assert wrong.merged_into_id == kept.id
    assert merge.undo_to == date(2027, 2, 3)
    with pytest.raises(NotFound):
        require_verified(session, wrong.id)
    enterprises.undo_merge(session, merge_id=merge.id, by=reviewer(session))
    assert (_facts(session, kept), _facts(session, wrong)) == before
    assert session.get_one(Registration, (1, wrong.id)).state is RegistrationState.APPROVED
    assert wrong.merged_into_id is None


def test_the_audit_tells_who_merged_what(session: Session) -> None:
    auditing.watch()
    kept, wrong = _two(session)
    _merge(session, kept, wrong)
    noted = select(AuditEntry).where(AuditEntry.subject.in_(("enterprise_merge", "enterprise")))
    entries = session.scalars(noted.where(AuditEntry.deed != "made").order_by(AuditEntry.id)).all()
    assert [(entry.subject_id, entry.after) for entry in entries] == [
        (str(wrong.id), {"merged_into_id": kept.id})
    ]
    (made,) = session.scalars(noted.where(AuditEntry.subject == "enterprise_merge")).all()
    assert (made.after["kept_id"], made.after["merged_id"], made.reason) == (
        kept.id,
        wrong.id,
        "信用代码录错一位",
    )


def test_what_both_have_booked_stops_the_merge_and_nothing_moves(session: Session) -> None:
    kept, wrong = _two(session)
    event = session.get_one(Event, 1)
    _book(session, event, wrong)
    before = _facts(session, wrong)
    with pytest.raises(MergeBlocked) as caught, session.begin_nested():
        _merge(session, kept, wrong)
    assert caught.value.values == {"what": "registration", "which": 1}
    assert _facts(session, wrong) == before
    assert wrong.merged_into_id is None


def test_a_merge_cannot_be_undone_after_its_day_or_twice(session: Session) -> None:
    kept, wrong = _two(session)
    merge = _merge(session, kept, wrong)
    with time_machine.travel(NOON + timedelta(days=31), tick=False), pytest.raises(MergeOver):
        enterprises.undo_merge(session, merge_id=merge.id, by=reviewer(session))
    with time_machine.travel(NOON + timedelta(days=30), tick=False):
        enterprises.undo_merge(session, merge_id=merge.id, by=reviewer(session))
        with pytest.raises(MergeOver):
            enterprises.undo_merge(session, merge_id=merge.id, by=reviewer(session))


def test_what_was_added_since_stays_and_what_moved_on_is_left(session: Session) -> None:
    kept, wrong = _two(session)
    merge = _merge(session, kept, wrong)
    mover = session.scalars(select(Opening).where(Opening.enterprise_id == kept.id)).all()[-1]
    third = make_employer(session, 4)
    session.execute(update(Opening).where(Opening.id == mover.id).values(enterprise_id=third.id))
    later = make_event(session, 9)
    register(session, later, kept)
    enterprises.undo_merge(session, merge_id=merge.id, by=reviewer(session))
    assert _facts(session, kept)["registration"] == [1, later.id]
    assert mover.id in _facts(session, third)["opening"]


def test_chains_and_circles_are_refused(session: Session) -> None:
    one, two, three = (make_employer(session, number) for number in (1, 2, 3))
    with pytest.raises(UnfitMerge):
        _merge(session, one, one)
    _merge(session, one, two)
    for kept, wrong in ((two, three), (three, one), (three, two), (two, one)):
        with pytest.raises(UnfitMerge):
            _merge(session, kept, wrong)
    _merge(session, one, three)


def test_what_waits_for_a_review_is_closed_and_a_claim_is_decided_first(session: Session) -> None:
    kept, wrong = make_employer(session, 1), make_employer(session, 2)
    wrong.credit_code = CODE
    by = owner(session, wrong)
    case = submitted(session, wrong, by)
    claim = enterprises.file_claim(session, sign_up=sign_up(session), licence=LICENCE)
    with pytest.raises(CaseMoved), session.begin_nested():
        _merge(session, kept, wrong)
    session.execute(
        update(ReviewCase).where(ReviewCase.id == claim.id).values(state=CaseState.REFUSED, decided_at=now())
    )
    _merge(session, kept, wrong)
    session.refresh(case)
    assert case.state is CaseState.REFUSED
    steps = session.scalars(select(ReviewStep).where(ReviewStep.case_id == case.id)).all()
    assert steps[-1].reasons == ["duplicate"]


def test_a_claim_by_the_wrong_code_is_one_of_the_enterprise_it_goes_on_under(session: Session) -> None:
    kept, wrong = make_employer(session, 1), make_employer(session, 2)
    wrong.credit_code = CODE
    _merge(session, kept, wrong)
    claim = enterprises.file_claim(session, sign_up=sign_up(session), licence=LICENCE)
    assert claim.enterprise_id == kept.id


def test_every_table_that_points_to_an_enterprise_moves_or_stays() -> None:
    target = Base.metadata.tables["enterprise"].c.id
    pointing = {
        table.name
        for table in Base.metadata.sorted_tables
        if any(key.column is target for column in table.columns for key in column.foreign_keys)
    }
    moving = {model.__tablename__ for model, _ in pointers()} | {table.name for table in on_registrations()}
    assert pointing - moving - {model.__tablename__ for model in STAYS} == {"registration"}


def _pairs(engine: Engine) -> list[Callable[[Session], object]]:
    with transaction(engine) as session:
        add_reference(session)
        one, two = _two(session)
        ids = one.id, two.id
        by = reviewer(session)

    def merge(kept_id: int, merged_id: int) -> Callable[[Session], object]:
        return lambda session: enterprises.merge_enterprises(
            session, kept_id=kept_id, merged_id=merged_id, by=by, reason="重复登记"
        )

    return [merge(*ids), merge(*reversed(ids))]


def test_of_two_merges_in_opposite_directions_at_once_one_happens(engine: Engine) -> None:
    merges = _pairs(engine)
    assert race(engine, lambda session, which: merges[which](session), [0, 1]) == ["done", "unfit_merge"]
    with reading(engine) as session:
        merged = select(func.count()).select_from(Enterprise).where(Enterprise.merged_into_id.is_not(None))
        assert session.scalar(merged) == 1


def test_without_taking_both_rows_they_would_merge_into_each_other(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control, with nothing to move that would clash by itself."""
    with transaction(engine) as session:
        add_reference(session)
        ids = make_employer(session, 1).id, make_employer(session, 2).id
        by = reviewer(session)
    monkeypatch.setattr("scheduler.services.enterprises.merging._take_both", lambda *_: None)
    monkeypatch.setattr("scheduler.services.enterprises.merging.move_rows", lambda *_, **__: {})

    def merge(session: Session, which: int) -> None:
        kept_id, merged_id = ids if which else (ids[1], ids[0])
        enterprises.merge_enterprises(session, kept_id=kept_id, merged_id=merged_id, by=by, reason="重复登记")

    assert race(engine, merge, [0, 1]) == ["done", "done"]
    with reading(engine) as session:
        assert None not in set(session.scalars(select(Enterprise.merged_into_id)))
