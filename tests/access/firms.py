"""The enterprises of the access matrix: each division has them in review, verified, suspended, claimed."""

from datetime import timedelta

from sqlalchemy.orm import Session

from scheduler.links import sign
from scheduler.models import (
    CaseFile,
    CaseKind,
    CaseState,
    Enterprise,
    EnterpriseMerge,
    FilePurpose,
    Organizer,
    ReviewCase,
    Role,
    ServiceOfficer,
    SignUp,
    StoredFile,
    Verification,
)
from scheduler.queries.reviews import Facts
from scheduler.sample.credit_codes import credit_code
from scheduler.services import accounts
from scheduler.services.files import Given, store_file
from scheduler.times import now, today
from tests.support.papers import pdf

PAPER = Given("执照.pdf", pdf())


def firm_values(session: Session, number: int, organizer: Organizer) -> dict[str, str]:
    """Add a division's enterprises, with what waits for its reviewer."""
    code = organizer.division_code
    waiting = _firm(session, number, 1, code, Verification.IN_REVIEW)
    verified, twin = (_firm(session, number, place, code, Verification.VERIFIED) for place in (2, 3))
    suspended = _firm(session, number, 4, code, Verification.SUSPENDED)
    case = _case(session, waiting, CaseKind.VERIFICATION)
    merged = _firm(session, number, 5, code, Verification.VERIFIED)
    merge = EnterpriseMerge(
        kept_id=verified.id,
        merged_id=merged.id,
        reason="重复登记",
        moved={},
        merged_at=now(),
        undo_to=today() + timedelta(days=30),
    )
    session.add(merge)
    merged.merged_into_id = verified.id
    session.flush()
    return {
        "waiting": str(waiting.id),
        "verified": str(verified.id),
        "suspended": str(suspended.id),
        "twin_code": twin.credit_code,
        "case": str(case.id),
        "claim": str(_case(session, verified, CaseKind.CLAIM).id),
        "paper": str(add_paper(session, waiting.id, case)),
        "merge": str(merge.id),
        "officer": str(_officer(session, organizer)),
    }


def add_paper(session: Session, enterprise_id: int, case: ReviewCase | None = None) -> int:
    """Add a licence of an enterprise, with a case or without."""
    row: StoredFile = store_file(
        session, given=PAPER, purpose=FilePurpose.LICENCE, enterprise_id=enterprise_id
    )
    if case is not None:
        session.add(CaseFile(case_id=case.id, file_id=row.id, revision=1))
        session.flush()
    return row.id


def sign_up_link(session: Session, secret: str, *, code: str) -> str:
    """Return the link of somebody who signs an enterprise up."""
    return sign(secret, "sign_up", _sign_up(session, code).id)


def _firm(session: Session, number: int, place: int, code: str, state: Verification) -> Enterprise:
    firm = Enterprise(
        credit_code=credit_code(code, f"MA{number:03d}{place:03d}"),
        name_zh=f"示例单位{number}-{place}",
        division_code=code,
        city_code=f"{code[:4]}00",
        industry_code="C36",
        verification=state,
    )
    session.add(firm)
    session.flush()
    return firm


def _case(session: Session, firm: Enterprise, kind: CaseKind) -> ReviewCase:
    claims = kind is CaseKind.CLAIM
    case = ReviewCase(
        enterprise_id=firm.id,
        kind=kind,
        state=CaseState.OPEN,
        sign_up_id=_sign_up(session, firm.credit_code).id if claims else None,
        facts={} if claims else Facts.of(firm).as_row(),
        opened_at=now(),
        due_on=today(),
    )
    session.add(case)
    session.flush()
    return case


def _sign_up(session: Session, code: str) -> SignUp:
    row = SignUp(
        credit_code=code,
        name_zh="新单位",
        division_code="370102",
        industry_code="C36",
        contact_name="张经办",
        contact_phone="0531-0",
        email="new@example.org",
        language="zh",
        consented_at=now(),
        created_at=now(),
        expires_at=now() + timedelta(days=7),
    )
    session.add(row)
    session.flush()
    return row


def _officer(session: Session, organizer: Organizer) -> int:
    account = accounts.create_account(
        session,
        login=f"officer-{organizer.division_code}",
        password=None,
        display_name="专员",
        belonging=accounts.Belonging.member(organizer.id, [Role.REVIEWER]),
    )
    session.add(ServiceOfficer(account_id=account.id, office_phone="0531-1"))
    session.flush()
    return account.id
