"""Boring people and papers for the tests of verification: reviewers, owners, sign-ups, licences."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.models import (
    Account,
    Enterprise,
    EnterpriseRole,
    Organizer,
    ReviewCase,
    Role,
    SignUp,
    Verification,
)
from scheduler.queries.actors import Member, actor_of
from scheduler.queries.reviews import Facts
from scheduler.services import accounts, enterprises
from scheduler.services.enterprises import Contact, Papers
from scheduler.services.files import Given
from tests.support.papers import pdf
from tests.support.schedule import LIXIA, make_employer

CODE = "91370102MA3TERT118"
OTHER_CODE = "91370181712345672C"
FACTS = Facts("历下示例机械有限公司", LIXIA, "C36")
PASSWORD = "泉城的春天，2027 年"
LICENCE = Given("营业执照.pdf", pdf())


def reviewer(session: Session, code: str = LIXIA, role: Role = Role.REVIEWER) -> Member:
    """Return a member of a bureau who reviews."""
    organizer = session.scalars(select(Organizer).where(Organizer.division_code == code)).one()
    login = f"{role}-{code}"
    known = session.scalar(select(Account.id).where(Account.login == login))
    account_id = (
        known
        or accounts.create_account(
            session,
            login=login,
            password=None,
            display_name="示例审核员",
            belonging=accounts.Belonging.member(organizer.id, [role]),
        ).id
    )
    actor = actor_of(session, account_id=account_id)
    assert isinstance(actor, Member)
    return actor


def unverified(session: Session, number: int = 1) -> Enterprise:
    """Add an enterprise that has not asked to be verified."""
    enterprise = make_employer(session, number)
    enterprise.verification = Verification.UNVERIFIED
    session.flush()
    return enterprise


def owner(session: Session, enterprise: Enterprise, email: str = "owner@example.org") -> int:
    """Add an owner's account and return its id."""
    return accounts.create_account(
        session,
        login=email,
        password=None,
        display_name="单位管理员",
        belonging=accounts.Belonging.employer(enterprise.id, EnterpriseRole.OWNER),
        email=email,
    ).id


def sign_up(
    session: Session, code: str = CODE, email: str = "new@example.org", facts: Facts = FACTS
) -> SignUp:
    """Ask to sign an enterprise up."""
    return enterprises.ask_to_sign_up(
        session,
        credit_code=code,
        facts=facts,
        contact=Contact("张经办", "0531-00000000", email),
        language="zh",
    )


def submitted(session: Session, enterprise: Enterprise, by: int, facts: Facts = FACTS) -> ReviewCase:
    """Hand an enterprise in for review with its licence."""
    return enterprises.submit_for_review(
        session, enterprise_id=enterprise.id, by=by, facts=facts, papers=Papers(LICENCE)
    )
