"""Somebody says that an enterprise on record is theirs: the licence, the county's decision, a new owner.

In each round of ownership one claim is granted; the database holds that (`uq_review_case_granted`),
whoever writes. The owner on record is told of a claim before and after it is decided.
"""

from collections.abc import Collection
from datetime import timedelta

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from scheduler.errors import Language, NotFound
from scheduler.models import (
    Account,
    CaseFile,
    CaseKind,
    CaseState,
    Enterprise,
    EnterpriseRole,
    FilePurpose,
    ReviewCase,
    ReviewDeed,
    ReviewReason,
    ReviewStep,
    SignUp,
    StoredFile,
)
from scheduler.queries.actors import Member
from scheduler.services.accounts import Belonging, disable_account, invite
from scheduler.services.enterprises.deciding import STATES, move_case
from scheduler.services.enterprises.signing_up import CLAIM_LASTS, contact_of, put_contact, take
from scheduler.services.enterprises.submitting import (
    UNDECIDED,
    CaseMoved,
    LicenceMissing,
    keep_paper,
    new_case,
    reopen_case,
)
from scheduler.services.enterprises.telling import (
    note_step,
    require_reason,
    tell_claimant,
    tell_enterprise,
)
from scheduler.services.files import Given
from scheduler.times import now

PAPERS_OF_REFUSED = timedelta(days=90)


def file_claim(session: Session, *, sign_up: SignUp, licence: Given | None) -> ReviewCase:
    """Open a claim with the licence that proves it, or hand in what the reviewer asked for.

    Raises NotFound when nobody has the code on record, CaseMoved when the claim is decided or waits
    for the reviewer already, LicenceMissing, UnknownFile and UnfitFile.
    """
    if licence is None:
        raise LicenceMissing
    enterprise = _named_by(session, sign_up.credit_code)
    case = claim_of(session, sign_up.id)
    if case is None:
        values = {"kind": CaseKind.CLAIM, "sign_up_id": sign_up.id, "round": enterprise.ownership}
        case = new_case(session, enterprise.id, facts={}, **values)
    elif case.state is CaseState.CORRECTION:
        case = reopen_case(session, case)
    else:
        raise CaseMoved
    keep_paper(session, case, FilePurpose.CLAIM, licence, None)
    session.execute(update(SignUp).where(SignUp.id == sign_up.id).values(expires_at=now() + CLAIM_LASTS))
    step = note_step(session, enterprise_id=enterprise.id, deed=ReviewDeed.CLAIMED, by=None, case_id=case.id)
    tell_enterprise(session, step)
    return case


def _named_by(session: Session, credit_code: str) -> Enterprise:
    """Return the enterprise of a code; where it had been entered twice, the one it goes on under."""
    found = session.scalar(select(Enterprise).where(Enterprise.credit_code == credit_code))
    if found is None:
        raise NotFound
    if found.merged_into_id is None:
        return found
    return session.get_one(Enterprise, found.merged_into_id)


def claim_of(session: Session, sign_up_id: int) -> ReviewCase | None:
    """Return the claim that a sign-up has become."""
    return session.scalar(select(ReviewCase).where(ReviewCase.sign_up_id == sign_up_id))


def grant_claim(session: Session, *, case_id: int, revision: int, by: Member, replace_members: bool) -> None:
    """Invite the claimant as an owner; the other claims of this round are over.

    With `replace_members` nobody else of the enterprise is let in any more, and the claimant becomes its
    contact. Raises CaseMoved.
    """
    _take_turn(session, case_id)
    try:
        with session.begin_nested():
            case = _move(session, case_id, revision, CaseState.APPROVED)
    except IntegrityError as error:
        raise CaseMoved from error
    session.execute(
        update(Enterprise)
        .where(Enterprise.id == case.enterprise_id)
        .values(ownership=Enterprise.ownership + 1)
    )
    _refuse_the_others(session, case, by)
    step = note_step(
        session,
        enterprise_id=case.enterprise_id,
        deed=ReviewDeed.CLAIM_APPROVED,
        by=by.account_id,
        case_id=case.id,
    )
    tell_enterprise(session, step)
    sign_up = take(session, session.get_one(SignUp, case.sign_up_id).id)
    sign_up.enterprise_id = case.enterprise_id
    if replace_members:
        _let_nobody_in(session, case.enterprise_id)
        put_contact(session, case.enterprise_id, contact_of(sign_up), consented_at=sign_up.consented_at)
    _invite_claimant(session, sign_up, step, by)


def refuse_claim(  # noqa: PLR0913 — a no is all of this
    session: Session,
    *,
    case_id: int,
    revision: int,
    by: Member,
    deed: ReviewDeed,
    reasons: Collection[ReviewReason],
    note: str,
) -> None:
    """Refuse a claim or ask for a better paper; raises CaseMoved and ReasonMissing."""
    require_reason(reasons, note)
    case = _move(session, case_id, revision, STATES[deed])
    told = ReviewDeed.CLAIM_REFUSED if deed is ReviewDeed.REFUSED else deed
    step = note_step(
        session,
        enterprise_id=case.enterprise_id,
        deed=told,
        by=by.account_id,
        case_id=case.id,
        reasons=reasons,
        note=note,
    )
    if deed is ReviewDeed.REFUSED:
        _let_go_of_papers(session, case.id)
    tell_claimant(session, step, session.get_one(SignUp, case.sign_up_id))


def _move(session: Session, case_id: int, revision: int, state: CaseState) -> ReviewCase:
    return move_case(session, case_id=case_id, revision=revision, state=state, kind=CaseKind.CLAIM)


def _take_turn(session: Session, case_id: int) -> None:
    """Let one claim of an enterprise be decided at a time: two of them would wait for each other's rows."""
    enterprise = select(ReviewCase.enterprise_id).where(ReviewCase.id == case_id).scalar_subquery()
    session.execute(
        update(Enterprise)
        .where(Enterprise.id == enterprise)
        .values(ownership=Enterprise.ownership)
        .execution_options(synchronize_session=False)
    )


def _refuse_the_others(session: Session, granted: ReviewCase, by: Member) -> None:
    others = session.scalars(
        update(ReviewCase)
        .where(
            ReviewCase.enterprise_id == granted.enterprise_id,
            ReviewCase.kind == CaseKind.CLAIM,
            ReviewCase.state.in_(UNDECIDED),
        )
        .values(state=CaseState.REFUSED, decided_at=now())
        .returning(ReviewCase)
    ).all()
    for other in others:
        step = note_step(
            session,
            enterprise_id=other.enterprise_id,
            deed=ReviewDeed.CLAIM_REFUSED,
            by=by.account_id,
            case_id=other.id,
            reasons=[ReviewReason.OTHER_CLAIM],
        )
        _let_go_of_papers(session, other.id)
        tell_claimant(session, step, session.get_one(SignUp, other.sign_up_id))


def _let_go_of_papers(session: Session, case_id: int) -> None:
    """Keep what a refused claimant has shown no longer than an objection may take."""
    papers = select(CaseFile.file_id).where(CaseFile.case_id == case_id)
    session.execute(
        update(StoredFile)
        .where(StoredFile.id.in_(papers))
        .values(keep_until=now() + PAPERS_OF_REFUSED)
        .execution_options(synchronize_session=False)
    )


def _let_nobody_in(session: Session, enterprise_id: int) -> None:
    standing = select(Account.id).where(Account.enterprise_id == enterprise_id, Account.disabled_at.is_(None))
    for account_id in session.scalars(standing).all():
        disable_account(session, account_id=account_id)


def _invite_claimant(session: Session, sign_up: SignUp, step: ReviewStep, by: Member) -> None:
    tell_claimant(session, step, sign_up)
    language: Language = "en" if sign_up.language == "en" else "zh"
    invite(
        session,
        belonging=Belonging.employer(step.enterprise_id, EnterpriseRole.OWNER),
        display_name=sign_up.contact_name,
        email=sign_up.email,
        invited_by=by.account_id,
        language=language,
    )
