"""Accounts: people who sign in, what they are, and the browsers in which they are signed in."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from scheduler.errors import Language
from scheduler.models.base import Base, word
from scheduler.models.organizers import Organizer, Role


class AccountKind(StrEnum):
    """What an account is; a person who is two of these has two accounts."""

    ORGANIZER = "organizer"
    ENTERPRISE = "enterprise"
    SEEKER = "seeker"


class EnterpriseRole(StrEnum):
    """An owner (单位管理员) does all that staff (经办人) does, and manages the members."""

    OWNER = "owner"
    STAFF = "staff"


# What belongs to which kind. Invitations bring accounts about, so the same holds for both.
ONE_KIND = " AND ".join(
    (
        "(kind = 'organizer') = (organizer_id IS NOT NULL)",
        "(kind = 'enterprise') = (enterprise_id IS NOT NULL)",
        "(enterprise_id IS NULL) = (enterprise_role IS NULL)",
    )
)


class Account(Base):
    """Somebody who can sign in: a member of an organizer or of an enterprise, or a seeker.

    `password_hash` is empty where only an identity provider vouches for the person. `email` is an
    address that has proved to be read: a letter with a link went there, and the link was opened.
    `language` is that of the letters which nobody is looking at a page for, such as reminders.
    """

    __tablename__ = "account"
    __table_args__ = (
        CheckConstraint(ONE_KIND, name="one_kind"),
        CheckConstraint("language IN ('zh', 'en')", name="known_language"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    login: Mapped[str] = mapped_column(String(80), unique=True)
    display_name: Mapped[str] = mapped_column(String(80))
    email: Mapped[str | None] = mapped_column(String(120))
    language: Mapped[Language] = mapped_column(String(2), server_default=text("'zh'"))
    password_hash: Mapped[str] = mapped_column(String(160))
    password_changed_at: Mapped[datetime | None]
    kind: Mapped[AccountKind] = mapped_column(word(AccountKind), server_default=text("'organizer'"))
    organizer_id: Mapped[int | None] = mapped_column(ForeignKey("organizer.id"), index=True)
    enterprise_id: Mapped[int | None] = mapped_column(ForeignKey("enterprise.id"), index=True)
    enterprise_role: Mapped[EnterpriseRole | None] = mapped_column(word(EnterpriseRole))
    disabled_at: Mapped[datetime | None]
    erased_at: Mapped[datetime | None]
    created_at: Mapped[datetime]

    organizer: Mapped[Organizer | None] = relationship(lazy="raise")


class AccountRole(Base):
    """A role that an organizer's member holds; in a small bureau one person holds several."""

    __tablename__ = "account_role"

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), primary_key=True)
    role: Mapped[Role] = mapped_column(word(Role), primary_key=True)


class SignIn(Base):
    """One browser in which an account is signed in; revoking it acts on the next request.

    It lets nobody in before `complete_at`: a second factor may still be due. `working_in` is a
    division lent to the bureau in which the member works at present; `support_view_id` says through
    whose eyes an administrator looks.
    """

    __tablename__ = "sign_in"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime]
    complete_at: Mapped[datetime | None]
    expires_at: Mapped[datetime] = mapped_column(index=True)
    revoked_at: Mapped[datetime | None]
    address: Mapped[str] = mapped_column(String(45))
    browser: Mapped[str] = mapped_column(String(80))
    working_in: Mapped[str | None] = mapped_column(ForeignKey("division.code"))
    support_view_id: Mapped[int | None] = mapped_column(ForeignKey("support_view.id"))


class FailedSignIn(Base):
    """A wrong password for a login, known or not: repeated ones delay the next try."""

    __tablename__ = "failed_sign_in"

    id: Mapped[int] = mapped_column(primary_key=True)
    login_hash: Mapped[str] = mapped_column(String(64), index=True)
    failed_at: Mapped[datetime]


class SupportView(Base):
    """An administrator looked at the product as somebody else sees it, reading only, for a reason."""

    __tablename__ = "support_view"

    id: Mapped[int] = mapped_column(primary_key=True)
    viewer_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    reason: Mapped[str] = mapped_column(String(200))
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
