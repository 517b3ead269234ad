"""Tiers with their source, and one service officer for each enterprise that wants many people."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.errors import NotFound
from scheduler.models import EnterpriseTier, OfficerAssignment, Opening, ServiceOfficer, Tier
from scheduler.queries.tiers import tiers_of
from scheduler.services import enterprises
from scheduler.services.enterprises import OfficerNeeded, SourceMissing
from tests.scheduler.enterprises.people import reviewer
from tests.support.schedule import JINAN, LIXIA, QINGDAO, make_employer

LIST = "济南市 2026 年重点工业企业名单"


def _tiers(session: Session) -> dict[Tier, str]:
    rows = session.scalars(select(EnterpriseTier).order_by(EnterpriseTier.tier))
    return {row.tier: row.source for row in rows}


def test_several_tiers_may_be_held_and_each_says_by_which_list(session: Session) -> None:
    firm, by = make_employer(session), reviewer(session)
    both = {Tier.ABOVE_SCALE: "统计局名单", Tier.KEY_INDUSTRIAL: LIST}
    enterprises.set_tiers(session, enterprise_id=firm.id, by=by, sources=both)
    assert _tiers(session) == both
    enterprises.set_tiers(session, enterprise_id=firm.id, by=by, sources={Tier.KEY_INDUSTRIAL: LIST})
    assert _tiers(session) == {Tier.KEY_INDUSTRIAL: LIST}
    with pytest.raises(SourceMissing):
        enterprises.set_tiers(session, enterprise_id=firm.id, by=by, sources={Tier.CRAFT: " "})
    assert _tiers(session) == {Tier.KEY_INDUSTRIAL: LIST}


def test_the_tiers_of_many_enterprises_are_read_at_once(session: Session) -> None:
    firms, by = [make_employer(session, number) for number in range(1, 4)], reviewer(session)
    both = {Tier.CRAFT: LIST, Tier.KEY_INDUSTRIAL: LIST}
    for firm, sources in zip(firms, ({}, both, {Tier.CHAIN_LEADER: LIST}), strict=True):
        enterprises.set_tiers(session, enterprise_id=firm.id, by=by, sources=sources)
    ids = [firm.id for firm in firms]
    assert tiers_of(session, [*ids, *range(10_000, 11_000)]) == {
        ids[1]: (Tier.KEY_INDUSTRIAL, Tier.CRAFT),
        ids[2]: (Tier.CHAIN_LEADER,),
    }


def _officers(session: Session, *codes: str) -> list[int]:
    by, found = reviewer(session, "370000"), []
    for code in codes:
        member = reviewer(session, code)
        enterprises.appoint_officer(
            session, account_id=member.account_id, by=by, office_phone="0531-00000001"
        )
        found.append(member.account_id)
    return found


def _assign(session: Session, enterprise_id: int, officer_id: int | None, code: str = LIXIA) -> None:
    by = reviewer(session, code)
    enterprises.assign_officer(session, enterprise_id=enterprise_id, by=by, officer_id=officer_id)


def test_an_enterprise_has_one_officer_who_can_be_replaced(session: Session) -> None:
    firm = make_employer(session)
    first, second = _officers(session, LIXIA, JINAN)
    _assign(session, firm.id, first)
    _assign(session, firm.id, second, JINAN)
    (row,) = session.scalars(select(OfficerAssignment)).all()
    assert (row.enterprise_id, row.officer_id) == (firm.id, second)


def test_an_officer_is_a_member_of_a_bureau_in_the_scope_who_was_appointed(session: Session) -> None:
    firm, (elsewhere,) = make_employer(session), _officers(session, QINGDAO)
    for officer in (elsewhere, reviewer(session, LIXIA).account_id, 999):
        with pytest.raises(NotFound):
            _assign(session, firm.id, officer)
    with pytest.raises(NotFound):
        enterprises.appoint_officer(
            session, account_id=elsewhere, by=reviewer(session, LIXIA), office_phone="1"
        )
    assert session.get_one(ServiceOfficer, elsewhere).office_phone == "0531-00000001"


def test_who_wants_many_people_is_not_left_without_an_officer(session: Session) -> None:
    firm, (officer,) = make_employer(session), _officers(session, LIXIA)
    _assign(session, firm.id, officer)
    opening = session.scalars(select(Opening)).one()
    opening.headcount = 50
    session.flush()
    with pytest.raises(OfficerNeeded) as caught:
        _assign(session, firm.id, None)
    assert caught.value.values == {"wanted": 50, "least": 50}
    opening.headcount = 49
    session.flush()
    _assign(session, firm.id, None)
    assert session.scalars(select(OfficerAssignment)).all() == []
