"""An enterprise asks to be verified: what it says of itself, with its licence, becomes a case."""

from dataclasses import dataclass

from sqlalchemy import exists, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from scheduler.errors import Refusal
from scheduler.models import (
    CaseFile,
    CaseKind,
    CaseState,
    Enterprise,
    FilePurpose,
    ReviewCase,
    ReviewDeed,
    StoredFile,
    Verification,
)
from scheduler.queries.reviews.facts import Facts
from scheduler.queries.verification_rules import verification_rules
from scheduler.queries.working_days import working_day_after
from scheduler.services.enterprises.facts import require_fit, with_parent
from scheduler.services.enterprises.telling import note_step
from scheduler.services.files import Given, store_file
from scheduler.times import now, today

UNDECIDED = (CaseState.OPEN, CaseState.CORRECTION)


class LicenceMissing(Refusal):
    """A case without the licence that it is about."""

    status = 422
    code = "licence_missing"
    zh = "请上传营业执照（PDF、JPEG 或 PNG，不超过 5 MB）。未保存任何内容。"
    en = "Upload the business licence (PDF, JPEG or PNG, up to 5 MB). Nothing was saved."


class LetterMissing(Refusal):
    """An authorisation without the parent's letter that says so."""

    status = 422
    code = "parent_letter_missing"
    zh = "填写了授权有效期，请同时上传上级单位盖章的授权书（PDF、JPEG 或 PNG，不超过 5 MB）。未保存任何内容。"
    en = "Upload the parent's letter of authorisation too (PDF, JPEG or PNG, up to 5 MB). Nothing was saved."


class CaseMoved(Refusal):
    """A case that somebody else has decided, handed in anew or sent back meanwhile."""

    status = 409
    code = "case_moved"
    zh = "这一审核事项刚刚已被处理或重新提交，您的操作没有生效。请刷新后查看最新情况。"
    en = "This case has just been decided or handed in anew; what you did had no effect. Reload to see it."


@dataclass(frozen=True, slots=True)
class Papers:
    """The files that come with a case; one that is missing was handed in before."""

    licence: Given | None = None
    agency_licence: Given | None = None
    parent_letter: Given | None = None


def submit_for_review(
    session: Session, *, enterprise_id: int, by: int | None, facts: Facts, papers: Papers
) -> ReviewCase:
    """Open a case, or hand the one that is undecided in anew; the reviewer's time begins again.

    Raises UnfitFacts, UnfitCreditCode, UnfitParent, LicenceMissing, LetterMissing, UnknownFile, UnfitFile
    and CaseMoved.
    """
    require_fit(session, facts)
    facts = with_parent(facts, session.get_one(Enterprise, enterprise_id).credit_code)
    case = _undecided(session, enterprise_id)
    case = _open(session, enterprise_id, facts) if case is None else _hand_in_anew(session, case, facts)
    _keep(session, case, FilePurpose.LICENCE, papers.licence, by)
    _keep(session, case, FilePurpose.AGENCY_LICENCE, papers.agency_licence, by)
    _keep(session, case, FilePurpose.PARENT_LETTER, papers.parent_letter, by)
    if not _has_paper(session, enterprise_id, FilePurpose.LICENCE):
        raise LicenceMissing
    if facts.authorised_to and not _has_paper(session, enterprise_id, FilePurpose.PARENT_LETTER):
        raise LetterMissing
    session.execute(
        update(Enterprise)
        .where(
            Enterprise.id == enterprise_id,
            Enterprise.verification.in_((Verification.UNVERIFIED, Verification.REFUSED)),
        )
        .values(verification=Verification.IN_REVIEW)
    )
    note_step(session, enterprise_id=enterprise_id, deed=ReviewDeed.SUBMITTED, by=by, case_id=case.id)
    return case


def keep_paper(
    session: Session, case: ReviewCase, purpose: FilePurpose, given: Given, by: int | None
) -> None:
    """Keep a file with a case; raises UnknownFile and UnfitFile."""
    row = store_file(session, given=given, purpose=purpose, enterprise_id=case.enterprise_id, created_by=by)
    session.add(CaseFile(case_id=case.id, file_id=row.id, revision=case.revision))
    session.flush()


def new_case(session: Session, enterprise_id: int, **values: object) -> ReviewCase:
    """Return a case that is open from now on; raises CaseMoved when there is one already."""
    rules = verification_rules(session)
    case = ReviewCase(
        enterprise_id=enterprise_id,
        state=CaseState.OPEN,
        opened_at=now(),
        due_on=working_day_after(session, today(), rules.review_days),
        **values,
    )
    try:
        with session.begin_nested():
            session.add(case)
    except IntegrityError as error:
        raise CaseMoved from error
    return case


def reopen_case(session: Session, case: ReviewCase, **values: object) -> ReviewCase:
    """Hand a case in anew with a further revision; raises CaseMoved when it was decided meanwhile."""
    rules = verification_rules(session)
    done = session.execute(
        update(ReviewCase)
        .where(
            ReviewCase.id == case.id,
            ReviewCase.state.in_(UNDECIDED),
            ReviewCase.revision == case.revision,
        )
        .values(
            state=CaseState.OPEN,
            revision=case.revision + 1,
            due_on=working_day_after(session, today(), rules.review_days),
            **values,
        )
        .returning(ReviewCase.id)
    ).one_or_none()
    if done is None:
        raise CaseMoved
    session.refresh(case)
    return case


def _undecided(session: Session, enterprise_id: int) -> ReviewCase | None:
    return session.scalar(
        select(ReviewCase).where(
            ReviewCase.enterprise_id == enterprise_id,
            ReviewCase.kind == CaseKind.VERIFICATION,
            ReviewCase.state.in_(UNDECIDED),
        )
    )


def _open(session: Session, enterprise_id: int, facts: Facts) -> ReviewCase:
    return new_case(session, enterprise_id, kind=CaseKind.VERIFICATION, facts=facts.as_row())


def _hand_in_anew(session: Session, case: ReviewCase, facts: Facts) -> ReviewCase:
    return reopen_case(session, case, facts=facts.as_row())


def _keep(
    session: Session, case: ReviewCase, purpose: FilePurpose, given: Given | None, by: int | None
) -> None:
    if given is not None:
        keep_paper(session, case, purpose, given, by)


def _has_paper(session: Session, enterprise_id: int, purpose: FilePurpose) -> bool:
    paper = exists().where(
        StoredFile.enterprise_id == enterprise_id,
        StoredFile.purpose == purpose,
        StoredFile.deleted_at.is_(None),
    )
    return bool(session.scalar(select(paper)))
