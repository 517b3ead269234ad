"""One case with everything that a reviewer needs beside it: what is said, by whom, the papers, the checks."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.models import (
    Account,
    CaseFile,
    Division,
    Enterprise,
    EnterpriseContact,
    Industry,
    ReviewCase,
    ReviewStep,
    SignUp,
    StoredFile,
)
from scheduler.queries.actors import Member
from scheduler.queries.reviews.checks import Check, checks
from scheduler.queries.reviews.facts import Facts
from scheduler.queries.scope import get_scoped, scoped


@dataclass(frozen=True, slots=True)
class PaperLine:
    """A file of a case; `current` when it came with what is to be decided now."""

    file: StoredFile
    revision: int
    current: bool


@dataclass(frozen=True, slots=True)
class StepLine:
    """A step in the history, with the login of who took it (empty: nobody with an account)."""

    step: ReviewStep
    login: str


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """A case in full. `said` is what the enterprise says of itself now; `changed` is what differs."""

    case: ReviewCase
    enterprise: Enterprise
    said: Facts
    changed: frozenset[str]
    division: Division
    industry: Industry
    contact: EnterpriseContact | None
    sign_up: SignUp | None
    papers: Sequence[PaperLine]
    checks: Sequence[Check]
    steps: Sequence[StepLine]


def case_facts(session: Session, *, actor: Member, case_id: int) -> CaseFacts:
    """Return a case within the actor's scope; raises NotFound."""
    case: ReviewCase = get_scoped(session, ReviewCase, case_id, actor)
    enterprise: Enterprise = get_scoped(session, Enterprise, case.enterprise_id, actor)
    recorded = Facts.of(enterprise)
    said = _said(case, recorded)
    contact = session.scalar(
        select(EnterpriseContact).where(
            scoped(EnterpriseContact, actor), EnterpriseContact.enterprise_id == enterprise.id
        )
    )
    return CaseFacts(
        case=case,
        enterprise=enterprise,
        said=said,
        changed=frozenset(
            field.name
            for field in fields(Facts)
            if getattr(said, field.name) != getattr(recorded, field.name)
        ),
        division=session.get_one(Division, said.division_code),
        industry=session.get_one(Industry, said.industry_code),
        contact=contact,
        sign_up=session.scalar(select(SignUp).where(SignUp.id == case.sign_up_id)),
        papers=_papers(session, case),
        checks=checks(session, enterprise, said),
        steps=steps_of(session, actor=actor, enterprise_id=enterprise.id),
    )


def steps_of(session: Session, *, actor: Any, enterprise_id: int) -> tuple[StepLine, ...]:  # noqa: ANN401
    """Return the history of an enterprise's standing as the actor may see it, the newest first."""
    rows = session.execute(
        select(ReviewStep, Account.login)
        .outerjoin(Account, Account.id == ReviewStep.done_by)
        .where(scoped(ReviewStep, actor), ReviewStep.enterprise_id == enterprise_id)
        .order_by(ReviewStep.id.desc())
    )
    return tuple(StepLine(step, login or "") for step, login in rows)


def _papers(session: Session, case: ReviewCase) -> tuple[PaperLine, ...]:
    rows = session.execute(
        select(StoredFile, CaseFile.revision)
        .join(CaseFile, CaseFile.file_id == StoredFile.id)
        .where(CaseFile.case_id == case.id)
        .order_by(StoredFile.id.desc())
    ).all()
    newest: dict[object, int] = {}
    for file, revision in rows:
        newest[file.purpose] = max(revision, newest.get(file.purpose, 0))
    return tuple(PaperLine(file, revision, revision == newest[file.purpose]) for file, revision in rows)


def _said(case: ReviewCase, recorded: Facts) -> Facts:
    """Return what a case says, which a claim does not: then it is what is on record."""
    return Facts.from_row(case.facts) if case.facts else recorded
