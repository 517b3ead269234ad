"""Branches: who is one, what they hand in of their parent, and at which fairs they need its letter."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.credit_codes import UnfitCreditCode
from scheduler.errors import Refusal
from scheduler.models import FilePurpose, StoredFile
from scheduler.queries.reviews import Facts, Tone, case_facts
from scheduler.services import enterprises
from scheduler.services.enterprises import LetterMissing, Papers, UnfitParent
from scheduler.services.files import Given
from tests.scheduler.enterprises.people import (
    CODE,
    FACTS,
    LICENCE,
    OTHER_CODE,
    owner,
    reviewer,
    submitted,
    unverified,
)
from tests.support.papers import pdf

LETTER = Given("授权书.pdf", pdf())
LAST_ON = date(2027, 6, 30)
BRANCH = replace(FACTS, name_zh="历下示例机械有限公司泉城分公司", parent_code=CODE, authorised_to=LAST_ON)


@pytest.mark.parametrize(
    ("name", "parent", "is_branch"),
    [
        ("示例机械有限公司", "", False),
        ("示例机械有限公司", CODE, True),
        ("示例机械有限公司济南分公司", "", True),
        ("示例机械有限公司第二分厂（筹）", "", True),
        ("示例银行股份有限公司济南支行", "", True),
        ("分公司之家咨询有限公司", "", False),
    ],
)
def test_a_branch_says_so_by_its_parent_or_by_its_name(name: str, parent: str, *, is_branch: bool) -> None:
    assert replace(FACTS, name_zh=name, parent_code=parent).is_branch is is_branch


@pytest.mark.parametrize(
    ("parent", "last_on", "lacks"),
    [("", LAST_ON, True), (CODE, None, True), (CODE, LAST_ON, False), (CODE, date(2027, 6, 29), True)],
)
def test_a_letter_counts_until_its_last_day(parent: str, last_on: date | None, *, lacks: bool) -> None:
    said = replace(BRANCH, parent_code=parent, authorised_to=last_on)
    assert said.lacks_letter(LAST_ON) is lacks
    assert not replace(said, name_zh="示例机械有限公司", parent_code="").lacks_letter(LAST_ON)


def test_a_branch_is_on_record_with_its_parent_once_reviewed(session: Session) -> None:
    firm = unverified(session)
    by = owner(session, firm)
    papers = Papers(licence=LICENCE, parent_letter=LETTER)
    said = replace(BRANCH, parent_code=f" {CODE.lower()} ")
    case = enterprises.submit_for_review(session, enterprise_id=firm.id, by=by, facts=said, papers=papers)
    seen = case_facts(session, actor=reviewer(session), case_id=case.id)
    assert {"parent_code", "authorised_to"} <= seen.changed
    assert {one.word: one.tone for one in seen.checks if "parent" in one.word or "letter" in one.word} == {
        "parent_unknown": Tone.FINE,
        "letter_days": Tone.FINE,
    }
    assert (firm.parent_code, firm.authorised_to) == (None, None)
    enterprises.approve(session, case_id=case.id, revision=1, by=reviewer(session))
    assert (firm.parent_code, firm.authorised_to) == (CODE, LAST_ON)
    purposes = set(session.scalars(select(StoredFile.purpose)))
    assert purposes == {FilePurpose.LICENCE, FilePurpose.PARENT_LETTER}
    enterprises.submit_for_review(  # the letter on record goes on counting
        session, enterprise_id=firm.id, by=by, facts=Facts.of(firm), papers=Papers()
    )


@pytest.mark.parametrize(
    ("facts", "letter", "refusal"),
    [
        (replace(BRANCH, parent_code="123"), LETTER, UnfitCreditCode),
        (replace(BRANCH, parent_code=OTHER_CODE), LETTER, UnfitParent),
        (replace(BRANCH, parent_code=""), LETTER, UnfitParent),
        (BRANCH, None, LetterMissing),
    ],
)
def test_what_cannot_be_a_parent_s_authorisation_is_refused(
    session: Session, facts: Facts, letter: Given | None, refusal: type[Refusal]
) -> None:
    firm = unverified(session)
    firm.credit_code = OTHER_CODE
    session.flush()
    with pytest.raises(refusal):
        enterprises.submit_for_review(
            session,
            enterprise_id=firm.id,
            by=None,
            facts=facts,
            papers=Papers(licence=LICENCE, parent_letter=letter),
        )


def test_the_reviewer_hears_what_a_branch_has_left_out(session: Session) -> None:
    firm = unverified(session)
    by = owner(session, firm)
    found = []
    for parent in ("", CODE):
        case = submitted(session, firm, by, replace(BRANCH, parent_code=parent, authorised_to=None))
        checks = case_facts(session, actor=reviewer(session), case_id=case.id).checks
        found.append({one.word for one in checks if one.tone is Tone.LOOK})
    assert "parent_unnamed" in found[0]
    assert "letter_missing" in found[1] - found[0]
