"""Organizers (办会机构), the rights they lend to bureaus below, and what they share with their circle."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from scheduler.models.base import Base, word
from scheduler.models.regions import Division


class Role(StrEnum):
    """What a member may do within the organizer's division and everything below it."""

    PLANNER = "planner"
    PUBLISHER = "publisher"
    REVIEWER = "reviewer"
    CHECK_IN = "check_in"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"


# A publisher does all that a planner does, and publishes. No other role includes another one.
INCLUDES = {role: frozenset({role}) for role in Role} | {
    Role.PLANNER: frozenset({Role.PLANNER, Role.PUBLISHER})
}
DELEGABLE = (Role.PLANNER, Role.PUBLISHER, Role.REVIEWER, Role.CHECK_IN)


class Organizer(Base):
    """A public employment bureau.

    `publishes_itself` is False where the bureau above has reserved publishing: then its publishers
    only plan, unless a delegation lets them publish. `staff` is how many people it can have on duty at once
    (None: it has none of its own, crews of its city run its events). `preferred_weekdays` are those on which
    it likes to hold events, 1 (Monday) to 7; none means that it has no wish.
    """

    __tablename__ = "organizer"
    __table_args__ = (CheckConstraint("staff BETWEEN 1 AND 9999", name="staff"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    division_code: Mapped[str] = mapped_column(ForeignKey("division.code"), unique=True)
    name_zh: Mapped[str] = mapped_column(String(80))
    name_en: Mapped[str] = mapped_column(String(160))
    publishes_itself: Mapped[bool] = mapped_column(default=True, server_default=text("true"))
    staff: Mapped[int | None]
    preferred_weekdays: Mapped[list[int]] = mapped_column(JSON, default=list, server_default=text("'[]'"))

    division: Mapped[Division] = relationship(lazy="raise")


class Delegation(Base):
    """A bureau lends a bureau below it one role over one division, until a day.

    Those members of the other bureau use it who hold the role themselves. Administration and audit
    are never lent.
    """

    __tablename__ = "delegation"
    __table_args__ = (
        CheckConstraint("role IN ('planner', 'publisher', 'reviewer', 'check_in')", name="delegable"),
        CheckConstraint("from_organizer_id <> to_organizer_id", name="other"),
        Index(
            "uq_delegation_standing",
            "to_organizer_id",
            "division_code",
            "role",
            unique=True,
            sqlite_where=text("withdrawn_at IS NULL"),
            postgresql_where=text("withdrawn_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    from_organizer_id: Mapped[int] = mapped_column(ForeignKey("organizer.id"), index=True)
    to_organizer_id: Mapped[int] = mapped_column(ForeignKey("organizer.id"))
    division_code: Mapped[str] = mapped_column(ForeignKey("division.code"))
    role: Mapped[Role] = mapped_column(word(Role))
    last_on: Mapped[date]
    reason: Mapped[str] = mapped_column(String(200))
    delegated_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    delegated_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]


class Shareable(StrEnum):
    """What a city may let the other cities of its circle read."""

    VENUES = "venues"
    CREWS = "crews"
    HOSTS = "hosts"


class CircleShare(Base):
    """A city lets its circle (经济圈) read one kind of its rows; changing them stays its own."""

    __tablename__ = "circle_share"

    city_code: Mapped[str] = mapped_column(ForeignKey("division.code"), primary_key=True)
    what: Mapped[Shareable] = mapped_column(word(Shareable), primary_key=True)
    shared_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    shared_at: Mapped[datetime]
