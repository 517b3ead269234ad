"""Who claims an enterprise shows the licence; one claim a round is granted, and the owner is told."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine, func, select, text, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from scheduler.database import reading, transaction
from scheduler.errors import NotFound
from scheduler.models import (
    Account,
    CaseFile,
    CaseState,
    Enterprise,
    EnterpriseContact,
    EnterpriseRole,
    FilePurpose,
    Invitation,
    Message,
    ReviewCase,
    ReviewDeed,
    ReviewReason,
    ReviewStep,
    StoredFile,
)
from scheduler.queries.actors import Employer, actor_of
from scheduler.queries.scope import scoped
from scheduler.services import enterprises
from scheduler.services.enterprises import CaseMoved
from scheduler.times import now
from tests.scheduler.enterprises.people import CODE, LICENCE, OTHER_CODE, owner, reviewer, sign_up
from tests.scheduler.enterprises.test_signing_up import race
from tests.support.schedule import LIXIA, add_reference, make_employer

WHY = [ReviewReason.NOT_ENTITLED]


def _known(session: Session) -> Enterprise:
    enterprise = make_employer(session)
    enterprise.credit_code = CODE
    session.flush()
    return enterprise


def _claim(session: Session, email: str = "claimant@example.org") -> ReviewCase:
    return enterprises.file_claim(session, sign_up=sign_up(session, email=email), licence=LICENCE)


def _grant(session: Session, case_id: int, *, replace: bool = False) -> None:
    enterprises.grant_claim(
        session, case_id=case_id, revision=1, by=reviewer(session), replace_members=replace
    )


def _refuse(session: Session, case_id: int, revision: int, deed: ReviewDeed) -> None:
    enterprises.refuse_claim(
        session,
        case_id=case_id,
        revision=revision,
        by=reviewer(session),
        deed=deed,
        reasons=WHY,
        note="",
    )


def _letters(session: Session) -> list[tuple[str, str]]:
    rows = session.execute(
        select(Message.kind, Message.recipient).where(Message.kind != "sign_up").order_by(Message.id)
    )
    return [(kind, recipient) for kind, recipient in rows]


def test_the_owner_on_record_is_told_of_a_claim_and_sees_no_paper_of_it(session: Session) -> None:
    firm = _known(session)
    actor = actor_of(session, account_id=owner(session, firm))
    assert isinstance(actor, Employer)
    case = _claim(session)
    assert _letters(session) == [("review", "owner@example.org")]
    paper = session.scalars(select(StoredFile).join(CaseFile).where(CaseFile.case_id == case.id)).one()
    assert (paper.purpose, paper.enterprise_id) == (FilePurpose.CLAIM, firm.id)
    assert session.scalars(select(StoredFile).where(scoped(StoredFile, actor))).all() == []
    assert session.scalars(select(ReviewCase).where(scoped(ReviewCase, actor))).all() == []
    told = session.scalars(select(ReviewStep.deed).where(scoped(ReviewStep, actor))).all()
    assert told == [ReviewDeed.CLAIMED]
    assert session.scalars(select(ReviewCase.id).where(scoped(ReviewCase, LIXIA))).all() == [case.id]


def test_a_claim_that_is_granted_invites_the_claimant_as_an_owner(session: Session) -> None:
    firm = _known(session)
    old = owner(session, firm)
    case = _claim(session)
    _grant(session, case.id)
    invitation = session.scalars(select(Invitation)).one()
    assert (invitation.enterprise_id, invitation.enterprise_role) == (firm.id, EnterpriseRole.OWNER)
    assert invitation.email == "claimant@example.org"
    assert session.get_one(Account, old).disabled_at is None
    assert _letters(session)[1:] == [
        ("review", "owner@example.org"),
        ("claim", "claimant@example.org"),
        ("invitation", "claimant@example.org"),
    ]


def test_a_claim_may_replace_who_was_let_in_before(session: Session) -> None:
    firm = _known(session)
    old = owner(session, firm)
    _grant(session, _claim(session).id, replace=True)
    assert session.get_one(Account, old).disabled_at == now()
    assert session.get_one(EnterpriseContact, firm.id).email == "claimant@example.org"


def test_the_other_claims_of_the_round_are_over_and_a_later_one_is_not(session: Session) -> None:
    firm = _known(session)
    first, second = _claim(session), _claim(session, "second@example.org")
    _grant(session, first.id)
    session.refresh(second)
    assert second.state is CaseState.REFUSED
    step = session.scalars(select(ReviewStep).where(ReviewStep.case_id == second.id)).all()[-1]
    assert (step.deed, step.reasons) == (ReviewDeed.CLAIM_REFUSED, ["other_claim"])
    assert ("claim", "second@example.org") in _letters(session)
    third = _claim(session, "third@example.org")
    assert (third.round, first.round) == (1, 0)
    _grant(session, third.id)
    session.refresh(firm)
    assert firm.ownership == 2


def test_a_claim_may_be_corrected_and_is_then_decided_on_the_new_paper(session: Session) -> None:
    _known(session)
    asked = sign_up(session)
    case = enterprises.file_claim(session, sign_up=asked, licence=LICENCE)
    with pytest.raises(CaseMoved):
        enterprises.file_claim(session, sign_up=asked, licence=LICENCE)
    _refuse(session, case.id, 1, ReviewDeed.CORRECTION_ASKED)
    enterprises.file_claim(session, sign_up=asked, licence=LICENCE)
    revisions = session.scalars(select(CaseFile.revision).order_by(CaseFile.file_id)).all()
    assert (revisions, case.revision, case.state) == ([1, 2], 2, CaseState.OPEN)
    with pytest.raises(CaseMoved):
        _grant(session, case.id)
    _refuse(session, case.id, 2, ReviewDeed.REFUSED)
    with pytest.raises(CaseMoved):
        enterprises.file_claim(session, sign_up=asked, licence=LICENCE)


def test_what_a_refused_claimant_has_shown_is_let_go_of_after_ninety_days(session: Session) -> None:
    _known(session)
    case = _claim(session)
    _refuse(session, case.id, 1, ReviewDeed.REFUSED)
    paper = session.scalars(select(StoredFile)).one()
    assert paper.keep_until == now() + timedelta(days=90)


def test_what_nobody_has_on_record_cannot_be_claimed(session: Session) -> None:
    with pytest.raises(NotFound):
        enterprises.file_claim(session, sign_up=sign_up(session, OTHER_CODE), licence=LICENCE)


def _two_claims(engine: Engine) -> list[int]:
    with transaction(engine) as session:
        add_reference(session)
        _known(session)
        reviewer(session)
        return [_claim(session, f"{number}@example.org").id for number in range(2)]


def test_of_two_claims_granted_at_one_moment_one_is(engine: Engine) -> None:
    claims = _two_claims(engine)
    assert race(engine, _grant, claims) == ["case_moved", "done"]
    with reading(engine) as session:
        states = session.scalars(select(ReviewCase.state).order_by(ReviewCase.state)).all()
        assert states == [CaseState.APPROVED, CaseState.REFUSED]
        assert session.scalar(select(func.count()).select_from(Invitation)) == 1


def test_one_claim_granted_by_many_reviewers_at_once_invites_once(engine: Engine) -> None:
    (first, _) = _two_claims(engine)
    assert race(engine, _grant, [first] * 4) == ["case_moved"] * 3 + ["done"]
    with reading(engine) as session:
        assert session.scalar(select(func.count()).select_from(Invitation)) == 1


def _force(session: Session, case_id: int) -> None:
    session.execute(
        update(ReviewCase).where(ReviewCase.id == case_id).values(state=CaseState.APPROVED, decided_at=now())
    )


def test_whoever_writes_the_database_grants_one_claim_a_round(engine: Engine) -> None:
    """The guard behind the turns; the control below shows that it is the index that holds."""
    first, second = _two_claims(engine)
    with transaction(engine) as session:
        _force(session, first)
    with pytest.raises(IntegrityError), transaction(engine) as session:
        _force(session, second)


def test_without_the_index_two_would_be_granted(engine: Engine) -> None:
    claims = _two_claims(engine)
    with engine.begin() as connection:
        connection.execute(text("DROP INDEX uq_review_case_granted"))
    assert race(engine, _force, claims) == ["done", "done"]
    with reading(engine) as session:
        assert set(session.scalars(select(ReviewCase.state))) == {CaseState.APPROVED}
