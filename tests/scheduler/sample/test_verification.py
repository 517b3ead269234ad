"""Sample enterprises are verified and hold tiers; a handful of each demo county waits for a review."""

from collections import Counter

from sqlalchemy import Engine, func, select

from scheduler.database import reading
from scheduler.models import (
    CaseState,
    Enterprise,
    EnterpriseTier,
    OfficerAssignment,
    ReviewCase,
    StoredFile,
    Tier,
    Verification,
)
from scheduler.queries.reviews import AGENCY_INDUSTRY
from scheduler.sample import SampleReport
from scheduler.services.files import kind_of
from scheduler.services.files.storing import MOST_BYTES
from scheduler.services.verifying import require_verified
from scheduler.times import today
from tests.scheduler.sample.conftest import load

Province = tuple[Engine, SampleReport]


def test_a_handful_of_each_demo_county_waits_for_its_review(engine: Engine) -> None:
    report = load(engine)
    with reading(engine) as session:
        rows = session.execute(
            select(Enterprise.division_code, ReviewCase.state).join(
                ReviewCase, ReviewCase.enterprise_id == Enterprise.id
            )
        )
        states = Counter((code, state) for code, state in rows)
        papers = session.execute(select(StoredFile.content, StoredFile.media_type)).all()
        late = session.scalars(select(ReviewCase.due_on).where(ReviewCase.due_on < today())).all()
    counties = {code for code, _ in states}
    assert (len(counties), report.applicants) == (4, 20)
    assert len(late) >= len(counties)
    assert {states[code, CaseState.OPEN] for code in counties} == {4}
    assert {states[code, CaseState.CORRECTION] for code in counties} == {1}
    assert {
        kind_of(content or b"", most_bytes=MOST_BYTES).media_type == kind for content, kind in papers
    } == {True}
    assert {kind for _, kind in papers} == {"application/pdf", "image/png"}


def test_all_others_are_verified_and_some_hold_tiers(province: Province) -> None:
    with reading(province[0]) as session:
        states = Counter(session.scalars(select(Enterprise.verification)))
        tiers = Counter(session.scalars(select(EnterpriseTier.tier)))
        several = select(EnterpriseTier.enterprise_id).group_by(EnterpriseTier.enterprise_id)
        held = len(session.scalars(several.having(func.count() > 1)).all())
    assert states[Verification.VERIFIED] == 18_000
    assert tiers.total() == province[1].tiers
    assert 0 < tiers[Tier.CHAIN_LEADER] < tiers[Tier.KEY_INDUSTRIAL] < tiers[Tier.SPECIALISED]
    assert tiers[Tier.SPECIALISED] < tiers[Tier.ABOVE_SCALE] < 2_500
    assert held > 50


def test_sample_agencies_may_recruit_for_others_and_some_large_firms_have_an_officer(
    province: Province,
) -> None:
    with reading(province[0]) as session:
        agencies = session.scalars(
            select(Enterprise.id).where(
                Enterprise.industry_code == AGENCY_INDUSTRY,
                Enterprise.verification == Verification.VERIFIED,
            )
        ).all()
        assert len(agencies) > 100
        assert all(require_verified(session, key) for key in agencies[:20])
        assert session.scalar(select(func.count()).select_from(OfficerAssignment)) == province[1].officers > 0
