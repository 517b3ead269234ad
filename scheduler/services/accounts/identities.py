"""People at an identity provider: linked to an account by the person, never by a matching name or address."""

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from scheduler.errors import Refusal
from scheduler.models import Account, Identity
from scheduler.times import now


class UnknownIdentity(Refusal):
    """The provider vouches for somebody whom no account is linked to."""

    status = 401
    code = "unknown_identity"
    zh = "该统一身份尚未关联本系统账号。请先用账号密码登录，在“我的账号”中关联统一身份。"
    en = "This identity is not linked to an account here. Sign in by password, then link it in “My account”."


class IdentityTaken(Refusal):
    """The identity belongs to another account."""

    status = 409
    code = "identity_taken"
    zh = "该统一身份已关联其他账号。请先在那个账号中解除关联。"
    en = "This identity is linked to another account. Remove it there first."


def account_of_identity(session: Session, *, issuer: str, subject: str) -> int:
    """Return the account linked to a provider's person; raises UnknownIdentity, for a disabled one too."""
    found = session.scalar(
        select(Account.id)
        .join(Identity, Identity.account_id == Account.id)
        .where(Identity.issuer == issuer, Identity.subject == subject, Account.disabled_at.is_(None))
    )
    if found is None:
        raise UnknownIdentity
    return found


def link_identity(session: Session, *, account_id: int, issuer: str, subject: str) -> None:
    """Let a provider's person sign in to an account; the constraint judges. Raises IdentityTaken."""
    try:
        with session.begin_nested():
            session.add(Identity(account_id=account_id, issuer=issuer, subject=subject, linked_at=now()))
    except IntegrityError as error:
        raise IdentityTaken from error


def unlink_identity(session: Session, *, identity_id: int) -> None:
    """Let the provider's person sign in no more."""
    session.execute(delete(Identity).where(Identity.id == identity_id))
