"""What a bureau keeps of an enterprise beside its name: contact, tiers, service officer, merges."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from scheduler.models.base import Base, word


class EnterpriseContact(Base):
    """The person to call at an enterprise, who has consented to being called; seen by its bureaus only."""

    __tablename__ = "enterprise_contact"

    enterprise_id: Mapped[int] = mapped_column(
        ForeignKey("enterprise.id", ondelete="CASCADE"), primary_key=True
    )
    name: Mapped[str] = mapped_column(String(80))
    phone: Mapped[str] = mapped_column(String(40))
    email: Mapped[str] = mapped_column(String(120))
    consented_at: Mapped[datetime]


class Tier(StrEnum):
    """What an enterprise is to the region's economy; one may be several, and booths are given out by it."""

    KEY_INDUSTRIAL = "key_industrial"  # 重点工业企业
    ABOVE_SCALE = "above_scale"  # 规模以上企业
    CHAIN_LEADER = "chain_leader"  # 链主企业
    SPECIALISED = "specialised"  # 专精特新企业
    CRAFT = "craft"  # 非遗、手造企业


class EnterpriseTier(Base):
    """A tier that an enterprise holds, and the list or notice that says so."""

    __tablename__ = "enterprise_tier"

    enterprise_id: Mapped[int] = mapped_column(
        ForeignKey("enterprise.id", ondelete="CASCADE"), primary_key=True
    )
    tier: Mapped[Tier] = mapped_column(word(Tier), primary_key=True, index=True)
    source: Mapped[str] = mapped_column(String(200))
    set_by: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    set_at: Mapped[datetime]


class ServiceOfficer(Base):
    """A bureau's member who serves enterprises (用工服务专员), with the office telephone shown to them."""

    __tablename__ = "service_officer"

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), primary_key=True)
    office_phone: Mapped[str] = mapped_column(String(40))


class OfficerAssignment(Base):
    """Which officer serves an enterprise: one, by the key."""

    __tablename__ = "officer_assignment"

    enterprise_id: Mapped[int] = mapped_column(
        ForeignKey("enterprise.id", ondelete="CASCADE"), primary_key=True
    )
    officer_id: Mapped[int] = mapped_column(
        ForeignKey("service_officer.account_id", ondelete="CASCADE"), index=True
    )
    assigned_by: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    assigned_at: Mapped[datetime]


class EnterpriseMerge(Base):
    """An enterprise that had been entered twice was made one: what moved, and until when it can be undone.

    `moved` keeps the keys of the rows by table. The partial unique index lets an enterprise be merged
    into one other at a time.
    """

    __tablename__ = "enterprise_merge"
    __table_args__ = (
        CheckConstraint("kept_id <> merged_id", name="two"),
        Index(
            "uq_enterprise_merge_standing",
            "merged_id",
            unique=True,
            sqlite_where=text("undone_at IS NULL"),
            postgresql_where=text("undone_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kept_id: Mapped[int] = mapped_column(ForeignKey("enterprise.id", ondelete="CASCADE"), index=True)
    merged_id: Mapped[int] = mapped_column(ForeignKey("enterprise.id", ondelete="CASCADE"))
    reason: Mapped[str] = mapped_column(String(200))
    moved: Mapped[dict[str, Any]]
    merged_by: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    merged_at: Mapped[datetime]
    undo_to: Mapped[date]
    undone_at: Mapped[datetime | None]
    undone_by: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
