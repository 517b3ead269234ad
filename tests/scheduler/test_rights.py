"""Rights: what a member may where, computed anew each time from roles, loans and the tree."""

from collections.abc import Iterator
from datetime import date, datetime
from functools import partial

import pytest
import time_machine
from sqlalchemy import Engine, select, update
from sqlalchemy.orm import Session

from scheduler.database import transaction
from scheduler.errors import Forbidden, NotFound
from scheduler.models import Account, Circle, Division, Level, Organizer, Role, Shareable, SupportView, Venue
from scheduler.queries.actors import Actor, Member, actor_of, find_actor
from scheduler.queries.scope import readable, scoped
from scheduler.services import accounts, delegating, standing
from tests.support.schedule import JINAN, LIXIA, QINGDAO, SHINAN, add_reference, make_division, make_venue

PROVINCE = "370000"
NOON = datetime.fromisoformat("2026-12-01T12:00:00+08:00")
LAST_ON = date(2026, 12, 31)


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    with time_machine.travel(NOON, tick=False), transaction(engine) as session:
        add_reference(session)
        yield session


def _organizer(session: Session, code: str) -> Organizer:
    return session.scalars(select(Organizer).where(Organizer.division_code == code)).one()


def _account(session: Session, login: str, code: str, *roles: Role) -> int:
    return accounts.create_account(
        session,
        login=login,
        password=None,
        display_name=login,
        belonging=accounts.Belonging.member(_organizer(session, code).id, roles),
    ).id


def _member(session: Session, account_id: int, working_in: str | None = None) -> Member:
    actor = actor_of(session, account_id=account_id, working_in=working_in)
    assert isinstance(actor, Member)
    return actor


def _lend(session: Session, lender: str, borrower: str, role: Role, over: str) -> int:
    by = _account(session, f"admin-{lender}-{borrower}-{role}", lender, Role.ADMINISTRATOR)
    return delegating.delegate(
        session,
        by=_member(session, by),
        to=_organizer(session, borrower),
        division_code=over,
        role=role,
        last_on=LAST_ON,
        reason="支援",
    ).id


def test_a_publisher_plans_too_and_an_administrator_does_not(session: Session) -> None:
    publisher = _member(session, _account(session, "publisher", LIXIA, Role.PUBLISHER))
    administrator = _member(session, _account(session, "admin", LIXIA, Role.ADMINISTRATOR))
    assert publisher.may(Role.PLANNER, LIXIA)
    assert not publisher.may(Role.PLANNER, JINAN)
    assert not administrator.holds(Role.PLANNER)


def test_a_loan_opens_another_division_to_those_who_hold_the_role(session: Session) -> None:
    planner = _account(session, "planner", LIXIA, Role.PLANNER)
    reviewer = _account(session, "reviewer", LIXIA, Role.REVIEWER)
    loan = _lend(session, JINAN, LIXIA, Role.PLANNER, JINAN)
    assert _member(session, planner).territories == (LIXIA, JINAN)
    assert _member(session, planner, JINAN).may(Role.PLANNER, JINAN)
    assert _member(session, reviewer, JINAN).scope_code == LIXIA
    delegating.withdraw_delegation(session, delegation_id=loan)
    assert _member(session, planner, JINAN).scope_code == LIXIA


def test_a_loan_ends_with_its_last_day(session: Session) -> None:
    planner = _account(session, "planner", LIXIA, Role.PLANNER)
    _lend(session, JINAN, LIXIA, Role.PLANNER, JINAN)
    with time_machine.travel(datetime.fromisoformat("2026-12-31T23:59:00+08:00"), tick=False):
        assert _member(session, planner, JINAN).scope_code == JINAN
    with time_machine.travel(datetime.fromisoformat("2027-01-01T00:00:00+08:00"), tick=False):
        assert _member(session, planner, JINAN).scope_code == LIXIA


def test_where_publishing_is_reserved_a_publisher_plans_until_it_is_lent(session: Session) -> None:
    publisher = _account(session, "publisher", LIXIA, Role.PUBLISHER)
    delegating.reserve_publishing(session, organizer=_organizer(session, LIXIA), reserved=True)
    session.expire_all()
    reserved = _member(session, publisher)
    assert (reserved.holds(Role.PUBLISHER), reserved.holds(Role.PLANNER)) == (False, True)
    _lend(session, JINAN, LIXIA, Role.PUBLISHER, LIXIA)
    assert _member(session, publisher).may(Role.PUBLISHER, LIXIA)


@pytest.mark.parametrize(
    ("between", "over", "role", "refusal"),
    [
        ((LIXIA, JINAN), LIXIA, Role.PLANNER, delegating.UnfitDelegation),  # upwards
        ((JINAN, SHINAN), JINAN, Role.PLANNER, delegating.UnfitDelegation),  # to another city's
        ((JINAN, LIXIA), QINGDAO, Role.PLANNER, NotFound),  # what is not its own
        ((JINAN, LIXIA), JINAN, Role.ADMINISTRATOR, delegating.UnfitDelegation),
        ((JINAN, LIXIA), JINAN, Role.AUDITOR, delegating.UnfitDelegation),
    ],
)
def test_what_cannot_be_lent(
    session: Session, between: tuple[str, str], over: str, role: Role, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        _lend(session, *between, role, over)


def test_the_same_right_is_lent_once_and_again_after_it_was_withdrawn(session: Session) -> None:
    loan = _lend(session, JINAN, LIXIA, Role.PLANNER, JINAN)
    by = _member(session, _account(session, "admin", JINAN, Role.ADMINISTRATOR))
    again = partial(
        delegating.delegate,
        session,
        by=by,
        to=_organizer(session, LIXIA),
        division_code=JINAN,
        role=Role.PLANNER,
        last_on=LAST_ON,
        reason="再次",
    )
    with pytest.raises(delegating.AlreadyDelegated):
        again()
    delegating.withdraw_delegation(session, delegation_id=loan)
    again()


def test_what_a_bureau_has_lent_counts_no_more_once_the_bureau_has_moved(session: Session) -> None:
    planner = _account(session, "planner", LIXIA, Role.PLANNER)
    _lend(session, JINAN, LIXIA, Role.PLANNER, JINAN)
    make_division(session, "370900", "泰安市", Level.CITY, PROVINCE)
    session.execute(update(Organizer).where(Organizer.division_code == JINAN).values(division_code="370900"))
    assert _member(session, planner).territories == (LIXIA,)


def test_a_role_taken_away_acts_at_once_and_nobody_changes_the_own_ones(session: Session) -> None:
    admin = _account(session, "admin", JINAN, Role.ADMINISTRATOR)
    planner = _account(session, "planner", LIXIA, Role.PLANNER)
    accounts.set_roles(session, account_id=planner, roles=[Role.CHECK_IN], by=admin)
    assert _member(session, planner).roles == {Role.CHECK_IN}
    with pytest.raises(accounts.OwnAccount):
        accounts.set_roles(session, account_id=admin, roles=[Role.PUBLISHER], by=admin)
    with pytest.raises(accounts.UnfitRoles):
        accounts.set_roles(session, account_id=planner, roles=[Role.AUDITOR, Role.PLANNER], by=admin)


def test_of_two_administrators_who_demote_each_other_one_remains(session: Session) -> None:
    first = _account(session, "first", PROVINCE, Role.ADMINISTRATOR)
    second = _account(session, "second", PROVINCE, Role.ADMINISTRATOR)
    accounts.set_roles(session, account_id=second, roles=[Role.PLANNER], by=first)
    with pytest.raises(Forbidden):
        accounts.set_roles(session, account_id=first, roles=[Role.PLANNER], by=second)


def test_a_member_who_is_moved_sees_the_new_bureaus_rows_only(session: Session) -> None:
    admin = _account(session, "admin", PROVINCE, Role.ADMINISTRATOR)
    planner = _account(session, "planner", LIXIA, Role.PLANNER)
    organizer = _organizer(session, SHINAN)
    accounts.move_member(session, account_id=planner, organizer_id=organizer.id, by=admin)
    assert _member(session, planner).scope_code == SHINAN


def test_cities_of_a_circle_read_what_is_shared_and_own_none_of_it(session: Session) -> None:
    session.add(Circle(code="capital", name_zh="省会经济圈", name_en="Capital"))
    session.flush()
    session.execute(update(Division).where(Division.code.in_([JINAN, QINGDAO])).values(circle_code="capital"))
    make_venue(session, division_code=SHINAN, city_code=QINGDAO)
    reader = _member(session, _account(session, "planner", LIXIA, Role.PLANNER))
    sharer = _member(session, _account(session, "admin", QINGDAO, Role.ADMINISTRATOR))

    def seen(condition: object) -> list[str]:
        return list(session.scalars(select(Venue.division_code).where(condition)))  # type: ignore[arg-type]

    assert seen(readable(Venue, reader)) == []
    delegating.set_shared(session, by=sharer, what=Shareable.VENUES, shared=True)
    assert seen(readable(Venue, reader)) == [SHINAN]
    assert seen(scoped(Venue, reader)) == []
    delegating.set_shared(session, by=sharer, what=Shareable.VENUES, shared=False)
    assert seen(readable(Venue, reader)) == []


def _looking(session: Session, viewer: int, viewed: int) -> tuple[str, Actor | None]:
    token = accounts.open_sign_in(session, account_id=viewer)
    standing.begin_view(
        session, token=token, by=_member(session, viewer), account_id=viewed, reason="协助排查"
    )
    return token, find_actor(session, token=token)


def test_an_administrator_looks_through_the_eyes_of_a_member_below_and_it_is_on_record(
    session: Session,
) -> None:
    admin = _account(session, "admin", JINAN, Role.ADMINISTRATOR)
    planner = _account(session, "planner", LIXIA, Role.PLANNER)
    token, actor = _looking(session, admin, planner)
    assert isinstance(actor, Member)
    assert (actor.account_id, actor.viewer_id, actor.scope_code) == (planner, admin, LIXIA)
    standing.end_view(session, token=token)
    found = find_actor(session, token=token)
    assert found is not None
    assert (found.account_id, found.viewer_id) == (admin, None)
    view = session.scalars(select(SupportView)).one()
    assert (view.viewer_id, view.account_id, view.reason) == (admin, planner, "协助排查")
    assert view.ended_at is not None


def test_a_look_ends_when_the_viewer_is_no_administrator_any_more(session: Session) -> None:
    admin = _account(session, "admin", JINAN, Role.ADMINISTRATOR)
    province = _account(session, "province", PROVINCE, Role.ADMINISTRATOR)
    planner = _account(session, "planner", LIXIA, Role.PLANNER)
    token, _ = _looking(session, admin, planner)
    accounts.set_roles(session, account_id=admin, roles=[Role.PLANNER], by=province)
    found = find_actor(session, token=token)
    assert found is not None
    assert found.account_id == admin


@pytest.mark.parametrize(
    ("viewer", "role", "viewed"),
    [
        (LIXIA, Role.ADMINISTRATOR, JINAN),  # upwards
        (LIXIA, Role.ADMINISTRATOR, LIXIA),  # a colleague
        (JINAN, Role.ADMINISTRATOR, SHINAN),  # another city's
        (JINAN, Role.PUBLISHER, LIXIA),  # no administrator
    ],
)
def test_through_whose_eyes_nobody_looks(session: Session, viewer: str, role: Role, viewed: str) -> None:
    one = _account(session, "viewer", viewer, role)
    other = _account(session, "viewed", viewed, Role.PLANNER)
    with pytest.raises(NotFound):
        _looking(session, one, other)


def test_nobody_looks_through_a_seekers_eyes(session: Session) -> None:
    admin = _account(session, "admin", PROVINCE, Role.ADMINISTRATOR)
    seeker = accounts.create_account(
        session, login="seeker", password=None, display_name="求", belonging=accounts.Belonging.seeker()
    )
    with pytest.raises(NotFound):
        _looking(session, admin, seeker.id)


def test_an_account_is_one_kind_whatever_forgets_to_ask(session: Session) -> None:
    planner = session.get_one(Account, _account(session, "planner", LIXIA, Role.PLANNER))
    planner.organizer_id = None
    with pytest.raises(Exception, match="one_kind"):
        session.flush()
    session.rollback()
