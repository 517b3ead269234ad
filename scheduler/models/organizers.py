"""Organizers (办会机构), the accounts of their members, and where those are signed in."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from scheduler.models.base import Base, word
from scheduler.models.regions import Division


class Role(StrEnum):
    """What a member may do within the organizer's division and everything below it."""

    PLANNER = "planner"
    PUBLISHER = "publisher"
    AUDITOR = "auditor"


class Organizer(Base):
    """A public employment bureau."""

    __tablename__ = "organizer"

    id: Mapped[int] = mapped_column(primary_key=True)
    division_code: Mapped[str] = mapped_column(ForeignKey("division.code"), unique=True)
    name_zh: Mapped[str] = mapped_column(String(80))
    name_en: Mapped[str] = mapped_column(String(160))

    division: Mapped[Division] = relationship(lazy="raise")


class Account(Base):
    """A member of an organizer who can sign in."""

    __tablename__ = "account"

    id: Mapped[int] = mapped_column(primary_key=True)
    login: Mapped[str] = mapped_column(String(80), unique=True)
    display_name: Mapped[str] = mapped_column(String(80))
    password_hash: Mapped[str] = mapped_column(String(160))
    organizer_id: Mapped[int] = mapped_column(ForeignKey("organizer.id"), index=True)
    role: Mapped[Role] = mapped_column(word(Role))
    disabled_at: Mapped[datetime | None]
    created_at: Mapped[datetime]

    organizer: Mapped[Organizer] = relationship(lazy="raise")


class SignIn(Base):
    """One browser in which an account is signed in; revoking it acts on the next request."""

    __tablename__ = "sign_in"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]


class FailedSignIn(Base):
    """A wrong password for a login, known or not: repeated ones delay the next try."""

    __tablename__ = "failed_sign_in"

    id: Mapped[int] = mapped_column(primary_key=True)
    login_hash: Mapped[str] = mapped_column(String(64), index=True)
    failed_at: Mapped[datetime]
