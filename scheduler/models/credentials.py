"""What proves who somebody is beside a password, and the invitations that bring accounts about."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from scheduler.models.accounts import ONE_KIND, AccountKind, EnterpriseRole
from scheduler.models.base import Base, word


class SecondFactor(Base):
    """The secret of an account's authenticator app (RFC 6238), sealed; it counts once confirmed by a code."""

    __tablename__ = "second_factor"

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), primary_key=True)
    sealed_secret: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]


class UsedCode(Base):
    """A code of an authenticator app that has been used; the key refuses the same code a second time."""

    __tablename__ = "used_code"

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), primary_key=True)
    time_step: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)


class RecoveryCode(Base):
    """One of the codes that let a person in, once each, when the authenticator app is lost."""

    __tablename__ = "recovery_code"

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), primary_key=True)
    code_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    used_at: Mapped[datetime | None]


class Identity(Base):
    """A person at an identity provider, by the provider's own lasting name for that person."""

    __tablename__ = "identity"
    __table_args__ = (UniqueConstraint("issuer", "subject"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    issuer: Mapped[str] = mapped_column(String(200))
    subject: Mapped[str] = mapped_column(String(255))
    linked_at: Mapped[datetime]


class ResetHandover(Base):
    """An administrator took a link that resets somebody's password, to hand it over.

    Who did that can act as the other one from then on, so it is a decision like any other.
    """

    __tablename__ = "reset_handover"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    handed_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    handed_at: Mapped[datetime]


class Invitation(Base):
    """An account that somebody may set up once, through a signed link that expires.

    With `email` the link goes there by letter, otherwise it is handed over.
    """

    __tablename__ = "invitation"
    __table_args__ = (CheckConstraint(ONE_KIND, name="one_kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[AccountKind] = mapped_column(word(AccountKind))
    organizer_id: Mapped[int | None] = mapped_column(ForeignKey("organizer.id"), index=True)
    roles: Mapped[list[str]]
    enterprise_id: Mapped[int | None] = mapped_column(ForeignKey("enterprise.id"), index=True)
    enterprise_role: Mapped[EnterpriseRole | None] = mapped_column(word(EnterpriseRole))
    display_name: Mapped[str] = mapped_column(String(80))
    email: Mapped[str | None] = mapped_column(String(120))
    invited_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
