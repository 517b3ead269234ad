"""Boring rows for the access matrix, one of each kind; each function returns the new row's number."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.links import sign
from scheduler.models import (
    Account,
    Crew,
    Delegation,
    DutyWaiver,
    Identity,
    Message,
    Organizer,
    PlanRun,
    Role,
    RunState,
    SignIn,
    Topic,
)
from scheduler.queries.actors import actor_of
from scheduler.queries.tokens import useful_scopes
from scheduler.services import accounts, privacy
from scheduler.services.outages import close_venue, send_crew_away
from scheduler.services.tokens import make_token
from scheduler.services.webhooks import make_webhook
from scheduler.times import now
from tests.support.schedule import make_venue

SOON = date(2027, 1, 4)
SECRET = "a secret of forty characters for the tests"
TIANQIAO = "370105"


def add_closure(session: Session, code: str, city: str) -> int:
    """Close a venue of its own for a day."""
    venue = make_venue(session, division_code=code, city_code=city)
    return close_venue(session, venue_id=venue.id, reason="检修", first_on=SOON, last_on=SOON).id


def add_absence(session: Session, city: str) -> int:
    """Send a crew of its own away for a day."""
    session.add(crew := Crew(city_code=city, name_zh="一组", name_en="Crew 1", staff=6))
    session.flush()
    return send_crew_away(session, crew_id=crew.id, reason="培训", first_on=SOON, last_on=SOON).id


def add_sign_in(session: Session, account_id: int) -> int:
    """Sign somebody in."""
    accounts.open_sign_in(session, account_id=account_id)
    return session.scalars(select(SignIn.id).where(SignIn.account_id == account_id)).one()


def add_token(session: Session, account_id: int) -> int:
    """Make a token that allows whatever it can."""
    actor = actor_of(session, account_id=account_id)
    assert actor is not None
    return make_token(session, actor=actor, name="program", scopes=useful_scopes(actor), days=30)[0].id


def add_webhook(session: Session, account_id: int) -> int:
    """Make a webhook that hears of everything."""
    return make_webhook(
        session,
        account_id=account_id,
        url="https://hooks.example/one",
        topics=list(Topic),
        allowed=["hooks.example"],
    ).id


def add_identity(session: Session, account_id: int) -> int:
    """Link an identity of a provider."""
    identity = Identity(
        account_id=account_id, issuer="https://id.example", subject=str(account_id), linked_at=now()
    )
    session.add(identity)
    session.flush()
    return identity.id


def add_run(session: Session, scope: str) -> int:
    """Add a run that is done."""
    run = PlanRun(
        quarter="2027Q1",
        scope_code=scope,
        state=RunState.DONE,
        seconds=60,
        seed=1,
        requested_at=now(),
        started_at=now(),
        finished_at=now(),
        events=1,
        placed=1,
        cost=1,
        bound=1,
    )
    session.add(run)
    session.flush()
    return run.id


def add_waiver(session: Session, code: str) -> int:
    """Waive a week."""
    waiver = DutyWaiver(
        duty_code="Q02", division_code=code, period="2027-W04", reason="停工", created_at=now()
    )
    session.add(waiver)
    session.flush()
    return waiver.id


def add_delegation(session: Session, lender: Organizer, by: int) -> int:
    """Lend something to the sister county; the table asks who may take it back."""
    borrower = session.scalars(select(Organizer).where(Organizer.division_code == TIANQIAO)).one()
    delegation = Delegation(
        from_organizer_id=lender.id,
        to_organizer_id=borrower.id,
        division_code=lender.division_code,
        role=Role.CHECK_IN,
        last_on=date(2020, 1, 1),
        reason="已到期的授权",
        delegated_by=by,
        delegated_at=now(),
    )
    session.add(delegation)
    session.flush()
    return delegation.id


def add_address_link(session: Session, account_id: int) -> str:
    """Ask for another address; returns the link that proves it."""
    privacy.request_address(session, account_id=account_id, email=f"{account_id}@example.org", language="zh")
    letter = session.scalars(select(Message).where(Message.account_id == account_id)).one()
    return privacy.address_link(SECRET, session.get_one(Account, account_id), letter)


def add_erasure(session: Session, login: str) -> str:
    """Erase somebody; returns the link to the receipt."""
    account = accounts.create_account(
        session, login=login, password=None, display_name=login, belonging=accounts.Belonging.seeker()
    )
    receipt = privacy.erase_account(session, account_id=account.id)
    return sign(SECRET, privacy.RECEIPT, receipt.number)
