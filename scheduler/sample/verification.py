"""What bureaus have found out about sample enterprises: tiers, officers, and cases that wait for a review."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from scheduler.models import (
    Account,
    Division,
    Enterprise,
    EnterpriseTier,
    OfficerAssignment,
    Opening,
    ReviewCase,
    ReviewDeed,
    ReviewReason,
    ReviewStep,
    ServiceOfficer,
    Tier,
    Verification,
)
from scheduler.queries.actors import Member, actor_of
from scheduler.queries.reviews import AGENCY_INDUSTRY, Facts
from scheduler.queries.verification_rules import verification_rules
from scheduler.sample.bulk import write
from scheduler.sample.chance import luck
from scheduler.sample.credit_codes import credit_code, serials
from scheduler.sample.papers import letter_pdf, licence_pdf, licence_png
from scheduler.sample.province import Region, short
from scheduler.services import enterprises
from scheduler.services.enterprises import Papers
from scheduler.services.enterprises.facts import record
from scheduler.services.files import Given
from scheduler.times import moment, now, today

SOURCE = "示例名单（虚构）"
CRAFTS = {"C17", "C20", "C24"}
SHARES = {
    Tier.ABOVE_SCALE: ("BCD", 0.16),
    Tier.KEY_INDUSTRIAL: ("BCD", 0.02),
    Tier.CHAIN_LEADER: ("C", 0.003),
    Tier.SPECIALISED: ("CIM", 0.05),
    Tier.CRAFT: ("", 0.2),
}
"""The sections in which a tier is held, and by which share of their enterprises; crafts by the division."""
APPLICANTS = (
    ("海鲜食品", "C13", 0),
    ("精密机械", "C34", 1),
    ("渔具用品", "C24", 2),
    ("人力资源服务", "L726", 4),
    ("海洋生物科技", "C27", 6),
)
"""Trade, industry and for how many days the case has waited; the third is sent back, the last is overdue."""
SENT_BACK = 2
SERVED_ONE_IN = 2
FAMILY = 3
AUTHORISED_TO = date(2029, 12, 31)


def add_tiers(session: Session, seed: int) -> int:
    """Let sample enterprises hold tiers, in the shares that such lists have; returns how many."""
    random = luck(seed, "tiers")
    rows: list[dict[str, Any]] = []
    order = (
        select(Enterprise.id, Enterprise.industry_code).where(Enterprise.is_sample).order_by(Enterprise.id)
    )
    for enterprise_id, industry in session.execute(order):
        for tier, (sections, share) in SHARES.items():
            fits = industry in CRAFTS if tier is Tier.CRAFT else industry[0] in sections
            if random.random() < share and fits:
                rows.append({"enterprise_id": enterprise_id, "tier": tier, "source": SOURCE, "set_at": now()})
    return write(session, EnterpriseTier, rows)


def add_applicants(session: Session, region: Region, seed: int) -> int:
    """Add a handful of enterprises of each county that wait for their review; returns how many."""
    random = luck(seed, "applicants")
    codes = serials(len(APPLICANTS) * len(region.counties), random)
    many = 0
    for county in region.counties:
        for number, (words, industry, days) in enumerate(APPLICANTS):
            code = credit_code(county.code, next(codes))
            name = f"{short(county.name_zh)}{random.choice('海泰新佳润')}{words}有限公司（示例）"
            firm = Enterprise(
                credit_code=code,
                name_zh=name,
                division_code=county.code,
                city_code=region.city.code,
                industry_code=industry,
                verification=Verification.UNVERIFIED,
                is_sample=True,
            )
            session.add(firm)
            session.flush()
            case = _hand_in(session, firm, county, picture=number % 2 == 1)
            _wait(session, case, days)
            if number == SENT_BACK:
                _send_back(session, case, county)
            many += 1
    return many


def add_branches(session: Session, region: Region) -> None:
    """Make two enterprises of a trade branches of a third: one with its letter, reviewed, one without."""
    county = region.counties[0]
    here = (
        Enterprise.division_code == county.code,
        Enterprise.verification == Verification.VERIFIED,
        Enterprise.industry_code != AGENCY_INDUSTRY,
    )
    trade = select(Enterprise.industry_code).where(*here).group_by(Enterprise.industry_code)
    trade = trade.having(func.count() >= FAMILY).order_by(Enterprise.industry_code).limit(1)
    found = select(Enterprise).where(*here, Enterprise.industry_code == trade.scalar_subquery())
    parent, *branches = session.scalars(found.order_by(Enterprise.id.desc()).limit(FAMILY)).all()
    stem = f"{parent.name_zh.removesuffix('（示例）')}{short(county.name_zh)}"
    said = [
        Facts(
            name_zh=f"{stem}第{number}分公司（示例）",
            division_code=branch.division_code,
            industry_code=branch.industry_code,
            parent_code=parent.credit_code,
        )
        for number, branch in zip("一二", branches, strict=True)
    ]
    for facts, branch in zip(said, branches, strict=True):
        record(facts, branch)
    letter = Given("示例授权书.pdf", letter_pdf(parent.name_zh, said[0].name_zh, AUTHORISED_TO))
    licence = Given("示例执照.png", licence_png(branches[0].credit_code))
    case = enterprises.submit_for_review(
        session,
        enterprise_id=branches[0].id,
        by=None,
        facts=replace(said[0], authorised_to=AUTHORISED_TO),
        papers=Papers(licence=licence, parent_letter=letter),
    )
    since, by = branches[0].verified_at, _reviewer_of(session, county)
    enterprises.approve(session, case_id=case.id, revision=case.revision, by=by)
    branches[0].verified_at = since  # as of all others: the same seed gives the same rows


def add_officers(session: Session, logins: Sequence[str], region: Region) -> int:
    """Make the demo reviewers service officers, and let them serve every second enterprise that has to be."""
    found = session.scalars(select(Account).where(Account.login.in_(logins)).order_by(Account.id)).all()
    for number, account in enumerate(found, 1):
        session.add(ServiceOfficer(account_id=account.id, office_phone=f"0000-000000{number}（示例）"))
    session.flush()
    served = list(_large(session, region))[::SERVED_ONE_IN]
    rows = [
        {"enterprise_id": key, "officer_id": found[place % len(found)].id, "assigned_at": now()}
        for place, key in enumerate(served)
    ]
    return write(session, OfficerAssignment, rows)


def _large(session: Session, region: Region) -> Iterator[int]:
    least = verification_rules(session).officer_headcount
    yield from session.scalars(
        select(Enterprise.id)
        .join(Opening, Opening.enterprise_id == Enterprise.id)
        .where(Enterprise.city_code == region.city.code)
        .group_by(Enterprise.id)
        .having(func.sum(Opening.headcount) >= least)
        .order_by(Enterprise.id)
    )


def _hand_in(session: Session, firm: Enterprise, county: Division, *, picture: bool) -> ReviewCase:
    paper = (
        Given("示例执照.png", licence_png(firm.credit_code))
        if picture
        else Given("示例执照.pdf", licence_pdf(firm.name_zh, firm.credit_code, county.name_zh))
    )
    facts = Facts(firm.name_zh, firm.division_code, firm.industry_code, date(2040, 12, 31))
    return enterprises.submit_for_review(
        session, enterprise_id=firm.id, by=None, facts=facts, papers=Papers(paper)
    )


def _wait(session: Session, case: ReviewCase, days: int) -> None:
    """Let a case have been handed in some days ago, in the morning."""
    since = moment(today() - timedelta(days=days), 9 * 60 + 30)
    case.opened_at, case.due_on = since, case.due_on - timedelta(days=days)
    for step in session.scalars(select(ReviewStep).where(ReviewStep.case_id == case.id)):
        step.done_at = since
    session.flush()


def _send_back(session: Session, case: ReviewCase, county: Division) -> None:
    enterprises.send_back(
        session,
        case_id=case.id,
        revision=case.revision,
        by=_reviewer_of(session, county),
        deed=ReviewDeed.CORRECTION_ASKED,
        reasons=[ReviewReason.LICENCE_UNREADABLE],
        note="示例：印章处反光，请重新拍照。",
    )


def _reviewer_of(session: Session, county: Division) -> Member:
    """Return the province's sample reviewer: not every county has one of its own."""
    account_id = session.scalars(select(Account.id).where(Account.login == "reviewer@sample")).one()
    actor = actor_of(session, account_id=account_id)
    if not isinstance(actor, Member):
        raise TypeError(county.code)
    return actor
