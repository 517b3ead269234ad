"""Who asks: the actor behind a sign-in, with the rights that the tree of divisions gives at this moment.

Nothing here is remembered between requests: a role taken away, a delegation that has run out, a
division that moved and a sign-in that was revoked all act on the next request.
"""

import hashlib
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.models import (
    INCLUDES,
    Account,
    AccountKind,
    AccountRole,
    Division,
    Enterprise,
    EnterpriseRole,
    Organizer,
    Role,
    SignIn,
    SupportView,
)
from scheduler.queries.rights import lent_to, rights
from scheduler.queries.tree import covers
from scheduler.times import now


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Somebody who is signed in. With `viewer` an administrator looks through this account's eyes and
    may only read; `viewer_id` is then that administrator.
    """

    account_id: int
    display_name: str
    viewer_id: int | None = None
    viewer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Member(Actor):
    """A member of an organizer, working in one division (`scope_code`) with all below it.

    That is the organizer's own division, or one lent to it; `roles` are those the member holds there.
    `territories` are all divisions in which the member may work, the own one first.
    """

    roles: frozenset[Role]
    organizer_id: int
    organizer_zh: str
    organizer_en: str
    home_code: str
    scope_code: str
    scope_level: str
    territories: tuple[str, ...]

    def holds(self, role: Role) -> bool:
        """Tell whether the member does what a role does, by this role or by one that includes it."""
        return not self.roles.isdisjoint(INCLUDES[role])

    def may(self, role: Role, division_code: str) -> bool:
        """Tell whether the member does what a role does in a division."""
        return self.holds(role) and covers(self.scope_code, division_code)


@dataclass(frozen=True, slots=True, kw_only=True)
class Employer(Actor):
    """A member of an enterprise."""

    enterprise_id: int
    enterprise_zh: str
    role: EnterpriseRole

    def holds(self, role: EnterpriseRole) -> bool:
        """Tell whether the member does what a role does: an owner does all that staff does."""
        return self.role in {role, EnterpriseRole.OWNER}


@dataclass(frozen=True, slots=True, kw_only=True)
class Seeker(Actor):
    """A person who looks for work and wanted an account."""


def token_hash(token: str) -> str:
    """Return what is stored of a sign-in token, so that a stolen database opens no session."""
    return hashlib.sha256(token.encode()).hexdigest()


def find_actor(session: Session, *, token: str) -> Actor | None:
    """Return who is signed in with the token; None when it is unknown, incomplete, expired or revoked."""
    row = session.execute(
        select(SignIn, SupportView)
        .outerjoin(SupportView, SupportView.id == SignIn.support_view_id)
        .where(SignIn.token_hash == token_hash(token))
        .where(SignIn.revoked_at.is_(None), SignIn.complete_at.is_not(None), SignIn.expires_at > now())
    ).one_or_none()
    if row is None:
        return None
    sign_in, view = row
    actor = actor_of(session, account_id=sign_in.account_id, working_in=sign_in.working_in)
    if actor is None or view is None or view.ended_at is not None:
        return actor
    return _viewed(session, actor, view) or actor


def actor_of(session: Session, *, account_id: int, working_in: str | None = None) -> Actor | None:
    """Return an account as an actor with the rights of this moment; None when it is disabled or unknown.

    A `working_in` that is not lent to the bureau any more counts for nothing.
    """
    account = session.get(Account, account_id)
    if account is None or account.disabled_at is not None:
        return None
    if account.kind is AccountKind.ORGANIZER:
        return _member(session, account, working_in)
    if account.kind is AccountKind.ENTERPRISE:
        return _employer(session, account)
    return Seeker(account_id=account.id, display_name=account.display_name)


def may_view(viewer: Actor | None, viewed: Actor | None, *, division_code: str) -> bool:
    """Tell whether an administrator may look through somebody's eyes: those of a bureau strictly below,
    or of an enterprise in the own division. `division_code` is where the viewed one is.
    """
    if not isinstance(viewer, Member) or Role.ADMINISTRATOR not in viewer.roles:
        return False
    if not covers(viewer.home_code, division_code):
        return False
    if isinstance(viewed, Member):
        return viewed.home_code != viewer.home_code
    return isinstance(viewed, Employer)


def place_of(session: Session, actor: Actor) -> str:
    """Return the division an actor belongs to; empty for a seeker."""
    if isinstance(actor, Member):
        return actor.home_code
    if isinstance(actor, Employer):
        return session.get_one(Enterprise, actor.enterprise_id).division_code
    return ""


def _member(session: Session, account: Account, working_in: str | None) -> Member:
    organizer = session.get_one(Organizer, account.organizer_id)
    held = frozenset(session.scalars(select(AccountRole.role).where(AccountRole.account_id == account.id)))
    lent, home_code = lent_to(session, organizer_id=organizer.id), organizer.division_code
    elsewhere = {
        loan.division_code
        for loan in lent
        if not covers(home_code, loan.division_code) and not held.isdisjoint(INCLUDES[loan.role])
    }
    territories = (home_code, *sorted(elsewhere))
    scope_code = working_in if working_in in territories else home_code
    return Member(
        account_id=account.id,
        display_name=account.display_name,
        roles=rights(
            held,
            home_code=home_code,
            scope_code=scope_code,
            publishes_itself=organizer.publishes_itself,
            lent=lent,
        ),
        organizer_id=organizer.id,
        organizer_zh=organizer.name_zh,
        organizer_en=organizer.name_en,
        home_code=home_code,
        scope_code=scope_code,
        scope_level=session.get_one(Division, scope_code).level,
        territories=territories,
    )


def _employer(session: Session, account: Account) -> Employer | None:
    enterprise = session.get_one(Enterprise, account.enterprise_id)
    if account.enterprise_role is None:
        return None
    return Employer(
        account_id=account.id,
        display_name=account.display_name,
        enterprise_id=enterprise.id,
        enterprise_zh=enterprise.name_zh,
        role=account.enterprise_role,
    )


def _viewed(session: Session, viewer: Actor, view: SupportView) -> Actor | None:
    """Return whom the viewer looks at; None once the viewer may not any more."""
    viewed = actor_of(session, account_id=view.account_id)
    if viewed is None or not may_view(viewer, viewed, division_code=place_of(session, viewed)):
        return None
    return replace(viewed, viewer_id=viewer.account_id, viewer=viewer.display_name)
