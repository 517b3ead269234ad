"""Invitations: an account that somebody may set up once, through a signed link that expires."""

from datetime import timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from scheduler.errors import Language
from scheduler.links import DeadLink, read, sign
from scheduler.models import AccountKind, Invitation, Role
from scheduler.services.accounts.creating import Belonging, create_account
from scheduler.services.accounts.tries import begin_try
from scheduler.services.letters import write_letter
from scheduler.times import now

INVITATION_LASTS = timedelta(days=7)
PURPOSE = "invitation"


def invite(  # noqa: PLR0913 — an invitation is all of this
    session: Session,
    *,
    belonging: Belonging,
    display_name: str,
    email: str | None,
    invited_by: int | None,
    language: Language,
) -> Invitation:
    """Invite somebody; with an address the link goes there by letter, else it is handed over."""
    invitation = Invitation(
        roles=list(belonging.roles),
        display_name=display_name,
        email=email,
        invited_by=invited_by,
        created_at=now(),
        expires_at=now() + INVITATION_LASTS,
        **belonging.columns(),
    )
    session.add(invitation)
    session.flush()
    if email:
        write_letter(
            session,
            kind=PURPOSE,
            cause=str(invitation.id),
            recipient=email,
            language=language,
            payload={"invitation": invitation.id},
        )
    return invitation


def register_seeker(session: Session, *, email: str, language: Language) -> None:
    """Send somebody a link to set up a seeker's account; an address that has one gets the same answer.

    Raises TooManyTries: nobody's letter box is filled by strangers.
    """
    begin_try(session, login=f"letter {email}")
    invite(
        session,
        belonging=Belonging.seeker(),
        display_name="",
        email=email,
        invited_by=None,
        language=language,
    )


def invitation_link(secret_key: str, invitation_id: int) -> str:
    """Return the part of the address that stands for an invitation."""
    return sign(secret_key, PURPOSE, invitation_id)


def standing_invitation(session: Session, *, secret_key: str, link: str) -> Invitation:
    """Return the invitation of a link; raises DeadLink when it is used, withdrawn or has expired."""
    found = session.scalar(
        select(Invitation).where(
            Invitation.id == read(secret_key, PURPOSE, link),
            Invitation.accepted_at.is_(None),
            Invitation.withdrawn_at.is_(None),
            Invitation.expires_at > now(),
        )
    )
    if found is None:
        raise DeadLink
    return found


def accept_invitation(  # noqa: PLR0913 — an account is all of this
    session: Session,
    *,
    invitation: Invitation,
    login: str,
    password: str,
    display_name: str,
    language: Language = "zh",
) -> int:
    """Set up the account of an invitation, once, with letters in a language; returns its id.

    Raises DeadLink when somebody was faster, UnfitLogin and UnfitPassword. Name and address move to the
    account: the invitation keeps neither.
    """
    belonging, email = belonging_of(invitation), invitation.email
    accepted = session.execute(
        update(Invitation)
        .where(
            Invitation.id == invitation.id,
            Invitation.accepted_at.is_(None),
            Invitation.withdrawn_at.is_(None),
        )
        .values(accepted_at=now(), display_name="", email=None)
        .returning(Invitation.id)
    ).one_or_none()
    if accepted is None:
        raise DeadLink
    account = create_account(
        session,
        login=login,
        password=password,
        display_name=display_name,
        belonging=belonging,
        email=email,
        language=language,
    )
    return account.id


def withdraw_invitation(session: Session, *, invitation_id: int) -> None:
    """Make an invitation's link worthless; one that is accepted already stays as it is."""
    session.execute(
        update(Invitation)
        .where(Invitation.id == invitation_id, Invitation.accepted_at.is_(None))
        .values(withdrawn_at=now())
    )


def belonging_of(invitation: Invitation) -> Belonging:
    """Return what the account of an invitation will be."""
    if invitation.kind is AccountKind.ORGANIZER and invitation.organizer_id is not None:
        return Belonging.member(invitation.organizer_id, {Role(role) for role in invitation.roles})
    if invitation.enterprise_id is not None and invitation.enterprise_role is not None:
        return Belonging.employer(invitation.enterprise_id, invitation.enterprise_role)
    return Belonging.seeker()
